import { expect, it } from 'vitest'
import type { PartsWriter } from '../../../../../renderer/store/saved/save-parts.ts'
import { createSaver } from '../../../../../renderer/store/saved/saver.ts'
import { testCreateTime } from '../test-open-store.ts'

function saverOver(save: PartsWriter['save'], settles: readonly boolean[] = []) {
  const time = testCreateTime()
  const pull = { runs: true }
  const log: string[] = []
  /** Whether there is a form, each time that somebody is told to look again. */
  const told: boolean[] = []
  const left = [...settles]
  const saver = createSaver({
    clock: time,
    writer: {
      save: () => {
        log.push('save')
        return save()
      },
      adopt: () => undefined,
      bytes: () => 0,
      drop: async () => void log.push('drop'),
      forgotten: () => void log.push('forgotten'),
    },
    catchUp: async () => undefined,
    settle: () => left.shift() ?? false,
    isPulling: () => pull.runs,
    savedAt: null,
    onChange: () => told.push(saver.savedAt() !== null),
  })
  const tick = async (ms: number): Promise<void> => {
    time.tick(ms)
    for (let i = 0; i < 10; i++) await Promise.resolve()
  }
  return { saver, log, told, tick, pull }
}

it('saves once the book has been left alone, and not under somebody’s hands', async () => {
  const { saver, log, tick } = saverOver(async () => 'saved')
  saver.committed()
  await tick(4_000)
  saver.committed()
  await tick(4_000)
  expect(log).toEqual([])
  saver.asked()
  await tick(1_000)
  expect(log).toEqual([])
  await tick(600)
  expect(log).toEqual(['save'])
  expect(saver.savedAt()).not.toBeNull()
  await tick(600_000)
  expect(log).toEqual(['save'])
})

it('who never lets go of the list keeps the first form from being made for a minute, not for ever', async () => {
  const { saver, log, tick } = saverOver(async () => 'saved')
  saver.committed()
  const typing = async (ms: number): Promise<void> => {
    for (let at = 0; at < ms; at += 1_000) {
      saver.asked()
      await tick(1_000)
    }
  }
  await typing(59_000)
  expect(log).toEqual([])
  await typing(10_000)
  expect(log).toEqual(['save'])
  saver.committed()
  await typing(500_000)
  expect(log).toEqual(['save'])
  await typing(200_000)
  expect(log).toEqual(['save', 'save'])
})

it('between the pages of a pull it waits longer than after its end', async () => {
  const { saver, log, tick, pull } = saverOver(async () => 'saved')
  saver.committed()
  await tick(1_000)
  saver.rested()
  await tick(1_000)
  expect(log).toEqual([])
  pull.runs = false
  saver.rested()
  await tick(0)
  expect(log).toEqual(['save'])
  await tick(60_000)
  saver.committed()
  await tick(60_000)
  expect(log).toEqual(['save', 'save'])
})

it('a few commits more may wait a minute; where nobody makes a pause, a short one will do', async () => {
  const { saver, log, tick } = saverOver(async () => 'saved')
  saver.committed()
  await tick(5_000)
  saver.committed()
  await tick(30_000)
  expect(log).toEqual(['save'])
  for (let i = 0; i < 40; i++) {
    saver.committed()
    await tick(800)
  }
  expect(log).toEqual(['save', 'save'])
})

it('the work of memory comes first, and an interrupted save is tried again', async () => {
  let tries = 0
  const { saver, log, tick } = saverOver(async () => (++tries === 1 ? 'at-work' : 'saved'), [true, true])
  saver.committed()
  await tick(5_000)
  expect(log).toEqual([])
  await tick(0)
  await tick(0)
  expect(log).toEqual(['save'])
  expect(saver.savedAt()).toBeNull()
  await tick(5_000)
  expect(log).toEqual(['save', 'save'])
  expect(saver.savedAt()).not.toBeNull()
})

it('a full disk takes the form away, and it is left alone for an hour', async () => {
  const full = Object.assign(new Error('no room'), { name: 'QuotaExceededError' })
  const { saver, log, tick } = saverOver(() => Promise.reject(full))
  saver.committed()
  await tick(5_000)
  expect(log).toEqual(['save', 'drop'])
  saver.committed()
  await tick(3_500_000)
  expect(log).toEqual(['save', 'drop'])
  await tick(200_000)
  expect(log).toEqual(['save', 'drop', 'save', 'drop'])
  saver.stop()
})

it('where saving never succeeds, what is noted for a start does not grow for ever', async () => {
  let works = true
  const { saver, log, told, tick } = saverOver(async () => {
    if (!works) throw new Error('whatever it is')
    return 'saved'
  })
  saver.committed()
  await tick(5_000)
  expect(log).toEqual(['save'])
  works = false
  saver.committed()
  await tick(70_000)
  // There is still a form, and the notes belong to it.
  expect(log).toEqual(['save', 'save'])
  for (let i = 0; i < 20_000; i++) saver.committed()
  expect(log).toEqual(['save', 'save', 'drop'])
  expect(told).toEqual([true, false])
  await tick(3_700_000)
  expect(log).toEqual(['save', 'save', 'drop', 'save', 'drop'])
  saver.stop()
})
