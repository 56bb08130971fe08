import { forEachInSteps, type Steps } from '../base/steps.ts'

/**
 * Refs of which one is the folder of the other (`a` and `a/b`) cannot live in one repository (G13).
 *
 * @param options.staying names that the destination keeps
 * @param options.stays tells whether a name is among them
 * @param options.creates names that are to be created
 * @returns for each name that cannot be created the name that is in its way
 */
export function* findConflicts(options: {
  readonly staying: Iterable<string>
  readonly stays: (name: string) => boolean
  readonly creates: readonly string[]
}): Steps<ReadonlyMap<string, string>> {
  const conflicts = new Map<string, string>()
  if (options.creates.length === 0) return conflicts
  const inStaying = yield* collectFolders(options.staying)
  const inCreates = yield* collectFolders(options.creates)
  // Refs that lie in each other's way are few: only names that are folders are kept.
  const created = new Set<string>()
  yield* forEachInSteps(options.creates, (name) => {
    const inFolder = inStaying.get(name)
    if (inFolder !== undefined) conflicts.set(name, inFolder)
    else if (inCreates.has(name)) created.add(name)
  })
  const known = new Map<string, string | undefined>()
  const findAbove = (folder: string | undefined): string | undefined => {
    if (folder === undefined) return undefined
    if (known.has(folder)) return known.get(folder)
    const above =
      findAbove(folderOf(folder)) ??
      (options.stays(folder) || (created.has(folder) && !conflicts.has(folder)) ? folder : undefined)
    known.set(folder, above)
    return above
  }
  const below = new Map<string, string>()
  yield* forEachInSteps(options.creates, (name) => {
    const above = conflicts.has(name) ? undefined : findAbove(folderOf(name))
    if (above !== undefined) below.set(name, above)
  })
  for (const [name, other] of below) conflicts.set(name, other)
  return conflicts
}

/** The folders of all names, each with a name in it: of names in a row that share their folder, the first. */
export function* collectFolders(names: Iterable<string>): Steps<ReadonlyMap<string, string>> {
  const folders = new Map<string, string>()
  let before = ''
  yield* forEachInSteps(names, (name) => {
    // Most names lie in the folder of the one before.
    const length = name.lastIndexOf('/')
    if (length === before.length && name.startsWith(before)) return
    before = name.slice(0, length)
    for (let folder = folderOf(name); folder !== undefined; folder = folderOf(folder))
      folders.set(folder, name)
  })
  return folders
}

/** Every name that would have to be a folder for `name` to be a ref. */
export function foldersOf(name: string): readonly string[] {
  const folders: string[] = []
  for (let folder = folderOf(name); folder !== undefined; folder = folderOf(folder)) folders.push(folder)
  return folders
}

/** `refs/heads/a` of `refs/heads/a/b`; undefined where what is left cannot be a ref. */
function folderOf(name: string): string | undefined {
  const slash = name.lastIndexOf('/')
  return slash > 'refs'.length ? name.slice(0, slash) : undefined
}
