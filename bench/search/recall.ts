import { QUERY_CLASSES } from '../corpus/make-queries.ts'
import { type Answer, judgeIds, type Oracle } from '../oracle/oracle.ts'
import type { Figure } from '../support/figures.ts'
import { mean } from '../support/percentile.ts'
import type { QueriesAnswer } from './worker.ts'

/** One query that was asked, beside what the oracle knows of it. */
export interface JudgedQuery {
  readonly answer: Answer
  readonly best: number
  readonly valid: number
  readonly ms: number
  readonly ids: readonly string[]
}

type Parts = NonNullable<Figure['parts']>

export function judgeAll(oracle: Oracle, asked: QueriesAnswer): readonly JudgedQuery[] {
  return oracle.answers.flatMap((answer, at): JudgedQuery[] => {
    const ms = asked.ms[at] ?? null
    const ids = asked.ids[at] ?? []
    // Null: its turn never came.
    return ms === null ? [] : [{ answer, ...judgeIds(oracle, answer, ids), ms, ids }]
  })
}

/** By class of query. */
export function toParts(judged: readonly JudgedQuery[]): Parts {
  const best: Record<string, number> = {}
  const valid: Record<string, number> = {}
  const slowest: Record<string, number> = {}
  for (const kind of QUERY_CLASSES) {
    const some = judged.filter(({ answer }) => answer.kind === kind)
    if (some.length === 0) continue
    best[kind] = mean(some.map((one) => one.best))
    valid[kind] = mean(some.map((one) => one.valid))
    slowest[kind] = Math.max(...some.map((one) => one.ms))
  }
  return { 'best@10': best, 'valid@10': valid, 'slowest query ms': slowest }
}

export function toValues(judged: readonly JudgedQuery[], parts: Parts): Readonly<Record<string, number>> {
  return {
    'best@10': mean(judged.map((one) => one.best)),
    'valid@10': mean(judged.map((one) => one.valid)),
    'worst best@10': Math.min(...Object.values(parts['best@10'] ?? {})),
    'worst valid@10': Math.min(...Object.values(parts['valid@10'] ?? {})),
  }
}

/** What an engine of ours has to look at: each query that lost something, and the slowest ones. */
export function tellMisses(judged: readonly JudgedQuery[]): void {
  for (const { answer, best, valid, ids } of judged.filter((one) => one.best < 1 || one.valid < 1)) {
    print(
      `  ${answer.kind} "${answer.text}": best ${best.toFixed(2)}, valid ${valid.toFixed(2)}; the best score ${answer.best} is carried by ${answer.bestCount}, ${answer.matches} match; returned ${ids.slice(0, 10).join(' ')}`,
    )
  }
  const slowest = [...judged].sort((a, b) => b.ms - a.ms).slice(0, 20)
  print(
    `  slowest: ${slowest.map(({ answer, ms }) => `${answer.kind} "${answer.text}" ${ms.toFixed(1)} ms`).join('; ')}`,
  )
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
