// One copy of a module with all of its mutants behind a switch, and a bound on its loops.
import { stripTypeScriptTypes } from 'node:module'
import { insertAll } from '../instrument/insert.mjs'

/**
 * @param found what `findMutants` gave for `text`; each mutant has its `id`
 * @returns JavaScript, on the same lines as `text`
 */
export function instrument(text, { mutants, loops, statements }) {
  const wraps = statements.map(({ start, end }) => ({ start, end, before: ';', after: '' }))
  for (const { type, start, end } of loops) {
    const block = type === 'BlockStatement'
    wraps.push({ start: block ? start + 1 : start, end: block ? end - 1 : end, ...loopWrap(block) })
  }
  for (const [first, ...more] of placesOf(mutants)) wraps.push(wrap(first, more))
  return stripTypeScriptTypes(`const $mutants = globalThis.$mutants;${insertAll(text, wraps)}`)
}

function loopWrap(block) {
  return block ? { before: '$mutants.tick();', after: '' } : { before: '{$mutants.tick();', after: '}' }
}

/** Mutants of the same place stand together. */
function placesOf(mutants) {
  return Map.groupBy(mutants, ({ start, end }) => `${start}-${end}`).values()
}

function wrap(first, more) {
  const { start, end } = first
  if (first.block) return { start, end, before: `if($mutants.at(${first.id})){}else{`, after: '}' }
  const choices = [first, ...more].map(({ id, text }) => `$mutants.at(${id})?(${text}):`).join('')
  return { start, end, before: `(${choices}(`, after: '))' }
}
