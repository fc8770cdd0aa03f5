import { z } from 'zod'
import { sourceIdSchema } from '../../../shared/ids.ts'
import type { SavedPart, SavedParts } from '../saved/saved-part.ts'
import type { SortKey } from '../store-contract.ts'
import type { TextColumn } from './line.ts'
import type { Columns, LineColumns } from './line-columns.ts'
import type { LineOrders } from './line-orders.ts'
import type { LineWords, SavedWords } from './line-words.ts'

/** Slots per saved piece of a column, as bits: a change writes pieces of at most half a megabyte again. */
export const CHUNK_BITS = 16
const CHUNK = 1 << CHUNK_BITS
/** Another number: what is saved is of no use any more. */
const FORM = 1
/** Orders worth a place on the disk: the list begins with one, and all others rest on the other. */
const SAVED_ORDERS = ['updated', 'name'] as const
const SAVED_TEXTS: readonly TextColumn[] = ['name', 'company']

const metaSchema = z.object({
  form: z.literal(FORM),
  /** How the collator that made it orders some texts of many scripts: another one may come with a browser. */
  collation: z.string(),
  slots: z.number().int().nonnegative(),
  orders: z.array(z.enum(SAVED_ORDERS)),
})
type Meta = z.infer<typeof metaSchema>
const wordsSchema = z.object({
  kinds: z.array(z.object({ sourceId: sourceIdSchema.nullable(), here: z.boolean(), status: z.string().nullable() })),
  tags: z.array(z.string()),
})

export interface SavedView {
  readonly words: SavedWords
  readonly columns: Columns
  readonly texts: ReadonlyMap<TextColumn, SavedKeys>
  readonly orders: ReadonlyMap<SortKey, Uint32Array>
  readonly loaded: Pick<Meta, 'slots' | 'orders'>
}

interface SavedKeys {
  readonly first: Float64Array<ArrayBuffer>
  readonly second: Float64Array<ArrayBuffer>
  readonly hash: Uint32Array<ArrayBuffer>
}

interface ViewState {
  readonly columns: LineColumns
  readonly words: LineWords
  readonly orders: LineOrders
  readonly locale: string
  /** Version of each chunk of the columns; nothing where it is as it was loaded. */
  readonly chunks: readonly (number | undefined)[]
  /** What is on the disk, where this view came from there. */
  readonly loaded: Pick<Meta, 'slots' | 'orders'> | null
}

type Numbers = Uint32Array | Float64Array

/** Names and arrays of all columns; a bit of each goes into one piece. */
function columnsOf({ columns }: ViewState): readonly (readonly [string, Numbers])[] {
  const { flags, updated, created, kinds, tagSets } = columns.now()
  const named: [string, Numbers][] = [
    ['flags', flags],
    ['updated', updated],
    ['created', created],
    ['kinds', kinds],
    ['tags', tagSets],
  ]
  for (const column of SAVED_TEXTS) {
    const keys = columns.texts.get(column)?.arrays()
    if (keys !== undefined) {
      named.push([`${column}-1`, keys.first], [`${column}-2`, keys.second], [`${column}-h`, keys.hash])
    }
  }
  return named
}

export function savedViewParts(state: ViewState): readonly SavedPart[] {
  const { words, orders, locale, chunks, loaded } = state
  const slots = state.columns.slots()
  const parts: SavedPart[] = []
  for (const [name, array] of columnsOf(state)) {
    for (let from = 0; from < slots; from += CHUNK) {
      const chunk = from >> CHUNK_BITS
      const to = Math.min(from + CHUNK, slots)
      const version = chunks[chunk] ?? 0
      parts.push({ id: `view/${name}/${chunk}`, version, bytes: () => bytesOf(array.subarray(from, to)) })
    }
  }
  const saved = SAVED_ORDERS.flatMap((key) => {
    const built = orders.built(key)
    return built === null ? [] : [{ key, ...built }]
  })
  for (const { key, order, version } of saved) {
    parts.push({ id: `view/order-${key}`, version, bytes: () => bytesOf(order.slice(0, order.size())) })
  }
  const inWords = words.version()
  parts.push(
    { id: 'view/words', version: inWords, bytes: () => textBytes({ kinds: words.kinds(), tags: words.tags() }) },
    { id: 'view/tag-sets', version: inWords, bytes: () => bytesOf(packSets(words.tagSets())) },
  )
  const names = saved.map(({ key }) => key)
  const isLoaded = loaded !== null && loaded.slots === slots && loaded.orders.join() === names.join()
  // Other numbers for other contents: how far the slots go, and which orders there are.
  const version = isLoaded ? 0 : 1 + slots * 4 + names.reduce((bits, key) => bits + (key === 'name' ? 1 : 2), 0)
  const meta = (): Meta => ({ form: FORM, collation: collationOf(locale), slots, orders: names })
  parts.push({ id: 'view/meta', version, bytes: () => textBytes(meta()) })
  return parts
}

