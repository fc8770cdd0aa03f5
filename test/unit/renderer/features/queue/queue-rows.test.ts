import { describe, expect, it } from 'vitest'
import { changeText } from '../../../../../renderer/features/queue/change-words.ts'
import { detailsText } from '../../../../../renderer/features/queue/details-text.ts'
import { discardFate, discardLines } from '../../../../../renderer/features/queue/discard-words.ts'
import { heldGroups } from '../../../../../renderer/features/queue/held-groups.ts'
import {
  editBefore,
  filterEdits,
  orderEdits,
  queueFilters,
  reasonText,
} from '../../../../../renderer/features/queue/queue-rows.ts'
import type { DiscardPreview, EditView } from '../../../../../renderer/store/store-contract.ts'
import { clientIdSchema, editIdSchema, instantSchema, sourceIdSchema } from '../../../../../shared/ids.ts'
import type { SourceView } from '../../../../../shared/model/source.ts'

const NOW = 1_000_000

function edit(number: number, over: Partial<EditView> = {}): EditView {
  const id = String(number).padStart(16, '0')
  return {
    editId: editIdSchema.parse(`edt_${id}`),
    clientId: clientIdSchema.parse(`cli_${id}`),
    clientName: 'Zoë Álvarez-Núñez',
    sourceId: sourceIdSchema.parse('src_0000000000000001'),
    operation: 'update',
    changes: [{ field: 'phone', from: '+34 612 555 018', to: '+34 612 555 044' }],
    state: 'waiting',
    error: null,
    attempts: 0,
    createdAt: NOW - number * 1000,
    notBefore: null,
    canDiscard: true,
    canRetry: true,
    statusLabels: {},
    hold: null,
    canHold: true,
    canChange: true,
    attemptedAt: null,
    behind: false,
    ...over,
  }
}

const SOURCE: SourceView = {
  sourceId: sourceIdSchema.parse('src_0000000000000001'),
  connectorId: 'full-engage',
  name: 'Full Engage',
  settings: {},
  address: 'localhost',
  hasKey: true,
  keyTrouble: null,
  sample: false,
  state: 'up-to-date',
  paused: false,
  progress: null,
  error: null,
  nextAttemptAt: null,
  lastComplete: null,
  heldRemoval: null,
  account: null,
  problems: 0,
  addedAt: instantSchema.parse('2026-11-21T10:00:00.000Z'),
  reviewBeforeSending: false,
  coverage: null,
  deletionsSeenBy: 'key-chain',
  circuitOpen: false,
  suspects: 0,
}
const CONTEXT = { now: NOW, source: SOURCE, offline: false, before: null }

describe('the queue', () => {
  it('shows what needs the user first, then by urgency, then oldest first', () => {
    const states = ['waiting', 'sending', 'retrying', 'unknown-outcome', 'needs-attention', 'waiting'] as const
    const ordered = orderEdits(states.map((state, index) => edit(index + 1, { state })))
    expect(ordered.map((row) => row.state)).toEqual([
      'needs-attention',
      'unknown-outcome',
      'retrying',
      'sending',
      'waiting',
      'waiting',
    ])
    expect(ordered.at(-2)?.createdAt).toBeLessThan(ordered.at(-1)?.createdAt ?? 0)
  })

  it('filters by what needs the user and by source', () => {
    const edits = [edit(1), edit(2, { state: 'needs-attention' })]
    expect(filterEdits(edits, 'you')).toHaveLength(1)
    expect(filterEdits(edits, edits[0]?.sourceId ?? '')).toHaveLength(2)
    expect(queueFilters(edits, []).map((choice) => [choice.label, choice.count])).toEqual([
      ['All', 2],
      ['Needs you', 1],
    ])
  })

  it('says why an edit stands where it stands', () => {
    expect(reasonText(edit(1, { state: 'unknown-outcome' }), CONTEXT)).toContain('nothing is sent twice')
    expect(
      reasonText(
        edit(1, {
          state: 'retrying',
          attempts: 2,
          notBefore: NOW + 42_000,
          error: { code: 'server-error', status: 503, retryAfterMs: null, vendorText: null },
        }),
        CONTEXT,
      ),
    ).toBe('Full Engage is overloaded (503). Next try in 0:42, attempt 3.')
    expect(
      reasonText(
        edit(1, {
          state: 'needs-attention',
          error: { code: 'refused', status: 400, vendorText: 'Invalid email', field: 'email' },
        }),
        CONTEXT,
      ),
    ).toBe('Full Engage refused it: “Invalid email”. Correct Email, then retry.')
    expect(reasonText(edit(1), { ...CONTEXT, offline: true })).toBe('Sends when you are online again.')
  })

  it('says by what an edit is held, and that it stays a waiting one', () => {
    expect(reasonText(edit(1, { hold: 'user' }), CONTEXT)).toBe('Held by you; nothing is sent.')
    expect(reasonText(edit(1, { hold: 'review' }), CONTEXT)).toBe('Held for your look before it goes to Full Engage.')
    expect(reasonText(edit(1, { hold: 'recovered' }), CONTEXT)).toContain('after a repair or an import')
    expect(
      reasonText(edit(1, { state: 'retrying', hold: 'user' }), CONTEXT),
      'a held edit promises no next try',
    ).not.toMatch(/next try|attempt/i)
  })

  it('says what comes next and when: key, pause, circuit, countdown of a delete', () => {
    const reason = (source: Partial<SourceView>, over: Partial<EditView> = {}): string =>
      reasonText(edit(1, over), { ...CONTEXT, source: { ...SOURCE, ...source } })
    expect(reason({ state: 'key-rejected' })).toBe('Sends once the key of Full Engage is replaced.')
    expect(reason({ paused: true })).toBe('Full Engage is paused. Sends after Resume.')
    expect(reason({ circuitOpen: true, nextAttemptAt: NOW + 90_000 })).toBe(
      'Too many requests to Full Engage failed in a row. One is tried in 1:30.',
    )
    expect(reason({}, { operation: 'delete', notBefore: NOW + 8_000 })).toBe(
      'Sends in 0:08; until then it can be taken back.',
    )
    expect(reason({})).toBe('Sends in a moment.')
    expect(reasonText(edit(1), { ...CONTEXT, source: null })).toContain('Its source was removed.')
  })

  it('tells a create that may be there twice from an edit that met a change', () => {
    expect(reasonText(edit(1, { state: 'conflict', operation: 'create' }), CONTEXT)).toContain('more than one client')
    expect(reasonText(edit(1, { state: 'conflict' }), CONTEXT)).toContain('changed or deleted it meanwhile')
  })

  it('knows which earlier edit of the same client goes first, and why it does not go', () => {
    const first = edit(3, { hold: 'user' })
    const second = edit(2, { clientId: first.clientId, behind: true })
    expect(editBefore(first, [first, second])).toBeNull()
    expect(editBefore(second, [first, second])).toBe(first)
    expect(reasonText(second, { ...CONTEXT, before: first })).toBe(
      'Sends after the earlier edit of this client, which is held.',
    )
    const refused = { ...first, hold: null, state: 'needs-attention' } as const
    expect(reasonText(second, { ...CONTEXT, before: refused })).toContain('needs your attention')
  })
})

