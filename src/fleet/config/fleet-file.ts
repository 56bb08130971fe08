import { canonicalHost } from '../../transport/address/identity.ts'
import type { RemoteUrl } from '../../transport/address/remote-url.ts'
import { checkFile, type Tree } from './check-file.ts'
import { type Complaints, gatherComplaints } from './complaints.ts'
import { type Complaint, ConfigError, namePlace, type Place } from './config-error.ts'
import { MOST_MIRRORS } from './file-schema.ts'
import { type Path, readYaml, type YamlFile } from './read-yaml.ts'

/** A part of a file with where it stands. */
export interface Part {
  readonly path: Path
  readonly tree: Tree
}

/** An entry of `mirrors`. */
export interface MirrorPart extends Part {
  /** Those of its own file, then those of files without mirrors. */
  readonly defaults: readonly Part[]
}

/** Config files whose keys and kinds of values are right, as one. Variables are not filled in yet. */
export interface FleetFile {
  /** Printable, for all of them. */
  readonly name: string
  /** Paths into a file after the first one begin with `files` and its number. */
  place(path: Path, part?: 'key' | 'value'): Place
  /** Where relative paths begin that stand at `path`. */
  folderOf(path: Path): string
  readonly files: readonly ReadFile[]
  readonly mirrors: readonly MirrorPart[]
  /** Each `defaults` once. */
  readonly defaults: readonly Part[]
  /** By `host` or `host:port`, in the form of `canonicalHost`. */
  readonly hosts: ReadonlyMap<string, Part>
  readonly heartbeat: Part | undefined
  /** What `serve` needs beside the mirrors. */
  readonly server: Part | undefined
}

/** What is known of the places where a config comes from. */
export interface ConfigSource {
  readonly text: string
  /** Printable path of the file, or `config` for an inline one. */
  readonly name: string
  readonly folder: string
}

/** One of the files. */
export interface ReadFile {
  readonly yaml: YamlFile
  readonly folder: string
  readonly tree: Tree
  /** Before each path into it. */
  readonly head: Path
}

/**
 * Reads the files of a fleet. Hosts and mirrors of all of them count together; `heartbeat` and `server` stand in one of them.
 * @throws ConfigError with every mistake that shows without filling in variables.
 */
export async function readFleetFile(sources: readonly ConfigSource[]): Promise<FleetFile> {
  const [first = { name: 'config' }] = sources
  const name = sources.length === 1 ? first.name : `${first.name} and ${sources.length - 1} more`
  const files = await readEach(sources, name)
  const readAt = (path: Path): ReadFile => files[path[0] === 'files' ? Number(path[1]) : 0]!
  const place: FleetFile['place'] = (path, part) => {
    const { yaml, head } = readAt(path)
    const found = yaml.place(path.slice(head.length), part)
    return files.length === 1 ? found : { ...found, file: yaml.name }
  }
  const complaints = gatherComplaints({ name, place })
  const partsOf = (key: string): readonly Part[] =>
    files.flatMap(({ tree, head }) =>
      tree[key] === undefined ? [] : [{ path: [...head, key], tree: tree[key] as Tree }],
    )
  const single = (key: string): Part | undefined => {
    const [part, ...others] = partsOf(key)
    for (const { path } of others)
      complaints.add(path, `${key} stands in ${namePlace(place(part!.path, 'key'))}, too`, 'Keep one of them')
    return part
  }
  const isCommon = ({ tree }: ReadFile): boolean => tree['mirrors'] === undefined
  const defaultsOf = (file: ReadFile): readonly Part[] =>
    file.tree['defaults'] === undefined
      ? []
      : [{ path: [...file.head, 'defaults'], tree: file.tree['defaults'] as Tree }]
  const common = files.filter(isCommon).flatMap(defaultsOf)
  for (const { path } of common.slice(1)) {
    complaints.add(
      path,
      `two files without mirrors have defaults: ${namePlace(place(common[0]!.path, 'key'))} has them, too`,
      'Which of them counts would hang on their names: keep one',
    )
  }
  const mirrors = files.flatMap((file) => {
    const defaults = [...defaultsOf(file), ...common]
    const entries = (file.tree['mirrors'] ?? []) as readonly Tree[]
    return entries.map((tree, index) => ({ path: [...file.head, 'mirrors', index], tree, defaults }))
  })
  if (files.every(isCommon)) complaints.add([], 'the key "mirrors" is missing')
  if (mirrors.length > MOST_MIRRORS)
    complaints.add([], `the files have more than ${MOST_MIRRORS} mirrors together`)
  const hosts = readHosts(partsOf('hosts'), place, complaints)
  const [heartbeat, server] = [single('heartbeat'), single('server')]
  complaints.throwAny()
  return {
    name,
    place,
    folderOf: (path) => readAt(path).folder,
    files,
    mirrors,
    defaults: partsOf('defaults'),
    hosts,
    heartbeat,
    server,
  }
}

