import { describe, expect, it } from 'vitest'
import type { EditId } from '../../../../shared/ids.ts'
import {
  byName,
  details,
  FULL_ENGAGE,
  remote,
  save,
  send,
  settle,
  sweep,
  take,
  testOpenStore,
  value,
} from './test-open-store.ts'

const RESET = { code: 'unreachable', reason: 'reset', sent: true, detail: null } as const

async function withAda() {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('r1', { name: 'Ada', phone: '1', notes: 'n' })])
  const { clientId } = await byName(t, 'Ada')
  const queue = async () => value(await t.store.page['queue.list']({}))
  const only = async () => {
    const [edit] = await queue()
    if (edit === undefined) throw new Error('nothing is queued')
    return edit
  }
  const preview = async (editId: EditId) => value(await t.store.page['edit.discardPreview']({ editId }))
  const shown = async (field: 'phone' | 'notes' | 'name') => (await details(t, clientId)).field(field).value
  return { t, clientId, queue, only, preview, shown }
}

describe('holding an edit', () => {
  it('keeps it here until it is released, and says what can be done with it', async () => {
    const { t, clientId, only } = await withAda()
    await save(t, clientId, { phone: '2' }, { phone: '1' })
    const { editId } = await only()
    value(await t.store.page['edit.hold']({ editId }))
    expect(await only()).toMatchObject({
      hold: 'user',
      canHold: false,
      canRetry: false,
      canChange: true,
      canDiscard: true,
    })
    expect((await take(t, FULL_ENGAGE)).edit).toBeNull()
    value(await t.store.page['edit.release']({ editId }))
    expect((await take(t, FULL_ENGAGE)).edit?.editId).toBe(editId)
    expect(await only()).toMatchObject({ state: 'sending', canHold: false, canChange: false, canDiscard: false })
    expect(await t.store.page['edit.hold']({ editId })).toMatchObject({ ok: false, error: { rule: 'in-flight' } })
  })

  it('holds new edits of a source under review, also what joins one that was not held; switching it off sends nothing', async () => {
    const { t, clientId, only, queue } = await withAda()
    await save(t, clientId, { phone: '2' }, { phone: '1' })
    expect(await only()).toMatchObject({ hold: null })
    const [source] = [...t.store.context.book.sources.values()].filter((s) => s.sourceId === FULL_ENGAGE)
    if (source === undefined) throw new Error('no source')
    const others = [...t.store.context.book.sources.values()].filter((s) => s.sourceId !== FULL_ENGAGE)
    const review = async (on: boolean) =>
      value(await t.store.sync['sources.configure']({ sources: [...others, { ...source, review: on }], removed: [] }))
    await review(true)
    await save(t, clientId, { notes: 'unseen' }, { notes: 'n' })
    expect(await queue()).toMatchObject([{ hold: 'review', changes: [{ field: 'phone' }, { field: 'notes' }] }])
    await review(false)
    expect((await take(t, FULL_ENGAGE)).edit).toBeNull()
    const { editId } = await only()
    value(await t.store.page['edit.release']({ editId }))
    expect((await take(t, FULL_ENGAGE)).edit?.editId).toBe(editId)
  })

  it('releases all of a source and of one reason, and leaves the others held', async () => {
    const { t, clientId, queue } = await withAda()
    value(await t.store.page['client.create']({ sourceId: FULL_ENGAGE, deviceOnly: false, fields: { name: 'Ona' } }))
    await save(t, clientId, { phone: '2' }, { phone: '1' })
    for (const { editId } of await queue()) value(await t.store.page['edit.hold']({ editId }))
    expect(value(await t.store.page['edits.releaseAll']({ sourceId: FULL_ENGAGE, hold: 'review' }))).toEqual({
      released: 0,
    })
    expect(value(await t.store.page['edits.releaseAll']({ sourceId: null }))).toEqual({ released: 2 })
    expect((await queue()).map((edit) => edit.hold)).toEqual([null, null])
  })
})

