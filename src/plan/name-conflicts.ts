import { STEP_ITEMS, type Steps } from './steps.ts'

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
  const created = new Set(options.creates)
  let seen = 0
  for (const name of firstOfEachFolder(options.staying)) {
    if (++seen % STEP_ITEMS === 0) yield
    for (let folder = folderOf(name); folder !== undefined; folder = folderOf(folder)) {
      if (created.has(folder)) conflicts.set(folder, name)
    }
  }
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
  for (const name of options.creates) {
    if (++seen % STEP_ITEMS === 0) yield
    const above = conflicts.has(name) ? undefined : findAbove(folderOf(name))
    if (above !== undefined) below.set(name, above)
  }
  for (const [name, other] of below) conflicts.set(name, other)
  return conflicts
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

/** Of names in a row that lie in one folder, the first. */
function* firstOfEachFolder(names: Iterable<string>): Generator<string> {
  let before = ''
  for (const name of names) {
    const length = name.lastIndexOf('/')
    if (length === before.length && name.startsWith(before)) continue
    before = name.slice(0, length)
    yield name
  }
}
