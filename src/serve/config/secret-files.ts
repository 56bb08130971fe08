import { stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { makeFillIn } from '../../fleet/config/fill-in.ts'
import type { FleetFile } from '../../fleet/config/fleet-file.ts'

/** The files that hold secrets, by the config file: each `{ file: PATH }` in it. */
export function listSecretFiles(file: FleetFile, env: NodeJS.ProcessEnv): readonly string[] {
  const fill = makeFillIn({ env, folderOf: file.folderOf, complaints: { add: () => undefined } })
  const found = new Set<string>()
  const walk = (value: unknown, folder: string): void => {
    if (Array.isArray(value)) return value.forEach((item) => walk(item, folder))
    if (typeof value !== 'object' || value === null) return
    const entries = Object.entries(value)
    const [only] = entries
    if (entries.length === 1 && only?.[0] === 'file' && typeof only[1] === 'string') {
      const path = fill.text([], only[1])
      if (path !== undefined) found.add(isAbsolute(path) ? path : join(folder, path))
    } else for (const [, below] of entries) walk(below, folder)
  }
  for (const { tree, folder } of file.files) walk(tree, folder)
  return [...found].toSorted()
}

/** Changes when one of the files does: mounted secrets are replaced behind a link. */
export async function markFiles(paths: readonly string[]): Promise<string> {
  const marks = await Promise.all(
    paths.map(async (path) => {
      const found = await stat(path).catch(() => undefined)
      return found === undefined ? 'missing' : `${found.ino}:${found.size}:${found.mtimeMs}`
    }),
  )
  return marks.join(' ')
}
