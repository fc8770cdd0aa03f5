import type { QueryToken } from '../engine/engine-contract.ts'
import { foldText } from '../fold-text.ts'
import { closestName } from './closest-name.ts'
import { FIELD_OF_NAME, fieldMask, HAS_OF_NAME, IS_OF_NAME, isTextField } from './field-names.ts'
import type { FilterField, FilterTest, ProblemCode, Span, TextField } from './query.ts'
import { readSpan } from './read-span.ts'
import { readPhrase } from './read-words.ts'
import type { RawPart } from './scan-query.ts'

export type ReadFilter =
  | { readonly kind: 'filter'; readonly test: FilterTest }
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'problem'; readonly code: ProblemCode; readonly value: string; readonly instead: string | null }

const UNFINISHED: ReadFilter = { kind: 'unfinished' }
type ReadValue<T> = T | 'unfinished' | { readonly code: ProblemCode; readonly instead: string | null }

/** What a filter asks, from its values. */
export function readFilter(field: FilterField, raw: RawPart): ReadFilter {
  const values = raw.values.filter((value) => value.text.trim() !== '')
  if (values.length === 0) return UNFINISHED
  /** Reads each; of the last of an open part the beginning may be there only, and then it is left out. */
  const readAll = <T>(read: (text: string, open: boolean) => ReadValue<T>, test: (any: readonly T[]) => FilterTest) => {
    const any: T[] = []
    for (const [index, value] of values.entries()) {
      const open = raw.open && index === values.length - 1
      const one = read(value.text, open)
      if (one === 'unfinished') continue
      if (isProblem(one)) return { kind: 'problem', value: value.text, ...one } as const
      any.push(one)
    }
    return any.length === 0 ? UNFINISHED : ({ kind: 'filter', test: test(any) } as const)
  }
  if (isTextField(field)) {
    return readAll(
      (text, open) => readText(field, text, open),
      (any) => ({ kind: 'text', field, any }),
    )
  }
  switch (field) {
    case 'status':
    case 'source':
    case 'tag':
      return readAll(readName, (any) => ({ kind: field, any }))
    case 'has':
      return readAll(
        (text, open) => readOneOf(field, text, open, HAS_OF_NAME),
        (any) => ({ kind: field, any }),
      )
    case 'is':
      return readAll(
        (text, open) => readOneOf(field, text, open, IS_OF_NAME),
        (any) => ({ kind: field, any }),
      )
    case 'created':
    case 'updated':
      return readAll(
        (text, open) => readTime(field, text, open),
        (any) => ({ kind: field, any }),
      )
  }
}

function isProblem<T>(value: ReadValue<T>): value is Extract<ReadValue<T>, { readonly code: ProblemCode }> {
  return typeof value === 'object' && value !== null && 'code' in value
}

function readText(field: TextField, text: string, open: boolean): ReadValue<readonly QueryToken[]> {
  const tokens = readPhrase(text, fieldMask(field))
  if (tokens.length > 0) return tokens
  // `phone:+4` is on its way to a number.
  if (field !== 'phone' || (open && /^[\p{Nd}\s+()./-]*$/u.test(text.normalize('NFKC')))) return 'unfinished'
  return { code: 'no-digits', instead: null }
}

function readName(text: string): ReadValue<string> {
  const folded = foldText(text).trim()
  return folded === '' ? 'unfinished' : folded
}

function readOneOf<T extends string>(
  field: FilterField,
  text: string,
  open: boolean,
  values: ReadonlyMap<string, T>,
): ReadValue<T> {
  const name = foldText(text)
    .trim()
    .replace(/[\s_]+/g, '-')
  const value = values.get(name)
  if (value !== undefined) return value
  if (open && [...values.keys()].some((each) => each.startsWith(name))) return 'unfinished'
  const near = values.get(closestName(name, values.keys()) ?? '')
  return { code: 'unknown-value', instead: near === undefined ? null : `${field}:${near}` }
}

function readTime(field: FilterField, text: string, open: boolean): ReadValue<Span> {
  const read = readSpan(text, open)
  if (read.ok === 'unfinished') return 'unfinished'
  if (read.ok) return read.span
  return { code: read.code, instead: read.instead === null ? null : `${field}:${read.instead}` }
}

/** What an unknown name before a colon was probably meant to be. */
export function closestField(name: string): FilterField | null {
  return FIELD_OF_NAME.get(closestName(name, FIELD_OF_NAME.keys()) ?? '') ?? null
}
