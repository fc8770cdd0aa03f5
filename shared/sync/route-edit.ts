import type { FieldKey } from '../model/field.ts'

/** What decides where a change of a record goes: what its source can take, and what the source has of it already. */
export interface RouteInput {
  /** Null for a client that lives on this device only. */
  readonly source: {
    readonly creates: readonly FieldKey[] | null
    readonly updates: readonly FieldKey[] | null
  } | null
  /**
   * `present`: the source has it. `create-open`: its create may still be changed. `create-closed`: its create has been
   * sent and is not settled. `device`: it is never sent.
   */
  readonly record: 'present' | 'create-open' | 'create-closed' | 'device'
}

export interface Route {
  readonly send: readonly FieldKey[]
  readonly keep: readonly FieldKey[]
}

/**
 * Splits the changed fields into those that travel and those that stay on this device. Edits of a create still in the
 * queue travel with it; once it has left, only what the source takes as an update does (Connect takes none).
 */
export function routeEdit(input: RouteInput, fields: readonly FieldKey[]): Route {
  const taken = fieldsThatTravel(input)
  return {
    send: fields.filter((field) => taken.includes(field)),
    keep: fields.filter((field) => !taken.includes(field)),
  }
}

export function fieldsThatTravel({ source, record }: RouteInput): readonly FieldKey[] {
  if (source === null) return []
  switch (record) {
    case 'device':
      return []
    case 'create-open':
      return source.creates ?? []
    case 'create-closed':
    case 'present':
      return source.updates ?? []
  }
}
