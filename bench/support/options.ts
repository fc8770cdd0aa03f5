export interface BenchOptions {
  /** Numbers of clients, rising. */
  readonly sizes: readonly number[]
  /** They were named: then all is measured at each of them, however long it takes. */
  readonly sizesNamed: boolean
  /** Only these subjects; null for all that the group measures by itself. */
  readonly engines: readonly string[] | null
  /** What is there from an earlier run is measured anew; else only what is missing. */
  readonly fresh: boolean
  readonly seed: number
}

/** Those after `app` only when they are named. */
export const GROUPS = [
  'search',
  'store',
  'pull',
  'app',
  'app-use',
  'import',
  'gap',
  'profile',
  'app-profile',
  'store-profile',
] as const
export type Group = (typeof GROUPS)[number]
const BY_DEFAULT: readonly Group[] = ['search', 'store', 'pull', 'app']

export interface BenchOrder extends BenchOptions {
  readonly groups: readonly Group[]
  /** Only the tables of what earlier runs measured. */
  readonly reportOnly: boolean
  /** The tables take the place of those in docs/performance.md. */
  readonly toDocs: boolean
}

const USAGE = `npm run bench -- [${GROUPS.join('|')}|report]… [--sizes 10k,100k,1m] [--engines ours,flexsearch] [--keep] [--docs] [--seed 1]`

export function readOptions(args: readonly string[]): BenchOrder {
  const groups: Group[] = []
  let sizes: readonly number[] | null = null
  let engines: readonly string[] | null = null
  let fresh = true
  let seed = 1
  let reportOnly = false
  let toDocs = false
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    const group = GROUPS.find((name) => name === word)
    if (group !== undefined) groups.push(group)
    else if (word === 'report') reportOnly = true
    else if (word === '--sizes') sizes = (args[++at] ?? '').split(',').map(readSize)
    else if (word === '--engines') engines = (args[++at] ?? '').split(',')
    else if (word === '--docs') toDocs = true
    else if (word === '--keep') fresh = false
    else if (word === '--seed') seed = Number(args[++at])
    else throw new Error(`"${word}" is not understood. ${USAGE}`)
  }
  return {
    groups: groups.length > 0 ? groups : BY_DEFAULT,
    sizes: [...(sizes ?? [10_000, 100_000, 1_000_000])].sort((a, b) => a - b),
    sizesNamed: sizes !== null,
    engines,
    fresh,
    seed,
    reportOnly,
    toDocs,
  }
}

function readSize(text: string): number {
  const found = /^(\d+)([km]?)$/i.exec(text.trim())
  if (found === null) throw new Error(`"${text}" is no size. ${USAGE}`)
  const unit = found[2]?.toLowerCase()
  return Number(found[1]) * (unit === 'm' ? 1_000_000 : unit === 'k' ? 1_000 : 1)
}

/** `10k`, `1m`: the size in names of files and tables. */
export function sizeName(size: number): string {
  if (size > 0 && size % 1_000_000 === 0) return `${size / 1_000_000}m`
  return size > 0 && size % 1_000 === 0 ? `${size / 1_000}k` : String(size)
}
