/**
 * What to show while somebody reads: everything stays where it is, in its newest state; what belongs after the last
 * card is added there; what would push in above waits. Nothing that is being read is moved.
 */
export function steadyItems<T>(
  shown: readonly T[],
  incoming: readonly T[],
  keyOf: (item: T) => string,
): { readonly shown: readonly T[]; readonly waiting: number } {
  const fresh = new Map(incoming.map((item) => [keyOf(item), item]))
  const kept = shown.flatMap((item) => {
    const now = fresh.get(keyOf(item))
    return now === undefined ? [] : [now]
  })
  const known = new Set(kept.map(keyOf))
  let lastKept = -1
  incoming.forEach((item, index) => {
    if (known.has(keyOf(item))) lastKept = index
  })
  const after = incoming.slice(lastKept + 1)
  return { shown: [...kept, ...after], waiting: incoming.length - kept.length - after.length }
}
