import {
  type FieldKey,
  type Fields,
  fieldKeySchema,
  isEmptyFieldValue,
  sameFieldValue,
} from '../../../shared/model/field.ts'

/**
 * Whether a record at the vendor equals everything that was sent. Texts must be the same but for outer blanks, phone
 * numbers in their digits, because vendors write them anew. What was sent empty may be absent there; `defaults` are
 * values the vendor fills in itself.
 */
export function hasSentFields(theirs: Fields, sent: Fields, defaults: Fields = {}): boolean {
  return Object.entries(sent).every(([name, value]) => {
    const key = fieldKeySchema.parse(name)
    const there = theirs[key]
    if (isEmptyFieldValue(value)) return isEmptyFieldValue(there) || sameFieldValue(there, defaults[key])
    return comparable(key, there) === comparable(key, value)
  })
}

function comparable(key: FieldKey, value: Fields[FieldKey]): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') return JSON.stringify([...value].sort())
  const text = value.trim().normalize('NFC')
  if (key === 'phone') return text.replace(/\D/g, '') || text
  return key === 'email' ? text.toLowerCase() : text
}
