import { canonicalHost } from '../../transport/address/identity.ts'
import type { RemoteUrl } from '../../transport/address/remote-url.ts'
import { checkFile, type Tree } from './check-file.ts'
import { gatherComplaints } from './complaints.ts'
import { type Path, readYaml, type YamlFile } from './read-yaml.ts'

/** A part of the file with where it stands. */
export interface Part {
  readonly path: Path
  readonly tree: Tree
}

/** A config file whose keys and kinds of values are right. Variables are not filled in yet. */
export interface FleetFile {
  readonly yaml: YamlFile
  /** Relative paths in the file begin here. */
  readonly folder: string
  readonly mirrors: readonly Part[]
  readonly defaults: Part
  /** By `host` or `host:port`, in the form of `canonicalHost`. */
  readonly hosts: ReadonlyMap<string, Part>
  readonly heartbeat: Part | undefined
}

/** What is known of the places where a config comes from. */
export interface ConfigSource {
  readonly text: string
  /** Printable path of the file, or `config` for an inline one. */
  readonly name: string
  readonly folder: string
}

/** @throws ConfigError with every mistake of the file that shows without filling in variables. */
export async function readFleetFile({ text, name, folder }: ConfigSource): Promise<FleetFile> {
  const yaml = await readYaml(text, name)
  const tree = await checkFile(yaml)
  const mirrors = (tree['mirrors'] as readonly Tree[]).map((mirror, index) => ({
    path: ['mirrors', index],
    tree: mirror,
  }))
  return {
    yaml,
    folder,
    mirrors,
    defaults: { path: ['defaults'], tree: (tree['defaults'] ?? {}) as Tree },
    hosts: readHosts(yaml, (tree['hosts'] ?? {}) as Readonly<Record<string, Tree>>),
    heartbeat:
      tree['heartbeat'] === undefined ? undefined : { path: ['heartbeat'], tree: tree['heartbeat'] as Tree },
  }
}

function readHosts(yaml: YamlFile, hosts: Readonly<Record<string, Tree>>): ReadonlyMap<string, Part> {
  const complaints = gatherComplaints(yaml)
  const found = new Map<string, Part>()
  for (const [key, tree] of Object.entries(hosts)) {
    const path = ['hosts', key]
    const parts = /^(\[[^\]]+\]|[^:]+|[^:]+:[^:]+:.*)(?::(\d{1,5}))?$/.exec(key)
    const host = canonicalHost((parts?.[1] ?? '').replace(/^\[|\]$/g, ''))
    const name = parts?.[2] === undefined ? host : `${host}:${parts[2]}`
    const other = found.get(name)
    if (parts === null || host === '') complaints.add(path, 'this is not HOST or HOST:PORT')
    else if (other !== undefined) {
      const { line } = yaml.place(other.path, 'key')
      complaints.add(path, `line ${line} has the same host`, 'Give the credentials of a host once')
    } else found.set(name, { path, tree })
  }
  complaints.throwAny()
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
  if (entry !== undefined) return String(entry.path[1])
  return canonicalHost(url.host)
}
