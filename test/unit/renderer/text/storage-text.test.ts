import { describe, expect, it } from 'vitest'
import { NOTICE_KINDS, type Notice } from '../../../../renderer/store/store-contract.ts'
import { isSerious, noticeText } from '../../../../renderer/text/notice-text.ts'
import { oneCopyText, storageText } from '../../../../renderer/text/storage-text.ts'

const NOW = new Date(2026, 10, 21, 9, 44).getTime()

describe('trouble of the local store', () => {
  it('says nothing while all is well', () => {
    expect(storageText('ok')).toBeNull()
  })

  it('has a sentence of its own for every state: what happened, then what is safe or to be done', () => {
    const states = ['opening', 'reopening', 'full', 'blocked', 'newer', 'failed', 'read-only', 'elsewhere'] as const
    const leads = states.map((state) => storageText(state)?.lead)
    expect(new Set(leads).size).toBe(states.length)
    for (const state of states) {
      expect(storageText(state)?.lead).toMatch(/\.$/)
      expect(storageText(state)?.text).toMatch(/\.$/)
    }
    expect(storageText('full')).toMatchObject({ lead: 'This disk is full.', action: 'export' })
  })

  it('counts what has one copy only, and says whether it is the other side that is away', () => {
    expect(oneCopyText(1, true).lead).toBe('1 saved change has one copy only.')
    expect(oneCopyText(3, true).lead).toBe('3 saved changes have one copy only.')
    expect(oneCopyText(3, false).text).toMatch(/does not answer/)
  })
})

describe('notices after a recovery', () => {
  const about = (kind: Notice['kind'], facts: Notice['facts'] = {}) =>
    noticeText({ kind, facts, at: NOW }, 'Full Engage', NOW)

  it('read as sentences for every kind, whatever facts are known', () => {
    for (const kind of NOTICE_KINDS) {
      for (const facts of [{}, { edits: 2, localValues: 1, rows: 3, minutes: 12, field: 'phone', since: NOW }]) {
        const { lead, text } = about(kind, facts)
        expect(`${lead} ${text}`).not.toMatch(/undefined|null|NaN|\bfield\b/)
        expect(lead).toMatch(/^[A-Z1-9].*\.$/)
        expect(text).toMatch(/^[A-Z1-9].*\.$/)
      }
    }
  })

  it('says plainly what is lost, what was kept and what waits', () => {
    expect(about('both-lost', { since: NOW }).text).toMatch(
      /^Unsent edits and values of this device made since 21 Nov are gone\./,
    )
    expect(about('database-rebuilt', { edits: 2, localValues: 1 }).text).toBe(
      '2 edits and 1 value of this device came from the second copy. Clients are read again from their sources.',
    )
    expect(about('rows-held', { edits: 2 }).lead).toBe('2 edits wait for a look.')
    expect(about('rows-held', { edits: 1, because: 'copied' }).lead).toBe(
      'This profile is a copy. 1 edit waits for a look.',
    )
    expect(about('clock-off', { minutes: -12 }).lead).toBe('The clock of this device is 12 minutes off.')
    expect(about('overlay-source-changed', { field: 'phone' }).lead).toBe('Full Engage changed Phone.')
  })

  it('asks for attention where something may be lost or waits for the user, not where all was repaired', () => {
    expect(NOTICE_KINDS.filter((kind) => isSerious({ kind }))).toEqual(['rows-held', 'both-lost', 'rows-unreadable'])
  })
})
