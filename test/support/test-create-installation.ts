import type { Installation } from '../../electron/host/host.ts'

/** What is kept outside of the profile, in memory. */
export function testCreateInstallation(
  notes: Map<string, number> = new Map(),
  machine: string | null = 'this-machine',
): Installation {
  return {
    machine,
    noted: async (name) => notes.get(name) ?? null,
    note: async (name, value) => void notes.set(name, value),
  }
}
