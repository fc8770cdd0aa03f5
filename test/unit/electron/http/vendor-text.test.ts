import { expect, test } from 'vitest'
import { readVendorError, readVendorText } from '../../../../electron/core/http/vendor-text.ts'

const KEY = 'sk_live_a1b2c3d4e5f6g7h8/+'

test.each([
  ['{"ok":false,"error":{"code":"DB_ERROR","message":"Internal database error"}}', 'Internal database error'],
  ['{"ok":false,"code":"DB_ERROR","message":"Internal database error"}', 'Internal database error'],
  ['{"error":"Invalid email"}', 'Invalid email'],
  ['{"error":{"message":"Nope"}}', 'Nope'],
  ['{"error":"Bad Request","message":"phone is too long"}', 'phone is too long'],
  ['{"message":"Not allowed"}', 'Not allowed'],
  ['{"detail":"Not allowed"}', 'Not allowed'],
  ['{"errors":["one","two"]}', 'one; two'],
  ['{"code":"DB_ERROR"}', 'DB_ERROR'],
  ['"just text"', 'just text'],
  ['Internal   database\n error', 'Internal database error'],
  ['<html><body>Oops</body></html>', null],
  ['{"error":"<b>Oops</b>"}', null],
  ['{"cut": "sho', null],
  ['{}', null],
  ['[]', null],
  ['', null],
  ['{"error":"\\u0000\\u0007"}', null],
])('%j', (body, expected) => {
  expect(readVendorText(body, KEY)).toBe(expected)
})

test('is cut', () => {
  expect(readVendorText('x'.repeat(1000), KEY)).toHaveLength(300)
})

test.each([KEY, encodeURIComponent(KEY), KEY.slice(0, 20), KEY.slice(5)])(
  'never quotes the key or a telling part of it: %s',
  (echo) => {
    const quoted = readVendorText(`{"error":"Key ${echo} is unknown"}`, KEY) ?? ''
    expect(quoted).toMatch(/^Key •••.* is unknown$/)
    for (let at = 0; at + 12 <= KEY.length; at++) expect(quoted).not.toContain(KEY.slice(at, at + 12))
  },
)

test('the key is not cut in two by the limit', () => {
  const quoted = readVendorText(`${'x'.repeat(290)}${KEY}`, KEY) ?? ''
  expect(quoted).not.toContain('sk_')
})

test('a key is not echoed as a code either', () => {
  expect(readVendorError({ ok: false, code: KEY, message: 'm' }, KEY)).toEqual({ vendorCode: '•••', vendorText: 'm' })
})
