import { expect, it } from 'vitest'
import { deleteText } from '../../../../../renderer/features/clients/delete-countdown.tsx'

const DELETED = { name: 'Zoë', sourceName: 'Full Engage', sendsAt: 10_000 }

it('counts down until the source is told', () => {
  expect(deleteText(DELETED, 2_000, true)).toBe('Zoë is deleted here. Full Engage is told in 8 s.')
  expect(deleteText(DELETED, 10_000, true)).toBe('Zoë is deleted here. Full Engage is being told.')
})

it('promises no second while offline', () => {
  expect(deleteText(DELETED, 2_000, false)).toBe('Zoë is deleted here. Full Engage is told when you are online again.')
})
