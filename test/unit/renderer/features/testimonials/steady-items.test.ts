import { describe, expect, it } from 'vitest'
import { steadyItems } from '../../../../../renderer/features/testimonials/steady-items.ts'

const list = (ids: string, mark = '') => [...ids].map((id) => ({ id, mark }))
const steady = (shown: string, incoming: string) => {
  const result = steadyItems(list(shown), list(incoming, 'new'), (item) => item.id)
  return { ids: result.shown.map((item) => item.id).join(''), waiting: result.waiting, items: result.shown }
}

describe('steadyItems', () => {
  it('adds what comes after the last card', () => {
    expect(steady('abc', 'abcde')).toMatchObject({ ids: 'abcde', waiting: 0 })
  })
  it('lets what would push in wait', () => {
    expect(steady('abc', 'xaybcde')).toMatchObject({ ids: 'abcde', waiting: 2 })
  })
  it('shows cards in their newest state and drops those that are gone', () => {
    const result = steady('abc', 'acd')
    expect(result).toMatchObject({ ids: 'acd', waiting: 0 })
    expect(result.items.every((item) => item.mark === 'new')).toBe(true)
  })
  it('starts with everything', () => {
    expect(steady('', 'abc')).toMatchObject({ ids: 'abc', waiting: 0 })
  })
})
