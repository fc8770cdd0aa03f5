import type { WordTable } from './word-table.ts'

const WORTH_RADIX = 8_192

/** Numbers of the words of a table in the order of a dictionary: ASCII first, then the others, each by their units. */
export function sortWords(table: WordTable): { readonly order: Uint32Array; readonly asciiCount: number } {
  const { units, starts, size } = table
  const isWide = new Uint8Array(size)
  let asciiCount = 0
  for (let id = 0; id < size; id++) {
    const end = starts[id + 1] ?? 0
    let wide = 0
    for (let at = starts[id] ?? 0; at < end; at++) if ((units[at] ?? 0) > 127) wide = 1
    isWide[id] = wide
    asciiCount += 1 - wide
  }
  let order = new Uint32Array(size)
  let ascii = 0
  let wide = asciiCount
  for (let id = 0; id < size; id++) order[isWide[id] === 1 ? wide++ : ascii++] = id
  const compare = (a: number, b: number): number => compareUnits(units, starts, a, b)
  order.subarray(asciiCount).sort(compare)
  if (size < WORTH_RADIX) {
    order.subarray(0, asciiCount).sort(compare)
    return { order, asciiCount }
  }
  // Eight units by radix, from the last to the first; what is the same in these, and longer, one by one.
  let next = new Uint32Array(size)
  const counts = new Uint32Array(65_537)
  for (const depth of [6, 4, 2, 0]) {
    counts.fill(0)
    const key = (id: number): number => {
      const from = (starts[id] ?? 0) + depth
      const length = (starts[id + 1] ?? 0) - from
      if (length <= 0) return 0
      const first = (units[from] ?? 0) << 8
      return length === 1 ? first : first | (units[from + 1] ?? 0)
    }
    for (let at = 0; at < asciiCount; at++) {
      const slot = key(order[at] ?? 0) + 1
      counts[slot] = (counts[slot] ?? 0) + 1
    }
    for (let at = 1; at < counts.length; at++) counts[at] = (counts[at] ?? 0) + (counts[at - 1] ?? 0)
    for (let at = 0; at < asciiCount; at++) {
      const id = order[at] ?? 0
      const slot = key(id)
      const to = counts[slot] ?? 0
      counts[slot] = to + 1
      next[to] = id
    }
    next.set(order.subarray(asciiCount), asciiCount)
    const swap = order
    order = next
    next = swap
  }
  sortTies(order, asciiCount, compare, (a, b) => sameStart(units, starts, a, b, 8))
  return { order, asciiCount }
}

function sortTies(
  order: Uint32Array,
  count: number,
  compare: (a: number, b: number) => number,
  isTie: (a: number, b: number) => boolean,
): void {
  let from = 0
  for (let at = 1; at <= count; at++) {
    if (at < count && isTie(order[at - 1] ?? 0, order[at] ?? 0)) continue
    if (at - from > 1) order.subarray(from, at).sort(compare)
    from = at
  }
}

function sameStart(units: Uint16Array, starts: Uint32Array, a: number, b: number, length: number): boolean {
  const ofA = starts[a] ?? 0
  const ofB = starts[b] ?? 0
  if ((starts[a + 1] ?? 0) - ofA < length || (starts[b + 1] ?? 0) - ofB < length) return false
  for (let at = 0; at < length; at++) if (units[ofA + at] !== units[ofB + at]) return false
  return true
}

function compareUnits(units: Uint16Array, starts: Uint32Array, a: number, b: number): number {
  let ofA = starts[a] ?? 0
  let ofB = starts[b] ?? 0
  const endA = starts[a + 1] ?? 0
  const endB = starts[b + 1] ?? 0
  while (ofA < endA && ofB < endB) {
    const difference = (units[ofA++] ?? 0) - (units[ofB++] ?? 0)
    if (difference !== 0) return difference
  }
  return endA - ofA - (endB - ofB)
}
