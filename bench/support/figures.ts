import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { type Group, sizeName } from './options.ts'

/** What one subject (an engine, a layout, a way through the app) did with so many clients. */
export interface Figure {
  readonly group: Group
  readonly subject: string
  readonly size: number
  /** By column, whose name ends in its unit (`q p95 ms`). Null: tried, and impossible; `notes` say why. */
  readonly values: Readonly<Record<string, number | null>>
  /** Further figures by name, such as recall by class of query; printed as a table of their own. */
  readonly parts?: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly notes: readonly string[]
}

/** A figure as it lies in its file. */
export interface SavedFigure extends Figure {
  readonly at: string
  /** Load of the machine over the last minute, when it was measured. */
  readonly load: number
  readonly browser: string
}

const FOLDER = join(import.meta.dirname, '../results')

/** One file per subject and size: a later run takes the place of what it measures anew and leaves the rest. */
export function saveFigure(figure: Figure, browser: string): void {
  const folder = join(FOLDER, figure.group)
  mkdirSync(folder, { recursive: true })
  const saved: SavedFigure = {
    ...figure,
    at: new Date().toISOString(),
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    browser,
  }
  writeFileSync(join(folder, fileName(figure)), `${JSON.stringify(saved, null, 2)}\n`)
}

export function loadFigures(group: Group): readonly SavedFigure[] {
  const folder = join(FOLDER, group)
  return namesIn(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name): SavedFigure => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .sort((a, b) => a.size - b.size)
}

export function hasFigure(group: Group, subject: string, size: number): boolean {
  return loadFigures(group).some((figure) => figure.subject === subject && figure.size === size)
}

/** A file beside the results that saves the next run some work. */
export function workFile(name: string): string {
  const folder = join(FOLDER, 'work')
  mkdirSync(folder, { recursive: true })
  return join(folder, name)
}

function fileName({ size, subject }: Figure): string {
  return `${sizeName(size)}-${subject.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}.json`
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
