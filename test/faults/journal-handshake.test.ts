import { expect, test } from 'vitest'
import {
  clientAt,
  clientNamed,
  journalText,
  kinds,
  notices,
  offlineWorld,
  queue,
  save,
  unjournaled,
  until,
  waiting,
  workOffline,
  written,
} from './journal-world.ts'

test('F115 F130 the database opened empty: rebuilt from the journal, sent once, and what was done is not sent again', async () => {
  const world = await offlineWorld(115)
  const first = await clientAt(world, 0)
  const second = await clientAt(world, 1)
  expect(await save(world, first.clientId, { phone: '111' })).toBe('both')
  await workOffline(world, false)
  await world.advance(20_000)
  expect(written(world)).toEqual(['PATCH {"phone":"111"}'])
  await workOffline(world, true)
  expect(await save(world, second.clientId, { phone: '222' })).toBe('both')

  await world.killBoth(() => world.disk.writeDatabase(null))
  expect(await waiting(world)).toEqual([`${second.name}: phone=222`])
  expect(await kinds(world)).toEqual(['database-rebuilt'])
  expect(world.store().context.book.rebuilt?.clean).toEqual({})

  await workOffline(world, false)
  await world.advance(60_000)
  expect(await waiting(world)).toEqual([])
  expect(written(world)).toEqual(['PATCH {"phone":"111"}', 'PATCH {"phone":"222"}'])
  // The client that was edited is one record still, under the id that it had.
  const again = await world.store().page['clients.get']({ clientId: second.clientId })
  expect(again.ok && again.value?.row.name).toBe(second.name)
  expect(world.store().context.book.heads.size).toBe(6)
  expect(world.bugs).toEqual([])
  await world.end()
})

test('F130 the database is evicted while the core runs on: rebuilt when the page comes back', async () => {
  const world = await offlineWorld(130)
  const client = await clientAt(world, 0)
  expect(await save(world, client.clientId, { phone: '111' })).toBe('both')
  await world.killStore(() => world.disk.writeDatabase(null))
  expect(await waiting(world)).toEqual([`${client.name}: phone=111`])
  expect(await kinds(world)).toEqual(['database-rebuilt'])
  await world.end()
})

test('F116 old rows come back without their identity: what is done is dropped, what nobody knows is held, neither is sent', async () => {
  const world = await offlineWorld(116)
  const done = await clientAt(world, 0)
  const open = await clientAt(world, 1)
  const unknown = await clientAt(world, 2)
  await save(world, done.clientId, { phone: '111' })
  const old = await world.disk.readDatabase()
  await workOffline(world, false)
  await world.advance(20_000)
  await workOffline(world, true)
  await save(world, open.clientId, { phone: '222' })
  const wereOpen = (old.get('outbox') ?? []).map((row) => Object(row))
  const stranger = { ...wereOpen[0], editId: 'edt_nobodyknowsit000', recordId: unknown.clientId.replace('cli', 'rec') }

  await world.killBoth(() =>
    world.disk.writeDatabase(new Map([...old, ['outbox', [...wereOpen, stranger]], ['meta', []], ['unjournaled', []]])),
  )
  expect([...(await waiting(world))].sort()).toEqual([
    `${open.name}: phone=222`,
    `${unknown.name}: phone=111 (recovered)`,
  ])
  expect(await notices(world)).toMatchObject([{ kind: 'rows-held', facts: { edits: 1 } }])
  await workOffline(world, false)
  await world.advance(60_000)
  expect(written(world)).toEqual(['PATCH {"phone":"111"}', 'PATCH {"phone":"222"}'])
  expect(await waiting(world)).toEqual([`${unknown.name}: phone=111 (recovered)`])
  await world.end()
})

test('F117 the database lost its newest commits: they are replayed, and what was sent meanwhile stays done', async () => {
  const world = await offlineWorld(117)
  const done = await clientAt(world, 0)
  const lost = await clientAt(world, 1)
  await save(world, done.clientId, { phone: '111' })
  const old = await world.disk.readDatabase()
  await workOffline(world, false)
  await world.advance(20_000)
  await workOffline(world, true)
  await save(world, lost.clientId, { phone: '222', notes: 'kept' })

  await world.killBoth(() => world.disk.writeDatabase(old))
  expect(await waiting(world)).toEqual([`${lost.name}: phone=222,notes=kept`])
  expect(await kinds(world)).toEqual(['database-replayed'])
  await workOffline(world, false)
  await world.advance(60_000)
  expect(written(world)).toEqual(['PATCH {"phone":"111"}', 'PATCH {"phone":"222","notes":"kept"}'])
  await world.end()
})

