import type { JournalFiles } from '../../electron/host/host.ts'

/** What goes wrong with the files; changed by a test at any time. */
export interface JournalFaults {
  /** False: nothing that was begun is heard of again, as after a kill. */
  readonly alive?: () => boolean
  /** Asked before each append: how many of its bytes reach the disk before it fails, or null where it goes well. */
  append?: (name: string, text: string) => number | null
  /** Told of each append that is on the disk, before its caller is. */
  appended?: (name: string, text: string) => void
  /** Asked before each removal: false, and the process hangs there. */
  remove?: (name: string) => boolean
  /** The folder cannot be read or written at all. */
  unavailable?: boolean
}

/** Journal files in memory. `disk` is what a crash leaves: only what was appended to its end. */
export function testCreateJournalFiles(
  disk: Map<string, Uint8Array> = new Map(),
  faults: JournalFaults = {},
): JournalFiles {
  const living = async <T>(work: () => T | Promise<T>): Promise<T> => {
    if (faults.alive?.() === false) return new Promise<T>(() => undefined)
    if (faults.unavailable === true) throw Object.assign(new Error('read-only'), { code: 'EROFS' })
    return work()
  }
  const add = (name: string, bytes: Uint8Array): void => {
    const before = disk.get(name) ?? new Uint8Array()
    const after = new Uint8Array(before.length + bytes.length)
    after.set(before)
    after.set(bytes, before.length)
    disk.set(name, after)
  }
  return {
    list: () => living(() => [...disk.keys()].filter((name) => !/\.damaged-\d+$/.test(name)).sort()),
    read: (name) =>
      living(() => {
        const bytes = disk.get(name)
        if (bytes === undefined) throw new Error('ENOENT')
        return bytes
      }),
    open: (name) =>
      living(() => {
        if (!disk.has(name)) disk.set(name, new Uint8Array())
        let isBroken = false
        return {
          append: (bytes: Uint8Array) =>
            living(() => {
              // What a real disk would do after a failed flush nobody knows: whoever tries again has a bug.
              if (isBroken) throw new Error('appended to a handle that had failed')
              const text = new TextDecoder('latin1').decode(bytes)
              const kept = faults.append?.(name, text) ?? null
              if (faults.alive?.() === false) return new Promise<void>(() => undefined)
              add(name, kept === null ? bytes : bytes.slice(0, kept))
              if (kept !== null) {
                isBroken = true
                throw Object.assign(new Error('no flush'), { code: 'EIO' })
              }
              faults.appended?.(name, text)
              return faults.alive?.() === false ? new Promise<void>(() => undefined) : undefined
            }),
          close: async () => undefined,
        }
      }),
    replace: (name, bytes) => living(() => void disk.set(name, bytes)),
    remove: (name) =>
      living(() => (faults.remove?.(name) === false ? new Promise<void>(() => undefined) : void disk.delete(name))),
    listAside: () => living(() => [...disk.keys()].filter((name) => /\.damaged-\d+$/.test(name)).sort()),
    setAside: (name) =>
      living(() => {
        const bytes = disk.get(name)
        if (bytes === undefined) return
        disk.delete(name)
        for (let n = 1; ; n++) {
          if (disk.has(`${name}.damaged-${n}`)) continue
          disk.set(`${name}.damaged-${n}`, bytes)
          return
        }
      }),
  }
}
