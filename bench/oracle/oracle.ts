import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Corpus } from '../corpus/make-corpus.ts'
import { type BenchQuery, makeQueries } from '../corpus/make-queries.ts'
import { workFile } from '../support/figures.ts'
import { sizeName } from '../support/options.ts'
import { foldClient, scoreClient, tokensOf } from './score.ts'
import { WordTable } from './word-table.ts'

/** What an exhaustive search knows of one query. */
export interface Answer extends BenchQuery {
  /** The best score there is; 0 where nothing matches. */
  readonly best: number
  /** How many clients carry it. */
  readonly bestCount: number
  readonly matches: number
}

export interface Oracle {
  readonly corpus: Corpus
  readonly answers: readonly Answer[]
}

/** Scores every client for every query; kept beside the results, since only the sources and the seed bear on it. */
export function askOracle(seed: number, count: number): Oracle {
  const corpus = new Corpus(seed, count)
  const file = workFile(`oracle-${sizeName(count)}-${seed}-${sourcesHash()}.json`)
  if (existsSync(file)) return { corpus, answers: JSON.parse(readFileSync(file, 'utf8')) }
  const table = new WordTable(count)
  for (let index = 0; index < count; index++) table.add(foldClient(corpus.client(index)))
  table.close()
  const answers = makeQueries(corpus).map((query): Answer => ({ ...query, ...table.summary(tokensOf(query.text)) }))
  writeFileSync(file, `${JSON.stringify(answers)}\n`)
  return { corpus, answers }
}

export interface Judgement {
  readonly best: number
  readonly valid: number
}

/**
 * `best`: how many of the first ten carry the best score, of ten or of all that carry it. `valid`: how many of them match
 * at all, of ten or of all that match; what does not match and is returned counts against it. 1 where there is nothing to
 * find and nothing was found.
 */
export function judgeIds(oracle: Oracle, answer: Answer, ids: readonly string[]): Judgement {
  const ten = [...new Set(ids)].slice(0, 10)
  if (answer.matches === 0) return ten.length === 0 ? { best: 1, valid: 1 } : { best: 0, valid: 0 }
  const tokens = tokensOf(answer.text)
  const scores = ten.map((id) => {
    const index = Number(id.slice(1))
    return index < oracle.corpus.count ? scoreClient(foldClient(oracle.corpus.client(index)), tokens) : 0
  })
  const best = scores.filter((score) => score === answer.best).length / Math.min(10, answer.bestCount)
  const valid = scores.filter((score) => score > 0).length / Math.max(ten.length, Math.min(10, answer.matches))
  return { best, valid }
}

function sourcesHash(): string {
  const hash = createHash('sha256')
  for (const name of ['corpus/words', 'corpus/random', 'corpus/make-corpus', 'corpus/make-queries', 'oracle/score'])
    hash.update(readFileSync(join(import.meta.dirname, `../${name}.ts`)))
  return hash.digest('hex').slice(0, 10)
}