test('F118 a torn last line: the prefix counts, the rest comes from the database, and both copies hold again', async () => {
  const world = await offlineWorld(118)
  for (const [place, phone] of ['111', '222', '333'].entries()) {
    await save(world, (await clientAt(world, place)).clientId, { phone })
  }
  const before = await waiting(world)
  await world.killBoth(() => {
    const name = [...world.disk.journal.keys()].sort().at(-1) ?? ''
    const bytes = world.disk.journal.get(name) ?? new Uint8Array()
    world.disk.journal.set(name, bytes.slice(0, bytes.length - 20))
  })
  await world.advance(1_000)
  expect(await waiting(world)).toEqual(before)
  expect(await unjournaled(world)).toBe(0)
  // The proof that the journal is whole again: the database goes.
  await world.killBoth(() => world.disk.writeDatabase(null))
  expect(await waiting(world)).toEqual(before)
  await world.end()
})

test('F119 a bit flips inside the journal: cut there, set aside, made anew from the database, and said', async () => {
  const world = await offlineWorld(119)
  for (const [place, phone] of ['111', '222', '333'].entries()) {
    await save(world, (await clientAt(world, place)).clientId, { phone })
  }
  await world.advance(10_000)
  const before = await waiting(world)
  await world.killBoth(() => {
    for (const [name, bytes] of world.disk.journal) {
      const at = new TextDecoder('latin1').decode(bytes).indexOf('222')
      if (at === -1) continue
      const flipped = bytes.slice()
      flipped[at] = (flipped[at] ?? 0) ^ 4
      world.disk.journal.set(name, flipped)
      break
    }
  })
  await world.advance(1_000)
  expect(await waiting(world)).toEqual(before)
  expect(await kinds(world)).toEqual(['journal-rebuilt'])
  expect([...world.disk.journal.keys()].some((name) => name.endsWith('.damaged-1'))).toBe(true)
  expect(world.bugs.some((bug) => bug.startsWith('journal-segment-damaged'))).toBe(true)
  await world.killBoth(() => world.disk.writeDatabase(null))
  expect(await waiting(world)).toEqual(before)
  await world.end()
})

test('F120 the journal is deleted: written anew from the database, with a word to the user', async () => {
  const world = await offlineWorld(120)
  await save(world, (await clientAt(world, 0)).clientId, { phone: '111' })
  const before = await waiting(world)
  await world.killBoth(() => world.disk.journal.clear())
  expect(await waiting(world)).toEqual(before)
  expect(await kinds(world)).toEqual(['journal-rebuilt'])
  expect(journalText(world)).toContain('111')
  await world.killBoth(() => world.disk.writeDatabase(null))
  expect(await waiting(world)).toEqual(before)
  await world.end()
})

test('F121 both are gone: said plainly, and everything is pulled again', async () => {
  const world = await offlineWorld(121)
  await save(world, (await clientAt(world, 0)).clientId, { phone: '111' })
  await world.killBoth(async () => {
    world.disk.journal.clear()
    await world.disk.writeDatabase(null)
  })
  expect(await kinds(world)).toEqual(['both-lost'])
  expect(await waiting(world)).toEqual([])
  await workOffline(world, false)
  await world.advance(20_000)
  expect(world.store().context.book.heads.size).toBe(6)
  expect(written(world)).toEqual([])
  await world.end()
})

test('F121 a first start is no loss: nothing is said', async () => {
  const world = await offlineWorld(1210)
  expect(await kinds(world)).toEqual([])
  await world.killBoth()
  expect(await kinds(world)).toEqual([])
  await world.end()
})

test('F136 a profile copied to another machine: what waits is held until the user has looked', async () => {
  const world = await offlineWorld(136)
  const client = await clientAt(world, 0)
  await save(world, client.clientId, { phone: '111' })
  await world.killBoth(() => {
    world.disk.machine = 'another-machine'
    world.disk.notes.clear()
  })
  expect(await waiting(world)).toEqual([`${client.name}: phone=111 (recovered)`])
  expect(await notices(world)).toMatchObject([{ kind: 'rows-held', facts: { edits: 1, because: 'copied' } }])
  await workOffline(world, false)
  await world.advance(60_000)
  expect(written(world)).toEqual([])
  // Asked once: the next start on this machine holds nothing more.
  await workOffline(world, true)
  const other = await clientAt(world, 1)
  await save(world, other.clientId, { phone: '222' })
  await world.killBoth()
  expect([...(await waiting(world))].sort()).toEqual(
    [`${client.name}: phone=111 (recovered)`, `${other.name}: phone=222`].sort(),
  )
  await world.end()
})

test('F137 an old state of the whole profile is put back: its edits, sent since, are held for review', async () => {
  const world = await offlineWorld(137)
  const client = await clientAt(world, 0)
  await save(world, client.clientId, { phone: '111' })
  const documents = new Map(world.disk.documents)
  const journal = new Map(world.disk.journal)
  const database = await world.disk.readDatabase()
  await world.killBoth()
  await workOffline(world, false)
  await world.advance(20_000)
  expect(written(world)).toEqual(['PATCH {"phone":"111"}'])

  await world.killBoth(async () => {
    world.disk.documents.clear()
    for (const [name, text] of documents) world.disk.documents.set(name, text)
    world.disk.journal.clear()
    for (const [name, bytes] of journal) world.disk.journal.set(name, bytes)
    await world.disk.writeDatabase(database)
  })
  expect(await waiting(world)).toEqual([`${client.name}: phone=111 (recovered)`])
  expect(await notices(world)).toMatchObject([{ kind: 'rows-held', facts: { because: 'restored' } }])
  await workOffline(world, false)
  await world.advance(60_000)
  expect(written(world)).toEqual(['PATCH {"phone":"111"}'])
  await world.end()
})

