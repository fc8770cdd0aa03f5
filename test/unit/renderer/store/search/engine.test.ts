import { describe, expect, it } from 'vitest'
import { ANY_FIELD, type SearchText } from '../../../../../renderer/store/search/engine/engine-contract.ts'
import { explainMatch } from '../../../../../renderer/store/search/engine/explain-match.ts'
import { createSearchEngine } from '../../../../../renderer/store/search/engine/search-engine.ts'
import { foldDigits, foldText } from '../../../../../renderer/store/search/fold-text.ts'

const tokensOf = (query: string) =>
  query.split(' ').map((word) => ({
    text: foldText(word),
    digits: /^[0-9+()-]{2,}$/.test(word) ? foldDigits(word) : null,
    fields: ANY_FIELD,
  }))

function find(texts: readonly SearchText[], query: string, errors = false): readonly number[] {
  const engine = createSearchEngine()
  for (const [doc, text] of texts.entries()) engine.upsert(doc, text, 0)
  const hits = engine.top(tokensOf(query), 10, { errors })
  for (const doc of hits.docs) {
    const where = explainMatch(tokensOf(query), texts[doc] ?? {})
    expect(new Set(where.map(({ token }) => token)).size).toBe(tokensOf(query).length)
  }
  return [...hits.docs]
}

describe('what a word finds', () => {
  it.each([
    ['oneil', ["Sean O'Neil", 'Sean O’Neil', 'Sean ONeil', 'Sean O Neil']],
    ["o'neil", ["Sean O'Neil", 'Sean O’Neil', 'Sean ONeil', 'Sean O Neil']],
    ['neil', ["Sean O'Neil", 'Sean ONeil']],
    ['jose', ['José']],
    ['łukasz', ['Lukasz', 'Łukasz']],
    ['strasse', ['Große Straße']],
    ['小明', ['王小明']],
    ['иван', ['Иванова Анна']],
    ['smith-jo', ['Ann Smith-Jones']],
  ])('%s', (query, names) => {
    expect(
      find(
        names.map((name) => ({ name })),
        query,
      ),
    ).toHaveLength(names.length)
  })

  it('ranks whole before beginning before part before errors, names before notes', () => {
    const texts = [
      { notes: 'johan' },
      { name: 'johanna' },
      { name: 'xjohan' },
      { name: 'johan' },
      { name: 'johqn' },
      { company: 'johan' },
      { location: 'johan' },
    ]
    expect(find(texts, 'johan', true)).toEqual([3, 5, 6, 0, 1, 2, 4])
    expect(find(texts, 'johan')).toEqual([3, 5, 6, 0, 1, 2])
  })

  it('finds e-mail by pieces that follow each other', () => {
    const texts = [
      { email: 'ann.bell@fjord.com' },
      { email: 'bell.ann@fjord.com' },
      { name: 'Ann Bell', company: 'Fjord' },
    ]
    expect(find(texts, 'ann.bell@fj')).toEqual([0])
    expect(find(texts, 'nn.bell@fj')).toEqual([0])
    expect(find(texts, '@fjord')).toEqual([0, 1])
    expect(find(texts, 'bell@')).toEqual([0])
  })

  it('finds digits from any position, beginning before end before middle', () => {
    const texts = [{ phones: ['+44 20 7946 0958'] }, { phones: ['0958 111'] }, { phones: ['10 0958 22'] }]
    expect(find(texts, '0958')).toEqual([1, 0, 2])
    // The national zero, of long numbers at once, of short ones where nothing else is found.
    expect(find(texts, '0207946')).toEqual([0])
    expect(find(texts, '020794')).toEqual([])
    expect(find(texts, '020794', true)).toEqual([0])
  })
})

describe('many documents', () => {
  /** Numbers that look drawn, the same in every run. */
  const drawn = (at: number, salt: number, below: number): number =>
    ((Math.imul(at + 1, 0x9e3779b1) ^ Math.imul(salt + 7, 0x85ebca6b)) >>> 8) % below

  it('gives as the best what is the head of all, however common or rare the words are', () => {
    const syllables = ['an', 'na', 'be', 'lo', 'mar', 'ti', 'ko', 'sen']
    const word = (at: number, salt: number): string => {
      const seed = drawn(at, salt, 1 << 20)
      return [0, 3, 6].map((shift) => syllables[(seed >> shift) & 7]).join('')
    }
    const engine = createSearchEngine()
    for (let doc = 0; doc < 6_000; doc++) {
      const text = {
        name: `${word(doc, 1)} ${word(doc, 2)}`,
        company: word(doc % 97, 3),
        notes: `${word(doc, 4)} an ${word(doc, 5)}`,
        phones: [`+49 ${drawn(doc, 6, 10_000_000)}`],
      }
      engine.upsert(doc, text, doc % 50)
    }
    for (let doc = 0; doc < 6_000; doc += 7) engine.remove(doc)
    for (let slice = 0; slice < 3; slice++) engine.maintain(1)
    const queries = [
      'a',
      'an',
      'ann',
      'annabe',
      'an mar',
      'a b',
      'k l m',
      'anna.lo',
      'martiko',
      'martikoo',
      '49',
      '12',
      '491',
      '4912',
      '49123',
      '017',
      'q',
      'zz',
      'nn 12',
      'anna.l',
      'la.ma',
    ]
    for (const query of queries) {
      for (const errors of [false, true]) {
        const all = engine.all(tokensOf(query), { errors })
        expect(engine.count(tokensOf(query), { errors }), query).toBe(all.docs.length)
        for (const limit of [1, 10, 50]) {
          const top = engine.top(tokensOf(query), limit, { errors })
          expect([...top.docs], `${query} ${limit}`).toEqual([...all.docs.slice(0, limit)])
        }
      }
    }
    expect(engine.all(tokensOf('an'), { errors: false }).docs.length).toBe(engine.size())
  })
})

describe('what is to be forgotten', () => {
  it('leaves no word of a removed document in what is saved', () => {
    const engine = createSearchEngine()
    const saved = (): string =>
      engine
        .parts()
        .map(({ bytes }) => Buffer.from(bytes()).toString('latin1'))
        .join('')
    for (let doc = 0; doc < 40; doc++) engine.upsert(doc, { name: `Person ${doc}`, company: "Zyx'wvut secretive" }, doc)
    expect(saved()).toContain('secretive')
    for (let doc = 0; doc < 39; doc++) engine.upsert(doc, { name: `Person ${doc}` }, doc)
    engine.upsert(40, { notes: 'Unseenword' }, 1)
    engine.remove(40)
    engine.remove(39)
    engine.forget()
    while (engine.maintain(1));
    expect(engine.all(tokensOf('person'), { errors: false }).docs).toHaveLength(39)
    expect(saved()).not.toMatch(/zyx|wvut|secretive|unseenword/)
  })
})
