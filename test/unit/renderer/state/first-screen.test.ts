import { expect, it } from 'vitest'
import {
  forgetFirstScreen,
  keepFirstScreen,
  openProfile,
  recallFirstScreen,
} from '../../../../renderer/state/first-screen.ts'
import type { ClientRow, ListPage } from '../../../../renderer/store/store-contract.ts'

function storage(entries: Readonly<Record<string, string>>) {
  const map = new Map(Object.entries(entries))
  return {
    map,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  }
}

function page(count: number): ListPage {
  const rows = Array.from({ length: count }, (_, i) => ({ clientId: `cli_${i}`, name: `Client ${i}` }) as ClientRow)
  return {
    rows,
    offset: 0,
    total: count,
    all: count,
    text: '',
    tookMs: 1,
    newestAt: 5,
    isTotalKnown: true,
    close: false,
  }
}

it('keeps one screen of the list for the next start, by profile', () => {
  const kept = storage({ 'clientele.profile': 'one' })
  keepFirstScreen(page(100), kept)
  const recalled = recallFirstScreen(kept)
  expect(recalled).toMatchObject({ total: 100, all: 100, newestAt: 5 })
  expect(recalled?.rows).toHaveLength(50)
  expect(recalled?.rows[49]?.name).toBe('Client 49')
  kept.setItem('clientele.profile', 'two')
  expect(recallFirstScreen(kept)).toBeNull()
})

it('keeps no names of a book under a passphrase, and shows none', () => {
  const kept = storage({ 'clientele.profile': 'one' })
  keepFirstScreen(page(3), kept)
  kept.setItem('clientele.encrypted', 'yes')
  expect(openProfile(kept)).toBeNull()
  expect(recallFirstScreen(kept)).toBeNull()
  keepFirstScreen(page(3), kept)
  expect([...kept.map.keys()].sort()).toEqual(['clientele.encrypted', 'clientele.profile'])
})

it('forgets with the profile, and with an empty book', () => {
  const kept = storage({ 'clientele.profile': 'one' })
  keepFirstScreen(page(3), kept)
  keepFirstScreen(page(0), kept)
  expect(recallFirstScreen(kept)).toBeNull()
  keepFirstScreen(page(3), kept)
  forgetFirstScreen('one', kept)
  expect([...kept.map.keys()]).toEqual(['clientele.profile'])
})

it('shows nothing of what another build wrote, or of damage', () => {
  for (const text of ['', '{', 'null', '{"form":0,"rows":[]}', '{"form":1}', '[1]'])
    expect(recallFirstScreen(storage({ 'clientele.profile': 'one', 'clientele.first.one': text }))).toBeNull()
})
