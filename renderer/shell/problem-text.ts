import { HAS, IS, type QueryProblem } from '../store/search/query/query.ts'

/** What is wrong with a filter, and how it is written. */
export function problemText({ code, field, value }: QueryProblem): string {
  switch (code) {
    case 'unknown-field':
      return `“${field}:” is no filter, so it is searched as text. Alt and ↓ list all filters.`
    case 'minus-word':
      return `“${value}” is searched as a word. A minus leaves out filters only, as in -company:acme.`
    case 'unknown-value':
      return `“${field}:” does not know “${value}”. It knows ${(field === 'is' ? IS : HAS).join(', ')}.`
    case 'no-value':
      return `Nothing follows “${field}:”. Write the value right behind the colon, without a space.`
    case 'bad-date':
      return `“${value}” is no time. ${HOW_TIMES}`
    case 'no-such-day':
      return `The calendar has no “${value.replace(/^[<>]=?/, '')}”. Write a day as 2026-01-31, a month as 2026-01.`
    case 'range-backwards':
      return `“${value}” ends before it begins. Write the earlier time first.`
    case 'compared-age': {
      const sign = value.startsWith('<') ? '<' : '>'
      return `After ${sign} stands a day, as in ${field}:${sign}2026-01-31. An age stands alone: ${field}:7d.`
    }
    case 'no-digits':
      return `“${value}” is no phone number. Write two of its digits or more, as in ${field}:5550.`
    case 'two-of-one':
      return 'No client has two statuses. A comma finds either: status:active,paused.'
    case 'nobody-has':
      return field === 'source'
        ? `No source is called “${value}”. Behind “source:” stands a list of all.`
        : `No client has the ${field} “${value}”. Behind “${field}:” stands a list of those in use.`
  }
}

const HOW_TIMES =
  'Write a day as 2026-01-31, a month as 2026-01, from a day on as >2026-01-31, between two as 2026-01..2026-03, the last week as 7d, or today.'
