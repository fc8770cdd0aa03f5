import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks of /proc/<pid>/stat per second; 100 on every Linux there is. */
const TICKS = 100

export interface ProcessUse {
  readonly pid: number
  /** `renderer`, `gpu-process`, `utility`, `browser` of Chromium, else the program's name. */
  readonly kind: string
  readonly cpuMs: number
  readonly rssMb: number
}

/** The processes below `root` and itself. Empty where there is no /proc. */
export function processesUnder(root: number): readonly ProcessUse[] {
  const parents = new Map<number, number>()
  const uses = new Map<number, ProcessUse>()
  for (const name of namesIn('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      parents.set(pid, Number(fields[1]))
      uses.set(pid, {
        pid,
        kind: /--type=(\S+)/.exec(command)?.[1] ?? (command.includes('chrom') ? 'browser' : 'node'),
        cpuMs: ((Number(fields[11]) + Number(fields[12])) / TICKS) * 1000,
        rssMb: (Number(fields[21]) * 4096) / 1e6,
      })
    } catch {
      // Ended meanwhile.
    }
  }
  return [...uses.values()].filter(({ pid }) => {
    for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at))
      if (at === root) return true
    return false
  })
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Processor time per kind of process between two looks, in ms. */
export function cpuBetween(
  before: readonly ProcessUse[],
  after: readonly ProcessUse[],
): Readonly<Record<string, number>> {
  const known = new Map(before.map((use) => [use.pid, use.cpuMs]))
  const spent: Record<string, number> = {}
  for (const { pid, kind, cpuMs } of after) spent[kind] = (spent[kind] ?? 0) + cpuMs - (known.get(pid) ?? 0)
  return spent
}

export function sum(spent: Readonly<Record<string, number>>): number {
  return Object.values(spent).reduce((total, each) => total + each, 0)
}

/** `renderer 1200, browser 300`, largest first, without what is next to nothing. */
export function tell(spent: Readonly<Record<string, number>>): string {
  return Object.entries(spent)
    .filter(([, ms]) => ms >= 10)
    .sort((a, b) => b[1] - a[1])
    .map(([kind, ms]) => `${kind} ${ms.toFixed(0)}`)
    .join(', ')
}
