import { FIELD_NAMES } from './field-names.ts'
import type { FilterField, ParsedQuery, PartValue, QueryPart } from './query.ts'
import { quoteValue } from './scan-query.ts'

/** A query as text again, in its plainest form: reading it gives the same query. */
export function printQuery({ parts }: Pick<ParsedQuery, 'parts'>): string {
  return parts.map((part, index) => printPart(part, index === parts.length - 1 && part.open)).join(' ') + closing(parts)
}

/** `tag:"very important"`, or any of several. */
export function printFilter(field: FilterField, values: readonly string[]): string {
  return `${FIELD_NAMES[field][0] ?? field}:${values.map((value) => quoteValue(value)).join(',')}`
}

/** A space says that the last word is whole; a closing quote has said so already. */
function closing(parts: readonly QueryPart[]): string {
  const last = parts.at(-1)
  return last === undefined || last.open || last.values.at(-1)?.quoted === true ? '' : ' '
}

function printPart(part: QueryPart, open: boolean): string {
  const head = part.field === null ? '' : `${part.not ? '-' : ''}${FIELD_NAMES[part.field][0] ?? part.field}:`
  const print = (value: PartValue, index: number): string => {
    if (!value.quoted) return value.text
    const quoted = quoteValue(value.text, true)
    return open && index === part.values.length - 1 ? quoted.slice(0, -1) : quoted
  }
  return head + part.values.map(print).join(',')
}
