import { expect, test } from 'vitest'
import { createIntentJournal, type IntentJournal } from '../../../../../electron/core/journal/intent-journal.ts'
import type { LineRules } from '../../../../../electron/core/journal/segment-log.ts'
import type { AtRest } from '../../../../../electron/core/lock/app-lock.ts'
import { rewriteAtRest } from '../../../../../electron/core/lock/rewrite-at-rest.ts'
import { createSeals, type Seals } from '../../../../../electron/core/lock/seals.ts'
import { createHostCrypto } from '../../../../../electron/host/host-crypto.ts'
import { createDatabaseId } from '../../../../../shared/ids.ts'
import { testCreateRandom } from '../../../../support/test-create-clock.ts'
import { testCreateJournalFiles } from '../../../../support/test-create-journal-files.ts'

const crypto = createHostCrypto()
const KEY_ID = 'key-of-this-test-0'
const SEALS = createSeals(crypto, new Uint8Array(32).fill(7), KEY_ID)
const DATABASE = createDatabaseId(testCreateRandom(1))
const VALUE = 'canary value'
const LOG = { info: () => undefined, warn: () => undefined, error: () => undefined }

const PLAIN: AtRest = { writes: null, reads: null, believesPlain: true }
const ON: AtRest = { writes: SEALS, reads: SEALS, believesPlain: false }
const TURNING_ON: AtRest = { writes: SEALS, reads: SEALS, believesPlain: true }
const TURNING_OFF: AtRest = { writes: null, reads: SEALS, believesPlain: true }

function linesOf({ writes, reads, believesPlain }: AtRest): LineRules {
  return { writes: writes?.lines ?? null, reads: reads?.lines ?? null, believesPlain }
}

type Disk = Map<string, Uint8Array>

function open(disk: Disk, atRest: () => AtRest): IntentJournal {
  return createIntentJournal({ files: testCreateJournalFiles(disk), log: LOG, rules: () => linesOf(atRest()) })
}

/** A journal of so many commits, `perSegment` in each segment, as several starts of the app leave it. */
async function written(commits: number, perSegment: number, atRest: AtRest): Promise<Disk> {
  const disk: Disk = new Map()
  for (let from = 1; from <= commits; from += perSegment) {
    const journal = open(disk, () => atRest)
    await journal.open()
    if (from === 1) await journal.rebuild({ databaseId: DATABASE, commit: 0, part: 0, last: true, rows: [] })
    for (let commit = from; commit < from + perSegment && commit <= commits; commit++)
      await journal.append([{ databaseId: DATABASE, commit, rows: [rowOf(commit)] }])
    await journal.close()
  }
  return disk
}

function rowOf(commit: number) {
  return { table: 'locals' as const, key: `k${commit}`, row: { value: `${VALUE} ${commit}` } }
}

async function read(
  disk: Disk,
  atRest: AtRest,
): Promise<{ keys: readonly string[]; damaged: boolean; commit: number }> {
  const journal = open(disk, () => atRest)
  const facts = await journal.open()
  const part = await journal.readRows(null, null)
  return {
    keys: part.ok ? part.value.rows.map((row) => row.key).sort() : [],
    damaged: facts.damaged,
    commit: facts.commit,
  }
}

function text(disk: Disk): string {
  return [...disk.values()].map((bytes) => Buffer.from(bytes).toString('latin1')).join('\n')
}

function keysTo(commit: number): readonly string[] {
  return Array.from({ length: commit }, (_, i) => `k${i + 1}`).sort()
}

function copy(disk: Disk): Disk {
  return new Map([...disk].map(([name, bytes]) => [name, bytes.slice()]))
}

test('sealed lines come back as they were, and hold nothing in plain', async () => {
  const disk = await written(6, 2, ON)
  expect(await read(disk, ON)).toEqual({ keys: keysTo(6), damaged: false, commit: 6 })
  expect(text(disk)).not.toContain('canary')
  expect(text(disk)).not.toContain(DATABASE)
})

test('without the key, or with another, nothing is read, and what is there is called damaged and not thrown away', async () => {
  const disk = await written(4, 2, ON)
  const before = text(disk)
  const other = createSeals(crypto, new Uint8Array(32).fill(8), KEY_ID)
  for (const seals of [null, other] as readonly (Seals | null)[]) {
    const seen = await read(disk, { writes: seals, reads: seals, believesPlain: true })
    expect(seen).toEqual({ keys: [], damaged: true, commit: 0 })
  }
  expect(text(disk)).toBe(before)
})

