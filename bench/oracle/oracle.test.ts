import { describe, expect, it } from 'vitest'
import type { BenchClient } from '../corpus/bench-client.ts'
import { Corpus } from '../corpus/make-corpus.ts'
import { makeQueries, QUERY_CLASSES } from '../corpus/make-queries.ts'
import { judgeIds } from './oracle.ts'
import {
  foldClient,
  isOneErrorAway,
  KINDS,
  kindIn,
  PHONE_SCORE,
  scoreClient,
  scoreOf,
  tokensOf,
  ZONES,
} from './score.ts'
import { WordTable } from './word-table.ts'

const CLIENT: BenchClient = {
  id: 'c0',
  firstName: 'José',
  lastName: 'O’Neil-Strauß',
  company: 'Łódź Energy',
  email: 'j.oneil@energy.example',
  phone: '+49 (0)30 123-4567',
  jobTitle: 'Head of Design',
  location: 'São Paulo',
  tags: ['vip'],
  notes: 'met jose at the workshop',
}

function score(query: string): number {
  return scoreClient(foldClient(CLIENT), tokensOf(query))
}

describe('the oracle', () => {
  it.each([
    ['jose', scoreOf(KINDS.whole, ZONES.name)],
    ['ONEIL', scoreOf(KINDS.whole, ZONES.name)],
    ["o'neil-strauss", scoreOf(KINDS.whole, ZONES.name)],
    ['lod', scoreOf(KINDS.beginning, ZONES.work)],
    ['ner', scoreOf(KINDS.inside, ZONES.work)],
    ['sao', scoreOf(KINDS.whole, ZONES.place)],
    ['worshop', scoreOf(KINDS.oneError, ZONES.notes)],
    ['oneil@ener', scoreOf(KINDS.beginning, ZONES.work)],
    ['(30) 123', PHONE_SCORE],
    ['01 234', PHONE_SCORE],
    ['999 123', 0],
    ['0301', PHONE_SCORE],
    ['30-12', PHONE_SCORE],
    ['jose vip', scoreOf(KINDS.whole, ZONES.name) + scoreOf(KINDS.whole, ZONES.work)],
    ['jose nobody', 0],
  ])('scores %s', (query, expected) => {
    expect(score(query)).toBe(expected)
  })

  it('takes the best place of a token', () => {
    expect(kindIn('unable able', 'able')).toBe(KINDS.whole)
    expect(kindIn('unable ables', 'able')).toBe(KINDS.beginning)
    expect(kindIn('unable', 'able')).toBe(KINDS.inside)
  })

  it.each([
    ['martin', 'martn', true],
    ['martin', 'marttin', true],
    ['martin', 'maritn', true],
    ['martin', 'mardin', true],
    ['martin', 'martin', false],
    ['martin', 'matrni', false],
    ['martin', 'mar', false],
  ])('%s and %s are one error apart: %s', (a, b, expected) => {
    expect(isOneErrorAway(a, b)).toBe(expected)
    expect(isOneErrorAway(b, a)).toBe(expected)
  })

  it('finds by its table of words what it finds client by client', () => {
    const corpus = new Corpus(5, 400)
    const table = new WordTable(corpus.count)
    const folded = corpus.all().map(foldClient)
    for (const client of folded) table.add(client)
    table.close()
    for (const query of makeQueries(corpus)) {
      const tokens = tokensOf(query.text)
      const scores = folded.map((client) => scoreClient(client, tokens))
      const best = Math.max(...scores)
      expect({ query, ...table.summary(tokens) }).toEqual({
        query,
        best,
        bestCount: best === 0 ? 0 : scores.filter((one) => one === best).length,
        matches: scores.filter((one) => one > 0).length,
      })
    }
  })

  it('judges what was returned by what could have been', () => {
    const corpus = new Corpus(5, 400)
    const client = corpus.client(3)
    const text = `${client.firstName} ${client.lastName}`
    const tokens = tokensOf(text)
    const scores = corpus.all().map((one) => scoreClient(foldClient(one), tokens))
    const best = Math.max(...scores)
    const carriers = scores.flatMap((one, at) => (one === best ? [`c${at}`] : []))
    const answer = { kind: 'full name' as const, text, best, bestCount: carriers.length, matches: carriers.length }
    const other = `c${scores.indexOf(0)}`
    expect(judgeIds({ corpus, answers: [] }, answer, carriers)).toEqual({ best: 1, valid: 1 })
    expect(judgeIds({ corpus, answers: [] }, answer, [])).toEqual({ best: 0, valid: 0 })
    expect(judgeIds({ corpus, answers: [] }, answer, [...carriers, other]).valid).toBeLessThan(1)
    const none = { ...answer, best: 0, bestCount: 0, matches: 0 }
    expect(judgeIds({ corpus, answers: [] }, none, [])).toEqual({ best: 1, valid: 1 })
    expect(judgeIds({ corpus, answers: [] }, none, [other])).toEqual({ best: 0, valid: 0 })
  })
})

describe('the corpus', () => {
  it('has 464 queries in 15 classes, the same for the same seed', () => {
    const queries = makeQueries(new Corpus(5, 2_000))
    expect(queries).toHaveLength(464)
    expect(new Set(queries.map((query) => query.kind))).toEqual(new Set(QUERY_CLASSES))
    expect(makeQueries(new Corpus(5, 2_000))).toEqual(queries)
    expect(makeQueries(new Corpus(6, 2_000))).not.toEqual(queries)
  })

  it('makes each client whatever was made before', () => {
    const client = new Corpus(5, 2_000).client(1_234)
    expect(new Corpus(5, 2_000).all()[1_234]).toEqual(client)
    expect(new Corpus(6, 2_000).client(1_234)).not.toEqual(client)
  })
})
