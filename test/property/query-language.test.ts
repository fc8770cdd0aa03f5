import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from '../../renderer/store/search/parse-query.ts'
import { printQuery } from '../../renderer/store/search/query/print-query.ts'
import type { ParsedQuery } from '../../renderer/store/search/query/query.ts'

const pieces = fc.constantFrom(
  'company:',
  'mail:',
  'phone:',
  'status:',
  'tag:',
  'has:',
  'is:',
  'created:',
  'updated:',
  'foo:',
  '-',
  '"',
  '“',
  '”',
  ',',
  '，',
  '：',
  ' ',
  '　',
  '>',
  '<=',
  '..',
  '7d',
  'today',
  '2026-01',
  '2026-13',
  'waiting',
  'testimonial',
  'wating',
  '+44',
  '0',
  'Straße',
  'José',
  '山田',
  '//',
  ':',
  '.',
)
const typed = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .array(fc.oneof({ weight: 6, arbitrary: pieces }, { weight: 1, arbitrary: fc.string({ maxLength: 4 }) }), {
      maxLength: 12,
    })
    .map((all) => all.join('')),
)

/** All but where it stands in the text. */
function meaning({ tokens, filters, problems, parts }: ParsedQuery) {
  return {
    tokens,
    filters,
    problems: problems.map(({ from, to, ...problem }) => problem),
    parts: parts.map(({ from, to, ...part }) => part),
  }
}

test('whatever is typed is read, and none of it is lost', () => {
  fc.assert(
    fc.property(typed, (text) => {
      const { parts, problems } = parseQuery(text)
      let at = 0
      for (const part of parts) {
        expect(text.slice(at, part.from).trim()).toBe('')
        expect(part.to).toBeGreaterThan(part.from)
        at = part.to
      }
      expect(text.slice(at).trim()).toBe('')
      for (const part of parts.filter((each) => each.kind === 'problem')) {
        expect(problems.some((problem) => problem.from === part.from && problem.to === part.to)).toBe(true)
      }
    }),
    { numRuns: 400 },
  )
})

test('a query that is printed is the same query', () => {
  fc.assert(
    fc.property(typed, (text) => {
      const parsed = parseQuery(text)
      const again = parseQuery(printQuery(parsed))
      const plain = ({ problems, ...rest }: ReturnType<typeof meaning>) => ({
        ...rest,
        // The name of a field is printed in its plainest form.
        problems: problems.map(({ field, ...problem }) => problem),
      })
      expect(plain(meaning(again))).toEqual(plain(meaning(parsed)))
    }),
    { numRuns: 400 },
  )
})

test('what is suggested in place of a problem can be read', () => {
  fc.assert(
    fc.property(typed, (text) => {
      for (const { instead } of parseQuery(text).problems) {
        if (instead !== null) expect(parseQuery(`${instead} `).parts[0]?.kind).not.toBe('text')
      }
    }),
    { numRuns: 200 },
  )
})
