import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ANY_FIELD, type QueryToken, type SearchText } from '../../renderer/store/search/engine/engine-contract.ts'
import { explainMatch } from '../../renderer/store/search/engine/explain-match.ts'
import { createSearchEngine, loadSearchEngine } from '../../renderer/store/search/engine/search-engine.ts'
import { type OracleDocument, searchAll } from './search-oracle.ts'

// Few letters and few words, so that words collide, contain each other and are errors of each other.
const word = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', 'n'), minLength: 1, maxLength: 6 }),
  fc.constantFrom(
    'anna',
    'annan',
    'bannana',
    'abnanbab',
    'abnanbaba',
    'bnaanbab',
    'abnabab',
    '2019',
    '20',
    'nab@anna.ab',
  ),
)
const phrase = fc
  .array(word, { maxLength: 3 })
  .chain((words) => fc.constantFrom(' ', '.', '-').map((mark) => words.join(mark)))
const phone = fc.string({ unit: fc.constantFrom('0', '1', '2', '-'), minLength: 1, maxLength: 8 })
const text: fc.Arbitrary<SearchText> = fc.record(
  {
    name: phrase,
    company: phrase,
    email: phrase,
    tags: fc.array(word, { maxLength: 2 }),
    jobTitle: phrase,
    location: phrase,
    notes: phrase,
    owner: phrase,
    phones: fc.array(phone, { maxLength: 2 }),
  },
  { requiredKeys: [] },
)
const token: fc.Arbitrary<QueryToken> = fc.oneof(
  { weight: 5, arbitrary: word.map((own) => ({ text: own, digits: null, fields: ANY_FIELD })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        phrase.filter((own) => own !== ''),
        fc.integer({ min: 1, max: ANY_FIELD }),
      )
      .map(([own, fields]) => ({
        text: own.replaceAll(' ', '.'),
        digits: null,
        fields,
      })),
  },
  {
    weight: 2,
    arbitrary: fc.string({ unit: fc.constantFrom('0', '1', '2'), minLength: 2, maxLength: 8 }).map((digits) => ({
      text: digits,
      digits,
      fields: ANY_FIELD,
    })),
  },
)
const query = fc.record({
  tokens: fc.array(token, { minLength: 1, maxLength: 3 }),
  errors: fc.boolean(),
  limit: fc.integer({ min: 1, max: 5 }),
  sieve: fc.constantFrom(1, 2),
})

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('upsert' as const), doc: fc.nat(40), text, recency: fc.nat(3) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), doc: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('maintain' as const), slices: fc.nat(12) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('ask' as const), query }) },
)

describe('the engine and a look at every word', () => {
  it('agree, whatever was put in, taken out, merged, saved and loaded in between', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 80 }), query, (steps, lastQuery) => {
        let engine = createSearchEngine()
        const documents = new Map<number, OracleDocument>()
        const ask = ({ tokens, errors, limit, sieve }: typeof lastQuery): void => {
          const accept = (doc: number): boolean => doc % sieve === 0
          const wanted = searchAll([...documents.values()], tokens, errors, accept)
          const all = engine.all(tokens, { errors, accept })
          expect(Array.from(all.docs, (doc, at) => ({ doc, rank: all.ranks[at] }))).toEqual(wanted)
          expect(engine.count(tokens, { errors, accept })).toBe(wanted.length)
          const top = engine.top(tokens, limit, { errors, accept })
          expect([...top.docs]).toEqual([...all.docs.slice(0, limit)])
          expect([...top.ranks]).toEqual([...all.ranks.slice(0, limit)])
          for (const { doc } of wanted.slice(0, 3)) {
            const met = new Set(explainMatch(tokens, documents.get(doc)?.text ?? {}).map((range) => range.token))
            expect(met.size).toBe(tokens.length)
          }
        }
        for (const next of steps) {
          if (next.do === 'upsert') {
            documents.set(next.doc, next)
            engine.upsert(next.doc, next.text, next.recency)
          } else if (next.do === 'remove') {
            documents.delete(next.doc)
            engine.remove(next.doc)
          } else if (next.do === 'maintain') {
            for (let slice = 0; slice < next.slices; slice++) engine.maintain(1)
          } else if (next.do === 'reload') {
            const loaded = loadSearchEngine(new Map(engine.parts().map(({ id, bytes }) => [id, bytes().slice()])))
            if (loaded === null) throw new Error('what was saved does not load')
            engine = loaded
          } else ask(next.query)
          expect(engine.size()).toBe(documents.size)
        }
        ask(lastQuery)
      }),
      { numRuns: Number(process.env.SEARCH_RUNS ?? 60) },
    )
  })
})
