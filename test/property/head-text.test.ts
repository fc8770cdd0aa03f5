import fc from 'fast-check'
import { expect, test } from 'vitest'
import { headText, readHeadText, textFieldIn } from '../../renderer/store/segments/head-text.ts'
import { FIELD_KEYS, type FieldKey, type Fields } from '../../shared/model/field.ts'

const NOTHING_ELSE = {
  fallbackName: null,
  avatarUrl: null,
  createdAt: '2026-01-01',
  updatedAt: null,
  lastActivityAt: null,
  owner: 'O',
  ai: null,
}
const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '[', ']', ',', 'é', '山', '\n', '\u2028', ' ') })
const value = fc.oneof(text, fc.constant(null), fc.array(text, { maxLength: 3 }))
const fields = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...FIELD_KEYS), value), { selector: ([key]) => key })
  .map((pairs): Fields => Object.fromEntries(pairs))
const encoder = new TextEncoder()

test('a text found in the bytes of a head is that of the head read whole', () => {
  fc.assert(
    fc.property(fields, fc.constantFrom(...FIELD_KEYS), fc.nat(5), (all, field: FieldKey, before) => {
      const written = headText({ ...NOTHING_ELSE, fields: all }, null)
      // It stands between others.
      const bytes = encoder.encode(`${'x'.repeat(before)}${written}["ab",["no","no"]]`)
      const found = textFieldIn(bytes, before, before + encoder.encode(written).length, field)
      const read = readHeadText(written)?.fields[field] ?? null
      expect(found).toEqual(Array.isArray(read) ? undefined : read)
    }),
    { numRuns: 300 },
  )
})

test('bytes that are no head, or end too soon, give no text', () => {
  const written = encoder.encode(headText({ ...NOTHING_ELSE, fields: { name: 'Jane', email: 'j@example.com' } }, null))
  for (let end = 0; end < 30; end++) expect(textFieldIn(written, 0, end, 'email') ?? null).toBe(null)
  for (const text of ['', '{}', '["d"', '["d",', '["d",[', '["d",["', '["d",[7]]', '["d",["a\\', '["d",["\\u12"]]'])
    expect(textFieldIn(encoder.encode(text), 0, text.length, 'email') ?? null).toBe(null)
})
