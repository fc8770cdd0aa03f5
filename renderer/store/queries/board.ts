import type { StatusOption } from '../../../shared/model/status-option.ts'
import { DEVICE_STATUS_OPTIONS, statusOptionsOf } from '../projection/client-row.ts'
import type { LineKind } from '../projection/line-words.ts'
import { statusView } from '../projection/status-view.ts'
import type { Slot } from '../records/record-contract.ts'
import type { SourceRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import type { Board, BoardCard, BoardColumn, BoardMode, Sort } from '../store-contract.ts'
import type { ListClients } from './list-clients.ts'

/** Newest change first. */
export const BOARD_ORDER: Sort = { key: 'updated', direction: 'desc' }

const MODES: readonly { readonly mode: BoardMode; readonly label: string }[] = [
  { mode: 'stage', label: 'Stage' },
  { mode: 'lead-status', label: 'Lead status' },
  { mode: 'status', label: 'Status' },
]

/** The clients of one kind of board, in columns by status, newest change first. */
export function board(
  context: StoreContext,
  lists: ListClients,
  input: { readonly mode: BoardMode; readonly text: string; readonly limit: number },
): Board {
  const { book, view } = context
  const counts = new Map<BoardMode, number>()
  for (const [number, kind] of view.words.kinds().entries()) {
    const mode = modeOf(context, kind)
    counts.set(mode, (counts.get(mode) ?? 0) + view.words.linesOfKind(number))
  }
  const sources = [...book.sources.values()].filter((source) => source.board === input.mode)
  const options = columnOptions(context, sources, input.mode)
  const slots = lists.slots({ text: input.text, sort: BOARD_ORDER })
  const columns = buildColumns(context, slots, { mode: input.mode, options, limit: input.limit })
  return {
    mode: input.mode,
    total: columns.reduce((sum, column) => sum + column.count, 0),
    columns,
    destination: destinationOf(sources, input.mode),
    sourceIds: sources.map((source) => source.sourceId),
    modes: MODES.flatMap(({ mode, label }) => {
      const count = counts.get(mode) ?? 0
      return count === 0 ? [] : [{ mode, label, count }]
    }),
  }
}

function modeOf({ book }: StoreContext, { sourceId, here }: LineKind): BoardMode {
  return here || sourceId === null ? 'status' : (book.sources.get(sourceId)?.board ?? 'status')
}

function columnOptions(
  { book }: StoreContext,
  sources: readonly SourceRow[],
  mode: BoardMode,
): readonly StatusOption[] {
  const byId = new Map<string, StatusOption>()
  for (const source of sources) {
    for (const option of statusOptionsOf(book, source.sourceId)) if (!byId.has(option.id)) byId.set(option.id, option)
  }
  if (mode === 'status' && byId.size === 0) for (const option of DEVICE_STATUS_OPTIONS) byId.set(option.id, option)
  return [...byId.values()].sort((a, b) => (a.order ?? Number.MAX_SAFE_INTEGER) - (b.order ?? Number.MAX_SAFE_INTEGER))
}

interface Filled {
  count: number
  /** The first of them, no more than are shown. */
  readonly slots: Slot[]
}

/** One pass over the result: what stands in which column is known by number, and lines are made of the shown cards only. */
function buildColumns(
  context: StoreContext,
  slots: Uint32Array,
  {
    mode,
    options,
    limit,
  }: { readonly mode: BoardMode; readonly options: readonly StatusOption[]; readonly limit: number },
): readonly BoardColumn[] {
  const { view } = context
  const byStatus = new Map<string, Filled>(options.map((option) => [option.id, { count: 0, slots: [] }]))
  const { kinds } = view.columns()
  const columnOf: (Filled | null | undefined)[] = []
  const columnOfKind = (kind: LineKind | undefined): Filled | null => {
    if (kind === undefined || modeOf(context, kind) !== mode) return null
    const id = kind.status ?? ''
    const column = byStatus.get(id) ?? { count: 0, slots: [] }
    byStatus.set(id, column)
    return column
  }
  for (const slot of slots) {
    const kind = kinds[slot] ?? 0
    let column = columnOf[kind]
    if (column === undefined) {
      column = columnOfKind(view.words.kinds()[kind])
      columnOf[kind] = column
    }
    if (column === null) continue
    column.count++
    if (column.slots.length < limit) column.slots.push(slot)
  }
  // Nobody's status comes last.
  const none = byStatus.get('')
  byStatus.delete('')
  if (none !== undefined) byStatus.set('', none)
  return [...byStatus].map(([id, filled]) => {
    const cards = filled.slots.flatMap((slot) => card(context, slot))
    return {
      id,
      status: cards[0]?.row.status ?? (id === '' ? NO_STATUS : statusView(id, options)),
      count: filled.count,
      cards,
    }
  })
}

const NO_STATUS = { id: '', label: 'No status', tone: 'plain', color: null } as const

function card({ book, view }: StoreContext, slot: Slot): readonly BoardCard[] {
  const row = view.rowAt(slot)
  if (row === undefined) return []
  const over = book.overlays.get(row.recordId)?.fields.status
  const moved = over === undefined ? null : over.mode === 'local' ? 'device' : 'waiting'
  return [{ row, aiValue: book.records.headAt(slot)?.ai ?? null, moved }]
}

function destinationOf(sources: readonly SourceRow[], mode: BoardMode): Board['destination'] {
  const sends = sources.filter((source) => source.updates?.includes('status') === true).length
  if (sends === 0) return 'device'
  // Clients of this device stand on the board of plain statuses, too.
  return sends === sources.length && mode !== 'status' ? 'sends' : 'mixed'
}
