import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createExtraFields } from '../../electron/connectors/reading/extra-fields.ts'
import { foldDigits, foldText } from '../../renderer/store/search/fold-text.ts'
import { bodyFromText } from '../../renderer/store/segments/codec.ts'
import { hashText } from '../../shared/hash-text.ts'
import { remoteIdSchema } from '../../shared/ids.ts'
import type { JsonValue } from '../../shared/json.ts'
import { type FieldValue, sameFieldValue } from '../../shared/model/field.ts'
import { bodyTextOf } from '../../shared/model/record-body.ts'
import { canonicalText, hashRecord, RecordHasher } from '../../shared/model/record-hash.ts'

const RUNS = { numRuns: 2_000 }

/** JSON as it comes over a line: no `-0`, which JSON does not keep. */
const json = fc.jsonValue({ maxDepth: 4 }).map((value): JsonValue => JSON.parse(JSON.stringify(value)))

/** The same value with the members of every object in another order. */
function shuffled(value: JsonValue, order: readonly number[]): JsonValue {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, order))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([name, member], i) => ({
    name,
    member,
    rank: order[i % order.length] ?? 0,
  }))
  entries.sort((a, b) => a.rank - b.rank)
  // Built by definition: a member may be called `__proto__`.
  const copy: Record<string, JsonValue> = {}
  for (const { name, member } of entries) {
    Object.defineProperty(copy, name, {
      value: shuffled(member, order),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return copy
}

describe('the body of a record', () => {
  it('gives back what was put in, however little of it is written', () => {
    const members = fc.dictionary(fc.string({ maxLength: 12 }), json, { maxKeys: 6 })
    fc.assert(
      fc.property(members, fc.array(fc.tuple(fc.string({ maxLength: 12 }), json), { maxLength: 3 }), (raw, others) => {
        const extras = createExtraFields()
        for (const [name, value] of Object.entries(raw)) extras.add(name, value)
        for (const [name, value] of others) extras.add(name, value, { label: 'Other' })
        const extra = extras.list()
        expect(bodyFromText(bodyTextOf(extra, raw))).toEqual({ extra, raw })
      }),
      RUNS,
    )
  })

  it('names what stands in the record itself, and reads what was written in full before', () => {
    const raw = { city: 'Graz', tags: ['a', 'b'], size: 3 }
    const extras = createExtraFields()
    extras.add('city', 'Graz')
    extras.add('tags', ['a', 'b'], { filledBy: 'vendor-ai' })
    extras.add('size', 4)
    const extra = extras.list()
    const text = bodyTextOf(extra, raw)
    expect(JSON.parse(text)[0]).toEqual(['city', extra[1], extra[2]])
    expect(bodyFromText(JSON.stringify([extra, raw]))).toEqual({ extra, raw })
    expect(bodyFromText('[["gone"],{}]')).toEqual({ extra: [], raw: {} })
  })
})

describe('canonical text and hash', () => {
  it('do not change with the order of members', () => {
    fc.assert(
      fc.property(json, fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), (value, order) => {
        expect(canonicalText(shuffled(value, order))).toBe(canonicalText(value))
      }),
      RUNS,
    )
  })

  it('are different for different values', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const isSame = canonicalText(a) === canonicalText(b)
        let isEqual = true
        try {
          expect(a).toStrictEqual(b)
        } catch {
          isEqual = false
        }
        expect(isSame).toBe(isEqual)
        if (isSame) expect(hashText(canonicalText(a))).toBe(hashText(canonicalText(b)))
      }),
      RUNS,
    )
  })

  it('are the same whether the text is made or only hashed', () => {
    // Of a list: what is remembered of one value holds for the next.
    const hasher = new RecordHasher()
    fc.assert(
      fc.property(fc.array(json, { maxLength: 4 }), fc.string({ unit: 'binary' }), (values, text) => {
        for (const value of [...values, text, { [text]: text, a: [text] }]) {
          hasher.addCanonical(value)
          expect(hasher.end()).toBe(hashText(canonicalText(value)))
          hasher.addAsIs([{ b: undefined, value }, text])
          expect(hasher.end()).toBe(hashText(JSON.stringify([{ value }, text])))
        }
      }),
      { numRuns: 400 },
    )
  })

  it('of a whole record, too: as the hash of its JSON', () => {
    const text = fc.string({ unit: 'binary', maxLength: 8 })
    const some = fc.option(text, { nil: null })
    const extra = fc.record(
      { key: text, label: text, value: some, filledBy: fc.constantFrom(null, 'vendor-ai', 'person-over-ai') },
      { noNullPrototype: true },
    )
    const fields = fc.dictionary(fc.constantFrom('name', 'tags', 'notes'), fc.oneof(some, fc.array(text)), {
      noNullPrototype: true,
    })
    const record = fc.record({
      remoteId: text.map((id) => remoteIdSchema.parse(`r${id}`)),
      fields,
      fallbackName: some,
      avatarUrl: some,
      createdAt: some,
      updatedAt: some,
      lastActivityAt: some,
      owner: some,
      extra: fc.uniqueArray(extra, { selector: ({ key }) => key, maxLength: 3 }),
      raw: json,
    })
    fc.assert(
      fc.property(record, (given) => {
        const { extra: shown, raw, ...read } = given
        const inOrder = [...shown].sort((a, b) => (a.key < b.key ? -1 : 1))
        expect(hashRecord(given)).toBe(`${hashText(canonicalText(raw))}.${hashText(JSON.stringify([read, inOrder]))}`)
      }),
      RUNS,
    )
  })

  it('are written as the number that they are, to the base of 36', () => {
    // As they stand on disks.
    expect([hashText(''), hashText('abc')]).toEqual(['wvjl67o803', '1dtlchkfkb1'])
    fc.assert(
      fc.property(fc.string(), (text) => {
        const hash = hashText(text)
        expect(Number.parseInt(hash, 36).toString(36)).toBe(hash)
      }),
      RUNS,
    )
  })

  it('tell any two short texts apart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(hashText(a) === hashText(b)).toBe(a === b)
      }),
      RUNS,
    )
  })
})

