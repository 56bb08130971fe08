import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDelete, type Plan } from '../../src/plan/plan-types.ts'
import { planUpdates } from '../../src/plan/plan.ts'
import { parseRefspecs } from '../../src/plan/refspec.ts'
import { readAdvertisement } from '../../src/protocol/advertisement.ts'
import { readLsRefs } from '../../src/protocol/ls-refs.ts'
import type { BelievedRefs } from '../../src/protocol/ref-line.ts'
import { whyInvalidRefName } from '../../src/protocol/ref-name.ts'
import { packetsOf } from '../protocol/feed.ts'
import { FLUSH_PKT, pkt } from '../support/pkt.ts'
import { ZERO } from './plan-property.ts'

interface Line {
  readonly id: string
  readonly name: string
  readonly peeled?: string | undefined
}

/** A listing as bytes. */
type Encode = (lines: readonly Line[]) => Uint8Array
type Read = (bytes: Uint8Array) => Promise<BelievedRefs>

const encodeV2: Encode = (lines) =>
  pkt(
    ...lines.map(
      ({ id, name, peeled }) => `${id} ${name}${peeled === undefined ? '' : ` peeled:${peeled}`}\n`,
    ),
  )

const encodeV0: Encode = (lines) =>
  pkt(
    `${'9'.repeat(40)} HEAD\0multi_ack_detailed side-band-64k`,
    ...lines.flatMap(({ id, name, peeled }) =>
      peeled === undefined ? [`${id} ${name}\n`] : [`${id} ${name}\n`, `${peeled} ${name}^{}\n`],
    ),
  )

const readV2: Read = async (bytes) => await readLsRefs(packetsOf(bytes))

const readV0: Read = async (bytes) => {
  const read = await readAdvertisement(packetsOf(bytes))
  if (read.version === 2) throw new Error('expected v0')
  return { ...read, refs: read.refs.filter(({ name }) => name.startsWith('refs/')) }
}

const REFSPECS = [['refs/heads/*', 'refs/tags/*'], ['refs/*'], ['refs/heads/*:refs/heads/m/*', 'refs/tags/*']]

const NAMES = ['main', 'x', 'x2', 'a/b', 'a/c', 'feature', 'zwölf'].map((name) => `refs/heads/${name}`)
const ids = fc.constantFrom(...'123'.split('').map((digit) => digit.repeat(40)))

const lines: fc.Arbitrary<readonly Line[]> = fc
  .uniqueArray(
    fc.record({
      id: ids,
      name: fc.constantFrom(...NAMES, 'refs/tags/v1', 'refs/tags/v2', 'refs/notes/n'),
      peeled: fc.option(fc.constant('7'.repeat(40)), { nil: undefined }),
    }),
    { selector: ({ name }) => name },
  )
  .map((list) =>
    list
      .map((line) => (line.name.startsWith('refs/tags/') ? line : { id: line.id, name: line.name }))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  )

/** What may happen to one line on its way, or be made of it by a broken repository. */
const damages: fc.Arbitrary<(line: Line) => readonly Line[]> = fc.oneof(
  fc.constant((line: Line) => [{ ...line, id: ZERO }]),
  ids.map((id) => (line: Line) => [line, { ...line, id }]),
  fc.constant((line: Line) => [line, { ...line, id: ZERO }]),
  fc.constant((line: Line) => [{ ...line, peeled: ZERO }]),
  fc.constant((line: Line) => [{ ...line, name: `${line.name}^{}`, peeled: undefined }]),
  fc.constant((line: Line) => [{ ...line, name: line.name.slice('refs/'.length) }]),
  fc
    .tuple(
      fc.nat(),
      fc.constantFrom(' ', ' 2', '\0', '~', '..', '/', '/../', '\ufffd', '.lock', '^', ':', '\x7f'),
    )
    .map(([at, text]) => (line: Line) => {
      const place = 'refs/'.length + (at % (line.name.length - 'refs/'.length + 1))
      return [{ ...line, name: `${line.name.slice(0, place)}${text}${line.name.slice(place)}` }]
    }),
  fc
    .nat()
    .map((at) => (line: Line) => [
      { ...line, name: line.name.slice(0, Math.max('refs/'.length, at % line.name.length)) },
    ]),
)

