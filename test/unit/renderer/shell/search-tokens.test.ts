import { describe, expect, it } from 'vitest'
import { putInstead, readToken, takeFilter } from '../../../../renderer/shell/search-tokens.ts'
import { searchTextOf } from '../../../../renderer/state/client-list.ts'
import { parseQuery } from '../../../../renderer/store/search/parse-query.ts'

describe('takeFilter', () => {
  it('takes a whole filter from the end of what was typed', () => {
    expect(takeFilter('status:active ')).toEqual({ token: 'status:active', rest: '' })
    expect(takeFilter('garcia tag:vip ')).toEqual({ token: 'tag:vip', rest: 'garcia' })
    expect(takeFilter('source:"Full Engage" ')).toEqual({ token: 'source:"Full Engage"', rest: '' })
  })

  it('leaves words, times and unfinished filters alone', () => {
    expect(takeFilter('garcia ')).toBeNull()
    expect(takeFilter('at 10:30 ')).toBeNull()
    expect(takeFilter('status: ')).toBeNull()
    expect(takeFilter('source:"Full ')).toBeNull()
    expect(takeFilter('status:active garcia ')).toBeNull()
  })

  it('takes any filter, in its plainest form', () => {
    expect(takeFilter('org:acme ')).toEqual({ token: 'company:acme', rest: '' })
    expect(takeFilter('ann -tags：“a b”,c ')).toEqual({ token: '-tag:"a b",c', rest: 'ann' })
    expect(takeFilter('is:wating ')).toBeNull()
  })
})

it('writes what is suggested where the problem stands', () => {
  const fix = (tokens: readonly string[], typed: string) => {
    const [problem] = parseQuery(searchTextOf({ tokens, typed })).problems
    return problem === undefined ? null : putInstead({ tokens, typed }, problem)
  }
  expect(fix([], 'ann is:wating bo')).toEqual({ tokens: [], typed: 'ann is:waiting bo' })
  expect(fix(['tag:vip', 'tag:north'], 'ann is:wating ')).toEqual({
    tokens: ['tag:vip', 'tag:north'],
    typed: 'ann is:waiting ',
  })
  expect(fix([], 'company: acme x')).toEqual({ tokens: [], typed: 'company:acme x' })
})

it('reads a token apart', () => {
  expect(readToken('-tag:"a b",c')).toEqual(['not tag', 'a b, c'])
  expect(readToken('source:"Full Engage"')).toEqual(['source', 'Full Engage'])
  expect(readToken('updated:7d')).toEqual(['updated', '7d'])
})
