import type { FieldKey, Fields, FieldValue } from '../model/field.ts'

/** A value of this device that lies over the synced one. */
export interface OverlayValue {
  readonly value: FieldValue
  /** What the user saw when the edit began. */
  readonly from: FieldValue
  /** `push`: on its way to the source. `local`: the source cannot take it, it stays here. */
  readonly mode: 'push' | 'local'
  /** When it was written, ms since the epoch. */
  readonly at: number
}

export type OverlayFields = Readonly<Partial<Record<FieldKey, OverlayValue>>>

/**
 * A client as shown: what the source said, and over it what was written here. The view is never stored, so it can
 * never disagree with its parts. Fields nobody said stay absent.
 */
export function effectiveFields(synced: Fields, overlay: OverlayFields): Fields {
  const shown: Partial<Record<FieldKey, FieldValue>> = { ...synced }
  for (const field of overlayKeys(overlay)) {
    const over = overlay[field]
    if (over !== undefined) shown[field] = over.value
  }
  return shown
}

export type ValueOrigin = 'source' | 'device' | 'waiting' | 'nobody'

export function originOf(field: FieldKey, synced: Fields, overlay: OverlayFields): ValueOrigin {
  const over = overlay[field]
  if (over !== undefined) return over.mode === 'local' ? 'device' : 'waiting'
  return synced[field] === undefined ? 'nobody' : 'source'
}

export function overlayKeys(overlay: OverlayFields): readonly FieldKey[] {
  // Written only through OverlayFields, whose keys are field keys.
  return Object.keys(overlay) as FieldKey[]
}

/** What a source said, laid over what it said before: a field it left out keeps its value, `null` clears it. */
export function mergeSynced(stored: Fields, said: Fields): Fields {
  return { ...stored, ...said }
}
