import fc from 'fast-check'
import { expect, test } from 'vitest'
import { baseLines, liveRows } from '../../electron/core/journal/base-lines.ts'
import { emptyFold, foldLine, type JournalFold, openAttempts, openOutcomes } from '../../electron/core/journal/fold.ts'
import { encodeLine, readLines } from '../../electron/core/journal/line-codec.ts'
import {
  attemptIdSchema,
  createAttemptId,
  createDatabaseId,
  databaseIdSchema,
  editIdSchema,
  sourceIdSchema,
} from '../../shared/ids.ts'
import { JOURNALED_TABLES, type JournalLine } from '../../shared/model/journal.ts'
import { testCreateRandom } from '../support/test-create-clock.ts'

const RUNS = 1_000
const DATABASE = createDatabaseId(testCreateRandom(1))
const OTHER = databaseIdSchema.parse('dbs_another000000000')
const SOURCE = sourceIdSchema.parse('src_full000000000000')
const random = testCreateRandom(7)
const ATTEMPTS = Array.from({ length: 5 }, () => createAttemptId(random))
const EDITS = ['a', 'b', 'c'].map((letter) => editIdSchema.parse(`edt_${letter.padEnd(16, '0')}`))

/** Any text at all: lone surrogates, line feeds, control characters, the digits of a sum. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
)
const anyRow = fc.record({
  table: fc.constantFrom(...JOURNALED_TABLES),
  key: fc.constantFrom('k1', 'k2', 'k3', 'k4'),
  row: fc.oneof(fc.constant(null), fc.dictionary(fc.constantFrom('a', 'b'), anyText)),
})

/** Lines as a journal holds them: commits in order, and everything else in between. */
const anyJournal = fc
  .array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ k: fc.constant('rows' as const), rows: fc.array(anyRow, { maxLength: 4 }) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ k: fc.constant('base' as const), rows: fc.array(anyRow, { maxLength: 4 }) }),
      },
      { weight: 1, arbitrary: fc.record({ k: fc.constant('lease' as const) }) },
      {
        weight: 3,
        arbitrary: fc.record({
          k: fc.constantFrom('attempt' as const, 'outcome' as const, 'acknowledged' as const),
          which: fc.integer({ min: 0, max: 4 }),
        }),
      },
    ),
    { maxLength: 40 },
  )
  .map((steps): readonly JournalLine[] => {
    let commit = 0
    let epoch = 0
    return steps.flatMap((step): JournalLine[] => {
      switch (step.k) {
        case 'rows':
          commit++
          return [{ k: 'rows', databaseId: DATABASE, commit, rows: step.rows }]
        case 'base':
          return [
            { k: 'base', databaseId: DATABASE, commit },
            { k: 'base-rows', rows: step.rows },
            { k: 'base-end', rows: step.rows.length },
          ]
        case 'lease':
          epoch++
          return [{ k: 'lease', epoch, profileId: 'profile0', databaseId: DATABASE }]
        default: {
          const attemptId = attemptIdSchema.parse(ATTEMPTS[step.which])
          const about = {
            attemptId,
            editId: editIdSchema.parse(EDITS[step.which % 3]),
            sourceId: SOURCE,
            at: step.which,
          }
          if (step.k === 'attempt') return [{ k: 'attempt', ...about, body: { name: 'n' }, fence: null }]
          if (step.k === 'outcome') return [{ k: 'outcome', ...about, outcome: { kind: 'done' } }]
          return [{ k: 'acknowledged', attemptId }]
        }
      }
    })
  })

function bytesOf(lines: readonly JournalLine[]): Uint8Array {
  return Buffer.concat(lines.map((line) => encodeLine(line)))
}

function linesOf(bytes: Uint8Array): { readonly lines: readonly JournalLine[]; readonly end: string } {
  const lines: JournalLine[] = []
  return { end: readLines(bytes, (line) => lines.push(line)), lines }
}

function fold(lines: readonly JournalLine[], into: JournalFold = emptyFold(true)): JournalFold {
  for (const line of lines) foldLine(into, line)
  return into
}

