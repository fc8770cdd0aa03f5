import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FieldKey, Fields } from '../../../shared/model/field.ts'
import { emailProblem, urlProblem, type ValidateInput, validateFields } from '../../../shared/model/validate-fields.ts'

const FULL_ENGAGE: readonly FieldKey[] = ['name', 'phone', 'status', 'notes']
const CONNECT: readonly FieldKey[] = ['email', 'firstName', 'lastName', 'status']
const option = (id: string) => ({ id, label: id, color: null, order: null, type: null })

function problems(fields: Fields, more: Partial<ValidateInput> = {}): readonly string[] {
  const input: ValidateInput = {
    fields,
    operation: 'create',
    creates: FULL_ENGAGE,
    updates: FULL_ENGAGE,
    nameStyle: 'full',
    statusOptions: [option('active')],
    ...more,
  }
  return validateFields(input).map((problem) => `${problem.field}:${problem.rule}`)
}
const connect = (fields: Fields) =>
  problems(fields, { creates: CONNECT, updates: null, nameStyle: 'split', statusOptions: [option('7')] })

test('Full Engage: a name that is not blank, on create and whenever it is changed', () => {
  expect(problems({ phone: '1' })).toEqual(['name:required'])
  expect(problems({ name: '   ' })).toEqual(['name:required'])
  expect(problems({ name: 'Ann' })).toEqual([])
  expect(problems({ name: null }, { operation: 'update' })).toEqual(['name:required'])
  expect(problems({ phone: null }, { operation: 'update' })).toEqual([])
  expect(problems({ name: 'Ann', status: 'weird' })).toEqual(['status:unknown-status'])
})

test('Connect: e-mail or first name, a valid e-mail, a lead status that exists', () => {
  expect(connect({ lastName: 'Orr' })).toEqual(['firstName:email-or-first-name'])
  expect(connect({ email: 'a@example.org' })).toEqual([])
  expect(connect({ firstName: 'Al', email: 'nope' })).toEqual(['email:needs-at'])
  expect(connect({ firstName: 'Al', status: '8' })).toEqual(['status:unknown-status'])
  expect(connect({ firstName: 'Al', status: '7' })).toEqual([])
})

test('what stays on this device need not please any vendor, but has to have a name', () => {
  const device = { creates: null, updates: null, statusOptions: [] }
  expect(problems({ status: 'whatever', name: 'Ann' }, device)).toEqual([])
  expect(problems({}, device)).toEqual(['name:required'])
  expect(problems({ lastName: 'Orr' }, { ...device, nameStyle: 'split' })).toEqual([])
  expect(problems({ name: null }, { ...device, operation: 'update' })).toEqual([])
})

test('e-mail shape', () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['ann@example.org', null],
    ['ann.b+tag@mail.example.co.uk', null],
    ['ann', 'needs-at'],
    ['@example.org', 'needs-local-part'],
    ['a@b@example.org', 'needs-local-part'],
    ['ann@', 'needs-domain'],
    ['ann@example', 'needs-dot'],
    ['ann@.org', 'needs-domain'],
    ['ann@example.', 'needs-domain'],
    ['an n@example.org', 'has-space'],
    [`${'x'.repeat(250)}@example.org`, 'too-long'],
  ]
  for (const [email, rule] of cases) expect([email, emailProblem(email)]).toEqual([email, rule])
})

test('a link is http or https, whatever is tried', () => {
  expect(urlProblem('https://example.org/a?b#c')).toBeNull()
  expect(urlProblem('HTTP://example.org')).toBeNull()
  for (const bad of [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'example.org',
    ' https:',
    'ftp://example.org',
  ]) {
    expect(urlProblem(bad)).not.toBeNull()
  }
  for (const bad of ['https://', 'https:// example.org', 'https://user@example.org', 'https:/example.org']) {
    expect(urlProblem(bad)).toBe('not-a-url')
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      if (urlProblem(text) === null) expect(['http:', 'https:']).toContain(new URL(text).protocol)
    }),
  )
})

test('phones have digits, lists and texts have an end, emptied fields are always allowed', () => {
  expect(problems({ name: 'A', phone: 'call me' })).toEqual(['phone:needs-digits'])
  expect(problems({ name: 'A', phone: '٠١٢' })).toEqual([])
  expect(problems({ name: 'x'.repeat(301) })).toEqual(['name:too-long'])
  expect(problems({ name: 'A', notes: 'x'.repeat(20_001) })).toEqual(['notes:too-long'])
  expect(problems({ name: 'A', tags: Array.from({ length: 101 }, (_, i) => `${i}`) })).toEqual(['tags:too-many'])
  expect(problems({ name: 'A', tags: 'vip' })).toEqual(['tags:wrong-kind'])
  fc.assert(
    fc.property(fc.constantFrom<FieldKey>('email', 'phone', 'company', 'website', 'tags', 'status'), (field) => {
      expect(problems({ [field]: null }, { operation: 'update' })).toEqual([])
    }),
  )
})
