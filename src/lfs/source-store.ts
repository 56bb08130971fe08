import type { MirrorError } from '../base/errors.ts'
import type { ObjectFormat, ObjectId } from '../protocol/object-id.ts'
import { openStore } from './stores/open-store.ts'
import type { LfsStore } from './api/store.ts'
import { openConfiguredStore, type OpenStoreOptions } from './stores/web-store.ts'
import { isRefusedFilter, type ScannedPack } from './pointers/find-pointers.ts'
import { readLfsUrl } from './pointers/lfs-config.ts'
import { readRootFile, ROOT_FILTERS } from './pointers/read-root-file.ts'

export interface SourceStoreOptions extends OpenStoreOptions {
  readonly format: ObjectFormat
  /** The tip of the default branch; undefined: there is none, or nothing there can be a `.lfsconfig`. */
  readonly commit: ObjectId | undefined
  /** Asks for the commit alone, with a filter. @throws MirrorError */
  readonly fetch: (filter: string | undefined) => Promise<ScannedPack>
  readonly notice: (level: 'info' | 'warning', text: string) => void
}

/**
 * Opens the store where the source's clients read objects: where the `.lfsconfig` of its default branch says
 * (git-lfs-config(5)), else its own.
 * @throws MirrorError
 */
export async function openSourceStore(options: SourceStoreOptions): Promise<LfsStore> {
  const address = await readConfiguredUrl(options)
  if (address === undefined) return await openStore(options)
  const store = await openConfiguredStore(options, address)
  options.notice(
    'warning',
    `the .lfsconfig of the source names the LFS server ${store.label}: objects are read there, and clients of the mirror will look there, too, and not at the destination`,
  )
  return store
}

async function readConfiguredUrl(options: SourceStoreOptions): Promise<string | undefined> {
  const { commit, format } = options
  if (commit === undefined) return undefined
  for (const filter of [...ROOT_FILTERS, undefined]) {
    try {
      const pack = await options.fetch(filter)
      const file = await readRootFile(pack, { format, commit, name: '.lfsconfig' })
      return file && readLfsUrl(new TextDecoder().decode(file))
    } catch (error) {
      // What a filter leaves out may be what is looked for.
      const mayTryNext = isRefusedFilter(error) || (error as MirrorError).code === 'pack'
      if (filter === undefined || !mayTryNext) throw error
    }
  }
  return undefined
}
