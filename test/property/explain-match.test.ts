import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { SearchField } from '../../renderer/store/search/engine/engine-contract.ts'
import { explainMatch } from '../../renderer/store/search/engine/explain-match.ts'
import { parseQuery } from '../../renderer/store/search/parse-query.ts'

const LATER: readonly SearchField[] = ['location', 'notes', 'owner']
const word = fc.constantFrom(
  'ann',
  'anna',
  'mariana',
  "o'neil",
  'o',
  'acme',
  '41',
  '415',
  'zürich',
  'an',
  'nanna',
  'bell',
)
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '))
const texts = fc.record({
  name: text,
  company: text,
  email: text,
  jobTitle: text,
  location: text,
  notes: text,
  owner: text,
  tags: fc.array(text, { maxLength: 2 }),
  phones: fc.array(fc.constantFrom('+1 415 555', '041-5'), { maxLength: 1 }),
})

it('fields that are looked into last add what the others leave open, and take nothing away', () => {
  fc.assert(
    fc.property(texts, fc.array(word, { minLength: 1, maxLength: 2 }), (client, words) => {
      const { tokens } = parseQuery(words.join(' '))
      const all = explainMatch(tokens, client)
      const some = explainMatch(tokens, client, LATER)
      for (const token of tokens.keys()) {
        const own = all.filter((range) => range.token === token)
        const first = own.filter(({ field }) => !LATER.some((later) => later === field))
        const isGood = first.some(({ how }) => how === 'whole' || how === 'prefix')
        expect(some.filter((range) => range.token === token)).toEqual(isGood ? first : own)
      }
    }),
    { numRuns: 300 },
  )
})
