/** The known word that a misspelt one is nearest to; undefined where none is near. */
export function findNearest(word: string, known: readonly string[]): string | undefined {
  const most = Math.max(1, Math.min(3, Math.floor(word.length / 3)))
  let nearest: string | undefined
  let least = most + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= least) continue
    const distance = countEdits(word.toLowerCase(), candidate)
    if (distance < least) [nearest, least] = [candidate, distance]
  }
  return nearest
}

/** Letters to insert, drop, replace or swap with their neighbour (Damerau–Levenshtein, restricted). */
function countEdits(from: string, to: string): number {
  let before: readonly number[] = []
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row++) {
    const next = [row]
    for (let column = 1; column <= to.length; column++) {
      const cost = from[row - 1] === to[column - 1] ? 0 : 1
      let edits = Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + cost)
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        edits = Math.min(edits, before[column - 2]! + 1)
      }
      next.push(edits)
    }
    before = last
    last = next
  }
  return last[to.length]!
}
