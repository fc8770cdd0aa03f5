import { foldText } from '../fold-text.ts'
import { closestName } from './closest-name.ts'
import type { ParsedQuery, QueryProblem } from './query.ts'
import { quoteValue } from './scan-query.ts'

/** Values in use, as they are shown. `null`: not known, or not all of them. */
export interface ValuesInUse {
  readonly status: readonly string[] | null
  readonly source: readonly string[] | null
  readonly tag: readonly string[] | null
}

/** Filters whose value no client has, with what was probably meant. One still being typed may become one that somebody has. */
export function unusedValues({ parts }: ParsedQuery, inUse: ValuesInUse): readonly QueryProblem[] {
  return parts.flatMap((part): readonly QueryProblem[] => {
    const { field } = part
    if (part.kind !== 'filter' || (field !== 'status' && field !== 'source' && field !== 'tag')) return []
    const known = inUse[field]
    if (known === null) return []
    const names = new Map(known.map((name) => [foldText(name).trim(), name]))
    return part.values.flatMap(({ text }, index) => {
      const value = foldText(text).trim()
      const isBegun = field === 'source' || (part.open && index === part.values.length - 1)
      if (value === '' || names.has(value)) return []
      if (isBegun && [...names.keys()].some((name) => name.startsWith(value))) return []
      const near = names.get(closestName(value, names.keys()) ?? '')
      return [
        {
          from: part.from,
          to: part.to,
          code: 'nobody-has' as const,
          field,
          value: text,
          // Of several values, only the one could be replaced.
          instead:
            near === undefined || part.values.length > 1 ? null : `${part.not ? '-' : ''}${field}:${quoteValue(near)}`,
          quiet: true,
        },
      ]
    })
  })
}
