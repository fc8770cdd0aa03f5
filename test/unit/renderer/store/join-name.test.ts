import { describe, expect, it } from 'vitest'
import { joinName } from '../../../../renderer/store/projection/join-name.ts'

describe('joinName', () => {
  it('writes the given name first', () => {
    expect(joinName('Zoë', 'Álvarez-Núñez')).toBe('Zoë Álvarez-Núñez')
    expect(joinName('Анна', 'Ковальчук')).toBe('Анна Ковальчук')
  })

  it('writes Korean, Chinese and Japanese family names first', () => {
    expect(joinName('서연', '김')).toBe('김서연')
    expect(joinName('美玲', '林')).toBe('林美玲')
    expect(joinName('結衣', '渡辺')).toBe('渡辺 結衣')
    expect(joinName('さくら', '山本')).toBe('山本 さくら')
  })

  it('keeps the order where only one part is in such a script', () => {
    expect(joinName('Kenji', '渡辺')).toBe('Kenji 渡辺')
    expect(joinName('지훈', 'Park')).toBe('지훈 Park')
  })

  it('takes one part alone, or none', () => {
    expect(joinName('Zoë', null)).toBe('Zoë')
    expect(joinName(null, '김')).toBe('김')
    expect(joinName(null, null)).toBeNull()
  })
})
