import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/plan/plan-types.ts'
import { planUpdates } from '../../src/plan/plan.ts'
import { parseRefspecs } from '../../src/plan/refspec.ts'
import { isFolder, isInScope, listing, mapNaively, type World, worlds, ZERO } from './plan-property.ts'

function planWorld(world: World): Plan {
  return planUpdates({
    source: { refs: listing(world.source), head: world.sourceHead, format: 'sha1' },
    destination: {
      refs: listing(world.destination),
      format: 'sha1',
      symrefs: world.symrefs,
      head: world.head,
    },
    refspecs: parseRefspecs(world.lines, 'refs'),
    prune: world.prune,
    force: world.force,
  })
}

/** What the destination should look like inside the scope; undefined where two sources want one name. */
function wanted(world: World): ReadonlyMap<string, string> | undefined {
  const from = new Map<string, string>()
  const result = new Map<string, string>()
  for (const [name, id] of world.source) {
    for (const { to } of mapNaively(world.lines, name)) {
      if (from.has(to) && from.get(to) !== name) return undefined
      from.set(to, name)
      result.set(to, id)
    }
  }
  return result
}

/** Does what a server does with the commands, one after the other. */
function apply(world: World, updates: Plan['updates']): Map<string, string> {
  const refs = new Map(world.destination)
  for (const { ref, old, new: id } of updates) {
    expect(refs.get(ref) ?? ZERO).toBe(old)
    if (id === ZERO) refs.delete(ref)
    else {
      expect([...refs.keys()].filter((other) => isFolder(ref, other) || isFolder(other, ref))).toEqual([])
      refs.set(ref, id)
    }
  }
  for (const [name, target] of world.symrefs) {
    const value = refs.get(target)
    if (value === undefined) refs.delete(name)
    else refs.set(name, value)
  }
  return refs
}

describe('any plan', () => {
  it('applied, gives the mapped source inside the scope and leaves the rest alone', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const goal = wanted(world)
        if (goal === undefined) {
          expect(() => planWorld(world)).toThrow('would both become')
          return
        }
        const result = planWorld(world)
        const after = apply(world, result.updates)
        const held = new Set(result.heldBack.map(({ ref }) => ref))
        if (result.defaultBranchDelete) held.add(result.defaultBranchDelete.ref)
        for (const name of new Set([...world.destination.keys(), ...after.keys(), ...goal.keys()])) {
          const target = world.symrefs.get(name)
          const stays = held.has(name) || (!goal.has(name) && !(world.prune && isInScope(world.lines, name)))
          // A symbolic ref that is not what the source wants shows what its target shows.
          const kept = target === undefined ? world.destination.get(name) : after.get(target)
          const expected = stays ? kept : goal.get(name)
          expect(`${name} ${after.get(name)}`).toBe(`${name} ${expected}`)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('[G9] names no ref twice and sends no command that changes nothing', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        if (wanted(world) === undefined) return
        const { updates, heldBack, defaultBranchDelete } = planWorld(world)
        const all = [
          ...updates.map(({ ref }) => ref),
          ...heldBack.map(({ ref }) => ref),
          ...(defaultBranchDelete ? [defaultBranchDelete.ref] : []),
        ]
        expect(new Set(all).size).toBe(all.length)
        expect(updates.filter((update) => update.old === update.new)).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it('never names HEAD, a peeled line, .have or a symbolic ref, and deletes first', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        if (wanted(world) === undefined) return
        const { updates } = planWorld(world)
        for (const { ref } of updates) {
          expect(ref).toMatch(/^refs\/[^/]+\/.*[^}]$/)
          expect(world.symrefs.has(ref)).toBe(false)
        }
        const firstOther = updates.findIndex(({ action }) => action !== 'delete')
        const lastDelete = updates.findLastIndex(({ action }) => action === 'delete')
        if (firstOther >= 0) expect(lastDelete).toBeLessThan(firstOther)
      }),
      { numRuns: 1000 },
    )
  })

  it('moves no tag with force: false', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        if (wanted(world) === undefined || world.force) return
        const moved = planWorld(world).updates.filter(
          ({ ref, action }) => ref.startsWith('refs/tags/') && action === 'force',
        )
        expect(
          moved.every(
            ({ forced, sourceRef }) =>
              forced && mapNaively(world.lines, sourceRef!).some(({ force }) => force),
          ),
        ).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})