test('a torn end is dropped and is no damage, wherever it is torn', async () => {
  const whole = await written(3, 3, ON)
  const [name] = [...whole.keys()].slice(-1)
  if (name === undefined) throw new Error('no segment')
  const bytes = whole.get(name) ?? new Uint8Array()
  const lastLine = bytes.lastIndexOf(0x0a, bytes.length - 2) + 1
  for (let length = lastLine; length < bytes.length; length += 7) {
    const disk = copy(whole)
    disk.set(name, bytes.slice(0, length))
    expect(await read(disk, ON)).toEqual({ keys: keysTo(2), damaged: false, commit: 2 })
  }
})

test('a flipped bit anywhere is noticed: no row is other than it was', async () => {
  const whole = await written(4, 2, ON)
  const [name] = [...whole.keys()].slice(-2)
  if (name === undefined) throw new Error('no segment')
  const bytes = whole.get(name) ?? new Uint8Array()
  for (let at = 0; at < bytes.length; at += 5) {
    const disk = copy(whole)
    const flipped = bytes.slice()
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8))
    disk.set(name, flipped)
    const { keys } = await read(disk, ON)
    expect(keysTo(4)).toEqual(expect.arrayContaining([...keys]))
  }
})

/** With its sum made right again: what only a person does. */
function moved(disk: Disk, change: (lines: Map<string, string[]>) => void): Disk {
  const lines = new Map(
    [...disk].map(([name, bytes]) => [name, Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1)]),
  )
  change(lines)
  return new Map(
    [...lines].map(([name, all]) => [name, Buffer.from(all.map((line) => `${line}\n`).join(''), 'latin1')]),
  )
}

test.each([
  ['two lines that changed places', (all: string[]) => [all[1] ?? '', all[0] ?? '', ...all.slice(2)]],
  ['a line that was cut out', (all: string[]) => all.filter((_, i) => i !== 1)],
  ['a line that stands there twice', (all: string[]) => [all[0] ?? '', ...all]],
] as const)('%s: damage', async (_title, change) => {
  const disk = await written(6, 3, ON)
  const [, second] = [...disk.keys()].sort()
  const tampered = moved(disk, (lines) => lines.set(second ?? '', change(lines.get(second ?? '') ?? [])))
  expect(await read(tampered, ON)).toMatchObject({ damaged: true })
})

test('segments that changed places, or one of another time under the same name: damage', async () => {
  const disk = await written(6, 2, ON)
  const [, one, two] = [...disk.keys()].sort()
  if (one === undefined || two === undefined) throw new Error('too few segments')
  const swapped = new Map([...disk, [one, disk.get(two) ?? new Uint8Array()], [two, disk.get(one) ?? new Uint8Array()]])
  expect(await read(swapped, ON)).toMatchObject({ damaged: true })
  const elsewhere = await written(6, 2, { ...ON, writes: createSeals(crypto, new Uint8Array(32).fill(9), KEY_ID) })
  expect(await read(new Map([...disk, [two, elsewhere.get(two) ?? new Uint8Array()]]), ON)).toMatchObject({
    damaged: true,
  })
})

test('an older state put back is a shorter journal: its commit number says so', async () => {
  const disk = await written(4, 2, ON)
  const older = copy(disk)
  const journal = open(disk, () => ON)
  await journal.open()
  await journal.append([{ databaseId: DATABASE, commit: 5, rows: [rowOf(5)] }])
  await journal.close()
  expect((await read(older, ON)).commit).toBe(4)
  expect((await read(disk, ON)).commit).toBe(5)
  const without = new Map([...disk].filter(([name]) => name !== [...disk.keys()].sort()[1]))
  expect(await read(without, ON)).toMatchObject({ damaged: true })
})

test('a line in plain that somebody adds is not believed once all is sealed', async () => {
  const disk = await written(2, 2, ON)
  const forged = await written(3, 3, PLAIN)
  disk.set('0009.ndj', forged.get([...forged.keys()].sort().at(-1) ?? '') ?? new Uint8Array())
  expect(await read(disk, ON)).toEqual({ keys: keysTo(2), damaged: true, commit: 2 })
})

