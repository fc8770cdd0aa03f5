import { expect, test } from 'vitest'
import { parseQuery } from '../../../../../renderer/store/search/parse-query.ts'
import { unusedValues } from '../../../../../renderer/store/search/query/unused-values.ts'

const IN_USE = { status: ['Active', 'Paused'], source: ['Studio A', 'full-engage'], tag: ['VIP', 'Très important'] }
const told = (text: string) => unusedValues(parseQuery(text), IN_USE).map(({ value, instead }) => [value, instead])

test('a value that no client has is told, with the one that was probably meant', () => {
  expect(told('status:activ ')).toEqual([['activ', 'status:Active']])
  expect(told('-tag:"tres importnat" ')).toEqual([['tres importnat', '-tag:"Très important"']])
  expect(told('status:active,zebra ')).toEqual([['zebra', null]])
  expect(told('source:spott')).toEqual([['spott', null]])
})

test('a value in use is not, nor one that is still being typed, nor where the values are not known', () => {
  for (const text of ['tag:vip status:PAUSED ', 'tag:vi', 'tag:"très', 'source:stu ', 'company:zebra ']) {
    expect(told(text), text).toEqual([])
  }
  expect(unusedValues(parseQuery('tag:zebra '), { ...IN_USE, tag: null })).toEqual([])
})
