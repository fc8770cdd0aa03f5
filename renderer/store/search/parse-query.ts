import type { QueryToken } from './engine/engine-contract.ts'
import { FIELD_OF_NAME } from './query/field-names.ts'
import type { FilterField, ParsedQuery, ProblemCode, QueryFilter, QueryPart, QueryProblem } from './query/query.ts'
import { closestField, readFilter } from './query/read-filter.ts'
import { readPhrase, readWords, wordsOf } from './query/read-words.ts'
import { quoteValue, type RawPart, scanQuery } from './query/scan-query.ts'

/**
 * The language of the search box: words, `company:acme`, `tag:"very important"`, `status:active,paused`, `-has:email`,
 * `created:2026-01..2026-03`. Nothing throws and nothing is lost: each piece of what was typed is looked for, filters, is
 * on its way to a filter, or is a problem that says what could be written instead.
 */
export function parseQuery(text: string): ParsedQuery {
  const parts: QueryPart[] = []
  const words: string[] = []
  const tokens: QueryToken[] = []
  const filters: QueryFilter[] = []
  const problems: QueryProblem[] = []

  const raws = scanQuery(text)
  for (const [index, raw] of raws.entries()) {
    const { from, to, not, open } = raw
    const typed = text.slice(from, to)
    const field = raw.name === null ? null : (FIELD_OF_NAME.get(raw.name) ?? null)
    const piece = { from, to, not: field !== null && not, field, open }
    const problem = (code: ProblemCode, value: string, instead: string | null, quiet: boolean, end = to): void => {
      const written = instead !== null && not ? `-${instead}` : instead
      problems.push({ from, to: end, code, field: raw.name ?? '', value, instead: written, quiet })
    }

    if (raw.name === null || field === null) {
      const quoted = raw.name === null && raw.values[0]?.quoted === true
      const value = quoted ? (raw.values[0]?.text ?? '') : typed
      parts.push({ ...piece, kind: 'text', values: [{ text: value, quoted }] })
      if (quoted) tokens.push(...readPhrase(value))
      else words.push(...wordsOf(raw.name === null ? value : value.replace(/["“”„]/gu, ' ')))
      if (raw.name === null && !quoted && !open && /^-\p{L}/u.test(typed)) problem('minus-word', typed, null, true)
      if (raw.name !== null && hasValue(raw)) {
        const near = closestField(raw.name)
        const rest = typed.slice(typed.search(/[:：]/u) + 1)
        problem('unknown-field', rest, near === null ? null : `${near}:${rest}`, true)
      }
      continue
    }

    const read = readFilter(field, raw)
    if (read.kind === 'unfinished') {
      parts.push({ ...piece, kind: 'unfinished', values: raw.values })
      const next = raws[index + 1]
      const instead = next === undefined ? null : insteadOfNothing(field, next)
      if (next !== undefined) problem('no-value', '', instead, false, instead === null ? to : next.to)
    } else if (read.kind === 'problem') {
      parts.push({ ...piece, kind: 'problem', values: raw.values })
      problem(read.code, read.value, read.instead, false)
    } else {
      parts.push({ ...piece, kind: 'filter', values: raw.values })
      const { test } = read
      const [only] = test.any
      // One text of one field needs no more than the engine.
      if (test.kind === 'text' && !not && test.any.length === 1 && only !== undefined) tokens.push(...test.any.flat())
      else filters.push({ ...test, not, open })
      if (field === 'status' && !not && hasOther(filters, 'status')) problem('two-of-one', typed, null, true)
    }
  }
  return { parts, tokens: [...readWords(words), ...tokens], filters, problems }
}

function hasValue(raw: RawPart): boolean {
  return raw.values.some((value) => value.text !== '')
}

/** `company: acme` was probably meant to have no space in it. */
function insteadOfNothing(field: FilterField, next: RawPart): string | null {
  const value = next.name === null ? next.values[0] : undefined
  return value === undefined ? null : `${field}:${quoteValue(value.text, value.quoted)}`
}

/** A second filter of a kind that a client has one of. */
function hasOther(filters: readonly QueryFilter[], kind: QueryFilter['kind']): boolean {
  return filters.filter((filter) => filter.kind === kind && !filter.not).length > 1
}