describe('folding', () => {
  it('is total over any text, and folds no further what it has folded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text))
        expect(foldDigits(text)).toMatch(/^\d*$/)
      }),
      RUNS,
    )
  })

  it('takes a hundred thousand letters in one go', () => {
    expect(foldText('é'.repeat(100_000))).toBe('e'.repeat(100_000))
  })
})

const fieldValue: fc.Arbitrary<FieldValue | undefined> = fc.oneof(
  fc.constantFrom(null, undefined, ''),
  fc.string(),
  fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
)

describe('equal as a user sees it', () => {
  it('is an equivalence: of itself, both ways, and onwards', () => {
    fc.assert(
      fc.property(fieldValue, fieldValue, fieldValue, (a, b, c) => {
        expect(sameFieldValue(a, a)).toBe(true)
        expect(sameFieldValue(a, b)).toBe(sameFieldValue(b, a))
        if (sameFieldValue(a, b) && sameFieldValue(b, c)) expect(sameFieldValue(a, c)).toBe(true)
      }),
      RUNS,
    )
  })
})

/** SYNC.md 3.2: who tests which pure rule. A file that is renamed or dropped is missed here. */
const PROPERTIES: Readonly<Record<string, RegExp>> = {
  'merge-laws.test.ts': /fc\.property/,
  'plan-pushes.test.ts': /fc\.property/,
  'outcome-class.test.ts': /fc\.(property|assert)|describe/,
  'verdict.test.ts': /fc\.|seed/,
  'journal.test.ts': /fc\.property/,
}

describe('the other properties', () => {
  for (const [name, sign] of Object.entries(PROPERTIES)) {
    it(`${name} is there`, () => {
      expect(readdirSync(import.meta.dirname)).toContain(name)
      expect(readFileSync(join(import.meta.dirname, name), 'utf8')).toMatch(sign)
    })
  }
})
