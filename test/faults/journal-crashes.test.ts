import { expect, test } from 'vitest'
import type { World } from '../support/test-create-world.ts'
import {
  clientAt,
  clientNamed,
  createAt,
  journalText,
  offlineWorld,
  queue,
  save,
  unjournaled,
  until,
  waiting,
  workOffline,
  written,
} from './journal-world.ts'

/** Ends the core at the moment at which a line of this kind is about to be written, or has just been. */
function dieAt(world: World, kind: string, when: 'before' | 'after'): () => boolean {
  let isDead = false
  const die = (text: string): void => {
    if (isDead || !text.includes(`"k":"${kind}"`)) return
    isDead = true
    world.stopHeart()
  }
  if (when === 'after') world.disk.faults.appended = (_name, text) => die(text)
  else
    world.disk.faults.append = (_name, text) => {
      const wasDead = isDead
      die(text)
      return isDead && !wasDead ? 0 : null
    }
  return () => isDead
}

async function reviveAndSend(world: World): Promise<void> {
  delete world.disk.faults.append
  delete world.disk.faults.appended
  await world.killBoth()
  await workOffline(world, false)
  await world.advance(600_000)
}

async function databaseGone(world: World): Promise<void> {
  await world.killBoth(() => world.disk.writeDatabase(null))
}

test('F138 killed between the edit and its second copy (point 2): said to be in one place, and copied at the next start', async () => {
  const world = await offlineWorld(1382)
  const client = await clientAt(world, 0)
  world.disk.faults.append = () => 0
  expect(await save(world, client.clientId, { phone: '111' })).toBe('one')
  expect(await unjournaled(world)).toBe(1)
  delete world.disk.faults.append
  await world.killBoth()
  await world.advance(1_000)
  expect(await unjournaled(world)).toBe(0)
  await databaseGone(world)
  expect(await waiting(world)).toEqual([`${client.name}: phone=111`])
  await world.end()
})

test('F138 killed in the middle of a line (point 3): the torn line is dropped, the database has it', async () => {
  const world = await offlineWorld(1383)
  const client = await clientAt(world, 0)
  world.disk.faults.append = (_name, text) => (text.includes('"rows"') ? 40 : null)
  expect(await save(world, client.clientId, { phone: '111' })).toBe('one')
  delete world.disk.faults.append
  await world.killBoth()
  await world.advance(1_000)
  expect(await waiting(world)).toEqual([`${client.name}: phone=111`])
  await databaseGone(world)
  expect(await waiting(world)).toEqual([`${client.name}: phone=111`])
  await world.end()
})

test('F138 killed between the flush and the answer (point 4): the commit is in the journal once', async () => {
  const world = await offlineWorld(1384)
  const client = await clientAt(world, 0)
  const isDead = dieAt(world, 'rows', 'after')
  expect(await save(world, client.clientId, { phone: '111' })).toBe('one')
  expect(isDead()).toBe(true)
  delete world.disk.faults.appended
  await world.killBoth()
  await world.advance(1_000)
  expect(await unjournaled(world)).toBe(0)
  expect(journalText(world).split('"commit":1,').length - 1).toBe(1)
  await databaseGone(world)
  expect(await waiting(world)).toEqual([`${client.name}: phone=111`])
  await world.end()
})

test.each([
  ['F138 killed before the attempt is noted (point 5): sent once after the start', 'attempt', 'before'],
  ['F138 killed after the attempt is noted, before it leaves (point 5): looked at, then sent once', 'attempt', 'after'],
  ['F138 killed before the outcome is noted (point 7): looked at, and not sent again', 'outcome', 'before'],
  ['F138 killed before the store hears of the outcome (point 8): it hears of it at the next start', 'outcome', 'after'],
  ['F138 killed before the outcome is put away (point 10): delivered again, a no-op', 'acknowledged', 'before'],
] as const)('%s', async (_title, kind, when) => {
  const world = await offlineWorld(1385)
  const client = await clientAt(world, 0)
  expect(await save(world, client.clientId, { phone: '111' })).toBe('both')
  await createAt(world, 'Nora New', '+441234567890')
  const isDead = dieAt(world, kind, when)
  await workOffline(world, false)
  await world.advance(30_000)
  expect(isDead()).toBe(true)
  await reviveAndSend(world)
  expect(await queue(world)).toEqual([])
  expect([...written(world)].sort()).toEqual([
    'PATCH {"phone":"111"}',
    expect.stringContaining('POST {"name":"Nora New"'),
  ])
  expect(world.bugs).toEqual([])
  await world.end()
})

test('F138 killed between request and answer (point 6), with the database lost as well: looked at, never sent blindly', async () => {
  const world = await offlineWorld(1386)
  await createAt(world, 'Nora New', '+441234567890')
  await workOffline(world, false)
  for (let ms = 0; written(world).length === 0 && ms < 30_000; ms++) await world.advance(1)
  world.stopHeart()
  await world.killBoth(() => world.disk.writeDatabase(null))
  expect(await queue(world)).toMatchObject([{ operation: 'create', clientName: 'Nora New' }])
  await workOffline(world, false)
  await world.advance(600_000)
  expect(await queue(world)).toEqual([])
  expect(written(world)).toHaveLength(1)
  await world.end()
})

