import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  BALLAST_BYTES,
  createBallast,
  journalWithBallast,
  writingWithBallast,
} from '../../../../electron/core/ballast.ts'
import type { ProfileFiles } from '../../../../electron/host/host.ts'
import { testCreateClock } from '../../../support/test-create-clock.ts'
import { testCreateJournalFiles } from '../../../support/test-create-journal-files.ts'

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
const noRoom = () => Object.assign(new Error('no room'), { code: 'ENOSPC' })

test('F114 a full disk: the reserve is given free, the write that failed is made again, and much later there is a reserve again', async () => {
  const disk = new Map<string, Uint8Array>()
  const clock = testCreateClock()
  const ballast = createBallast({ files: testCreateJournalFiles(disk), clock, log })
  ballast.start()
  await clock.advance(60_000)
  const reserve = disk.get('ballast') ?? new Uint8Array()
  expect(reserve.length).toBe(BALLAST_BYTES)
  // Room on a disk that compresses, too.
  expect(gzipSync(reserve.slice(0, 1_000_000), { level: 1 }).length).toBeGreaterThan(950_000)

  const written: unknown[] = []
  const files: ProfileFiles = {
    read: async () => null,
    write: async (_name, value) => {
      if (disk.has('ballast')) throw noRoom()
      written.push(value)
    },
    remove: async () => undefined,
    setAside: async () => undefined,
  }
  await writingWithBallast(files, ballast).write('settings.json', { a: 1 })
  expect(written).toEqual([{ a: 1 }])
  await clock.advance(600_000)
  expect(disk.has('ballast')).toBe(false)
  await clock.advance(3_600_000)
  expect(disk.has('ballast')).toBe(true)
  ballast.stop()
})

test('F114 the journal on a full disk: the caller is told, and finds room when it tries again', async () => {
  const disk = new Map<string, Uint8Array>([['ballast', new Uint8Array(8)]])
  const ballast = createBallast({ files: testCreateJournalFiles(disk), clock: testCreateClock(), log })
  const bare = testCreateJournalFiles()
  const journal = journalWithBallast(
    {
      ...bare,
      open: async (name) => {
        const file = await bare.open(name)
        return {
          ...file,
          append: async (bytes) => {
            if (disk.has('ballast')) throw noRoom()
            await file.append(bytes)
          },
        }
      },
    },
    ballast,
  )
  const first = await journal.open('0001')
  await expect(first.append(new Uint8Array([1]))).rejects.toThrow('no room')
  const second = await journal.open('0002')
  await second.append(new Uint8Array([1]))
  expect([...(await bare.read('0002'))]).toEqual([1])
  ballast.stop()
})
