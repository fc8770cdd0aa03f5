import { describe, expect, it } from 'vitest'
import type { TimelineItem } from '../../../../renderer/store/store-contract.ts'
import { timelineSentence } from '../../../../renderer/text/timeline-words.ts'

const PHONE = [{ field: 'phone', from: '+1', to: '+2' }] as const

function said(over: Partial<TimelineItem>): string {
  const item = { kind: 'you-changed', by: 'me', onDevice: false, fields: PHONE, ...over } as const
  return timelineSentence(item, 'Full Engage')
    .map((part) => (part === 'fields' ? 'Phone' : part))
    .join('')
}

describe('the sentences of the timeline', () => {
  it('say who changed a field', () => {
    expect(said({})).toBe('You changed Phone')
    expect(said({ onDevice: true })).toBe('You changed Phone, kept on this device')
    expect(said({ by: 'undo' })).toBe('Undo changed Phone')
    expect(said({ by: 'put-back' })).toBe('You put back Phone')
    expect(said({ by: 'import' })).toBe('An import changed Phone')
    expect(said({ by: 'recovery' })).toBe('Recovery brought back Phone')
    expect(said({ kind: 'source-changed', by: 'source' })).toBe('Full Engage changed Phone')
    expect(said({ kind: 'resolved', by: 'rule' })).toBe('Your rule decided on Phone')
    expect(said({ kind: 'resolved' })).toBe('You decided on Phone')
  })

  it('have a sentence where no field is named', () => {
    expect(said({ kind: 'sent', fields: [] })).toBe('Sent to Full Engage')
    expect(said({ kind: 'refused', fields: [] })).toBe('Full Engage did not take the edit')
    expect(said({ kind: 'conflict', fields: [] })).toBe('You and Full Engage differ')
    expect(said({ kind: 'you-created', by: 'recovery', fields: [] })).toBe('Recovery brought this client back')
  })
})
