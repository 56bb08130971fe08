import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFiles, readFile } from './files.ts'
import { DOORS, findCircles, houseOf, MOST_FILES, roomOf, ROOMS } from './rooms.ts'

interface Import {
  readonly file: string
  readonly target: string
  readonly lazy: boolean
  /** Nothing of it is left when the program runs. */
  readonly types: boolean
}

const OWNERS: readonly (readonly [RegExp, RegExp])[] = [
  [/^ssh2($|\/)/, /^src\/transport\/ssh2\//],
  [/^@actions\/github($|\/)/, /^src\/hosts\//],
  [/^@actions\/core$/, /^src\/action\/used-core\.ts$/],
  [/^(yaml|valibot|picomatch)$/, /^src\/fleet\//],
  [/^croner$/, /^src\/(fleet|serve\/jobs)\//],
  [/^(hono|@hono\/node-server)($|\/)/, /^src\/serve\/(http|page|app)/],
  [/^(@octokit\/webhooks-methods|standardwebhooks)$/, /^src\/serve\/hooks\//],
  [/^(prom-client|pino)$/, /^src\/serve\//],
  [/^node:child_process$/, /^src\/transport\/local(-[a-z]+)?\.ts$/],
]
/** What a run may never need: loaded when first used. */
const LAZY = [
  /^node:(crypto|fs\/promises)$/,
  /(^|\/)ssh2\/library\.ts$/,
  /^ssh2($|\/)/,
  /^@actions\/(github|core)$/,
  /^(yaml|valibot|picomatch|croner)$/,
  /\/used-core\.ts$/,
  /^\.\/action\/run\.ts$/,
  /^\.\/cli\/run\.ts$/,
  /^(hono|@hono\/node-server|@octokit\/webhooks-methods|standardwebhooks|prom-client|pino)($|\/)/,
  /\/(http-remote|tls)\.ts$/,
  /^node:(https|zlib)$/,
  /\/hosts\/(api\/)?github-[a-z]+\.ts$/,
  /\/hosts\/api\/(open-host|[a-z-]+-host)\.ts$/,
  /\/host-steps\.ts$/,
]
/** What is itself loaded when it is needed may load at once what it needs. */
const LATE =
  /^src\/(action\/used-core|hosts\/github-[a-z]+|hosts\/api\/[a-z-]+|mirror\/host-steps|doctor\/[a-z-]+|lfs\/[a-z/-]+|transport\/ssh\/[a-z-]+|transport\/ssh2\/[a-z-]+|transport\/route\/tls|mirror\/pack\/spool|serve\/[a-z/-]+|cli\/serve)\.ts/
/** Pure rooms: the same answer for the same arguments, whatever the machine and the time. */
const PURE = /^src\/(plan|report)\//

const files = listFiles('src', /\.ts$/)
const imports = files.flatMap(findImports)
const own = imports.filter(({ target }) => target.startsWith('.'))

function findImports(file: string): readonly Import[] {
  const text = readFile(file).replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '')
  const still = [...text.matchAll(/^(?:import|export)\s[^'"]*?from\s*'([^']+)'|^import\s*'([^']+)'/gm)]
  const lazy = [...text.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g)]
  return [
    ...still.map((match) => ({
      file,
      target: match[1] ?? match[2] ?? '',
      lazy: false,
      types: /^(import|export) type/.test(match[0]),
    })),
    ...lazy.map((match) => ({ file, target: match[1] ?? '', lazy: true, types: false })),
  ]
}

function resolve({ file, target }: Import): string {
  return posix.join(posix.dirname(file), target)
}

function show({ file, target }: Import): string {
  return `${file} imports ${target}`
}

/** What is wrong with an import between two rooms, and what to do; undefined: nothing. */
function judge(entry: Import): string | undefined {
  const target = resolve(entry)
  const from = roomOf(entry.file)
  const to = roomOf(target)
  if (from === to) return undefined
  const allowed = ROOMS[from]
  if (allowed === undefined) {
    return `${entry.file}: the room ${from} is not in test/repo/rooms.ts: add it there with what it may import, or move the file`
  }
  if (!allowed.includes(to)) {
    return (
      `${entry.file} imports ${target}, and ${from} may not import ${to} (it may: ${allowed.join(', ') || 'nothing'}): ` +
      'move what is shared to a room on the left, or hand it in as an argument'
    )
  }
  const doors = DOORS[to]
  if (doors !== undefined && houseOf(from) !== houseOf(to) && !doors.includes(target)) {
    return `${entry.file} imports ${target}, which is inside of ${to}: go through ${doors.join(', ')}`
  }
  return undefined
}

it('finds imports of both kinds', () => {
  expect(imports.length).toBeGreaterThan(100)
  expect(imports.filter(({ lazy }) => lazy).length).toBeGreaterThan(3)
})

describe('rooms', () => {
  it('import from left to right only, and from outside through their doors', () => {
    expect(own.flatMap((entry) => judge(entry) ?? [])).toEqual([])
  })

  it('are a line themselves: no room may be reached from a room that it may import', () => {
    expect(findCircles(new Map(Object.entries(ROOMS)))).toEqual([])
  })

  it('hold no circle of files, types included', () => {
    for (const root of ['src', 'bench']) {
      const graph = new Map<string, string[]>()
      for (const file of listFiles(root, /\.ts$/)) {
        const targets = findImports(file).filter(({ target }) => target.startsWith('.'))
        graph.set(
          file,
          targets.map(resolve).filter((target) => target.startsWith(`${root}/`)),
        )
      }
      expect(findCircles(graph), 'cut what both need out into a third file').toEqual([])
    }
  })

  it(`have at most ${MOST_FILES} files each`, () => {
    const counts = new Map<string, number>()
    for (const file of files) {
      const folder = posix.dirname(file)
      counts.set(folder, (counts.get(folder) ?? 0) + 1)
    }
    const crowded = [...counts].filter(([, count]) => count > MOST_FILES)
    expect(crowded, 'find the second theme and give it a folder').toEqual([])
  })

  it('have their tests in the same folders', () => {
    const folders = new Set(files.map((file) => posix.dirname(file).replace(/^src/, 'test')))
    const strange = listFiles('test', /\.test\.ts$/)
      .map((file) => posix.dirname(file))
      .filter((folder) => !/^test\/(e2e|repo|real-hosts|image|page|runner|windows|fuzz)($|\/)/.test(folder))
      .filter((folder) => !folders.has(folder))
    expect([...new Set(strange)]).toEqual([])
  })
})

describe('a broken rule', () => {
  it('is named with what to do', () => {
    const wrong = (file: string, target: string): string =>
      judge({ file, target, lazy: false, types: true }) ?? ''
    expect(wrong('src/plan/plan.ts', '../mirror/state/ledger.ts')).toContain(
      'plan may not import mirror/state',
    )
    expect(wrong('src/cli/run.ts', '../mirror/push/batches.ts')).toContain('cli may not import mirror/push')
    expect(wrong('src/action/run.ts', '../mirror/destination.ts')).toContain(
      'go through src/mirror/mirror.ts',
    )
    expect(wrong('src/attic/old.ts', '../base/errors.ts')).toContain('attic is not in test/repo/rooms.ts')
    expect(wrong('src/plan/plan.ts', './refspec.ts')).toBe('')
  })

  it('shows in a circle of two and of three files', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'a']],
      ['c', ['a']],
    ])
    expect(findCircles(graph)).toEqual(['a -> b -> c -> a', 'a -> b -> a'])
    expect(findCircles(new Map([['a', ['b']]]))).toEqual([])
  })
})

describe('imports', () => {
  it('name the file with its ending', () => {
    expect(own.filter(({ target }) => !target.endsWith('.ts')).map(show)).toEqual([])
  })

  it('give each large dependency one owner', () => {
    const wrong = imports.filter(({ file, target }) =>
      OWNERS.some(([dependency, owner]) => dependency.test(target) && !owner.test(file)),
    )
    expect(wrong.map(show)).toEqual([])
  })

  it('name no package without an owner, never one by a path, and builtin modules with node:', () => {
    const foreign = imports.filter(
      ({ target }) =>
        target.includes('node_modules') ||
        (!target.startsWith('.') &&
          !target.startsWith('node:') &&
          !OWNERS.some(([dependency]) => dependency.test(target))),
    )
    expect(foreign.map(show)).toEqual([])
  })

  it('load lazily what a run may not need', () => {
    const eager = imports.filter(
      ({ target, lazy, types }) => !lazy && !types && LAZY.some((pattern) => pattern.test(target)),
    )
    expect(eager.filter(({ file }) => !LATE.test(file)).map(show)).toEqual([])
  })

  it('load nothing of the fleet for a single pair', () => {
    const eager = new Map<string, string[]>()
    for (const entry of own.filter(({ lazy, types }) => !lazy && !types)) {
      eager.set(entry.file, [...(eager.get(entry.file) ?? []), resolve(entry)])
    }
    const reached = new Set(['src/main.ts', 'src/action/run.ts', 'src/cli/run.ts'])
    for (const file of reached) for (const next of eager.get(file) ?? []) reached.add(next)
    expect(reached.size).toBeGreaterThan(50)
    expect([...reached].filter((file) => file.startsWith('src/fleet/'))).toEqual([])
  })

  it('bring neither a builtin module nor a clock into the pure rooms', () => {
    const pure = files.filter((file) => PURE.test(file))
    expect(pure.length).toBeGreaterThan(10)
    expect(
      imports.filter(({ file, target }) => PURE.test(file) && target.startsWith('node:')).map(show),
    ).toEqual([])
    const timed = pure.filter((file) =>
      /\bDate\.now|performance\.now|\breadClock\(|\bsetTimeout\(/.test(readFile(file)),
    )
    expect(timed).toEqual([])
  })

  it('let nothing below print: neither console nor the streams of the process', () => {
    const printing = files
      .filter((file) => !/^src\/(main\.ts|cli|action)/.test(file))
      .filter((file) => /\bconsole\.|process\.(stdout|stderr)/.test(readFile(file)))
    expect(printing).toEqual([])
  })
})
