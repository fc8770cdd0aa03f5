import { describe, expect, it } from 'vitest'
import { completeQuery } from '../../../../renderer/shell/complete-query.ts'
import type { KnownValues } from '../../../../renderer/shell/completion-values.ts'

const status = (label: string) => ({ id: label.toLowerCase(), label, tone: 'plain', color: null }) as const
const KNOWN: KnownValues = {
  statuses: [
    { status: status('Active'), count: 40 },
    { status: status('In talks'), count: 7 },
  ],
  sources: [{ value: 'full-engage', name: 'Studio A', connectorId: 'full-engage', count: 12 }],
  tags: [
    { tag: 'VIP', count: 5 },
    { tag: 'very important', count: 3 },
    { tag: 'not very', count: 1 },
  ],
}

/** What is offered at the `|`, or null. */
function offered(typed: string, all = false): readonly string[] | null {
  const caret = typed.indexOf('|')
  const list = completeQuery(typed.replace('|', ''), caret, KNOWN, all)
  return list === null ? null : list.options.map((option) => option.label)
}

/** The text once the first option is taken. */
function taken(typed: string): string {
  const caret = typed.indexOf('|')
  const text = typed.replace('|', '')
  const list = completeQuery(text, caret, KNOWN, false)
  return list === null ? text : text.slice(0, list.from) + list.options[0]?.insert + text.slice(list.to)
}

describe('fields', () => {
  it('are offered where a word begins like one, by any of their names', () => {
    expect(offered('ann sta|')).toEqual(['status:'])
    expect(offered('mai|')).toEqual(['email:'])
    expect(offered('-TAG|')).toEqual(['tag:'])
    expect(taken('ann -sta|')).toBe('ann -status:')
  })

  it('stay out of the way of plain words', () => {
    for (const typed of ['|', 'st|', 'garcia|', 'sta|tus', '"sta|', 'ann |', 'at 10:|'])
      expect(offered(typed)).toBeNull()
  })

  it('are all there for who asks', () => {
    expect(offered('ann |', true)).toContain('has:')
    expect(offered('l|', true)).toEqual(['tag:', 'location:'])
  })
})

describe('values', () => {
  it('in use come after the colon, the most frequent first, a beginning before a later word', () => {
    expect(offered('status:|')).toEqual(['Active', 'In talks'])
    expect(offered('tag:ve|')).toEqual(['very important', 'not very'])
    expect(offered('source:stu|')).toEqual(['Studio A'])
    expect(offered('source:full|')).toEqual(['Studio A'])
    expect(offered('tags:v| ann')).toEqual(['VIP', 'very important', 'not very'])
  })

  it('are put in as they can be read, in place of what was typed of them', () => {
    expect(taken('ann tag:ve|')).toBe('ann tag:"very important"')
    expect(taken('-tag:"very i| x')).toBe('-tag:"very i x')
    expect(taken('-tag:"very i|')).toBe('-tag:"very important"')
    expect(taken('status:active,|')).toBe('status:active,"In talks"')
    expect(taken('source:|')).toBe('source:full-engage')
  })

  it('of closed lists and times are offered, too', () => {
    expect(offered('is:re|')).toEqual(['read-only'])
    expect(offered('has:v|')).toEqual(['video'])
    expect(offered('updated:|')).toContain('7d')
    expect(taken('created:<|')).toBe('created:<')
  })

  it('that stand there whole need no list', () => {
    for (const typed of ['status:active|', 'tag:"vip"|', 'is:waiting|', 'company:ac|', 'tag:zebra|']) {
      expect(offered(typed), typed).toBeNull()
    }
  })
})