/** The language of the page is another one, or its browser: the orders are made anew, and nothing is damaged. */
export class OtherCollator extends Error {
  override readonly name = 'OtherCollator'
}

/** Throws where anything is missing or does not fit: it is made anew then. */
export function readSavedView(parts: SavedParts, locale: string, slots: number): SavedView {
  const meta = metaSchema.parse(jsonOf(parts, 'view/meta'))
  if (meta.collation !== collationOf(locale)) throw new OtherCollator('the orders were made by another collator')
  if (meta.slots > slots) throw new Error('there are more lines than records')
  const join = (name: string, unit: number): ArrayBuffer => {
    const joined = new Uint8Array(meta.slots * unit)
    for (let from = 0; from < meta.slots; from += CHUNK) {
      const bytes = partOf(parts, `view/${name}/${from >> CHUNK_BITS}`)
      if (bytes.length !== Math.min(CHUNK, meta.slots - from) * unit) throw new Error(`a piece of ${name} is too short`)
      joined.set(bytes, from * unit)
    }
    return joined.buffer
  }
  const codes = (name: string): Uint32Array<ArrayBuffer> => new Uint32Array(join(name, 4))
  const numbers = (name: string): Float64Array<ArrayBuffer> => new Float64Array(join(name, 8))
  const columns: Columns = {
    flags: codes('flags'),
    updated: numbers('updated'),
    created: numbers('created'),
    kinds: codes('kinds'),
    tagSets: codes('tags'),
  }
  const { kinds, tags } = wordsSchema.parse(jsonOf(parts, 'view/words'))
  const words = { kinds, tags, tagSets: unpackSets(codesOf(partOf(parts, 'view/tag-sets')), tags.length) }
  checkCodes(columns.kinds, words.kinds.length)
  checkCodes(columns.tagSets, words.tagSets.length)
  return {
    words,
    columns,
    texts: new Map(
      SAVED_TEXTS.map((column) => [
        column,
        { first: numbers(`${column}-1`), second: numbers(`${column}-2`), hash: codes(`${column}-h`) },
      ]),
    ),
    orders: new Map(meta.orders.map((key) => [key, readOrder(parts, key, columns.flags)])),
    loaded: meta,
  }
}

/** Of each set how many tags it has, and their numbers. */
function packSets(sets: readonly (readonly number[])[]): Uint32Array {
  const packed = new Uint32Array(sets.reduce((length, set) => length + 1 + set.length, 0))
  let at = 0
  for (const set of sets) {
    packed[at++] = set.length
    for (const tag of set) packed[at++] = tag
  }
  return packed
}

function unpackSets(packed: Uint32Array, tags: number): readonly (readonly number[])[] {
  const sets: number[][] = []
  for (let at = 0; at < packed.length; ) {
    const length = packed[at] ?? 0
    if (at + length >= packed.length) throw new Error('a set of tags is cut off')
    const set = Array.from(packed.subarray(at + 1, at + 1 + length))
    if (set.some((tag) => tag >= tags)) throw new Error('a number without its tag')
    sets.push(set)
    at += 1 + length
  }
  return sets
}

function checkCodes(codes: Uint32Array, words: number): void {
  for (const code of codes) if (code > 0 && code >= words) throw new Error('a number without its word')
}

/** Each listed line once, and no other. */
function readOrder(parts: SavedParts, key: SortKey, flags: Uint32Array): Uint32Array {
  const ordered = codesOf(partOf(parts, `view/order-${key}`))
  const seen = new Uint8Array(flags.length)
  for (const slot of ordered) {
    if ((flags[slot] ?? 0) === 0 || seen[slot] === 1) throw new Error(`the order by ${key} is not of these lines`)
    seen[slot] = 1
  }
  let listed = 0
  for (const flag of flags) if (flag !== 0) listed++
  if (listed !== ordered.length) throw new Error(`the order by ${key} is not of all lines`)
  return ordered
}

/** Other versions of a browser may order texts otherwise: these tell. */
const PROBES = [
  ...' _-,;:!?.\'"()[]{}@*/&#%+<=>|~$0129aAáàäâåæbcčçdđðeéęfgğhiíıjklłmnñoóöøœpqrřsśšßtþuúüvwxyýzžжяαω山太김กख',
  'aa',
  'ch',
  'll',
  'O’Neil',
  "O'Neil",
  'O Neil',
  'de la Cruz',
  'Dela Cruz',
]

function collationOf(locale: string): string {
  return [...PROBES].sort(new Intl.Collator(locale).compare).join('\n')
}

function partOf(parts: SavedParts, id: string): Uint8Array {
  const bytes = parts.get(id)
  if (bytes === undefined) throw new Error(`there is no ${id}`)
  return bytes
}

/** A copy, as bytes from the disk may begin anywhere. */
function codesOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.slice().buffer)
}

function jsonOf(parts: SavedParts, id: string): unknown {
  return JSON.parse(new TextDecoder().decode(partOf(parts, id)))
}

function textBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

function bytesOf(array: Numbers): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}
