import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldKey } from '../../shared/model/field.ts'
import { readVCards } from '../../shared/vcard/read-vcards.ts'
import { type VCardClient, writeVCard } from '../../shared/vcard/write-vcard.ts'
import { testDecodeBytes } from '../support/test-decode-bytes.ts'

const RUNS = { numRuns: 600 }

/** Pieces that mean something to a vCard, between letters of several scripts. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(';', ',', ':', '\\', '\n', '"', '^', '=', ' ', '\t', 'n', 'N', '\\n', '=0D=0A', '^n'),
      fc.constantFrom('END:VCARD', 'BEGIN:VCARD', '\nEMAIL:evil@x.example', 'NOTE', 'é', '名', '🙂', 'ñ', 'a', 'Zoë'),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    { minLength: 1, maxLength: 14 },
  )
  .map((parts) => kept(parts.join('')))
  .filter((each) => each !== '')

/** What a text is after a line could not hold all of it: one kind of line break, no control characters, no white ends. */
function kept(value: string): string {
  return (
    value
      .replace(/\r\n|\r|[\u0085\u2028\u2029]/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the very ones that a line cannot hold
      .replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '')
      .trim()
  )
}

const maybe = fc.option(text, { nil: undefined })
const others = fc.record({
  email: maybe,
  phone: maybe.filter((value) => value === undefined || !/^tel:|;ext=/i.test(value)),
  company: maybe,
  jobTitle: maybe,
  notes: maybe,
  location: maybe,
  website: maybe,
  linkedinUrl: maybe,
  facebookUrl: maybe,
  instagramUrl: maybe,
  twitterUrl: maybe,
  tags: fc.option(fc.uniqueArray(text, { minLength: 1, maxLength: 4 }), { nil: undefined }),
})
const names = fc.oneof(
  fc.record({ name: text }),
  fc.record({ firstName: text, lastName: text }),
  fc.record({ firstName: text }),
  fc.record({ lastName: text }),
)

const client = fc.record({ names, others, status: fc.option(text) }).map((made): VCardClient => {
  const fields = Object.fromEntries(
    Object.entries({ ...made.names, ...made.others }).filter(([, value]) => value !== undefined),
  )
  const shown = Object.values(made.names).join(' ').trim()
  return { name: shown, fields, status: made.status, uid: 'clientele-x', changedAt: 1_700_000_000_000 }
})

const read = (file: string) => [...readVCards(file, testDecodeBytes)]

describe('a vCard of ours', () => {
  it('comes back with every field', () => {
    fc.assert(
      fc.property(client, (given) => {
        const cards = read(writeVCard(given, 'all'))
        expect(cards).toHaveLength(1)
        expect(cards[0]?.problems).toEqual([])
        const back = cards[0]?.client
        for (const [key, value] of Object.entries(given.fields)) {
          expect(back?.fields[key as FieldKey], key).toEqual(value)
        }
        expect(back?.status).toBe(given.status)
        expect(back?.uid).toBe('clientele-x')
        expect(back?.kept).toEqual([])
      }),
      RUNS,
    )
  })

  it('is one card of known properties, whatever its values say', () => {
    const known =
      /^(BEGIN|VERSION|PRODID|N|FN|ORG|TITLE|EMAIL|TEL|ADR|URL|NOTE|CATEGORIES|UID|REV|END|X-[A-Z]+(-[A-Z]+)?)[;:]/
    fc.assert(
      fc.property(fc.array(client, { minLength: 1, maxLength: 3 }), (given) => {
        const file = given.map((each) => writeVCard(each, 'all')).join('')
        const lines = file.split('\r\n').slice(0, -1)
        for (const line of lines) expect(line.startsWith(' ') || known.test(line), line).toBe(true)
        expect(lines.filter((line) => line === 'BEGIN:VCARD')).toHaveLength(given.length)
        expect(read(file)).toHaveLength(given.length)
      }),
      RUNS,
    )
  })

  it('has no line of more than 75 octets, and no character is cut', () => {
    fc.assert(
      fc.property(client, (given) => {
        for (const line of writeVCard(given, 'all').split('\r\n')) {
          const bytes = new TextEncoder().encode(line)
          expect(bytes.length).toBeLessThanOrEqual(75)
          expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toBe(line)
        }
      }),
      RUNS,
    )
  })
})

describe('any text at all', () => {
  it('is read without a throw, and every line that is no property is told', () => {
    const piece = fc.oneof(
      fc.constantFrom('BEGIN:VCARD\r\n', 'END:VCARD\n', 'VERSION:2.1\n', 'VERSION:4.0\r', 'FN:x\n', 'N:;;;;;;;;\n'),
      fc.constantFrom('NOTE;ENCODING=QUOTED-PRINTABLE:a=\n', 'TEL;TYPE="a:b:\n', ' folded\n', '\t\n', '=\n', ':\n'),
      fc.string({ maxLength: 40 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const file = pieces.join('')
        const lines = file.split(/\r\n|\n|\r/).length
        for (const card of read(file)) {
          for (const problem of card.problems) {
            expect(problem.line).toBeGreaterThan(0)
            expect(problem.line).toBeLessThanOrEqual(lines)
          }
        }
      }),
      RUNS,
    )
  })
})
