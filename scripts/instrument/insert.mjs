// Puts text around parts of another text.

/** `wraps`: {start, end, before, after}, each within another or beside it. Outer ones open first and close last. */
export function insertAll(text, wraps) {
  const opened = wraps.toSorted((a, b) => a.start - b.start || b.end - a.end)
  const closed = opened.toReversed().toSorted((a, b) => a.end - b.end)
  let [out, at, next] = ['', 0, 0]
  for (const { end, start, after, before } of order(opened, closed)) {
    next = before === undefined ? end : start
    out += text.slice(at, next) + (before ?? after)
    at = next
  }
  return out + text.slice(at)
}

function* order(opened, closed) {
  let open = 0
  for (const one of closed) {
    while (open < opened.length && opened[open].start < one.end) {
      const { start, before } = opened[open++]
      yield { start, before }
    }
    yield { end: one.end, after: one.after }
  }
}
