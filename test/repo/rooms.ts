/** Which folder of `src/` may import which. docs/architecture.md draws it. */

/** The rooms, from left to right: each may import those that it names, and itself. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  protocol: ['base'],
  'transport/address': ['base'],
  'transport/ssh2': ['base'],
  'transport/ssh-keys': ['base'],
  'transport/connection': ['base', 'transport/address'],
  'transport/route': ['base', 'transport/address', 'transport/connection'],
  'transport/http-client': ['base', 'transport/address', 'transport/connection', 'transport/route'],
  'transport/http': [
    'base',
    'protocol',
    'transport/address',
    'transport/connection',
    'transport/route',
    'transport/http-client',
  ],
  'transport/ssh': [
    'base',
    'protocol',
    'transport/address',
    'transport/connection',
    'transport/ssh-keys',
    'transport/ssh2',
  ],
  transport: [
    'base',
    'protocol',
    'transport/address',
    'transport/connection',
    'transport/route',
    'transport/http-client',
    'transport/http',
    'transport/ssh-keys',
    'transport/ssh2',
    'transport/ssh',
  ],
  report: ['base', 'protocol'],
  'plan/ours': ['base', 'protocol'],
  plan: ['base', 'protocol', 'report', 'plan/ours'],
  options: ['base', 'report', 'plan', 'plan/ours', 'transport/address', 'transport/ssh-keys'],
  advice: ['base', 'report'],
  hosts: ['base', 'report', 'plan', 'options', 'transport/address', 'transport/http-client'],
  'hosts/api': ['base', 'report', 'options', 'hosts', 'transport/address'],
  'lfs/pointers': ['base', 'protocol'],
  'lfs/api': [
    'base',
    'protocol',
    'report',
    'transport',
    'transport/address',
    'transport/connection',
    'transport/route',
    'transport/http-client',
    'transport/http',
    'transport/ssh',
  ],
  'lfs/relay': ['base', 'lfs/api'],
  lfs: [
    'base',
    'protocol',
    'report',
    'options',
    'transport/address',
    'transport/connection',
    'transport/http-client',
    'lfs/pointers',
    'lfs/api',
    'lfs/relay',
  ],
  'mirror/sessions': [
    'base',
    'protocol',
    'report',
    'plan',
    'plan/ours',
    'options',
    'hosts',
    'transport',
    'transport/address',
    'transport/connection',
  ],
  'mirror/lfs': [
    'base',
    'protocol',
    'report',
    'plan',
    'options',
    'transport',
    'lfs',
    'lfs/pointers',
    'mirror/sessions',
  ],
  'mirror/pack': ['base', 'protocol', 'report', 'transport/connection', 'mirror/sessions'],
  'mirror/history': ['base', 'protocol', 'report', 'plan', 'mirror/sessions', 'mirror/pack'],
  'mirror/state': [
    'base',
    'protocol',
    'report',
    'plan',
    'options',
    'advice',
    'hosts',
    'transport/address',
    'mirror/sessions',
    'mirror/pack',
    'mirror/lfs',
  ],
  'mirror/push': [
    'base',
    'protocol',
    'report',
    'plan',
    'options',
    'advice',
    'mirror/sessions',
    'mirror/pack',
    'mirror/history',
    'mirror/state',
  ],
  'mirror/pieces': [
    'base',
    'protocol',
    'report',
    'plan',
    'options',
    'mirror/sessions',
    'mirror/pack',
    'mirror/history',
    'mirror/state',
  ],
  mirror: [
    'base',
    'protocol',
    'report',
    'plan',
    'plan/ours',
    'options',
    'advice',
    'hosts',
    'hosts/api',
    'transport',
    'transport/address',
    'transport/connection',
    'mirror/sessions',
    'mirror/pack',
    'mirror/lfs',
    'mirror/history',
    'mirror/state',
    'mirror/push',
    'mirror/pieces',
  ],
  'fleet/schema': ['base'],
  'fleet/config': ['base', 'fleet/schema', 'report', 'plan', 'options', 'transport/address'],
  'fleet/refuse': ['base', 'report', 'plan', 'options', 'transport/address', 'fleet/config'],
  'fleet/discover': ['base', 'report', 'plan', 'options', 'hosts', 'transport/address', 'fleet/config'],
  'fleet/shard': ['base'],
  fleet: [
    'base',
    'report',
    'plan',
    'options',
    'hosts',
    'transport/address',
    'fleet/config',
    'fleet/refuse',
    'fleet/discover',
    'fleet/shard',
  ],
  'fleet/report': ['base', 'report', 'fleet/discover'],
  'fleet/source': ['base', 'hosts', 'fleet/config', 'fleet/discover', 'fleet/report'],
  'fleet/round': [
    'base',
    'report',
    'options',
    'hosts',
    'mirror',
    'transport/address',
    'transport/connection',
    'fleet/config',
    'fleet',
    'fleet/report',
    'fleet/shard',
  ],
  'serve/work': ['base', 'fleet/config', 'fleet/report'],
  'serve/config': ['base', 'report', 'options', 'fleet/config', 'fleet', 'serve/work'],
  'serve/run': [
    'base',
    'report',
    'transport/address',
    'transport/connection',
    'fleet',
    'fleet/report',
    'fleet/round',
    'serve/work',
    'serve/config',
  ],
  'serve/http': ['base', 'serve/work', 'serve/config', 'serve/run'],
  'serve/hooks': ['base', 'transport/address', 'serve/config', 'serve/http'],
  'serve/page': ['base', 'report', 'fleet/report', 'serve/work', 'serve/run', 'serve/http'],
  serve: [
    'base',
    'report',
    'fleet/config',
    'fleet/report',
    'fleet/round',
    'serve/work',
    'serve/config',
    'serve/run',
    'serve/http',
    'serve/hooks',
    'serve/page',
  ],
  action: [
    'base',
    'report',
    'options',
    'hosts',
    'hosts/api',
    'mirror',
    'transport/address',
    'fleet',
    'fleet/config',
    'fleet/discover',
    'fleet/shard',
    'fleet/source',
    'fleet/report',
    'fleet/round',
  ],
  cli: [
    'base',
    'report',
    'options',
    'hosts',
    'hosts/api',
    'mirror',
    'transport/address',
    'fleet',
    'fleet/config',
    'fleet/discover',
    'fleet/shard',
    'fleet/source',
    'fleet/report',
    'fleet/round',
    'serve',
  ],
  main: ['base', 'action', 'cli'],
}

/** The only files of a room that rooms outside of it may import. */
export const DOORS: Readonly<Record<string, readonly string[]>> = {
  mirror: ['src/mirror/mirror.ts', 'src/mirror/restore.ts', 'src/mirror/doctor.ts'],
  transport: ['src/transport/open-remote.ts'],
  'transport/http-client': [
    'src/transport/http-client/http-client.ts',
    'src/transport/http-client/http-connections.ts',
    'src/transport/http-client/messages.ts',
  ],
  'transport/connection': [
    'src/transport/connection/connection.ts',
    'src/transport/connection/connections.ts',
    'src/transport/connection/idle-watch.ts',
  ],
}

/** Most files of one folder: what has more holds a second theme. */
export const MOST_FILES = 16

/** `src/mirror/push/verdict.ts` lives in `mirror/push`, `src/main.ts` in `main`. */
export function roomOf(path: string): string {
  const folders = path.split('/').slice(1, -1)
  return folders.length === 0 ? path.slice('src/'.length).replace(/\.ts$/, '') : folders.slice(0, 2).join('/')
}

/** The first folder of a room: `transport` of `transport/ssh`. */
export function houseOf(room: string): string {
  return room.split('/')[0] ?? room
}

/** Files that import each other, each named once, as `a -> b -> a`. */
export function findCircles(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const circles: string[] = []
  const done = new Set<string>()
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      circles.push([...path.slice(path.indexOf(file)), file].join(' -> '))
      return
    }
    if (done.has(file)) return
    for (const next of graph.get(file) ?? []) walk(next, [...path, file])
    done.add(file)
  }
  for (const file of graph.keys()) walk(file, [])
  return circles
}