/** All mistakes of all files are told at once. */
async function readEach(sources: readonly ConfigSource[], name: string): Promise<readonly ReadFile[]> {
  const files: ReadFile[] = []
  const complaints: Complaint[] = []
  for (const [index, source] of sources.entries()) {
    try {
      const yaml = await readYaml(source.text, source.name)
      const head = index === 0 ? [] : ['files', index]
      files.push({ yaml, folder: source.folder, tree: await checkFile(yaml), head })
    } catch (thrown) {
      if (!(thrown instanceof ConfigError) || sources.length === 1) throw thrown
      complaints.push(...thrown.complaints.map((complaint) => ({ ...complaint, file: source.name })))
    }
  }
  if (complaints.length > 0) throw new ConfigError(name, complaints)
  return files
}

function readHosts(
  parts: readonly Part[],
  place: FleetFile['place'],
  complaints: Pick<Complaints, 'add'>,
): ReadonlyMap<string, Part> {
  const found = new Map<string, Part>()
  const entries = parts.flatMap(({ path, tree }) =>
    Object.entries(tree).map(([key, below]) => [key, { path: [...path, key], tree: below as Tree }] as const),
  )
  for (const [key, { path, tree }] of entries) {
    const words = /^(\[[^\]]+\]|[^:]+|[^:]+:[^:]+:.*)(?::(\d{1,5}))?$/.exec(key)
    const host = canonicalHost((words?.[1] ?? '').replace(/^\[|\]$/g, ''))
    const name = words?.[2] === undefined ? host : `${host}:${words[2]}`
    const other = found.get(name)
    if (words === null || host === '') complaints.add(path, 'this is not HOST or HOST:PORT')
    else if (other !== undefined) {
      const where = namePlace(place(other.path, 'key'))
      complaints.add(path, `${where} has the same host`, 'Give the credentials of a host once')
    } else found.set(name, { path, tree })
  }
  return found
}

/** What `hosts` says of the server of an address: with its port if there is such an entry, else without. */
export function findHost(hosts: FleetFile['hosts'], url: RemoteUrl): Part | undefined {
  if (url.scheme === 'file') return undefined
  const host = canonicalHost(url.host)
  const port = url.port ?? (url.scheme === 'http' ? 80 : 443)
  return hosts.get(`${host}:${port}`) ?? hosts.get(host)
}

/** The name under which a host's limits and failures are counted: that of its entry, else host and port. */
export function hostKey(hosts: FleetFile['hosts'], url: RemoteUrl): string {
  if (url.scheme === 'file') return ''
  const entry = findHost(hosts, url)
  if (entry !== undefined) return hostOf(entry)
  return canonicalHost(url.host)
}

/** What a mirror says by itself, else by the defaults. */
export function settingOf({ tree, defaults }: Pick<MirrorPart, 'tree' | 'defaults'>, key: string): unknown {
  return [tree, ...defaults.map((part) => part.tree)].find((layer) => layer[key] !== undefined)?.[key]
}

/** Whether it stands in an entry of `mirrors`. */
export function isOfMirror(path: Path): boolean {
  return path[path[0] === 'files' ? 2 : 0] === 'mirrors'
}

/** The key of an entry of `hosts`. */
export function hostOf({ path }: Part): string {
  return String(path.at(-1))
}
