import { FIELD_KEYS, type FieldKey, type Fields, type FieldValue } from '../../../shared/model/field.ts'

/** Only what the vendor said: absent stays absent, null stays null. */
export function saidFields(values: Readonly<Partial<Record<FieldKey, FieldValue | undefined>>>): Fields {
  const said: Partial<Record<FieldKey, FieldValue>> = {}
  for (const key of FIELD_KEYS) {
    const value = values[key]
    if (value !== undefined) said[key] = value
  }
  return said
}

/** A text cut to what the record's schema takes. */
export function cutText(text: string | null | undefined, length: number): string | null {
  if (text === null || text === undefined) return null
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}

/** The first text that says something. */
export function firstText(...texts: readonly (string | null | undefined)[]): string | null {
  return texts.find((text) => typeof text === 'string' && text.trim() !== '') ?? null
}
