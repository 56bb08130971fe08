// Small wrong changes of a regular expression.

const OPPOSITE = { d: 'D', D: 'd', s: 'S', S: 's', w: 'W', W: 'w', b: 'B', B: 'b' }

/** @returns literals that say something else than `/pattern/flags`, each with one change; only those that compile. */
export function mutateRegex({ pattern, flags }) {
  const texts = new Set()
  const put = (from, to, text) => {
    const changed = pattern.slice(0, from) + text + pattern.slice(to)
    if (compiles(changed, flags)) texts.add(`/${changed}/${flags}`)
  }
  for (let at = 0, inClass = false; at < pattern.length; at++) {
    const sign = pattern[at]
    if (sign === '\\') {
      at += 1
      const opposite = OPPOSITE[pattern[at]]
      if (opposite !== undefined) put(at, at + 1, opposite)
    } else if (inClass) {
      if (sign === ']') inClass = false
    } else if (sign === '[') {
      inClass = true
      const negated = pattern[at + 1] === '^'
      put(at, at + (negated ? 2 : 1), negated ? '[' : '[^')
      if (negated) at += 1
    } else if (sign === '^' || sign === '$') {
      put(at, at + 1, '')
    } else if (sign === '(' && /^\(\?<?[=!]/.test(pattern.slice(at))) {
      const mark = pattern.slice(at).search(/[=!]/) + at
      put(mark, mark + 1, pattern[mark] === '=' ? '!' : '=')
      at = mark
    } else if (sign === '(' && pattern[at + 1] === '?') {
      at += 1
    } else {
      const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(pattern.slice(at))
      if (quantifier !== null) {
        put(at, at + quantifier[0].length, '')
        at += quantifier[0].length - 1
      }
    }
  }
  return [...texts]
}

function compiles(pattern, flags) {
  try {
    return pattern !== '' && new RegExp(pattern, flags) instanceof RegExp
  } catch {
    return false
  }
}
