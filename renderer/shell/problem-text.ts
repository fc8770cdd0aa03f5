import { HAS, IS, type QueryProblem } from '../store/search/query/query.ts'

/** What is wrong with a filter, and how it is written. */
export function problemText({ code, field, value }: QueryProblem): string {
  switch (code) {
    case 'unknown-field':
      return `“${field}:” is no filter: it is searched as text.`
    case 'minus-word':
      return `“${value}” is searched as a word. A minus leaves out filters only, as in -company:acme.`
    case 'unknown-value':
      return `“${field}:” does not know “${value}”. It knows ${(field === 'is' ? IS : HAS).join(', ')}.`
    case 'no-value':
      return `Nothing follows “${field}:”. A value stands right behind the colon.`
    case 'bad-date':
      return `“${value}” is no time. Write a day (2026-01-31), a month (2026-01), >2026-01-31, 2026-01..2026-03, today or 7d.`
    case 'no-such-day':
      return `The calendar has no “${value.replace(/^[<>]=?/, '')}”.`
    case 'range-backwards':
      return `“${value}” ends before it begins.`
    case 'compared-age':
      return `After ${value.startsWith('<') ? '<' : '>'} stands a day, as in ${field}:${value.startsWith('<') ? '<' : '>'}2026-01-31.`
    case 'no-digits':
      return `“${value}” is no number: “${field}:” takes two digits or more.`
    case 'two-of-one':
      return 'No client has two statuses. A comma finds either: status:active,paused.'
    case 'nobody-has':
      return field === 'source' ? `No source is called “${value}”.` : `No client has the ${field} “${value}”.`
  }
}
