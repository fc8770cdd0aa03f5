import { describe, expect, it } from 'vitest'
import {
  discardText,
  filterEdits,
  isBehind,
  orderEdits,
  queueFilters,
  reasonText,
} from '../../../../../renderer/features/queue/queue-rows.ts'
import type { EditView } from '../../../../../renderer/store/store-contract.ts'
import { clientIdSchema, editIdSchema, sourceIdSchema } from '../../../../../shared/ids.ts'

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

const CONTEXT = { now: NOW, source: null, offline: false, behind: false }

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
    ).toBe('The source is overloaded (503). Next try in 0:42, attempt 3.')
    expect(
      reasonText(
        edit(1, {
          state: 'needs-attention',
          error: { code: 'refused', status: 400, vendorText: 'Invalid email', field: 'email' },
        }),
        CONTEXT,
      ),
    ).toBe('The source refused it: “Invalid email”. Correct Email, then retry.')
    expect(reasonText(edit(1), { ...CONTEXT, offline: true })).toBe('Sends when you are online again.')
  })

  it('knows that a later edit of the same client goes after the earlier one', () => {
    const first = edit(2)
    const second = edit(1, { clientId: first.clientId })
    expect(isBehind(second, [first, second])).toBe(true)
    expect(isBehind(first, [first, second])).toBe(false)
  })

  it('asks before it discards, saying which values return', () => {
    expect(discardText(edit(1), 'Full Engage')).toBe('Phone returns to “+34 612 555 018”. Full Engage is not told.')
    expect(discardText(edit(1, { operation: 'create' }), 'Connect')).toContain('never sent to Connect')
    expect(discardText(edit(1, { operation: 'delete' }), 'Full Engage')).toContain('stays')
  })
})
