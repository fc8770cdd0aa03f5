/**
 * Optimal string alignment distance (a letter too much, missing, wrong, or two swapped), given up above `most`.
 * Returns `most + 1` for anything farther.
 */
export function editDistance(a: string, b: string, most: number): number {
  return distance(a, b, most, false)
}

/** The same against the beginning of `word` that is nearest. */
export function prefixDistance(token: string, word: string, most: number): number {
  return distance(token, word.slice(0, token.length + most), most, true)
}

function distance(a: string, b: string, most: number, anyEnd: boolean): number {
  if (a.length - b.length > most || (!anyEnd && b.length - a.length > most)) return most + 1
  let before: number[] = []
  let last: number[] = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let row = 1; row <= a.length; row++) {
    const now = [row]
    let least = row
    for (let at = 1; at <= b.length; at++) {
      const same = a.charCodeAt(row - 1) === b.charCodeAt(at - 1)
      let cost = Math.min((last[at] ?? 0) + 1, (now[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + (same ? 0 : 1))
      const swapped =
        row > 1 &&
        at > 1 &&
        a.charCodeAt(row - 1) === b.charCodeAt(at - 2) &&
        a.charCodeAt(row - 2) === b.charCodeAt(at - 1)
      if (swapped) cost = Math.min(cost, (before[at - 2] ?? 0) + 1)
      now.push(cost)
      if (cost < least) least = cost
    }
    // Also the row before: a swap reaches back over one.
    if (least > most && Math.min(...last) > most) return most + 1
    before = last
    last = now
  }
  const end = anyEnd ? Math.min(...last) : (last[b.length] ?? 0)
  return Math.min(end, most + 1)
}
