import type { FieldKey } from '../../../shared/model/field.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import type { Book } from '../book.ts'
import { shown } from '../projection/client-row.ts'
import type { QueryToken, SearchText } from '../search/engine/engine-contract.ts'
import { explainMatch, type MatchedRange } from '../search/engine/explain-match.ts'
import type { ParsedQuery } from '../search/query/query.ts'
import type { ClientRow, FoundElsewhere, Mark, RowMatch } from '../store-contract.ts'

/** Lines with what was found in them, for those that are about to be shown. Without words in the query, as they are. */
export function withMatches(book: Book, rows: readonly ClientRow[], query: ParsedQuery): readonly ClientRow[] {
  const tokens = markedTokens(query)
  return tokens.length === 0 ? rows : rows.map((row) => ({ ...row, found: matchRow(book, row, tokens) }))
}

/** All words that may be the reason why a client is in a list; one of several that may stand for each other, too. */
export function markedTokens({ tokens, filters }: ParsedQuery): readonly QueryToken[] {
  const others = filters.flatMap((filter) => (filter.kind === 'text' && !filter.not ? filter.any.flat() : []))
  return [...tokens, ...others]
}

type Found = RowMatch['marks']
const CELLS: Readonly<Partial<Record<MatchedRange['field'], keyof Found>>> = {
  name: 'name',
  company: 'company',
  email: 'email',
  phones: 'phone',
  jobTitle: 'jobTitle',
}
type Elsewhere = FoundElsewhere['field']
const ELSEWHERE: readonly Elsewhere[] = ['jobTitle', 'location', 'notes', 'owner']
const UNSEEN = ['location', 'notes', 'owner'] as const
/** Below this, the middle of a word is marked only where nothing better was found. */
const LONG_WORD = 3

function matchRow(book: Book, row: ClientRow, tokens: readonly QueryToken[]): RowMatch {
  const text = searchedText(book, row)
  // Where a word stands in the line itself, nothing is told of other places.
  const ranges = worthMarking(explainMatch(tokens, text, UNSEEN), tokens)
  const marks: Partial<Record<keyof Found, readonly Mark[]>> = {}
  const tags: Record<number, readonly Mark[]> = {}
  for (const range of ranges) {
    const cell = CELLS[range.field]
    const mark: Mark = [range.from, range.to]
    if (cell !== undefined) marks[cell] = addMark(marks[cell], mark)
    else if (range.field === 'tags') tags[range.item] = addMark(tags[range.item], mark)
  }
  return { marks, tags, elsewhere: foundElsewhere(book, row, ranges, text) }
}

/** As the line shows it, so that marks land on what is seen. */
function searchedText(book: Book, row: ClientRow): SearchText {
  const head = book.heads.get(row.recordId)
  const fields = effectiveFields(head?.fields ?? {}, book.overlays.get(row.recordId)?.fields ?? {})
  return {
    name: row.name,
    company: row.company,
    email: row.email,
    jobTitle: row.jobTitle,
    location: shown(fields.location),
    notes: shown(fields.notes),
    owner: row.owner,
    tags: row.tags,
    phones: row.phone === null ? [] : [row.phone],
  }
}

/** A word's beginnings rather than its middles, as typed rather than nearly so. */
function worthMarking(ranges: readonly MatchedRange[], tokens: readonly QueryToken[]): readonly MatchedRange[] {
  const good = new Set(ranges.filter(({ how }) => how === 'whole' || how === 'prefix').map(({ token }) => token))
  return ranges.filter(({ how, token }) => {
    if (how === 'whole' || how === 'prefix' || !good.has(token)) return true
    const { text, digits } = tokens[token] ?? { text: '', digits: null }
    return how === 'inside' && Math.max(text.length, digits?.length ?? 0) >= LONG_WORD
  })
}

/** In order, and none over another. */
function addMark(marks: readonly Mark[] | undefined, mark: Mark): readonly Mark[] {
  const merged: Mark[] = []
  for (const next of [...(marks ?? []), mark].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = merged.at(-1)
    if (last === undefined || next[0] > last[1]) merged.push(next)
    else merged[merged.length - 1] = [last[0], Math.max(last[1], next[1])]
  }
  return merged
}

function foundElsewhere(
  book: Book,
  row: ClientRow,
  ranges: readonly MatchedRange[],
  text: SearchText,
): readonly FoundElsewhere[] {
  const isElsewhere = (range: MatchedRange): boolean => ELSEWHERE.some((field) => field === range.field)
  if (!ranges.some(isElsewhere)) return []
  const seen = new Set(ranges.filter((range) => !isElsewhere(range)).map(({ token }) => token))
  const unseen = ranges.filter((range) => isElsewhere(range) && !seen.has(range.token))
  // One place per word: the one that it ranks highest in.
  const fields = new Set<string>()
  const told = new Set<number>()
  for (const range of unseen) {
    if (!told.has(range.token)) fields.add(range.field)
    told.add(range.token)
  }
  return ELSEWHERE.filter((field) => fields.has(field)).map((field) => {
    const marks = unseen
      .filter((range) => range.field === field)
      .reduce<readonly Mark[]>((all, { from, to }) => addMark(all, [from, to]), [])
    return { field, sourceId: sourceOf(book, row, field), ...excerpt(text[field] ?? '', marks) }
  })
}

function sourceOf(book: Book, row: ClientRow, field: Elsewhere): FoundElsewhere['sourceId'] {
  const [sourceId = null] = row.sourceIds
  const key: FieldKey | null = field === 'owner' ? null : field
  const over = key === null ? undefined : book.overlays.get(row.recordId)?.fields[key]
  return over === undefined ? sourceId : null
}

const BEFORE = 24
const LONGEST = 90

/** The text around the first mark, in one line. */
function excerpt(text: string, marks: readonly Mark[]): { readonly text: string; readonly marks: readonly Mark[] } {
  const first = marks[0]?.[0] ?? 0
  const from = first <= BEFORE ? 0 : wordStart(text, first - BEFORE, first)
  const cut = Math.min(text.length, from + LONGEST)
  // Not between the halves of one letter.
  const to = cut < text.length && /[\ud800-\udbff]/.test(text.charAt(cut - 1)) ? cut - 1 : cut
  const lead = from === 0 ? '' : '…'
  const shift = lead.length - from
  return {
    // One unit for another, so that the marks stay where they are.
    text: lead + text.slice(from, to).replace(/\s/g, ' ') + (to < text.length ? '…' : ''),
    marks: marks
      .filter(([start]) => start < to)
      .map(([start, end]): Mark => [start + shift, Math.min(end, to) + shift]),
  }
}

/** The next beginning of a word at or after `at`, and not behind `last`. */
function wordStart(text: string, at: number, last: number): number {
  for (let place = at; place < last; place++) if (/\s/.test(text.charAt(place))) return place + 1
  return last
}
