import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FIELD_KEYS } from '../../shared/model/field.ts'
import { isPulledRecord } from '../../shared/model/is-pulled-record.ts'
import { pulledRecordSchema, pulledRecordsSchema } from '../../shared/model/pulled-record.ts'

const text = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom(0, 1, 60, 64, 200, 512, 2048, 5_000).chain(around))
const value = fc.oneof({ weight: 6, arbitrary: text }, { weight: 3, arbitrary: fc.constant(null) }, fc.jsonValue())
const fields = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.dictionary(fc.constantFrom(...FIELD_KEYS), fc.oneof(text, fc.constant(null), fc.array(text))),
  },
  fc.dictionary(fc.oneof(fc.constantFrom(...FIELD_KEYS), fc.string()), fc.jsonValue()),
  fc.jsonValue(),
)
const record = fc.record(
  {
    remoteId: value,
    fields,
    fallbackName: value,
    avatarUrl: value,
    createdAt: value,
    updatedAt: value,
    lastActivityAt: value,
    owner: value,
    ai: value,
    hash: value,
    body: value,
  },
  { noNullPrototype: true },
)
const GOOD = {
  remoteId: '1',
  fields: { name: 'Ann' },
  fallbackName: null,
  avatarUrl: null,
  createdAt: null,
  updatedAt: null,
  lastActivityAt: null,
  owner: null,
  ai: null,
  hash: 'h',
  body: '[[],{}]',
}

/** A limit, and one beyond it. */
function around(length: number) {
  return fc.constantFrom('x'.repeat(length), 'x'.repeat(length + 1))
}

it('a pulled record is one by hand where it is one by the schema, and only there', () => {
  // One member at a time, so that both answers are common; and all of them.
  const oneWrong = fc
    .tuple(record, fc.constantFrom(...Object.keys(GOOD)))
    .map(([other, name]) => ({ ...GOOD, [name]: Reflect.get(other, name) }))
  const oneLess = fc.constantFrom(...Object.keys(GOOD)).map((name) => ({ ...GOOD, [name]: undefined }))
  fc.assert(
    fc.property(fc.oneof(oneWrong, oneLess, record, fc.jsonValue()), (given) => {
      expect(isPulledRecord(given)).toBe(pulledRecordSchema.safeParse(given).success)
    }),
    { numRuns: 3_000 },
  )
})

it('records of a page: said where and what is wrong; no more than there may be', () => {
  expect(pulledRecordsSchema.safeParse([GOOD, GOOD]).success).toBe(true)
  const wrong = pulledRecordsSchema.safeParse([GOOD, { ...GOOD, hash: '' }])
  expect(wrong.error?.issues).toMatchObject([{ path: [1, 'hash'], message: expect.stringContaining('>=1') }])
  expect(pulledRecordsSchema.safeParse(Array.from({ length: 501 }, () => GOOD)).success).toBe(false)
  expect(pulledRecordsSchema.safeParse({ 0: GOOD, length: 1 }).success).toBe(false)
})
