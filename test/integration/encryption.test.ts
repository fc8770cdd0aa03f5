import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type TestApp, testCreateApp } from '../support/test-create-app.ts'

const PASSPHRASE = 'four quiet words of canary-passphrase'
const OTHER = 'another long passphrase of canary-other'
const VALUE = 'canary-client-value'

async function encrypted(): Promise<TestApp> {
  const app = await testCreateApp()
  onTestFinished(() => app.stop())
  await write(app, `${VALUE} before`)
  expect(await app.host['backups.make']({})).toMatchObject({ ok: true })
  expect(await app.host['lock.change']({ current: null, next: PASSPHRASE })).toEqual({ ok: true, value: null })
  return app
}

async function write(app: TestApp, name: string): Promise<void> {
  const made = await app.store().page['client.create']({ sourceId: null, deviceOnly: true, fields: { name } })
  expect(made).toMatchObject({ ok: true, value: { copies: 'both' } })
}

async function names(app: TestApp): Promise<readonly string[]> {
  const list = await app.store().page['clients.list']({ text: '', sort: null, offset: 0, limit: 50 })
  return list.ok ? list.value.rows.map((row) => row.name).sort() : []
}

/** Every file of the profile with what is in it. */
async function filesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  const walk = async (path: string, prefix: string): Promise<void> => {
    for (const name of await readdir(path)) {
      const full = join(path, name)
      if ((await stat(full)).isDirectory()) await walk(full, `${prefix}${name}/`)
      else if (name !== 'ballast') found.set(`${prefix}${name}`, await readFile(full, 'latin1'))
    }
  }
  await walk(folder, '')
  return found
}

async function holding(folder: string, canary: string): Promise<readonly string[]> {
  return [...(await filesOf(folder))].filter(([, text]) => text.includes(canary)).map(([name]) => name)
}

test('canary: with a passphrase, neither it nor a value of a client is in plain anywhere in the profile, old files included', async () => {
  const app = await testCreateApp()
  onTestFinished(() => app.stop())
  await write(app, `${VALUE} before`)
  await app.host['backups.make']({})
  expect(await holding(app.profileFolder, VALUE)).toHaveLength(2)
  await app.host['lock.change']({ current: null, next: PASSPHRASE })
  await write(app, `${VALUE} after`)
  await app.host['backups.make']({})
  expect((await app.host['lock.unlock']({ passphrase: 'wrong canary-wrong' })).ok).toBe(true)
  await app.host['lock.lock']({})
  await app.host['lock.unlock']({ passphrase: 'a wrong canary-passphrase' })
  await app.host['lock.unlock']({ passphrase: PASSPHRASE })
  await app.restart({ passphrase: PASSPHRASE })
  expect(await holding(app.profileFolder, 'canary')).toEqual([])
  const all = [...(await filesOf(app.profileFolder)).keys()]
  expect(all.filter((name) => name.startsWith('journal/')).length).toBeGreaterThan(0)
  expect(all.filter((name) => name.startsWith('backups/')).length).toBeGreaterThan(1)
  expect(all.filter((name) => name.endsWith('.tmp'))).toEqual([])
})

test('edits while encrypted, then everything is killed and the database lost: unlocked, all of it is there', async () => {
  const app = await encrypted()
  await write(app, 'Second')
  await app.restart({ passphrase: null })
  expect(await app.host['lock.state']({})).toMatchObject({ value: { encrypted: true, locked: true, rewriting: 0 } })
  for (const call of ['sources.list', 'backups.list', 'sources.syncAll'] as const)
    expect(await app.host[call]({})).toEqual({ ok: false, error: { code: 'locked' } })
  expect(await app.host['app.info']({})).toMatchObject({ ok: true })
  expect(await app.host['lock.unlock']({ passphrase: 'not it at all' })).toMatchObject({ error: { rule: 'wrong' } })
  expect(await app.host['lock.unlock']({ passphrase: PASSPHRASE })).toEqual({ ok: true, value: null })
  await app.openStoreAgain({ empty: true })
  await expect.poll(() => names(app)).toEqual(['Second', `${VALUE} before`])
})

test('another passphrase rewrites one small file; the old one opens nothing any more, old backups and journal do', async () => {
  const app = await encrypted()
  const before = await filesOf(app.profileFolder)
  expect(await app.host['lock.change']({ current: 'wrong', next: OTHER })).toMatchObject({
    error: { field: 'current', rule: 'wrong' },
  })
  expect(await app.host['lock.change']({ current: PASSPHRASE, next: 'short' })).toMatchObject({
    error: { field: 'next', rule: 'too-short' },
  })
  expect(await app.host['lock.change']({ current: PASSPHRASE, next: OTHER })).toEqual({ ok: true, value: null })
  const changed = [...(await filesOf(app.profileFolder))].filter(([name, text]) => before.get(name) !== text)
  expect(
    changed
      .map(([name]) => name)
      .filter((name) => !name.startsWith('logs/'))
      .sort(),
  ).toEqual(['lock-copy.json', 'lock-tries.json', 'lock.json'])
  await app.restart({ passphrase: OTHER })
  const backups = await app.host['backups.list']({})
  const name = backups.ok ? (backups.value.at(-1)?.name ?? '') : ''
  expect(await app.host['backups.restore']({ name })).toMatchObject({ ok: true })
  await app.host['lock.lock']({})
  expect(await app.host['lock.unlock']({ passphrase: PASSPHRASE })).toMatchObject({ error: { rule: 'wrong' } })
})

