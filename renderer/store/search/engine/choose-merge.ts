import type { Segment } from './segment.ts'

/** Segments of one size class (four times the next smaller) that are left side by side. */
const SAME_SIZE = 4
const MOST_SEGMENTS = 12

/** Segments that are worth making one of: many of about one size, too many in all, or one that is mostly dead. */
export function chooseMerge(segments: readonly Segment[], mostDocuments: number): readonly Segment[] | null {
  const bySize = [...segments].sort((a, b) => living(a) - living(b))
  const classes = new Map<number, Segment[]>()
  for (const segment of bySize) {
    const size = Math.floor(Math.log2(Math.max(16, living(segment))) / 2)
    classes.set(size, [...(classes.get(size) ?? []), segment])
  }
  for (const same of classes.values()) {
    if (same.length >= SAME_SIZE && fits(same, mostDocuments)) return same
  }
  if (bySize.length > MOST_SEGMENTS) {
    const smallest = bySize.slice(0, SAME_SIZE)
    if (fits(smallest, mostDocuments)) return smallest
  }
  const dying = bySize.find((segment) => segment.scratch.deadCount * 3 > segment.size)
  return dying !== undefined && fits([dying], mostDocuments) ? [dying] : null
}

function living(segment: Segment): number {
  return segment.size - segment.scratch.deadCount
}

function fits(segments: readonly Segment[], most: number): boolean {
  return segments.reduce((sum, segment) => sum + living(segment), 0) <= most
}
