import { z } from 'zod'
import { type SourceId, sourceIdSchema } from '../../../shared/ids.ts'
import type { SegmentInfo } from '../book.ts'
import type { SavedPart, SavedParts } from '../saved/saved-part.ts'
import { LOADED_VERSION } from '../saved/saved-part.ts'
import { CHUNK_SLOTS, SlotChunk } from './slot-chunk.ts'
import type { SlotColumns } from './slot-columns.ts'
import type { SourceCodes } from './source-codes.ts'

/** Another form of the columns gets another number: what was saved in the old one is made anew. */
const FORM = 2
const REST = 'records/rest'
const columnsId = (chunk: number): string => `records/columns/${chunk}`
const keysId = (chunk: number): string => `records/keys/${chunk}`

/** What does not stand in columns, as JSON. */
const restSchema = z.object({
  form: z.literal(FORM),
  slots: z.number().int().nonnegative(),
  sources: z.array(sourceIdSchema.nullable()),
  oddHashes: z.array(z.tuple([z.number(), z.string()])),
  writeSeqs: z.array(z.tuple([z.number(), z.number()])),
  /** Id, source by its code, entries, those alive, those lost, damaged, how it lies on the disk. */
  segments: z.array(
    z.tuple([
      z.number(),
      z.number(),
      z.number(),
      z.number(),
      z.number(),
      z.boolean(),
      z.enum(['text', 'plain', 'squeezed']),
    ]),
  ),
})

export interface Saved {
  readonly columns: SlotColumns
  readonly sources: SourceCodes
  readonly segments: Map<number, SegmentInfo>
}

/** The table as pieces: two per chunk, and the rest. Texts of heads are not among them, they lie in their segments. */
export function recordParts({ columns, sources, segments }: Saved): readonly SavedPart[] {
  const parts: SavedPart[] = columns.chunks.flatMap((chunk, c) => [
    { id: columnsId(c), version: chunk.version, bytes: () => new Uint8Array(chunk.buffer) },
    { id: keysId(c), version: chunk.keysVersion, bytes: () => chunk.keys.subarray(0, chunk.keysUsed) },
  ])
  const rest = (): z.input<typeof restSchema> => ({
    form: FORM,
    slots: columns.count,
    sources: [...sources.all],
    oddHashes: [...columns.oddHashes],
    writeSeqs: [...columns.writeSeqs],
    segments: [...segments].map(([id, info]) => [
      id,
      sources.codeOf(info.sourceId),
      info.n,
      info.live,
      info.lost,
      info.damaged,
      info.form,
    ]),
  })
  parts.push({ id: REST, version: columns.version, bytes: () => new TextEncoder().encode(JSON.stringify(rest())) })
  return parts
}

/** False where the pieces are not of one table, or not all there; then nothing has been taken. */
export function takeRecordParts({ columns, sources, segments }: Saved, parts: SavedParts): boolean {
  const text = parts.get(REST)
  const rest = text === undefined ? null : readRest(text)
  if (rest === null) return false
  const chunks: SlotChunk[] = []
  for (let c = 0; c * CHUNK_SLOTS < rest.slots; c++) {
    const own = parts.get(columnsId(c))
    const keys = parts.get(keysId(c))
    const chunk = own === undefined || keys === undefined ? null : SlotChunk.ofBytes(own, keys)
    if (chunk === null || chunk.capacity < Math.min(CHUNK_SLOTS, rest.slots - c * CHUNK_SLOTS)) return false
    chunks.push(chunk)
  }
  const known: SourceId[] = rest.sources.filter((sourceId) => sourceId !== null)
  columns.chunks.push(...chunks)
  columns.count = rest.slots
  columns.version = LOADED_VERSION
  for (const sourceId of known) sources.codeOf(sourceId)
  for (const [slot, hash] of rest.oddHashes) columns.oddHashes.set(slot, hash)
  for (const [slot, writeSeq] of rest.writeSeqs) columns.writeSeqs.set(slot, writeSeq)
  for (const [id, source, n, live, lost, damaged, form] of rest.segments) {
    const sourceId = sources.at(source)
    if (sourceId !== null) segments.set(id, { sourceId, n, live, lost, damaged, form, texts: null })
  }
  return true
}

function readRest(bytes: Uint8Array): z.output<typeof restSchema> | null {
  try {
    const rest = restSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
    return rest.success ? rest.data : null
  } catch {
    return null
  }
}