describe('changing an edit', () => {
  it('carries other values, shows them, and leaves the queue where nothing is left', async () => {
    const { t, clientId, only, queue, shown } = await withAda()
    await save(t, clientId, { phone: '2', notes: 'm' }, { phone: '1', notes: 'n' })
    const { editId } = await only()
    value(await t.store.page['edit.change']({ editId, changes: { phone: '3' } }))
    expect(await only()).toMatchObject({
      changes: [
        { field: 'phone', from: '1', to: '3' },
        { field: 'notes', to: 'm' },
      ],
    })
    expect(await shown('phone')).toBe('3')
    value(await t.store.page['edit.change']({ editId, changes: { notes: 'n' } }))
    expect((await only()).changes.map((c) => c.field)).toEqual(['phone'])
    expect(await shown('notes')).toBe('n')
    expect(value(await t.store.page['edit.change']({ editId, changes: { phone: '1' } }))).toEqual({ editId: null })
    expect(await queue()).toEqual([])
    expect(await shown('phone')).toBe('1')
  })

  it('puts what the source refused back into the queue, and takes no values that cannot be', async () => {
    const { t, clientId, only } = await withAda()
    await save(t, clientId, { phone: '2' }, { phone: '1' })
    const { editId } = await send(t, FULL_ENGAGE)
    const error = { code: 'refused', status: 400, vendorText: 'no', field: null } as const
    await settle(t, editId, { kind: 'needs-attention', error })
    expect(await t.store.page['edit.change']({ editId, changes: { name: '' } })).toMatchObject({
      ok: false,
      error: { field: 'name', rule: 'required' },
    })
    value(await t.store.page['edit.change']({ editId, changes: { phone: '3' } }))
    expect(await only()).toMatchObject({ state: 'waiting', attempts: 0, error: null })
  })

  it('refuses one that may have left: a value changed in place would not be what was sent', async () => {
    const { t, clientId, only } = await withAda()
    await save(t, clientId, { phone: '2' }, { phone: '1' })
    const { editId } = await send(t, FULL_ENGAGE)
    await settle(t, editId, { kind: 'unknown', at: 0, error: RESET })
    expect(await only()).toMatchObject({ canChange: false })
    expect(await t.store.page['edit.change']({ editId, changes: { phone: '3' } })).toMatchObject({
      ok: false,
      error: { rule: 'in-flight' },
    })
  })

  it('what waits behind it starts from the new value', async () => {
    const { t, clientId, queue, shown } = await withAda()
    await save(t, clientId, { phone: '2' }, { phone: '1' })
    const { editId } = await send(t, FULL_ENGAGE)
    await save(t, clientId, { phone: '3' }, { phone: '2' })
    const error = { code: 'refused', status: 400, vendorText: 'no', field: null } as const
    await settle(t, editId, { kind: 'needs-attention', error })
    value(await t.store.page['edit.change']({ editId, changes: { phone: '22' } }))
    expect(await queue()).toMatchObject([
      { changes: [{ from: '1', to: '22' }] },
      { changes: [{ from: '22', to: '3' }] },
    ])
    expect(await shown('phone')).toBe('3')
  })
})

describe('discarding', () => {
  it('does what its preview said: values return, to what an edit behind it still carries', async () => {
    const { t, clientId, preview, shown, queue } = await withAda()
    await save(t, clientId, { phone: '2', notes: 'm' }, { phone: '1', notes: 'n' })
    const { editId } = await send(t, FULL_ENGAGE)
    await settle(t, editId, { kind: 'unknown', at: 0, error: RESET })
    await save(t, clientId, { phone: '3' }, { phone: '2' })
    const said = await preview(editId)
    expect(said).toEqual({
      restores: [{ field: 'notes', from: 'm', to: 'n' }],
      dropsClient: false,
      dropsEdits: 0,
      mayHaveArrived: true,
    })
    value(await t.store.page['edit.discard']({ editId }))
    expect([await shown('notes'), await shown('phone')]).toEqual(['n', '3'])
    expect(await queue()).toHaveLength(1)
  })

  it('of a create takes the client along, and the edits behind it, and says both', async () => {
    const { t, preview, queue } = await withAda()
    const made = value(
      await t.store.page['client.create']({ sourceId: FULL_ENGAGE, deviceOnly: false, fields: { name: 'Ona' } }),
    )
    const { editId } = await send(t, FULL_ENGAGE, [])
    await save(t, made.clientId, { notes: 'later' }, { notes: null })
    expect(await preview(editId)).toMatchObject({
      restores: [],
      dropsClient: true,
      dropsEdits: 1,
      mayHaveArrived: true,
    })
    await settle(t, editId, { kind: 'unknown', at: 0, error: RESET })
    value(await t.store.page['edit.discard']({ editId }))
    expect(await queue()).toEqual([])
    expect(value(await t.store.page['clients.get']({ clientId: made.clientId }))).toBeNull()
  })

  it('a value that may still land of a discarded edit is ours, not a change of theirs', async () => {
    const { t, clientId } = await withAda()
    await save(t, clientId, { phone: '2' }, { phone: '1' })
    const { editId } = await send(t, FULL_ENGAGE)
    await settle(t, editId, { kind: 'unknown', at: 0, error: RESET })
    value(await t.store.page['edit.discard']({ editId }))
    await save(t, clientId, { phone: '3' }, { phone: '1' })
    expect((await take(t, FULL_ENGAGE)).own?.echoes).toEqual([{ field: 'phone', value: '2' }])
  })
})
