import { describe, expect, it } from 'vitest'
import { quietUntil } from '../../../../../electron/core/notices/quiet-hours.ts'

const at = (day: number, hour: number, minute = 0): number => new Date(2026, 10, day, hour, minute).getTime()

describe('quiet hours', () => {
  it('hold from the first minute to the one before the last', () => {
    const noon = { from: '12:00', until: '13:30' }
    expect(quietUntil(at(3, 11, 59), noon)).toBeNull()
    expect(quietUntil(at(3, 12), noon)).toBe(at(3, 13, 30))
    expect(quietUntil(at(3, 13, 29), noon)).toBe(at(3, 13, 30))
    expect(quietUntil(at(3, 13, 30), noon)).toBeNull()
  })

  it('go over midnight where they begin later than they end', () => {
    const night = { from: '22:00', until: '07:15' }
    expect(quietUntil(at(3, 21, 59), night)).toBeNull()
    expect(quietUntil(at(3, 22), night)).toBe(at(4, 7, 15))
    expect(quietUntil(at(4, 0), night)).toBe(at(4, 7, 15))
    expect(quietUntil(at(4, 7, 14), night)).toBe(at(4, 7, 15))
    expect(quietUntil(at(4, 7, 15), night)).toBeNull()
  })

  it('are none where one end is missing or both are the same', () => {
    expect(quietUntil(at(3, 23), { from: '22:00', until: null })).toBeNull()
    expect(quietUntil(at(3, 23), { from: null, until: '07:00' })).toBeNull()
    expect(quietUntil(at(3, 22), { from: '22:00', until: '22:00' })).toBeNull()
  })

  it('end at the last day of a month too', () => {
    expect(quietUntil(at(30, 23), { from: '22:00', until: '07:00' })).toBe(new Date(2026, 11, 1, 7).getTime())
  })
})