test('F137 an old profile under a newer database: held for review, and the journal is completed from it', async () => {
  const world = await offlineWorld(1370)
  const documents = new Map(world.disk.documents)
  const journal = new Map(world.disk.journal)
  await world.killBoth()
  await workOffline(world, true)
  const client = await clientAt(world, 0)
  await save(world, client.clientId, { phone: '111' })
  await world.killBoth(() => {
    world.disk.notes.clear()
    world.disk.documents.clear()
    for (const [name, text] of documents) world.disk.documents.set(name, text)
    world.disk.journal.clear()
    for (const [name, bytes] of journal) world.disk.journal.set(name, bytes)
  })
  expect(await waiting(world)).toEqual([`${client.name}: phone=111 (recovered)`])
  await world.advance(1_000)
  expect(journalText(world)).toContain('111')
  await world.end()
})

test('F115 a lost profile document opens no second, empty book: its name and epoch are in the journal', async () => {
  const world = await offlineWorld(1150)
  const before = await world.host()['app.info']({})
  const client = await clientAt(world, 0)
  await save(world, client.clientId, { phone: '111' })
  const epoch = Number(/"epoch":(\d+)/.exec(world.disk.documents.get('profile.json') ?? '')?.[1])
  await world.killBoth(() => void world.disk.documents.delete('profile.json'))
  const after = await world.host()['app.info']({})
  expect(after.ok && after.value.profileId).toBe(before.ok && before.value.profileId)
  expect(Number(/"epoch":(\d+)/.exec(world.disk.documents.get('profile.json') ?? '')?.[1])).toBeGreaterThan(epoch)
  expect(await waiting(world)).toEqual([`${client.name}: phone=111`])
  await world.end()
})

test('F116 the book of another browser comes back after work went on elsewhere: nothing is lost, doubled or sent twice', async () => {
  const world = await offlineWorld(1160)
  const first = await clientAt(world, 0)
  const second = await clientAt(world, 1)
  await save(world, first.clientId, { phone: '111' })
  const here = await world.disk.readDatabase()
  // The other browser: an empty book, filled from the journal and then from the source.
  await world.killBoth(() => world.disk.writeDatabase(null))
  await workOffline(world, false)
  await world.advance(60_000)
  expect(written(world)).toEqual(['PATCH {"phone":"111"}'])
  await workOffline(world, true)
  const elsewhere = await clientNamed(world, second.name)
  if (elsewhere === null) throw new Error('not pulled')
  expect(elsewhere).not.toBe(second.clientId)
  await save(world, elsewhere, { phone: '222', notes: 'from there' })

  await world.killBoth(() => world.disk.writeDatabase(here))
  expect(await waiting(world)).toEqual([`${second.name}: phone=222,notes=from there`])
  expect((await queue(world))[0]?.clientId).toBe(second.clientId)
  expect(await kinds(world)).toEqual([])
  await workOffline(world, false)
  await world.advance(60_000)
  expect(written(world)).toEqual(['PATCH {"phone":"111"}', 'PATCH {"phone":"222","notes":"from there"}'])
  expect(world.store().context.book.heads.size).toBe(6)
  await world.end()
})

test('F117 edited before the core answered, on a database that had fallen behind: both the lost and the new edit are there', async () => {
  const world = await offlineWorld(1170)
  const client = await clientAt(world, 0)
  const old = await world.disk.readDatabase()
  await save(world, client.clientId, { company: 'lost and found' })
  const other = await clientAt(world, 1)
  await save(world, other.clientId, { phone: '222' })

  world.line.drops = (message) => Object(message).name === 'lease.request'
  const starting = world.killBoth(() => world.disk.writeDatabase(old))
  await world.advance(500)
  const begunAt = world.now()
  expect(await save(world, client.clientId, { phone: '111' })).toBe('one')
  expect(world.now() - begunAt).toBeLessThanOrEqual(2_200)
  world.line.drops = () => false
  await until(world, starting)
  await world.advance(1_000)
  expect([...(await waiting(world))].sort()).toEqual([`${client.name}: phone=111`, `${other.name}: phone=222`].sort())
  const details = await world.store().page['clients.get']({ clientId: client.clientId })
  const shown = details.ok ? details.value?.fields.find((field) => field.field === 'company')?.value : undefined
  expect(shown).toBe('lost and found')
  expect(await unjournaled(world)).toBe(0)
  const before = await waiting(world)
  await world.killBoth(() => world.disk.writeDatabase(null))
  expect([...(await waiting(world))].sort()).toEqual([...before].sort())
  await world.end()
})
