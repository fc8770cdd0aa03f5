import { describe, expect, it } from 'vitest'
import { readToken, takeFilter } from '../../../../renderer/shell/search-tokens.ts'

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
})

it('reads a token apart', () => {
  expect(readToken('source:"Full Engage"')).toEqual(['source', 'Full Engage'])
  expect(readToken('updated:7d')).toEqual(['updated', '7d'])
})
