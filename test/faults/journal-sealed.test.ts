import { expect, test } from 'vitest'
import { testCreateWorld, type World } from '../support/test-create-world.ts'
import { clientNamed, createAt, journalText, queue, save, waiting, workOffline } from './journal-world.ts'

/** Under a passphrase: everything that is promised of the journal in plain holds of the sealed one. */
async function sealedWorld(seed: number): Promise<World> {
  const world = await testCreateWorld(seed, { fullEngage: 6, connect: 0 }, { passphrase: 'four quiet words here' })
  await world.advance(5_000)
  return world
}

test('sealed: everything is killed at once, again and again, with the database lost at times: each saved edit arrives, each create once', async () => {
  for (let seed = 1; seed <= 4; seed++) {
    const world = await sealedWorld(222_000 + seed)
    const wanted = new Set<string>()
    const list = await world.store().page['clients.list']({ text: '', sort: null, offset: 0, limit: 50 })
    const names = list.ok ? list.value.rows.map((row) => row.name) : []
    for (let round = 0; round < 4; round++) {
      const phone = `+44${seed}${round}000000`
      const client = await clientNamed(world, names[round] ?? '')
      if (client !== null && (await save(world, client, { phone })) === 'both') wanted.add(phone)
      await createAt(world, `New ${seed} ${round}`, `+33${seed}${round}000000`)
      await world.stumble(Math.floor(world.random.next() * 60))
      await world.advance(Math.floor(world.random.next() * 150))
      const isLost = world.random.next() < 0.4
      await world.killBoth(() => (isLost ? world.disk.writeDatabase(null) : undefined))
    }
    await world.advance(900_000)
    expect(await queue(world)).toEqual([])
    const rows = world.fullEngage.table.list().map((row) => ({ name: row.name, phone: row.phone }))
    for (const phone of wanted) expect(rows.filter((row) => row.phone === phone)).toHaveLength(1)
    for (let round = 0; round < 4; round++)
      expect(rows.filter((row) => row.name === `New ${seed} ${round}`)).toHaveLength(1)
    expect(journalText(world)).not.toMatch(/New \d|\+44|"k":/)
    await world.end()
  }
}, 120_000)

test('sealed: a torn last line is dropped, the database has it; a flipped bit is damage, and nothing is lost of it', async () => {
  const world = await sealedWorld(223)
  await workOffline(world, true)
  const client = await world.store().page['clients.list']({ text: '', sort: null, offset: 0, limit: 1 })
  const row = client.ok ? client.value.rows[0] : undefined
  if (row === undefined) throw new Error('no client')
  await save(world, row.clientId, { phone: '111' })
  const newest = [...world.disk.journal.keys()].sort().at(-1) ?? ''
  const cut = (change: (bytes: Uint8Array) => Uint8Array) => () => {
    world.disk.journal.set(newest, change(world.disk.journal.get(newest) ?? new Uint8Array()))
  }
  await world.killBoth(cut((bytes) => bytes.slice(0, -20)))
  await world.advance(1_000)
  expect(await waiting(world)).toEqual([`${row.name}: phone=111`])
  await world.killBoth(
    cut((bytes) => {
      const flipped = bytes.slice()
      flipped[30] = (flipped[30] ?? 0) ^ 1
      return flipped
    }),
  )
  await world.advance(1_000)
  await world.killBoth(() => world.disk.writeDatabase(null))
  expect(await waiting(world)).toEqual([`${row.name}: phone=111`])
  await world.end()
})
