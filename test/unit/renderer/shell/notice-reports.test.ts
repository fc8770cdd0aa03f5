import { describe, expect, it } from 'vitest'
import { noticeReports } from '../../../../renderer/shell/desktop/notice-reports.ts'
import type { Attention } from '../../../../renderer/store/store-contract.ts'
import { sourceNamesText } from '../../../../renderer/text/desktop-notices.ts'
import { desktopStatus } from '../../../../renderer/text/desktop-text.ts'
import type { AppError } from '../../../../shared/app-error.ts'
import { conflictIdSchema, editIdSchema, sourceIdSchema } from '../../../../shared/ids.ts'
import { noticeReportSchema } from '../../../../shared/model/desktop.ts'

const SPOTT = sourceIdSchema.parse('src_0000000000000001')
const ENDORS = sourceIdSchema.parse('src_0000000000000002')
const SOURCES = [
  { sourceId: SPOTT, name: 'Spott', state: 'up-to-date' },
  { sourceId: ENDORS, name: 'Endors', state: 'up-to-date' },
] as const

const edit = (n: number, sourceId = SPOTT, code: AppError['code'] | null = 'refused'): Attention['edits'][number] => ({
  editId: editIdSchema.parse(`edt_${String(n).padStart(16, '0')}`),
  sourceId,
  attempts: 1,
  code,
})
const conflict = (n: number, sourceId = SPOTT): Attention['conflicts'][number] => ({
  conflictId: conflictIdSchema.parse(`cnf_${String(n).padStart(16, '0')}`),
  sourceId,
})
const waiting = (edits: Attention['edits'], conflicts: Attention['conflicts'] = []): Attention => ({
  editCount: edits.length,
  conflictCount: conflicts.length,
  edits,
  conflicts,
})
const reportOf = (tag: string, ...given: Parameters<typeof noticeReports>) => {
  const report = noticeReports(...given).find((each) => each.tag === tag)
  if (report === undefined) throw new Error(`no report of ${tag}`)
  expect(noticeReportSchema.parse(report)).toEqual(report)
  return report
}

describe('what the page tells of failed edits', () => {
  it('groups them over all sources', () => {
    const report = reportOf('failed-edits', waiting([edit(1), edit(2, ENDORS), edit(3)]), SOURCES)
    expect(report.title).toBe('3 edits were refused by Spott and Endors')
    expect(report.route).toBe('#/queue')
    expect(report.facts).toHaveLength(3)
  })

  it('says refused only where the sources refused', () => {
    expect(reportOf('failed-edits', waiting([edit(1)]), SOURCES).title).toBe('1 edit was refused by Spott')
    expect(reportOf('failed-edits', waiting([edit(1), edit(2, SPOTT, null)]), SOURCES).title).toBe(
      '2 edits for Spott need your attention',
    )
    expect(reportOf('failed-edits', waiting([edit(1, SPOTT, 'internal')]), SOURCES).title).toBe(
      '1 edit for Spott needs your attention',
    )
  })

  it('knows an edit that was sent again from one that was not', () => {
    const once = reportOf('failed-edits', waiting([edit(1)]), SOURCES).facts
    const twice = reportOf('failed-edits', waiting([{ ...edit(1), attempts: 2 }]), SOURCES).facts
    expect(once).not.toEqual(twice)
  })

  it('counts more than it names', () => {
    const many = { ...waiting([edit(1)]), editCount: 1234 }
    expect(reportOf('failed-edits', many, SOURCES).title).toBe('1,234 edits were refused by Spott')
  })
})

it('conflicts and rejected keys name sources, and one that is gone', () => {
  const gone = sourceIdSchema.parse('src_0000000000000009')
  const conflicts = reportOf('conflicts', waiting([], [conflict(1), conflict(2, gone)]), SOURCES)
  expect(conflicts.title).toBe('2 conflicts to decide')
  expect(conflicts.body).toContain('Spott and a source')
  const rejected = SOURCES.map((source) => ({ ...source, state: 'key-rejected' as const }))
  expect(reportOf('sources', waiting([]), rejected).title).toBe('Spott and Endors reject their keys')
  expect(reportOf('sources', waiting([]), rejected.slice(0, 1)).title).toBe('Spott rejects its key')
})

it('nothing that stands is told as no facts', () => {
  expect(noticeReports(waiting([]), SOURCES).map(({ tag, facts }) => [tag, facts.length])).toEqual([
    ['failed-edits', 0],
    ['conflicts', 0],
    ['sources', 0],
  ])
})

it('names of sources stay short, however long they are', () => {
  expect(sourceNamesText(['A', 'A', 'B', 'C', 'D'])).toBe('A, B and 2 more')
  const long = 'Überlandwerke '.repeat(20)
  expect([...sourceNamesText([long])].length).toBe(28)
  const named = [{ sourceId: SPOTT, name: long.slice(0, 120), state: 'up-to-date' }] as const
  expect(reportOf('failed-edits', waiting([edit(1)]), named).title.length).toBeLessThanOrEqual(120)
})

it('tray and badge say the words of Sync status', () => {
  expect(desktopStatus({ kind: 'waiting', count: 2 }, 0)).toEqual({
    sentence: '2 edits waiting',
    tone: 'busy',
    conflicts: 0,
  })
  expect(desktopStatus({ kind: 'conflicts', count: 1 }, 1).tone).toBe('asks')
  expect(desktopStatus({ kind: 'offline' }, 0).tone).toBe('offline')
  expect(desktopStatus({ kind: 'up-to-date' }, 0)).toMatchObject({ sentence: 'Up to date', tone: 'calm' })
})
