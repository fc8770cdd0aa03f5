import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startSimulator } from '../../electron/simulator/start-simulator.ts'
import { testCreateApp } from '../support/test-create-app.ts'
import { clientAt, createAt, journalText, offlineWorld, save, workOffline } from './journal-world.ts'

test('F190 a key is in no file of the profile in the clear: journal, documents, log, backups', async () => {
  const simulator = await startSimulator({
    clients: 0,
    counts: { 'full-engage': 20, endors: 0, spott: 0, connect: 0, clnt: 0 },
    seed: 1,
    now: Date.now(),
  })
  const app = await testCreateApp()
  const { source } = simulator.servers['full-engage']
  const sourceId = await app.addSource({ connectorId: 'full-engage', key: source.key, settings: source.settings })
  await app.settled(sourceId, 'up-to-date')
  const list = await app.store().page['clients.list']({ text: '', sort: null, offset: 0, limit: 1 })
  const row = list.ok ? list.value.rows[0] : undefined
  if (row === undefined) throw new Error('no client')
  await app.store().page['client.save']({ clientId: row.clientId, changes: { phone: '5' }, seen: { phone: '' } })
  const draft = { connectorId: 'full-engage', name: 'full-engage', settings: source.settings }
  await app.host['sources.update']({ sourceId, draft: { ...draft, key: 'ba_a_wrong_key_of_mine' } })
  await app.settled(sourceId, 'key-rejected')
  await app.restart()

  const files = await readdir(app.profileFolder, { recursive: true, withFileTypes: true })
  let scanned = 0
  for (const file of files.filter((entry) => entry.isFile())) {
    const bytes = await readFile(join(file.parentPath, file.name))
    for (const key of [source.key, 'ba_a_wrong_key_of_mine']) {
      for (const form of [
        key,
        Buffer.from(key).toString('base64').replace(/=+$/, ''),
        Buffer.from(key).toString('hex'),
      ]) {
        expect([file.name, bytes.includes(form)]).toEqual([file.name, false])
      }
    }
    scanned++
  }
  expect(scanned).toBeGreaterThan(5)
  await app.stop()
  await simulator.close()
})

test('F190 a key never crosses to the worker, and is neither in the database nor in the journal', async () => {
  const world = await offlineWorld(190)
  const crossed: string[] = []
  world.line.drops = (message) => {
    crossed.push(JSON.stringify(message))
    return false
  }
  await save(world, (await clientAt(world, 0)).clientId, { phone: '111' })
  await createAt(world, 'Nora New', '+441234567890')
  await workOffline(world, false)
  await world.advance(60_000)
  await world.killStore()
  const key = world.fullEngage.keyPlace.key
  expect(crossed.length).toBeGreaterThan(10)
  expect(crossed.filter((message) => message.includes(key))).toEqual([])
  expect(JSON.stringify([...(await world.disk.readDatabase())])).not.toContain(key)
  expect(journalText(world)).not.toContain(key)
  expect(JSON.stringify(await world.host()['sources.list']({}))).not.toContain(key)
  await world.end()
})