/** What a start makes of it; how it got there is not part of it. */
function meaning(state: JournalFold): unknown {
  return {
    databaseId: state.databaseId,
    commit: state.commit,
    hasGap: state.hasGap,
    epoch: state.epoch,
    profileId: state.profileId,
    rows: [...(state.rows ?? [])].map(([key, row]) => [key, row.row] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
    outcomes: openOutcomes(state)
      .map((outcome) => outcome.attemptId)
      .sort(),
    attempts: openAttempts(state)
      .map((attempt) => attempt.attemptId)
      .sort(),
    done: [...state.done].sort(),
  }
}

test('a line comes back as it was, whatever text it holds, in plain ASCII', () => {
  fc.assert(
    fc.property(anyJournal, (lines) => {
      const bytes = bytesOf(lines)
      expect(bytes.every((byte) => byte === 0x0a || (byte >= 0x20 && byte < 0x7f))).toBe(true)
      expect(linesOf(bytes)).toEqual({ lines, end: 'whole' })
    }),
    { numRuns: RUNS },
  )
})

test('F118 cut anywhere, exactly the complete lines come back', () => {
  fc.assert(
    fc.property(anyJournal, fc.nat(), (lines, at) => {
      const bytes = bytesOf(lines)
      const cut = bytes.length === 0 ? 0 : at % bytes.length
      let complete = 0
      for (let end = 0; complete < lines.length; complete++) {
        end += encodeLine(lines[complete] ?? { k: 'base-end', rows: 0 }).length
        if (end > cut) break
      }
      const read = linesOf(bytes.subarray(0, cut))
      expect(read.lines).toEqual(lines.slice(0, complete))
      expect(read.end === 'damaged').toBe(false)
    }),
    { numRuns: RUNS },
  )
})

test('F119 any flipped bit is noticed, and all lines before it are kept', () => {
  fc.assert(
    fc.property(
      anyJournal.filter((lines) => lines.length > 0),
      fc.nat(),
      fc.integer({ min: 0, max: 7 }),
      (lines, at, bit) => {
        const bytes = Uint8Array.from(bytesOf(lines))
        const place = at % bytes.length
        let hit = 0
        for (let end = 0; hit < lines.length; hit++) {
          end += encodeLine(lines[hit] ?? { k: 'base-end', rows: 0 }).length
          if (end > place) break
        }
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit)
        const read = linesOf(bytes)
        expect(read.lines).toEqual(lines.slice(0, hit))
        expect(read.end).not.toBe('whole')
      },
    ),
    { numRuns: RUNS },
  )
})

test('folding a part and then the rest is folding all', () => {
  fc.assert(
    fc.property(anyJournal, fc.nat(), (lines, at) => {
      const cut = at % (lines.length + 1)
      expect(meaning(fold(lines.slice(cut), fold(lines.slice(0, cut))))).toEqual(meaning(fold(lines)))
    }),
    { numRuns: RUNS },
  )
})

test('commits, attempts, outcomes and acknowledgements that come again change nothing', () => {
  fc.assert(
    fc.property(anyJournal, fc.array(fc.tuple(fc.nat(), fc.nat())), (lines, repeats) => {
      const wanted = meaning(fold(lines))
      const again = [...lines]
      const originals = lines.map((line, index) => ({ line, index }))
      for (const [which, where] of repeats) {
        const original = originals[which % Math.max(1, originals.length)]
        // A base is one replaced file: no part of it can come again.
        if (original === undefined || original.line.k.startsWith('base')) continue
        const from = again.indexOf(original.line) + 1
        again.splice(from + (where % (again.length - from + 1)), 0, original.line)
      }
      expect(meaning(fold(again))).toEqual(wanted)
    }),
    { numRuns: RUNS },
  )
})

test('a missing commit is noticed, and what is known of later states still counts', () => {
  fc.assert(
    fc.property(anyJournal, fc.nat(), (lines, at) => {
      const commits = lines.filter((line) => line.k === 'rows')
      fc.pre(commits.length > 1 && !lines.some((line) => line.k === 'base'))
      const gone = commits[at % (commits.length - 1)]
      const state = fold(lines.filter((line) => line !== gone))
      expect(state.hasGap).toBe(true)
      expect(state.commit).toBe((gone?.commit ?? 0) - 1)
    }),
    { numRuns: RUNS },
  )
})

test('F138 compaction (point 20): alone, or beside any part of what it replaces, it means the same', () => {
  fc.assert(
    fc.property(anyJournal, fc.nat(), (lines, left) => {
      const before = fold([...lines, { k: 'lease', epoch: 99, profileId: 'profile0', databaseId: DATABASE }])
      const base = baseLines(before, { databaseId: DATABASE, commit: before.commit, rows: liveRows(before) })
      const compacted = fold(base)
      // Old segments go in order: what is left of them is a last part of the lines.
      const beside = fold([...lines.slice(left % (lines.length + 1)), ...base])
      for (const state of [compacted, beside]) {
        expect(state.commit).toBe(before.commit)
        expect(state.hasGap).toBe(false)
        expect(liveRows(state).length).toBe(liveRows(before).length)
        expect(new Map(liveRows(state).map((row) => [`${row.table}|${row.key}`, row.row]))).toEqual(
          new Map(liveRows(before).map((row) => [`${row.table}|${row.key}`, row.row])),
        )
        expect(state.epoch).toBe(99)
      }
      expect(openOutcomes(compacted)).toEqual(openOutcomes(before))
    }),
    { numRuns: RUNS },
  )
})

test('lines of another life of the database count for nothing', () => {
  const state = fold([
    { k: 'base', databaseId: DATABASE, commit: 3 },
    { k: 'base-end', rows: 0 },
    { k: 'rows', databaseId: OTHER, commit: 4, rows: [{ table: 'outbox', key: 'k1', row: { a: 1 } }] },
  ])
  expect(liveRows(state)).toEqual([])
  expect(state.commit).toBe(3)
})
