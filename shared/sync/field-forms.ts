import { type FieldKey, type FieldValue, isEmptyFieldValue, sameFieldValue } from '../model/field.ts'

/**
 * Whether a source has written a value of ours in its own way, without making another value of it: outer blanks, the
 * case of an e-mail address, the punctuation of a phone number.
 */
export function sameInSubstance(field: FieldKey, a: FieldValue, b: FieldValue): boolean {
  if (sameFieldValue(a, b) || (isEmptyFieldValue(a) && isEmptyFieldValue(b))) return true
  return typeof a === 'string' && typeof b === 'string' && substance(field, a) === substance(field, b)
}

function substance(field: FieldKey, value: string): string {
  const text = value.normalize('NFC').trim()
  if (field === 'phone') return text.replace(/\D/g, '') || text
  return field === 'email' ? text.toLowerCase() : text
}
