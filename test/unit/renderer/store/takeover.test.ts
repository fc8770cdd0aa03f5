import { expect, test } from 'vitest'
import { byName, FULL_ENGAGE, testCreateRandom, testOpenStore } from './test-open-store.ts'

test('what an older owner is told is saved while the next one opens, the next one has', async () => {
  const older = await testOpenStore()
  const newer = testOpenStore({ idb: older.idb, time: older.time, random: testCreateRandom(77), epoch: 2 })
  let isOpen = false
  void newer.then(() => {
    isOpen = true
  })
  const saved: string[] = []
  let refused = 0
  for (let n = 0; !isOpen; n++) {
    const name = `New ${n}`
    const made = await older.store.page['client.create']({ sourceId: FULL_ENGAGE, deviceOnly: true, fields: { name } })
    if (made.ok) saved.push(name)
    else refused++
  }
  expect(saved.length).toBeGreaterThan(0)
  expect(refused).toBeGreaterThan(0)
  const next = await newer
  for (const name of saved) expect((await byName(next, name)).name).toBe(name)
})
