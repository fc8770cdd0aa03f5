import type { JournalFiles } from '../../electron/host/host.ts'

/** Journal files in memory. `disk` is what a crash leaves: only what was appended to its end. */
export function testCreateJournalFiles(disk: Map<string, Uint8Array> = new Map()): JournalFiles {
  return {
    list: async () => [...disk.keys()].filter((name) => !/\.damaged-\d+$/.test(name)).sort(),
    read: async (name) => {
      const bytes = disk.get(name)
      if (bytes === undefined) throw new Error('ENOENT')
      return bytes
    },
    open: async (name) => {
      if (!disk.has(name)) disk.set(name, new Uint8Array())
      return {
        append: async (bytes) => {
          const before = disk.get(name) ?? new Uint8Array()
          const after = new Uint8Array(before.length + bytes.length)
          after.set(before)
          after.set(bytes, before.length)
          disk.set(name, after)
        },
        close: async () => undefined,
      }
    },
    replace: async (name, bytes) => void disk.set(name, bytes),
    remove: async (name) => void disk.delete(name),
    setAside: async (name) => {
      const bytes = disk.get(name)
      if (bytes === undefined) return
      disk.delete(name)
      disk.set(`${name}.damaged-1`, bytes)
    },
  }
}
