import fc from 'fast-check'
import type { AdvertisedRef } from '../../src/protocol/advertisement.ts'

export const ZERO = '0'.repeat(40)

export interface World {
  readonly source: ReadonlyMap<string, string>
  readonly destination: ReadonlyMap<string, string>
  readonly symrefs: ReadonlyMap<string, string>
  readonly lines: readonly string[]
  readonly prune: boolean
  readonly force: boolean
  readonly sourceHead: string
  readonly head: string
}

const NAMES = [
  ...['main', 'a', 'a/b', 'a/b/c', 'b', 'wip/x', 'rel/1', 'rel/2'].map((name) => `refs/heads/${name}`),
  ...['v1', 'v2', 'a', 'rel/1'].map((name) => `refs/tags/${name}`),
  'refs/notes/commits',
  'refs/remotes/origin/main',
  'refs/pull/1/head',
]

const LINES: readonly (readonly string[])[] = [
  ['refs/heads/*', 'refs/tags/*'],
  ['refs/*'],
  ['+refs/heads/*', '^refs/heads/wip/*', '^refs/heads/a/b'],
  ['refs/heads/*:refs/heads/a/*'],
  ['refs/heads/main:refs/heads/b', 'refs/tags/*'],
  ['refs/heads/rel/*:refs/tags/rel/*', '+refs/tags/v1', 'refs/tags/a:refs/tags/v2'],
  ['refs/heads/*', 'refs/heads/main:refs/heads/rel/2'],
  ['refs/tags/*', 'refs/pull/*', 'refs/remotes/*:refs/heads/*'],
]

const id = fc.constantFrom(...'123456'.split('').map((digit) => digit.repeat(40)))

/** Refs that can live together: none is the folder of another. */
const refs = fc.dictionary(fc.constantFrom(...NAMES), id, { noNullPrototype: true }).map((all) => {
  const kept = new Map<string, string>()
  for (const [name, value] of Object.entries(all)) {
    if ([...kept.keys()].some((other) => isFolder(name, other) || isFolder(other, name))) continue
    kept.set(name, value)
  }
  return new Map([...kept].toSorted(([one], [other]) => (one < other ? -1 : 1)))
})

export const worlds: fc.Arbitrary<World> = fc
  .record({
    source: refs,
    plain: refs,
    links: fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)), { maxLength: 2 }),
    lines: fc.constantFrom(...LINES),
    prune: fc.boolean(),
    force: fc.boolean(),
    sourceHead: fc.constantFrom('refs/heads/main', 'refs/heads/a', 'refs/heads/none'),
    head: fc.constantFrom('refs/heads/main', 'refs/heads/b'),
  })
  .map(({ plain, links, ...world }) => {
    const symrefs = new Map(links.filter(([name, target]) => canLink(plain, name, target, links)))
    const destination = new Map(
      [...plain].map(([name, value]) => [name, plain.get(symrefs.get(name) ?? '') ?? value]),
    )
    return Object.assign(world, { destination, symrefs })
  })

function canLink(
  plain: ReadonlyMap<string, string>,
  name: string,
  target: string,
  links: readonly (readonly [string, string])[],
): boolean {
  return plain.has(name) && plain.has(target) && name !== target && !links.some(([other]) => other === target)
}

export function isFolder(name: string, other: string): boolean {
  return other.startsWith(`${name}/`)
}

/** A listing with what servers show beside the refs. */
export function listing(map: ReadonlyMap<string, string>): readonly AdvertisedRef[] {
  return [
    { name: 'HEAD', id: '7'.repeat(40), symrefTarget: 'refs/heads/main' },
    ...[...map].flatMap(([name, value]) =>
      name.startsWith('refs/tags/')
        ? [
            { name, id: value },
            { name: `${name}^{}`, id: '8'.repeat(40) },
          ]
        : [{ name, id: value }],
    ),
    { name: '.have', id: '9'.repeat(40) },
  ]
}

function toPattern(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.+]/g, '\\$&').replace('*', '(.*)')}$`)
}

/** The refspecs once more, by regular expressions: what `name` is called at the destination. */
export function mapNaively(
  lines: readonly string[],
  name: string,
): readonly { readonly to: string; readonly force: boolean }[] {
  const isExcluded = lines.some((line) => line.startsWith('^') && toPattern(line.slice(1)).test(name))
  const isReserved = lines.includes('refs/*') && /^refs\/(remotes|pull)\//.test(name)
  if (isExcluded || isReserved) return []
  return lines
    .filter((line) => !line.startsWith('^'))
    .flatMap((line) => {
      const [from = '', to = from] = line.replace(/^\+/, '').split(':')
      const match = toPattern(from).exec(name)
      return match ? [{ to: to.replace('*', match[1] ?? ''), force: line.startsWith('+') }] : []
    })
}

/** Whether a destination name belongs to the mirror. Every source name that could be is tried. */
export function isInScope(lines: readonly string[], name: string): boolean {
  const tail = name.slice('refs/'.length)
  const guesses = new Set<string>(NAMES)
  for (let at = 0; at >= 0; at = tail.indexOf('/', at + 1)) {
    const rest = tail.slice(at === 0 ? 0 : at + 1)
    for (const prefix of ['', 'heads/', 'tags/', 'remotes/', 'heads/rel/', 'pull/'])
      guesses.add(`refs/${prefix}${rest}`)
  }
  return [...guesses].some((guess) => mapNaively(lines, guess).some(({ to }) => to === name))
}