function planOf(
  source: BelievedRefs,
  destination: BelievedRefs,
  given: { readonly lines: readonly string[]; readonly prune: boolean; readonly force: boolean },
): Plan {
  const { prune, force } = given
  return planUpdates({
    source: { ...source, head: undefined, format: 'sha1' },
    destination: { ...destination, head: undefined, symrefs: new Map(), format: 'sha1' },
    refspecs: parseRefspecs(given.lines, 'refs'),
    prune,
    force,
  })
}

function deletedBy(plan: Plan): readonly string[] {
  return plan.updates.filter((update) => isDelete(update) || /^0+$/.test(update.new)).map(({ ref }) => ref)
}

/** The listing that an honest server would give with these names: what reads as a right name is one. */
function honest(all: readonly Line[]): readonly Line[] {
  const seen = new Set<string>()
  return all.filter(({ name }) => {
    const isNew = !seen.has(name)
    seen.add(name)
    return isNew
  })
}

describe.each([
  ['v2', encodeV2, readV2],
  ['v0', encodeV0, readV0],
] as const)('a damaged listing in %s', (_, encode, read) => {
  const cases = fc.record({
    source: lines.filter((list) => list.length > 0),
    destination: lines,
    at: fc.nat(),
    damage: damages,
    lines: fc.constantFrom(...REFSPECS),
    prune: fc.boolean(),
    force: fc.boolean(),
  })
  const whole = (list: readonly Line[]): Uint8Array => Buffer.concat([encode(list), FLUSH_PKT])

  it('of the source never deletes more than an honest one could, and updates nothing of the damaged line', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (given) => {
        const at = given.at % given.source.length
        const hit = given.source[at]!
        const made = given.damage(hit)
        const damaged = [...given.source.slice(0, at), ...made, ...given.source.slice(at + 1)]
        const there = await read(whole(given.destination))
        const listing = await read(whole(damaged))
        const plan = planOf(listing, there, given)
        // A name that was cut and is right all the same cannot be told from a ref of that name.
        const passes = made.some(
          ({ name }) =>
            name !== hit.name && whyInvalidRefName(name) === undefined && name.startsWith('refs/'),
        )
        const most = planOf(await read(whole(passes ? honest(damaged) : given.source)), there, given)
        const allowed = new Set(deletedBy(most))
        expect(deletedBy(plan).filter((ref) => !allowed.has(ref))).toEqual([])
        if (!passes) {
          expect(plan.updates.filter((update) => update.sourceRef === hit.name)).toEqual([])
        }
        for (const update of plan.updates) expect(isDelete(update)).toBe(/^0+$/.test(update.new))
      }),
      { numRuns: 400 },
    )
  })

  it('of the destination neither updates nor deletes what it shows without a value', async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.constantFrom<'null' | 'twice'>('null', 'twice'), async (given, kind) => {
        fc.pre(given.destination.length > 0)
        const at = given.at % given.destination.length
        const hit = given.destination[at]!
        const made = kind === 'null' ? [{ ...hit, id: ZERO, peeled: undefined }] : [hit, hit]
        const damaged = [...given.destination.slice(0, at), ...made, ...given.destination.slice(at + 1)]
        const source = await read(whole(given.source))
        const plan = planOf(source, await read(whole(damaged)), given)
        expect(plan.updates.filter(({ ref }) => ref === hit.name)).toEqual([])
        const allowed = new Set(deletedBy(planOf(source, await read(whole(given.destination)), given)))
        expect(deletedBy(plan).filter((ref) => !allowed.has(ref))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('that ends before its flush is an error, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.nat(), async (list, at) => {
        const bytes = whole(list)
        await expect(read(bytes.subarray(0, at % bytes.length))).rejects.toMatchObject({ code: 'cut' })
      }),
      { numRuns: 100 },
    )
  })
})
