import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createConnectors } from '../../electron/connectors/registry.ts'
import { openKeyRing } from '../../electron/core/lock/key-ring.ts'
import { createRedactor } from '../../electron/core/log/redact.ts'
import { openSourceRegistry } from '../../electron/core/sources/source-registry.ts'
import { createNodeHost } from '../../electron/host/node/create-node-host.ts'
import { testCreateApp } from '../support/test-create-app.ts'

/** Profile folders as older versions left them. Never made anew: that they still open is what is tested. */
const PROFILES = join(import.meta.dirname, '../fixtures/profiles')

async function testUpdate(name: string) {
  const app = await testCreateApp({ from: join(PROFILES, name) })
  onTestFinished(() => app.stop())
  return app
}

/** The keys as this version reads them from the profile. */
async function keysOf(profileFolder: string): Promise<readonly (string | null)[]> {
  const host = await createNodeHost({ profileFolder, version: '0', tell: () => undefined })
  const keys = await openKeyRing({ host, box: () => null })
  const registry = await openSourceRegistry({ host, connectors: createConnectors(), redactor: createRedactor(), keys })
  return Promise.all(registry.list().map((entry) => registry.openKey(entry)))
}

test('a profile from before there was a journal: keys, sources and settings are as they were, and work begins to have a second copy', async () => {
  const app = await testUpdate('before-journal')
  expect(await keysOf(app.profileFolder)).toEqual(['ba_key_of_an_older_version', 'sk_key_of_an_older_version'])
  expect((await app.sources()).map(({ sourceId, name, hasKey, address }) => [sourceId, name, hasKey, address])).toEqual(
    [
      ['src_u7f1rmu9j8kkfkq1', 'Studio A', true, 'full-engage.example.com/api/v1'],
      ['src_a4tuvhedsomnpq3i', 'Fair', true, 'connect.example.com/api/connect'],
    ],
  )
  expect(await app.host['settings.get']({})).toMatchObject({
    value: { workOffline: true, syncIntervalMinutes: 60, density: 'compact', singleKeyShortcuts: true },
  })
  expect(await app.host['app.info']({})).toMatchObject({ value: { profileId: 'vapi3hg5jqigkbun' } })
  const made = await app.store().page['client.create']({ sourceId: null, deviceOnly: true, fields: { name: 'New' } })
  expect(made).toMatchObject({ ok: true, value: { copies: 'both' } })
})

test('a profile with a journal, and no database any more: unsent work is back to the unit, and is still held back by Work offline', async () => {
  const app = await testUpdate('with-journal')
  expect(await keysOf(app.profileFolder)).toEqual(['sk_key_of_an_older_version'])
  await expect
    .poll(async () => {
      const list = await app.store().page['clients.list']({ text: '', sort: null, offset: 0, limit: 10 })
      return list.ok ? list.value.rows.map((row) => row.name).sort() : []
    })
    .toEqual(['Only Here', 'Waits Offline'])
  const [only] = [...app.store().context.view.all()].filter((row) => row.name === 'Only Here')
  if (only === undefined) throw new Error('not there')
  const details = await app.store().page['clients.get']({ clientId: only.clientId })
  const notes = details.ok ? details.value?.fields.find(({ field }) => field === 'notes')?.value : null
  expect(notes).toBe('kept \ud800 \u0000 \u202e')
  const queue = await app.store().page['queue.list']({})
  expect(queue).toMatchObject({ ok: true, value: [{ clientName: 'Waits Offline', operation: 'create', attempts: 0 }] })
})

test('a backup goes the whole way: made from the journal, restored into an empty book, idempotent, with a copy of what was there before', async () => {
  const app = await testUpdate('with-journal')
  await expect.poll(async () => app.store().context.book.edits.size).toBe(1)
  const made = await app.host['backups.make']({})
  if (!made.ok) throw new Error(JSON.stringify(made.error))
  expect(await app.host['backups.list']({})).toMatchObject({ value: [{ reason: 'asked', edits: 1, localValues: 2 }] })
  // Everything is discarded, and that is stored twice, too.
  for (const edit of [...app.store().context.book.edits.keys()])
    expect((await app.store().page['edit.discard']({ editId: edit })).ok).toBe(true)
  for (const row of [...app.store().context.view.all()])
    expect((await app.store().page['client.delete']({ clientId: row.clientId })).ok).toBe(true)
  await expect.poll(() => app.store().context.view.size()).toBe(0)
  const restored = await app.host['backups.restore']({ name: made.value.name })
  expect(restored).toMatchObject({ ok: true, value: { edits: 1, clients: 2, localValues: 2, refused: [] } })
  expect([...app.store().context.view.all()].map((row) => row.name).sort()).toEqual(['Only Here', 'Waits Offline'])
  expect(await app.store().page['queue.list']({})).toMatchObject({ value: [{ hold: 'recovered', state: 'waiting' }] })
  expect(await app.host['backups.restore']({ name: made.value.name })).toMatchObject({
    value: { edits: 0, clients: 0, localValues: 0, refused: [] },
  })
  const list = await app.host['backups.list']({})
  expect(list.ok && list.value.map(({ reason }) => reason).sort()).toEqual(['asked', 'before-restore'])
})
