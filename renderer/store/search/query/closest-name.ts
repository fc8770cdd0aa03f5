/** The name that was probably meant, or null where none is near: one typing error, two in long names. */
export function closestName(word: string, names: Iterable<string>): string | null {
  let best: string | null = null
  let least = 3
  for (const name of names) {
    const errors = Math.abs(name.length - word.length) > 2 ? 3 : errorsBetween(word, name)
    const allowed = name.length >= 7 ? 2 : name.length >= 4 ? 1 : 0
    if (errors <= allowed && errors < least) {
      best = name
      least = errors
    }
  }
  return best
}

/** Letters left out, put in, put in another's place or swapped with the next. Both are short. */
function errorsBetween(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a.charAt(i - 1) === b.charAt(j - 1)
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      const isSwap = i > 1 && j > 1 && a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1)
      if (isSwap) cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}
