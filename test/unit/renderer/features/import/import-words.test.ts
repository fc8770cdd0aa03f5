import { describe, expect, it } from 'vitest'
import {
  duplicateText,
  importLabel,
  problemText,
  readText,
  refusedFileText,
  remarkText,
  sendsText,
} from '../../../../../renderer/features/import/import-words.ts'
import { reportLead, reportText } from '../../../../../renderer/features/import/report-text.ts'
import type { ImportState } from '../../../../../renderer/features/import/use-import.ts'
import type { ImportFileView, ImportPlan, ImportRemark } from '../../../../../renderer/store/store-contract.ts'

const PLAN: ImportPlan = {
  total: 5,
  creates: 3,
  fills: 0,
  skips: 1,
  refused: 1,
  sends: 3,
  fillSends: 0,
  staysHere: [],
  namesApart: 0,
  duplicates: [
    { index: 0, line: 2, name: 'Ann', detail: 'a@x.example', why: 'email', client: null, ofLine: 7, fills: [] },
  ],
  duplicateCount: 1,
  remarks: [{ line: 4, name: 'Unnamed', code: 'refused', field: 'name', rule: 'required', text: '' }],
  remarkCount: 3,
  preview: [],
}
const VIEW: ImportFileView = {
  importId: 'i',
  fileName: 'a.csv',
  kind: 'csv',
  clients: 5,
  problems: [{ line: 9, code: 'quote-not-closed', text: '"x' }],
  problemCount: 2,
  leftOut: 1,
  csv: null,
}
const TO = { sourceName: 'Studio A', deviceOnly: false, review: false, offline: false }

describe('before anything comes in', () => {
  it('says how many requests go where, and when', () => {
    expect(sendsText(PLAN, TO)).toBe('Sends 3 requests to Studio A, one for each new client.')
    expect(sendsText(PLAN, { ...TO, review: true })).toContain('They wait in Queue until you release them.')
    expect(sendsText(PLAN, { ...TO, offline: true })).toContain('They go once you are online.')
    expect(sendsText({ ...PLAN, sends: 0 }, TO)).toBe('3 new clients, on this device only: nothing is sent.')
    expect(sendsText({ ...PLAN, creates: 0, sends: 0 }, TO)).toBe('Nothing new would come in.')
  })

  it('says what stays here, what is filled and what is taken apart', () => {
    const plan: ImportPlan = { ...PLAN, staysHere: ['company', 'tags'], fills: 2, fillSends: 1, namesApart: 1 }
    expect(sendsText(plan, TO)).toBe(
      'Sends 3 requests to Studio A, one for each new client. Company and Tags stay on this device: Studio A does not take them. Fills empty fields of 2 clients who are here; 1 change of these is sent to their sources. 1 whole name is taken apart at the last space: Studio A has first and last names.',
    )
    expect(importLabel(plan)).toBe('Import 3 clients, fill 2')
    expect(importLabel({ ...plan, creates: 0 })).toBe('Fill 2 clients')
  })

  it('says what was read, and in which encoding where it is not the usual one', () => {
    expect(readText(VIEW, 'windows-1252')).toBe(
      '5 clients, 2 lines with problems, 1 picture or key left out, read as Windows-1252.',
    )
    expect(readText({ ...VIEW, problemCount: 0, leftOut: 0 }, 'utf-8')).toBe('5 clients.')
  })
})

describe('every remark', () => {
  it('is a sentence', () => {
    const codes = ['kept-in-notes', 'named-by', 'https-added', 'notes-cut', 'refused', 'not-filled'] as const
    for (const code of codes) {
      for (const rule of [null, 'required', 'needs-at', 'changed-meanwhile', 'never-heard-of']) {
        const remark: ImportRemark = { line: 1, name: 'Ann', code, field: 'email', rule, text: 'x' }
        expect(remarkText(remark)).toMatch(/^[“A-Z].*\.$/)
        expect(remarkText(remark)).not.toMatch(/undefined|null/)
      }
    }
    expect(problemText({ line: 1, code: 'group', text: '' })).toMatch(/left out\.$/)
    for (const rule of ['too-large', 'too-many', 'empty', 'not-text', 'not-a-vcard', 'unreadable', 'else']) {
      expect(refusedFileText({ code: 'bad-input', field: 'file', rule })).toMatch(/^[A-Z].*\.$/)
    }
  })

  it('of a duplicate names who it may be', () => {
    const [own] = PLAN.duplicates
    if (own === undefined) throw new Error('the plan has one')
    expect(duplicateText(own)).toBe('Line 7 of this file has the same e-mail address and name.')
    expect(duplicateText({ ...own, why: 'name', detail: '' })).toBe('Line 7 of this file has the same name.')
  })
})

describe('the report', () => {
  const state: ImportState = {
    phase: 'report',
    fileName: 'a.csv',
    encoding: null,
    view: VIEW,
    plan: PLAN,
    planning: false,
    target: { sourceId: null, deviceOnly: true },
    choices: { all: 'skip', rows: {} },
    done: { rows: 5, created: 3, filled: 0 },
    late: [],
    ending: 'complete',
    error: null,
  }

  it('has every line that the dialog lists, and counts what it does not', () => {
    expect(reportText(state).split('\n')).toEqual([
      '3 clients came in from a.csv.',
      '1 possible duplicate skipped.',
      '1 row could not come in.',
      'Line 2: Ann: as line 7',
      'Line 9: A quote is opened and never closed. The row is left out; reading goes on with the next line. "x',
      'and 1 more line with a problem',
      'Line 4: Unnamed: Cannot come in: nothing names this client.',
      'and 2 more remarks',
      '1 picture or key left out.',
    ])
  })

  it('says where it stopped', () => {
    const cut = { ...state, ending: 'cancelled' as const, done: { rows: 2, created: 1, filled: 1 } }
    expect(reportLead(cut)).toBe(
      '1 client came in, 1 client filled from a.csv. You stopped it. 3 rows of the file were not looked at: import it again for those, the others are found and skipped.',
    )
    const failed = { ...cut, ending: 'failed' as const, error: { code: 'storage', kind: 'full' } as const }
    expect(reportLead(failed)).toContain('not looked at')
  })
})
