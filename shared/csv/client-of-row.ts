import type { KeptValue, ReadClient } from '../imports/read-client.ts'
import type { FieldKey, FieldValue } from '../model/field.ts'
import type { ColumnTarget } from './guess-columns.ts'
import type { CsvRow } from './read-csv.ts'
import { unharmed } from './write-csv.ts'

export interface Mapping {
  readonly targets: readonly ColumnTarget[]
  /** Names of the columns, where the file has them. */
  readonly headers: readonly string[] | null
}

/**
 * One row as a client. Of several columns for one field the first with a value fills it and the others are kept; parts
 * of an address are joined, tags are gathered, notes stand below one another. Null for a row of which nothing is taken.
 */
export function clientOfRow({ line, cells }: CsvRow, { targets, headers }: Mapping): ReadClient | null {
  const fields: Partial<Record<FieldKey, FieldValue>> = {}
  const kept: KeptValue[] = []
  const notes: string[] = []
  const tags: string[] = []
  const places: string[] = []
  let status: string | null = null
  cells.forEach((cell, at) => {
    // Our export, and spreadsheets, put a quote before what would be a formula.
    const value = unharmed(cell).trim()
    const target = targets[at] ?? 'keep'
    if (value === '' || target === 'leave') return
    const label = labelOf(headers, at)
    if (target === 'notes') notes.push(value)
    else if (target === 'tags') tags.push(...tagsOf(value))
    else if (target === 'location') places.push(inOneLine(value))
    else if (target === 'keep') kept.push({ label, value })
    else if (target === 'status' && status === null) status = value
    else if (target !== 'status' && fields[target] === undefined) fields[target] = value
    else if (target === 'status' || fields[target] !== value) kept.push({ label, value })
  })
  if (notes.length > 0) fields.notes = notes.join('\n\n')
  if (tags.length > 0) fields.tags = [...new Set(tags)]
  if (places.length > 0) fields.location = places.join(', ')
  if (Object.keys(fields).length === 0 && kept.length === 0 && status === null) return null
  return { line, fields, status, kept, nameParts: [], uid: null }
}

/** What a column is called in the notes: its name, or its number. */
export function labelOf(headers: readonly string[] | null, at: number): string {
  const header = headers?.[at]?.trim().replace(/\s+/g, ' ') ?? ''
  return header === '' ? `Column ${at + 1}` : header.slice(0, 80)
}

function inOneLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '').join(', ')
}

/** `a; b` and Google's `* a ::: * b`. A comma may be part of a tag where semicolons divide. */
function tagsOf(text: string): readonly string[] {
  const divider = text.includes(':::') ? ':::' : text.includes(';') ? ';' : /[,\n]/
  return text
    .split(divider)
    .map((tag) => tag.trim().replace(/^\* /, ''))
    .filter((tag) => tag !== '')
}
