import type { ConflictField } from '../model/conflict.ts'
import type { FieldChange } from '../model/edit.ts'
import type { FieldKey, Fields, FieldValue } from '../model/field.ts'
import { FIELD_KINDS, sameFieldValue } from '../model/field.ts'
import { holds } from '../safety/rules.ts'

export interface Merged {
  /** What still has to be sent. */
  readonly send: Fields
  /** Fields that the source already has as wanted. */
  readonly settled: readonly FieldKey[]
  /** Fields that both sides changed to different values. */
  readonly conflicts: readonly ConflictField[]
}

/**
 * Three-way merge of an edit with the record as the source has it now, field by field (SYNC.md 1.6, "Update").
 *
 * | theirs against base | mine against base  | result           |
 * |---------------------|--------------------|------------------|
 * | same                | changed            | send mine        |
 * | changed             | changed, equal     | settled          |
 * | changed             | changed, different | conflict         |
 *
 * A field that the source does not return at all cannot be compared and is sent. Tags merge as a set: what either side
 * added stays, what either side removed goes. Tags never dispute.
 */
export function mergeFields(changes: readonly FieldChange[], theirs: Fields): Merged {
  const send: Partial<Record<FieldKey, FieldValue>> = {}
  const settled: FieldKey[] = []
  const conflicts: ConflictField[] = []
  for (const { field, from, to } of changes) {
    const current = theirs[field]
    if (current === undefined) {
      send[field] = to
    } else if (sameFieldValue(current, to)) {
      settled.push(field)
    } else if (sameFieldValue(current, from)) {
      send[field] = to
    } else if (FIELD_KINDS[field] === 'tags') {
      const tags = mergeTags(asTags(from), asTags(to), asTags(current))
      // What we took away they took away, what we added they added: theirs may hold more, and that stays.
      if (sameFieldValue(tags, current)) settled.push(field)
      else send[field] = tags
    } else if (holds('conflict-asks')) {
      conflicts.push({ field, base: from, mine: to, theirs: current })
    } else {
      send[field] = to
    }
  }
  return { send, settled, conflicts }
}

/** Theirs, plus what we added, minus what we removed; in their order, ours at the end. */
export function mergeTags(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const removed = new Set(base.filter((tag) => !mine.includes(tag)))
  const kept = theirs.filter((tag) => !removed.has(tag))
  const added = mine.filter((tag) => !base.includes(tag) && !kept.includes(tag))
  return [...kept, ...added]
}

function asTags(value: FieldValue): readonly string[] {
  if (value === null) return []
  return typeof value === 'string' ? [value] : value
}

/** Whether the source changed anything that we know of since we read it last. Fields that only one side has do not count. */
export function changedSince(synced: Fields, theirs: Fields): readonly ConflictField[] {
  const changed: ConflictField[] = []
  for (const [key, current] of Object.entries(theirs)) {
    const field = key as FieldKey // keys of a parsed `Fields` are field keys
    const base = synced[field]
    if (base === undefined || current === undefined || sameFieldValue(base, current)) continue
    changed.push({ field, base, mine: base, theirs: current })
  }
  return changed
}
