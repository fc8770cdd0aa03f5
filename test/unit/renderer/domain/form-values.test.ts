import { describe, expect, it } from 'vitest'
import {
  changesOf,
  fieldValueOf,
  formLines,
  splitTags,
  valuesOf,
} from '../../../../renderer/domain/client-form/form-values.ts'
import { changesText, savedText } from '../../../../renderer/text/saved-text.ts'
import type { SourceId } from '../../../../shared/ids.ts'

describe('changesOf', () => {
  const shown = valuesOf([
    { field: 'name', value: 'Zoë' },
    { field: 'email', value: null },
    { field: 'notes', value: 'Old' },
    { field: 'tags', value: ['press', 'vip'] },
  ])

  it('says only what differs', () => {
    expect(changesOf(shown, shown)).toEqual({})
    expect(changesOf(shown, { ...shown, name: 'Zoe' })).toEqual({ name: 'Zoe' })
  })

  it('tells an emptied field from one that was not touched', () => {
    expect(changesOf(shown, { ...shown, notes: '' })).toEqual({ notes: null })
    expect(changesOf(shown, { ...shown, tags: [] })).toEqual({ tags: null })
    expect(changesOf(shown, { ...shown, email: '   ' })).toEqual({})
  })

  it('takes blanks around a text and the order of tags for no change', () => {
    expect(changesOf(shown, { ...shown, name: ' Zoë ', tags: ['vip', 'press'] })).toEqual({})
  })
})

it('reads controls as values', () => {
  expect(fieldValueOf(' a ')).toBe('a')
  expect(fieldValueOf('')).toBeNull()
  expect(fieldValueOf([])).toBeNull()
  expect(splitTags(' press, vip ,,press')).toEqual(['press', 'vip'])
})

it('pairs fields of one half, in form order', () => {
  const destination = { kind: 'sends', sourceId: 'src_0000000000000000' as SourceId } as const
  const lines = formLines((['notes', 'status', 'phone', 'name'] as const).map((field) => ({ field, destination })))
  expect(lines.map((line) => line.map((each) => each.field))).toEqual([['name'], ['phone', 'status'], ['notes']])
})

it('says where changes go', () => {
  expect(changesText(1, 2)).toBe('1 change sends, 2 stay here')
  expect(changesText(0, 1)).toBe('1 change stays here')
  expect(changesText(0, 0)).toBe('No changes yet')
  expect(savedText(['phone'], [], 'Full Engage', 'both')).toBe('Saved on this computer. Phone sends to Full Engage.')
  expect(savedText(['phone'], ['tags'], 'Full Engage', 'both')).toBe(
    'Saved on this computer. Phone sends to Full Engage; Tags stay here.',
  )
  expect(savedText([], ['email'], 'Endors', 'both')).toBe('Saved on this computer. Email stays here.')
})

it('promises two copies only where there are two', () => {
  expect(savedText(['phone'], [], 'Full Engage', 'one')).toBe(
    'Saved in this window’s store; the second copy follows when the app answers. Phone sends to Full Engage.',
  )
})

it('does not say that something is sent which waits for a look first', () => {
  expect(savedText(['phone', 'notes'], [], 'Full Engage', 'both', true)).toBe(
    'Saved on this computer. Phone and Notes wait in Queue for your look.',
  )
})
