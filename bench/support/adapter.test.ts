import { describe, expect, it } from 'vitest'
import { createSearchEngine } from '../adapter.ts'
import { Corpus } from '../corpus/make-corpus.ts'
import { makeQueries } from '../corpus/make-queries.ts'
import { foldClient, scoreClient, tokensOf } from '../oracle/score.ts'

const corpus = new Corpus(11, 240)
const clients = corpus.all()

describe('the engine by itself', () => {
  it('gives the best that an exhaustive search knows, before and after it was saved', () => {
    const built = createSearchEngine()
    built.build(clients)
    const loaded = createSearchEngine()
    loaded.load(structuredClone(built.save()))
    const folded = clients.map(foldClient)
    for (const [at, { text }] of makeQueries(corpus).entries()) {
      if (at % 16 !== 0) continue
      const tokens = tokensOf(text)
      const scores = folded.map((client) => scoreClient(client, tokens))
      const best = Math.max(...scores)
      const found = built.search(text, 10)
      const wanted = scores.filter((score) => score > 0 && score === best).length
      const got = found.filter((id) => scores[Number(String(id).slice(1))] === best && best > 0).length
      expect(got, text).toBe(Math.min(10, wanted))
      expect(loaded.search(text, 10), text).toEqual(found)
    }
  })

  it('takes changes after it was loaded; ids may be numbers, texts, and any of the fields missing', () => {
    const engine = createSearchEngine()
    engine.build([
      { id: 7, lastName: 'Fjord' },
      { id: 'é💡', firstName: 'Ann' },
      { id: '', company: 'Fjord' },
    ])
    const loaded = createSearchEngine()
    loaded.load(structuredClone(engine.save()))
    expect(loaded.search('fjord')).toEqual([7, ''])
    expect(loaded.search('ann')).toEqual(['é💡'])
    loaded.update({ id: 'é💡', firstName: 'Ann', notes: 'fjord' })
    loaded.update({ id: 8, company: 'Fjordhus' })
    loaded.remove(7)
    loaded.remove('nobody')
    expect(loaded.search('fjord')).toEqual(['', 'é💡', 8])
    const again = createSearchEngine()
    again.load(loaded.save())
    expect(again.search('fjord')).toEqual(['', 'é💡', 8])
    again.update({ id: '', company: null })
    expect(again.search('fjord', 1)).toEqual(['é💡'])
    expect(again.search(' ')).toEqual([])
  })

  it('takes a book of nobody and odd questions, and says what it cannot load', () => {
    const engine = createSearchEngine()
    expect(engine.search('ann')).toEqual([])
    engine.build([])
    const loaded = createSearchEngine()
    loaded.load(structuredClone(engine.save()))
    expect(loaded.search('ann')).toEqual([])
    loaded.remove('nobody')
    loaded.update({ id: 1, firstName: 'Ann', phone: ['+49 30 1234', '0471'], tags: 'vip', email: '' })
    for (const query of ['', '   ', '-', '@', '\u0000', '((((', '\ud83d', 'x'.repeat(5_000)]) {
      expect(loaded.search(query), query).toEqual([])
    }
    for (const query of ['a', 'nn', '30', '471', '71', '12 34', 'VIP', 'ann vip']) {
      expect(loaded.search(query), query).toEqual([1])
    }
    expect(loaded.search('ann', 0)).toEqual([])
    const saved = loaded.save()
    for (const broken of [
      { ...saved, parts: {} },
      { ...saved, parts: Object.fromEntries(Object.entries(saved.parts).map(([id, bytes]) => [id, bytes.slice(3)])) },
    ]) {
      expect(() => createSearchEngine().load(broken)).toThrow('not an index')
    }
    loaded.remove(1)
    expect(loaded.search('ann')).toEqual([])
  })
})
