import { parseQuery } from '../store/search/parse-query.ts'
import { printQuery } from '../store/search/query/print-query.ts'
import type { QueryProblem } from '../store/search/query/query.ts'
import { scanQuery } from '../store/search/query/scan-query.ts'

/** What stands in the box: whole filters as tokens, and the text behind them. */
export interface SearchParts {
  readonly tokens: readonly string[]
  readonly typed: string
}

/** Takes a whole filter at the end of the typed text out of it, or null where none stands there. */
export function takeFilter(typed: string): { readonly token: string; readonly rest: string } | null {
  const last = parseQuery(typed).parts.at(-1)
  if (last === undefined || last.kind !== 'filter' || last.open) return null
  return { token: printQuery({ parts: [last] }).trimEnd(), rest: typed.slice(0, last.from).trimEnd() }
}

/** `-status:"in pipeline",active` as `['not status', 'in pipeline, active']`. */
export function readToken(token: string): readonly [field: string, value: string] {
  const [part] = scanQuery(token)
  const name = part?.name ?? ''
  return [part?.not === true ? `not ${name}` : name, part?.values.map((value) => value.text).join(', ') ?? '']
}

/** Writes what a problem suggests in the place of what is wrong: in a token, or in the text. */
export function putInstead({ tokens, typed }: SearchParts, problem: QueryProblem): SearchParts {
  const { from, to, instead } = problem
  if (instead === null) return { tokens, typed }
  let at = 0
  for (const [index, token] of tokens.entries()) {
    if (from >= at && to <= at + token.length) return { tokens: tokens.with(index, instead), typed }
    at += token.length + 1
  }
  return { tokens, typed: typed.slice(0, from - at) + instead + typed.slice(to - at) }
}
