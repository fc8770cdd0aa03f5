import { describe, expect, it } from 'vitest'
import { coverageText } from '../../../../../renderer/features/testimonials/reading-text.ts'
import type { SourceView } from '../../../../../shared/model/source.ts'

describe('coverageText', () => {
  const sources = [{ name: 'Endors' } as SourceView]
  it('counts clients while the reading goes on', () => {
    expect(coverageText({ read: 120, of: 1212 }, sources, false)).toBe('Read for 120 of 1,212 clients so far')
  })
  it('says what keeps it when there is no network', () => {
    expect(coverageText({ read: 120, of: 212 }, sources, true)).toMatch(/needs the network/)
  })
  it('is silent when it is done, and where there is no such source', () => {
    expect(coverageText({ read: 212, of: 212 }, sources, false)).toBeNull()
    expect(coverageText({ read: 0, of: 12 }, [], false)).toBeNull()
  })
})