test('F138 killed with an outcome that the database then forgets: what the source has accepted is not sent again', async () => {
  const world = await offlineWorld(1388)
  await createAt(world, 'Nora New', '+441234567890')
  const before = await world.disk.readDatabase()
  const isDead = dieAt(world, 'outcome', 'after')
  await workOffline(world, false)
  await world.advance(30_000)
  expect(isDead()).toBe(true)
  delete world.disk.faults.appended
  // Neither the sending nor its outcome is in this database.
  await world.killBoth(() => world.disk.writeDatabase(before))
  await workOffline(world, false)
  await world.advance(600_000)
  expect(await queue(world)).toEqual([])
  expect(written(world)).toHaveLength(1)
  await world.end()
})

test('F144 restarted for an update with a request under way: its outcome is noted or looked up, never sent twice', async () => {
  for (let ms = 0; ms < 200; ms += 20) {
    const world = await offlineWorld(144_000 + ms)
    await createAt(world, 'Nora New', '+441234567890')
    await workOffline(world, false)
    await world.advance(ms)
    await world.restart()
    await workOffline(world, false)
    await world.advance(600_000)
    expect(await queue(world)).toEqual([])
    expect(written(world)).toHaveLength(1)
    await world.end()
  }
})

test('F147 everything is killed at once, again and again, at any moment: each saved edit arrives, each create once', async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const world = await offlineWorld(147_000 + seed)
    await workOffline(world, false)
    const wanted = new Set<string>()
    const names = await Promise.all([0, 1, 2, 3, 4].map(async (place) => (await clientAt(world, place)).name))
    for (let round = 0; round < 5; round++) {
      const phone = `+44${seed}${round}000000`
      const client = await clientNamed(world, names[round] ?? '')
      if (client !== null && (await save(world, client, { phone })) === 'both') wanted.add(phone)
      await createAt(world, `New ${seed} ${round}`, `+33${seed}${round}000000`)
      await world.stumble(Math.floor(world.random.next() * 60))
      await world.advance(Math.floor(world.random.next() * 150))
      const isLost = world.random.next() < 0.4
      await world.killBoth(() => (isLost ? world.disk.writeDatabase(null) : undefined))
    }
    await workOffline(world, false)
    await world.advance(900_000)
    expect(await queue(world)).toEqual([])
    const rows = world.fullEngage.table.list().map((row) => ({ name: row.name, phone: row.phone }))
    for (const phone of wanted) expect(rows.filter((row) => row.phone === phone)).toHaveLength(1)
    for (let round = 0; round < 5; round++)
      expect(rows.filter((row) => row.name === `New ${seed} ${round}`)).toHaveLength(1)
    await world.end()
  }
}, 120_000)

test('F135 a flush that fails: not acknowledged, never tried again on that handle, and done in a new segment', async () => {
  const world = await offlineWorld(135)
  const client = await clientAt(world, 0)
  const failed: string[] = []
  world.disk.faults.append = (name, text) => {
    if (!text.includes('"rows"') || failed.length >= 2) return null
    failed.push(name)
    return text.length
  }
  const names: string[] = []
  world.disk.faults.appended = (name) => names.push(name)
  const saved = save(world, client.clientId, { phone: '111' })
  expect(await saved).toBe('one')
  await world.advance(10_000)
  expect(await unjournaled(world)).toBe(0)
  expect(new Set(failed).size).toBe(2)
  expect(names.some((name) => failed.includes(name))).toBe(false)
  await databaseGone(world)
  expect(await waiting(world)).toEqual([`${client.name}: phone=111`])
  await world.end()
})

test('F135 a journal that cannot be opened at all: the book opens, edits say that they are in one place, and none is sent', async () => {
  const world = await offlineWorld(1350)
  await world.killBoth(() => {
    world.disk.faults.unavailable = true
  })
  const client = await clientAt(world, 0)
  expect(await save(world, client.clientId, { phone: '111' })).toBe('one')
  await workOffline(world, false)
  await world.advance(60_000)
  expect(written(world)).toEqual([])
  expect(await unjournaled(world)).toBeGreaterThan(0)
  world.disk.faults.unavailable = false
  await world.advance(120_000)
  expect(await unjournaled(world)).toBe(0)
  expect(written(world)).toEqual(['PATCH {"phone":"111"}'])
  await world.end()
})

test('F163 a message between core and worker is lost: asked again, with the same effect', async () => {
  for (const name of ['journal.append', 'outbox.freeze', 'outbox.settle']) {
    for (const half of ['question', 'answer'] as const) {
      const world = await offlineWorld(163)
      const client = await clientAt(world, 0)
      let lost = 0
      let id: unknown = null
      world.line.drops = (message) => {
        const { t, name: called, id: of } = Object(message)
        if (lost > 0) return false
        if (t === 'call' && called === name) {
          if (half === 'question') return ++lost > 0
          id = of
          return false
        }
        return half === 'answer' && t === 'ok' && of === id && id !== null && ++lost > 0
      }
      const saved = until(world, save(world, client.clientId, { phone: '111' }))
      await saved
      await workOffline(world, false)
      await world.advance(200_000)
      expect([name, half, lost]).toEqual([name, half, 1])
      expect([name, half, await queue(world), await unjournaled(world)]).toEqual([name, half, [], 0])
      expect(written(world)).toEqual(['PATCH {"phone":"111"}'])
      await world.end()
    }
  }
}, 120_000)
