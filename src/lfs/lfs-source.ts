import { loadCrypto } from '../base/crypto.ts'
import { MirrorError } from '../base/errors.ts'
import type { ObjectFormat, ObjectId } from '../protocol/object-id.ts'
import type { LfsStore } from './api/store.ts'
import {
  findPointers,
  type FoundPointers,
  POINTER_FILTERS,
  type ScannedPack,
} from './pointers/find-pointers.ts'

/** A question to the source's upload-pack whose pack is read here and thrown away. */
export interface ScanQuestion {
  readonly wants: readonly ObjectId[]
  readonly haves: readonly ObjectId[]
  /** Commits from each want; undefined: all. */
  readonly deepen: number | undefined
  readonly filter: string | undefined
}

export interface LfsSourceOptions {
  readonly format: ObjectFormat
  /** Asks on a connection of its own, never thin. @throws MirrorError */
  readonly fetch: (question: ScanQuestion) => Promise<ScannedPack>
  /** Whether the source filters at all. */
  readonly filters: () => Promise<boolean>
  /**
   * Opens the source's LFS store, once. `mayHaveConfig`: a scan has seen what may be a `.lfsconfig`.
   * @throws MirrorError
   */
  readonly open: (mayHaveConfig: boolean) => Promise<LfsStore>
}

export type Range = Pick<ScanQuestion, 'wants' | 'haves' | 'deepen'>

/** The source of a run as LFS sees it, shared by its destinations: what was found out once is not asked again. */
export class LfsSource {
  readonly #options: LfsSourceOptions
  readonly #scans = new Map<string, Promise<FoundPointers>>()
  #store: Promise<LfsStore> | undefined
  #isThere: Promise<boolean> | undefined
  #mayHaveConfig = false
  /** Of `POINTER_FILTERS`: those before it were refused. */
  #rung: number | undefined

  constructor(options: LfsSourceOptions) {
    this.#options = options
  }

  /** Whether a scan reads little more than the pointers, or as much as a mirror itself. */
  async isCheap(): Promise<boolean> {
    return (await this.#firstRung()) === 0
  }

  /** Whether a scan reads everything, as much as a mirror of the range itself. */
  async isUnfiltered(): Promise<boolean> {
    return (await this.#firstRung()) === POINTER_FILTERS.length - 1
  }

  /** The pointers of a range, asked for once. @throws MirrorError of the source. */
  async scan(range: Range): Promise<FoundPointers> {
    const key = JSON.stringify([range.deepen, hashIds(range.wants), hashIds(range.haves)])
    const known = this.#scans.get(key)
    if (known !== undefined) return await known
    const scanning = this.#scan(range)
    this.#scans.set(key, scanning)
    // A failure is not kept: another attempt may go well.
    scanning.catch(() => this.#scans.delete(key))
    return await scanning
  }

  /** What was found elsewhere. */
  learn({ mayHaveConfig }: FoundPointers): void {
    this.#mayHaveConfig ||= mayHaveConfig
  }

  async store(): Promise<LfsStore> {
    this.#store ??= this.#options.open(this.#mayHaveConfig).catch((error: unknown) => {
      this.#store = undefined
      throw error
    })
    return await this.#store
  }

  /** Whether the source has an LFS server of its own, asked for once. @throws MirrorError for a failure that passes. */
  async hasStore(): Promise<boolean> {
    this.#isThere ??= this.#lookForStore().catch((error: unknown) => {
      this.#isThere = undefined
      throw error
    })
    return await this.#isThere
  }

  async dispose(): Promise<void> {
    const store = await this.#store?.catch(() => undefined)
    await store?.dispose()
  }

  async #lookForStore(): Promise<boolean> {
    try {
      return await (await this.store()).isThere()
    } catch (error) {
      if (error instanceof MirrorError && !error.retryable && error.code !== 'cancelled') return false
      throw error
    }
  }

  async #scan(range: Range): Promise<FoundPointers> {
    const found = await findPointers({
      format: this.#options.format,
      from: await this.#firstRung(),
      fetch: (filter) => this.#options.fetch({ ...range, filter }),
    })
    this.#rung = Math.max(this.#rung ?? 0, found.rung)
    this.learn(found)
    return found
  }

  async #firstRung(): Promise<number> {
    this.#rung ??= (await this.#options.filters()) ? 0 : POINTER_FILTERS.length - 1
    return this.#rung
  }
}

/** With more ids than these, their order counts: destinations of one source want them in the same one. */
const MOST_SORTED_IDS = 10_000

/** Ids that are put into the hash at once. */
const IDS_AT_ONCE = 8192

function hashIds(ids: readonly ObjectId[]): string {
  const ordered = ids.length > MOST_SORTED_IDS ? ids : ids.toSorted()
  const hash = loadCrypto().createHash('sha256')
  for (let from = 0; from < ordered.length; from += IDS_AT_ONCE)
    hash.update(`${ordered.slice(from, from + IDS_AT_ONCE).join(' ')} `)
  return hash.digest('hex')
}
