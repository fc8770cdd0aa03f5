import { describe, expect, it } from 'vitest'
import { CONNECTOR_IDS, divideClients } from '../../../../electron/simulator/divide-clients.ts'
import { type Simulator, savedSimulatorSchema } from '../../../../electron/simulator/start-simulator.ts'
import { ask, NOW, testStartSimulator } from './test-simulator.ts'

const total = (simulator: Simulator): number =>
  Object.values(simulator.servers).reduce((sum, { table }) => sum + table.count(), 0)

/** Rows without the address of this run, whose ports differ. */
function rowsOf(simulator: Simulator): string {
  return CONNECTOR_IDS.map((id) => {
    const { table, source } = simulator.servers[id]
    return JSON.stringify(table.list()).replaceAll(source.baseUrl, '')
  }).join('\n')
}

describe('startSimulator', () => {
  it('divides the clients as the design shows them, and always to the exact number', async () => {
    expect(divideClients(1024)).toEqual({ 'full-engage': 318, endors: 212, spott: 190, connect: 164, clnt: 140 })
    for (const clients of [0, 1, 2, 3, 7, 999, 1000, 12_345, 1_000_000]) {
      expect(Object.values(divideClients(clients)).reduce((sum, part) => sum + part, 0)).toBe(clients)
    }
    expect(total(await testStartSimulator({ clients: 1000 }))).toBe(1000)
    expect(total(await testStartSimulator({ clients: 0 }))).toBe(0)
  })

  it('makes the same people, ids and keys from the same seed, and others from another', async () => {
    const [one, same, other] = [
      await testStartSimulator({ seed: 'a' }),
      await testStartSimulator({ seed: 'a' }),
      await testStartSimulator({ seed: 'b' }),
    ]
    expect(rowsOf(same)).toBe(rowsOf(one))
    expect(rowsOf(other)).not.toBe(rowsOf(one))
    expect(same.sources.map(({ key }) => key)).toEqual(one.sources.map(({ key }) => key))
    expect(other.sources.map(({ key }) => key)).not.toEqual(one.sources.map(({ key }) => key))
    const told = (simulator: Simulator): string =>
      JSON.stringify(
        simulator.servers.endors.table.list().map(({ id }) => simulator.servers.endors.testimonialsOf(id)),
      ).replaceAll(simulator.servers.endors.source.baseUrl, '')
    expect(told(same)).toBe(told(one))
  })

  it('keeps the same people when there are more of them', async () => {
    const few = await testStartSimulator({ clients: 500 })
    const many = await testStartSimulator({ clients: 5000 })
    for (const { name, id } of few.servers['full-engage'].table.list()) {
      expect(many.servers['full-engage'].table.get(id)?.name).toBe(name)
    }
  })

  it('names people in many scripts, and shows those of the design as the last changed', async () => {
    const { servers } = await testStartSimulator({ clients: 1024 })
    const names = servers['full-engage'].table.list().map(({ name }) => name)
    for (const script of [
      /\p{Script=Han}/u,
      /\p{Script=Hangul}/u,
      /\p{Script=Cyrillic}/u,
      /\p{Script=Greek}/u,
      /['’]/,
      /[áéøłßğ]/,
    ]) {
      expect(names.some((name) => script.test(name))).toBe(true)
    }
    const latest = servers['full-engage'].table.list().toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt))
    expect(latest.slice(0, 4).map(({ name }) => name)).toEqual([
      'Zoë Álvarez-Núñez',
      'Ingrid Sørensen',
      'Bjørn Haugen',
      'Jürgen Groß',
    ])
    const ages = names.length > 0 ? servers.endors.table.list().map((row) => NOW - Date.parse(row.created_at)) : []
    expect(Math.max(...ages)).toBeLessThanOrEqual(730 * 86_400_000)
    const emails = servers.connect.table.list().flatMap(({ email }) => (email === null ? [] : [email]))
    for (const email of emails) {
      expect(email).toMatch(/^[a-z0-9.-]+@[a-z0-9-]+\.example$/)
    }
  })

  it('uses the ports it is given, and free ones where these are taken', async () => {
    const first = await testStartSimulator({ clients: 10 })
    const second = await testStartSimulator({ clients: 10, ports: first.ports })
    for (const id of CONNECTOR_IDS) {
      expect(second.ports[id]).not.toBe(first.ports[id])
    }
    const { ports } = first
    await first.close()
    const third = await testStartSimulator({ clients: 10, ports })
    expect(third.ports).toEqual(ports)
    await expect(testStartSimulator({ clients: 10, port: ports.endors })).rejects.toThrow(/EADDRINUSE/)
  })

  it('comes back as it was saved, and never gives an id twice', async () => {
    const options = { clients: 1000, seed: 'kept' }
    let changes = 0
    const first = await testStartSimulator({ ...options, changed: () => (changes += 1) })
    const table = first.servers['full-engage'].table
    const made = table.insert({ name: 'Made by hand' })
    const [changed, removed] = table.slice(3, 5)
    table.update(changed?.id ?? '', { notes: 'Changed' })
    table.remove(removed?.id ?? '')
    expect(changes).toBe(3)
    const saved = savedSimulatorSchema.parse(JSON.parse(JSON.stringify(first.save())))

    const again = (await testStartSimulator({ ...options, saved })).servers['full-engage'].table
    expect(again.list()).toEqual(table.list())
    expect(again.get(made.id)?.name).toBe('Made by hand')
    expect(again.get(removed?.id ?? '')).toBeNull()
    expect(again.insert().id).not.toBe(made.id)
    // Without what was saved, a start one minute later still gives other ids.
    const forgetful = await testStartSimulator({ ...options, clock: () => NOW + 60_000 })
    expect(forgetful.servers['full-engage'].table.insert().id).not.toBe(made.id)
    expect(forgetful.servers.connect.table.insert().id).toBe(forgetful.servers.connect.table.count() + 60)
  })

  it('ends open requests when it closes', async () => {
    const simulator = await testStartSimulator({ clients: 10 })
    const { endors } = simulator.servers
    endors.faults.add({ effect: { kind: 'delay', ms: 60_000 } })
    const waiting = ask(endors, '/api/spaces/maison/clients').then(
      () => 'answered',
      () => 'ended',
    )
    await expect.poll(() => endors.requests.list().length).toBe(1)
    await simulator.close()
    expect(await waiting).toBe('ended')
  })

  it('makes 50,000 clients in under two seconds, and holds a million in little memory', {
    timeout: 60_000,
  }, async () => {
    // Time of this process, not of the clock: other work on the machine must not fail the test.
    const start = process.cpuUsage()
    const { servers } = await testStartSimulator({ counts: { endors: 50_000 } })
    const rows = servers.endors.table.list()
    const used = process.cpuUsage(start)
    expect((used.user + used.system) / 1000).toBeLessThan(2_000)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(50_000)
    const { body } = await ask(servers.endors, '/api/spaces/maison/clients')
    expect(body.data).toHaveLength(50_000)

    const before = process.memoryUsage()
    const big = await testStartSimulator({ clients: 1_000_000 })
    const after = process.memoryUsage()
    expect(total(big)).toBe(1_000_000)
    const grown = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers
    expect(grown).toBeLessThan(150 * 1024 * 1024)
    const page = await ask(big.servers['full-engage'], '/api/v1/clients?limit=100&offset=300000')
    expect(page.body.data).toHaveLength(100)
  })
})
