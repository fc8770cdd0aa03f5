import { expect, test } from 'vitest'
import { type FinalState, type Intent, judge } from './ledger.ts'

const intent = (value: string, over: Partial<Intent> = {}): Intent => ({
  kind: 'update',
  client: 'Anna',
  field: 'Phone',
  value,
  round: 1,
  status: 'saved',
  ...over,
})
const state = (value: string | null, times = 1): FinalState => ({
  atVendor: () => [value],
  inApp: () => value,
  applied: () => times,
})

test('what was called saved must be there, or a later value of the same field', () => {
  expect(judge([intent('1')], state('1')).lost).toEqual([])
  expect(judge([intent('1')], state('old')).lost).toHaveLength(1)
  expect(judge([intent('1'), intent('2')], state('2')).lost).toEqual([])
  expect(judge([intent('1'), intent('2')], state('1')).lost).toMatchObject([{ value: '2' }])
})

test('what a crash cut off may have happened or not', () => {
  expect(judge([intent('1'), intent('2', { status: 'invoked' })], state('1'))).toMatchObject({ lost: [], cutOff: 1 })
  expect(judge([intent('1'), intent('2', { status: 'invoked' })], state('2')).lost).toEqual([])
})

test('a write that was applied twice is doubled, and so is a client that was created twice', () => {
  expect(judge([intent('1')], state('1', 2)).doubled).toHaveLength(1)
  const twice: FinalState = { atVendor: () => ['Nia', 'Nia'], inApp: () => 'Nia', applied: () => 1 }
  expect(judge([intent('Nia', { kind: 'create', client: 'Nia', field: 'Name' })], twice).doubled).toHaveLength(1)
})