/** Rewrites until it is whole; the disk dies at the `dies`-th write, and then it is done again by the next start. */
async function rewriteWithKill(journal: Disk, backups: Disk, atRest: AtRest, dies: number): Promise<number> {
  let writes = 0
  let alive = true
  const life = { alive: () => alive }
  const dying = (disk: Disk) => {
    const files = testCreateJournalFiles(disk, life)
    return {
      ...files,
      replace: async (name: string, bytes: Uint8Array) => {
        if (writes++ === dies) {
          alive = false
          throw new Error('killed')
        }
        await files.replace(name, bytes)
      },
    }
  }
  const files = dying(journal)
  const log = createIntentJournal({ files, log: LOG, rules: () => linesOf(atRest) })
  void rewriteAtRest({
    journal: log,
    journalFiles: files,
    backupFiles: dying(backups),
    atRest: () => atRest,
    log: LOG,
    onLeft: () => undefined,
  }).catch(() => undefined)
  for (let i = 0; i < 200 && alive; i++) await new Promise((resolve) => setImmediate(resolve))
  return writes
}

const BACKUP = 'backup-20261121T180000000Z-asked-e1-v1-b10-c00000000.json'

test.each([
  ['on', PLAIN, TURNING_ON, ON],
  ['off', ON, TURNING_OFF, PLAIN],
] as const)(
  'turned %s with a kill at each write: nothing is ever lost, and the next start ends it',
  async (_title, from, during, to) => {
    for (let dies = 0; ; dies++) {
      const journal = await written(6, 2, from)
      // One that was damaged long ago lies beside.
      const aside = '0001.ndj.damaged-1'
      const damaged = Buffer.from(`xx ${VALUE} \u00ff\u0080`, 'latin1')
      journal.set(aside, from === PLAIN ? damaged : SEALS.files.seal(aside, damaged))
      const backup = Buffer.from(JSON.stringify({ format: 'clientele-unsent-work', note: `${VALUE} ü` }), 'utf8')
      const backups: Disk = new Map([
        [BACKUP, from === PLAIN ? backup : SEALS.files.seal(BACKUP, backup)],
        ['ballast', new Uint8Array(8)],
      ])
      const writes = await rewriteWithKill(journal, backups, during, dies)
      expect(await read(journal, during)).toEqual({ keys: keysTo(6), damaged: false, commit: 6 })
      // What is written meanwhile is written by the new rules, and read with the rest.
      const more = open(journal, () => during)
      await more.open()
      await more.append([{ databaseId: DATABASE, commit: 7, rows: [rowOf(7)] }])
      await more.close()
      await rewriteWithKill(journal, backups, during, Number.POSITIVE_INFINITY)
      expect(await read(journal, to)).toEqual({ keys: keysTo(7), damaged: false, commit: 7 })
      const isPlain = text(journal).includes('canary') || text(backups).includes('canary')
      expect(isPlain).toBe(to === PLAIN)
      const kept = (bytes: Uint8Array | undefined, name: string) =>
        Buffer.from(to === PLAIN ? (bytes ?? []) : (SEALS.files.open(name, bytes ?? new Uint8Array()) ?? []))
      expect(kept(journal.get(aside), aside).equals(damaged)).toBe(true)
      expect(kept(backups.get(BACKUP), BACKUP).equals(backup)).toBe(true)
      expect(backups.get('ballast')).toHaveLength(8)
      if (writes <= dies) {
        expect(dies).toBeGreaterThan(4)
        return
      }
    }
  },
)

test('a segment that is damaged when all is written anew: kept aside as it was found, sealed', async () => {
  const journal = await written(4, 2, PLAIN)
  const [first] = [...journal.keys()].sort()
  if (first === undefined) throw new Error('no segment')
  const bytes = (journal.get(first) ?? new Uint8Array()).slice()
  bytes[20] = (bytes[20] ?? 0) ^ 1
  journal.set(first, bytes)
  await rewriteWithKill(journal, new Map(), TURNING_ON, Number.POSITIVE_INFINITY)
  expect(text(journal)).not.toContain('canary')
  const aside = `${first}.damaged-1`
  expect(SEALS.files.open(aside, journal.get(aside) ?? new Uint8Array())).toEqual(Uint8Array.from(bytes))
})

test('a sealed file under another name, or changed, does not open', () => {
  const sealed = SEALS.files.seal(BACKUP, Buffer.from('{}'))
  expect(SEALS.files.open(BACKUP, sealed)).toEqual(Uint8Array.from(Buffer.from('{}')))
  expect(SEALS.files.open(BACKUP.replace('e1', 'e2'), sealed)).toBeNull()
  for (let at = 24; at < sealed.length - 1; at++) {
    const changed = sealed.slice()
    changed[at] = (changed[at] ?? 0) === 0x41 ? 0x42 : 0x41
    if (changed[at] !== sealed[at]) expect(SEALS.files.open(BACKUP, changed)).toBeNull()
  }
})