test('taken away: everything is in plain and readable again, and keys that it sealed move on', async () => {
  const app = await encrypted()
  await app.addSource({
    connectorId: 'full-engage',
    key: 'ba_some_key',
    settings: { baseUrl: 'http://127.0.0.1:9/api/v1' },
  })
  expect(await app.host['vault.choose']({ choice: 'passphrase', consent: false })).toEqual({ ok: true, value: null })
  expect(await holding(app.profileFolder, '"vault": "passphrase"')).toEqual(['sources.json'])
  expect(await app.host['lock.change']({ current: PASSPHRASE, next: null })).toEqual({ ok: true, value: null })
  expect(await app.host['lock.state']({})).toMatchObject({ value: { encrypted: false, locked: false } })
  expect((await holding(app.profileFolder, VALUE)).length).toBeGreaterThanOrEqual(2)
  expect([...(await filesOf(app.profileFolder)).keys()].filter((name) => name.startsWith('lock'))).toEqual([])
  await app.restart({ passphrase: null })
  expect(await app.host['app.info']({})).toMatchObject({ value: { keyStore: { kind: 'key-file', trouble: 'none' } } })
  expect((await app.sources()).map(({ keyTrouble }) => keyTrouble)).toEqual([null])
  app.closeStore()
  await app.openStoreAgain({ empty: true })
  await expect.poll(() => names(app)).toEqual([`${VALUE} before`])
})

test('a forgotten passphrase: what is sealed is set aside and not destroyed, the rest of the profile is gone', async () => {
  const app = await encrypted()
  const profileId = await app.host['app.info']({})
  await app.host['lock.lock']({})
  expect(await app.host['lock.forget']({ typed: 'yes' })).toMatchObject({ error: { rule: 'other-word' } })
  expect(await app.host['lock.forget']({ typed: ' Forget ' })).toEqual({ ok: true, value: null })
  expect(await app.host['lock.state']({})).toMatchObject({ value: { encrypted: false, locked: false } })
  const now = await app.host['app.info']({})
  expect(now.ok && profileId.ok && now.value.profileId !== profileId.value.profileId).toBe(true)
  const left = [...(await filesOf(app.profileFolder)).keys()]
  expect(left.filter((name) => /damaged-1$/.test(name)).length).toBeGreaterThanOrEqual(2)
  expect(left).toContain('lock.json.unreadable-1')
  expect(await holding(app.profileFolder, 'canary')).toEqual([])
})

test('wrong passphrases: a pause that grows, also over restarts and whatever the clock is set to', async () => {
  const app = await encrypted()
  await app.host['lock.lock']({})
  for (let tries = 0; tries < 3; tries++)
    expect(await app.host['lock.unlock']({ passphrase: 'wrong again' })).toMatchObject({ error: { rule: 'wrong' } })
  expect(await app.host['lock.unlock']({ passphrase: PASSPHRASE })).toMatchObject({ error: { rule: 'wait' } })
  await app.restart({ passphrase: null })
  expect(await app.host['lock.unlock']({ passphrase: PASSPHRASE })).toMatchObject({ error: { rule: 'wait' } })
  const state = await app.host['lock.state']({})
  expect(state.ok ? (state.value.retryAt ?? 0) - Date.now() : 0).toBeGreaterThan(0)
  app.passTime(2_500)
  expect(await app.host['lock.unlock']({ passphrase: 'wrong once more' })).toMatchObject({ error: { rule: 'wrong' } })
  app.passTime(2_500)
  expect(await app.host['lock.unlock']({ passphrase: PASSPHRASE })).toMatchObject({ error: { rule: 'wait' } })
  app.passTime(-86_400_000)
  await app.restart({ passphrase: null })
  app.passTime(4_500)
  expect(await app.host['lock.unlock']({ passphrase: PASSPHRASE })).toEqual({ ok: true, value: null })
})

test('exports: opened without a question in their own profile, with their passphrase elsewhere, and not at all when changed', async () => {
  const app = await encrypted()
  const sealed = await app.host['lock.sealFile']({ text: `unsent ${VALUE}` })
  if (!sealed.ok) throw new Error(sealed.error.code)
  const { text } = sealed.value
  expect(text).not.toContain('canary')
  expect(await app.host['lock.openFile']({ text, passphrase: null })).toMatchObject({
    value: { text: `unsent ${VALUE}` },
  })
  const elsewhere = await testCreateApp()
  onTestFinished(() => elsewhere.stop())
  const open = (written: string, passphrase: string | null) =>
    elsewhere.host['lock.openFile']({ text: written, passphrase })
  expect(await elsewhere.host['lock.sealFile']({ text })).toMatchObject({ ok: false })
  expect(await open(text, null)).toMatchObject({ error: { field: 'passphrase', rule: 'required' } })
  expect(await open(text, 'wrong')).toMatchObject({ error: { field: 'passphrase', rule: 'wrong' } })
  expect(await open(text, PASSPHRASE)).toMatchObject({ value: { text: `unsent ${VALUE}` } })
  const flipped = text.replace(
    /"data": "(.{40})(.)/,
    (_all, head: string, one: string) => `"data": "${head}${one === 'A' ? 'B' : 'A'}`,
  )
  expect(await open(flipped, PASSPHRASE)).toMatchObject({ error: { rule: 'wrong' } })
  expect(await open(text.replace('"N": 16384', '"N": 1073741824'), PASSPHRASE)).toMatchObject({
    error: { rule: 'damaged' },
  })
  expect(await open(text.replace('"v": 1', '"v": 2'), PASSPHRASE)).toMatchObject({ error: { rule: 'newer-format' } })
  expect(await open('{"format":"other"}', PASSPHRASE)).toMatchObject({ error: { rule: 'not-sealed' } })
})