describe('discard', () => {
  const preview: DiscardPreview = {
    restores: [{ field: 'phone', from: '+34 612 555 044', to: '+34 612 555 018' }],
    dropsClient: false,
    dropsEdits: 0,
    mayHaveArrived: false,
  }

  it('says which values return, and that nothing was sent', () => {
    expect(discardLines(edit(1), preview, 'Full Engage')).toEqual(['Phone returns to “+34 612 555 018”.'])
    expect(discardFate(preview, 'Full Engage')).toBe('It was never sent; Full Engage is not told.')
  })

  it('speaks of notes and tags as many, and ends a sentence once', () => {
    const restores = [
      { field: 'notes', from: 'x', to: 'Contract ends in March.' },
      { field: 'tags', from: ['vip'], to: null },
    ] as const
    expect(discardLines(edit(1), { ...preview, restores }, 'Full Engage')).toEqual([
      'Notes return to “Contract ends in March.”',
      'Tags become empty again.',
    ])
  })

  it('says what goes with it, and that it may have arrived', () => {
    const lines = discardLines(
      edit(1, { operation: 'create' }),
      { ...preview, dropsClient: true, dropsEdits: 2 },
      'Connect',
    )
    expect(lines).toEqual([
      'Zoë Álvarez-Núñez is removed from this device; only this edit has brought it.',
      '2 later edits of this client go with it.',
    ])
    expect(discardFate({ ...preview, mayHaveArrived: true }, 'Connect')).toContain('may have reached Connect')
  })
})

describe('edits that wait for a look', () => {
  it('are counted by source, and leave out what the user held', () => {
    const edits = [edit(1, { hold: 'review' }), edit(2, { hold: 'review' }), edit(3, { hold: 'user' }), edit(4)]
    expect(heldGroups(edits, [SOURCE]).map(({ lead }) => lead)).toEqual(['2 edits of Full Engage wait for your look.'])
    expect(heldGroups([edit(1, { hold: 'recovered' })], [SOURCE])).toMatchObject([
      { sourceId: null, hold: 'recovered', lead: '1 edit came back and waits for your look.' },
    ])
  })
})

it('says what a change makes of the edit', () => {
  const two = edit(1, {
    changes: [
      { field: 'phone', from: '1', to: '2' },
      { field: 'notes', from: null, to: 'New' },
    ],
  })
  expect(changeText(two, { phone: '2', notes: 'New' }, 0, 'Full Engage')).toBe('No changes yet')
  expect(changeText(two, { phone: '1', notes: 'New' }, 1, 'Full Engage')).toBe(
    'Phone leaves the edit: Full Engage has it so.',
  )
  expect(changeText(two, { phone: '1', notes: null }, 2, 'Full Engage')).toContain('The edit leaves Queue.')
})

it('copies what the row shows, and nothing else', () => {
  const text = detailsText(edit(1, { attempts: 2, attemptedAt: NOW, hold: 'user' }), 'Full Engage', 'Held by you.')
  expect(text).toContain('Update of Zoë Álvarez-Núñez at Full Engage\n')
  expect(text).toContain('Phone: +34 612 555 018 → +34 612 555 044\n')
  expect(text).toContain('State: Waiting, held\n')
  expect(text).toContain('Attempts: 2, the last ')
  expect(text).toContain('Reason: Held by you.\n')
})
