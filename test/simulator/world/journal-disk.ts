import type { JournalFiles } from '../../../electron/host/host.ts'
import type { Dice } from './dice.ts'
import type { Life, SimTime } from './time.ts'

/** Files of the journal, on a disk that keeps what was appended whole, and of an append cut off by a crash a part. */
export interface JournalDisk {
  readonly files: (life: Life) => JournalFiles
  readonly bytes: () => number
  readonly lose: () => void
  /** The end of the newest file is gone. False where there is none. */
  readonly tear: () => boolean
  /** One bit of any file has changed. */
  readonly flip: () => boolean
  readonly text: () => string
}

export function createJournalDisk(deps: {
  readonly time: SimTime
  readonly dice: Dice
  /** Asked for each append: does the disk refuse it? */
  readonly refuses: () => boolean
  /** Files that are there from the beginning. */
  readonly names?: readonly string[]
}): JournalDisk {
  const { time, dice, refuses } = deps
  const disk = new Map<string, Uint8Array>((deps.names ?? []).map((name) => [name, new Uint8Array(1)]))
  const names = (): string[] => [...disk.keys()].filter((name) => !/\.damaged-\d+$/.test(name)).sort()
  const turn = (): Promise<void> => new Promise((resolve) => time.post('disk', resolve))

  const add = (name: string, bytes: Uint8Array): void => {
    const before = disk.get(name) ?? new Uint8Array()
    const after = new Uint8Array(before.length + bytes.length)
    after.set(before)
    after.set(bytes, before.length)
    disk.set(name, after)
  }
  const dead = (): Promise<never> => new Promise(() => undefined)
  const spot = (): string | undefined => dice.pick(names().filter((name) => (disk.get(name)?.length ?? 0) > 0))

  return {
    files: (life) => ({
      list: async () => names(),
      read: async (name) => {
        await turn()
        const bytes = disk.get(name)
        if (bytes === undefined) throw new Error('ENOENT')
        return bytes
      },
      open: async (name) => {
        if (!life.alive) return dead()
        if (!disk.has(name)) disk.set(name, new Uint8Array())
        return {
          append: async (bytes) => {
            if (!life.alive) return dead()
            await turn()
            if (!life.alive) {
              // The process died in the middle of it.
              if (dice.chance(0.5)) add(name, bytes.slice(0, dice.below(bytes.length + 1)))
              return dead()
            }
            if (refuses()) {
              add(name, bytes.slice(0, dice.below(bytes.length)))
              throw new Error('ENOSPC')
            }
            add(name, bytes)
            await turn()
            if (!life.alive) return dead()
          },
          close: async () => undefined,
        }
      },
      replace: async (name, bytes) => {
        await turn()
        if (!life.alive) return dead()
        disk.set(name, bytes)
      },
      remove: async (name) => {
        await turn()
        if (!life.alive) return dead()
        disk.delete(name)
      },
      listAside: async () => [...disk.keys()].filter((name) => /\.damaged-\d+$/.test(name)).sort(),
      setAside: async (name) => {
        const bytes = disk.get(name)
        if (bytes === undefined || !life.alive) return
        disk.delete(name)
        for (let n = 1; ; n++) {
          if (disk.has(`${name}.damaged-${n}`)) continue
          disk.set(`${name}.damaged-${n}`, bytes)
          return
        }
      },
    }),
    bytes: () => [...disk.values()].reduce((sum, bytes) => sum + bytes.length, 0),
    lose: () => disk.clear(),
    tear: () => {
      const name = names().at(-1)
      const bytes = name === undefined ? undefined : disk.get(name)
      if (name === undefined || bytes === undefined || bytes.length === 0) return false
      disk.set(name, bytes.slice(0, bytes.length - 1 - dice.below(Math.min(400, bytes.length))))
      return true
    },
    flip: () => {
      const name = spot()
      const bytes = name === undefined ? undefined : disk.get(name)
      if (name === undefined || bytes === undefined) return false
      const damaged = bytes.slice()
      const at = dice.below(damaged.length)
      damaged[at] = (damaged[at] ?? 0) ^ (1 << dice.below(8))
      disk.set(name, damaged)
      return true
    },
    text: () => [...disk.values()].map((bytes) => new TextDecoder().decode(bytes)).join('\n'),
  }
}
