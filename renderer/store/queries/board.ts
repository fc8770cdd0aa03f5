import type { StatusOption } from '../../../shared/model/status-option.ts'
import { DEVICE_STATUS_OPTIONS, statusOptionsOf } from '../projection/client-row.ts'
import { statusView } from '../projection/status-view.ts'
import type { SourceRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import type { Board, BoardCard, BoardColumn, BoardMode, ClientRow } from '../store-contract.ts'
import type { ListClients } from './list-clients.ts'

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
  for (const row of view.all()) counts.set(modeOf(context, row), (counts.get(modeOf(context, row)) ?? 0) + 1)
  const sources = [...book.sources.values()].filter((source) => source.board === input.mode)
  const rows = lists
    .results({ text: input.text, sort: { key: 'updated', direction: 'desc' } })
    .filter((row) => modeOf(context, row) === input.mode)
  const options = columnOptions(context, sources, input.mode)
  const columns = buildColumns(context, rows, options, input.limit)
  return {
    mode: input.mode,
    total: rows.length,
    columns,
    destination: destinationOf(sources, input.mode),
    sourceIds: sources.map((source) => source.sourceId),
    modes: MODES.flatMap(({ mode, label }) => {
      const count = counts.get(mode) ?? 0
      return count === 0 ? [] : [{ mode, label, count }]
    }),
  }
}

function modeOf({ book }: StoreContext, row: ClientRow): BoardMode {
  const sourceId = row.sourceIds[0]
  return sourceId === undefined ? 'status' : (book.sources.get(sourceId)?.board ?? 'status')
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

function buildColumns(
  context: StoreContext,
  rows: readonly ClientRow[],
  options: readonly StatusOption[],
  limit: number,
): readonly BoardColumn[] {
  const byStatus = new Map<string, ClientRow[]>(options.map((option) => [option.id, []]))
  for (const row of rows) {
    const id = row.status?.id ?? ''
    const list = byStatus.get(id)
    if (list === undefined) byStatus.set(id, [row])
    else list.push(row)
  }
  // Nobody's status comes last.
  const none = byStatus.get('')
  byStatus.delete('')
  if (none !== undefined) byStatus.set('', none)
  return [...byStatus].map(([id, all]) => ({
    id,
    status: all[0]?.status ?? (id === '' ? NO_STATUS : statusView(id, options)),
    count: all.length,
    cards: all.slice(0, limit).map((row) => card(context, row)),
  }))
}

const NO_STATUS = { id: '', label: 'No status', tone: 'plain', color: null } as const

function card({ book }: StoreContext, row: ClientRow): BoardCard {
  const over = book.overlays.get(row.recordId)?.fields.status
  const moved = over === undefined ? null : over.mode === 'local' ? 'device' : 'waiting'
  return { row, aiValue: book.heads.get(row.recordId)?.ai ?? null, moved }
}

function destinationOf(sources: readonly SourceRow[], mode: BoardMode): Board['destination'] {
  const sends = sources.filter((source) => source.updates?.includes('status') === true).length
  if (sends === 0) return 'device'
  // Clients of this device stand on the board of plain statuses, too.
  return sends === sources.length && mode !== 'status' ? 'sends' : 'mixed'
}
