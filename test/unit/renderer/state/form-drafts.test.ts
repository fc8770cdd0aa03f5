import { describe, expect, it } from 'vitest'
import { createFormDrafts, type DraftStorage } from '../../../../renderer/state/form-drafts.ts'

const DAY = 24 * 3_600_000

/** A storage that can run full. */
function testCreateStorage(): DraftStorage & { readonly kept: Map<string, string>; full: boolean } {
  const kept = new Map<string, string>()
  return {
    kept,
    full: false,
    get length() {
      return kept.size
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, value) {
      if (this.full) throw new DOMException('full', 'QuotaExceededError')
      kept.set(key, value)
    },
    removeItem: (key) => void kept.delete(key),
  }
}

function setUp(storage = testCreateStorage(), page = 'one', profile: string | null = 'book') {
  const state = { now: 1_700_000_000_000 }
  return { storage, state, drafts: createFormDrafts({ storage, page, now: () => state.now, profile: () => profile }) }
}

const anna = {
  form: 'edit',
  id: 'cli_0000000000000001',
  name: 'Anna',
  shown: { phone: '1', tags: ['a'] },
  values: { phone: '2', tags: ['a', 'b'] },
  sourceId: null,
} as const

describe('drafts of forms', () => {
  it('are there for the next page, and offered only once their own page is gone', () => {
    const first = setUp()
    first.drafts.keep(anna)
    expect(first.drafts.left(new Set(['one']))).toEqual([])
    const second = setUp(first.storage, 'two')
    expect(second.drafts.left(new Set(['one', 'two']))).toEqual([])
    expect(second.drafts.left(new Set(['two']))).toMatchObject([anna])
    expect(second.drafts.find('edit', anna.id)).toMatchObject({ shown: anna.shown, values: anna.values })
    second.drafts.drop('edit', anna.id)
    expect(second.drafts.left(new Set())).toEqual([])
    expect(second.drafts.find('edit', anna.id)).toBeNull()
  })

  it('belong to their profile', () => {
    const { storage, drafts } = setUp()
    drafts.keep(anna)
    expect(setUp(storage, 'two', 'other').drafts.left(new Set())).toEqual([])
    expect(setUp(storage, 'two', 'other').drafts.find('edit', anna.id)).toBeNull()
  })

  it('are forgotten after a month, and where they cannot be read', () => {
    const { storage, drafts, state } = setUp()
    drafts.keep(anna)
    storage.kept.set('clientele.draft.book.edit.cli_0000000000000002', '{"v":1,')
    storage.kept.set(
      'clientele.draft.book.edit.cli_0000000000000003',
      JSON.stringify({ ...anna, v: 1, page: 'x', at: state.now, values: { password: 'x' } }),
    )
    storage.kept.set('other', 'stays')
    const next = setUp(storage, 'two')
    expect(next.drafts.left(new Set()).map(({ id }) => id)).toEqual([anna.id])
    next.state.now += 31 * DAY
    expect(next.drafts.left(new Set())).toEqual([])
    expect([...storage.kept.keys()]).toEqual(['other'])
  })

  it('live as long as the page where nothing can be kept', () => {
    const { storage, drafts } = setUp()
    storage.full = true
    drafts.keep(anna)
    expect(storage.kept.size).toBe(0)
    expect(drafts.find('edit', anna.id)?.values).toEqual(anna.values)
    const unknown = setUp(testCreateStorage(), 'one', null)
    unknown.drafts.keep(anna)
    expect(unknown.storage.kept.size).toBe(0)
    expect(unknown.drafts.find('edit', anna.id)).not.toBeNull()
  })

  it('are no place for a whole file', () => {
    const { storage, drafts } = setUp()
    drafts.keep({ ...anna, values: { notes: 'x'.repeat(600_000) } })
    expect(storage.kept.size).toBe(0)
  })
})
