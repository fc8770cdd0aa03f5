import { describe, expect, it } from 'vitest'
import { daysLeftText, proofText } from '../../../../../renderer/features/tray/tray-words.ts'

const DAY = 86_400_000

describe('the words of removed clients', () => {
  it('say what proved that a client is gone', () => {
    expect(proofText('sweep', 'Spott')).toBe('Missing from Spott in complete reads.')
    expect(proofText('gone', 'Spott')).toBe('Spott answered that it is gone (404).')
    expect(proofText('own-delete', 'Spott')).toBe('You deleted it, and Spott did so.')
  })

  it('count the days that are left, and never one too many', () => {
    expect(daysLeftText(30 * DAY, 0)).toBe('30 days left')
    // The page's clock may be half a minute behind the store's.
    expect(daysLeftText(30 * DAY + 30_000, 0)).toBe('30 days left')
    expect(daysLeftText(5.5 * DAY, 0)).toBe('6 days left')
    expect(daysLeftText(0.5 * DAY, 0)).toBe('Last day')
    expect(daysLeftText(0, DAY)).toBe('Last day')
  })
})
