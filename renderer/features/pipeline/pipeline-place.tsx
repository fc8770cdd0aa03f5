import { IconArrowUpRight, IconDeviceLaptop, IconLayoutKanban, IconSearchOff } from '@tabler/icons-react'
import { type ReactNode, useCallback, useState } from 'react'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { searchTextOf, setSearchText, useClientList } from '../../state/client-list.ts'
import { useManifests, useSources } from '../../state/host-state.ts'
import type { Board as BoardData, BoardMode } from '../../store/store-contract.ts'
import { errorText } from '../../text/error-text.ts'
import { formatCount, formatNumber } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Place } from '../../ui/place.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useLate } from '../../ui/skeleton.tsx'
import { Board } from './board.tsx'
import { boardLabel } from './board-label.ts'
import { withPendingMoves } from './card-move.ts'
import { refusingSource } from './card-refusal.ts'
import { destinationLine, moveDestinations } from './move-destination.ts'
import classes from './pipeline.module.css'
import { useMoveCard } from './use-move-card.tsx'

/** Cards per column that are asked for at first, and that are added when a column comes near its end. */
const CARDS = 60

/** The board that was looked at last; it outlives the place, not the window. */
let lastMode: BoardMode | null = null

export function PipelinePlace(): ReactNode {
  const [wanted, setWanted] = useState<BoardMode>(lastMode ?? 'stage')
  const [limit, setLimit] = useState(CARDS)
  const sources = useSources()
  const manifests = useManifests()
  const text = useClientList(searchTextOf)
  const query = useStoreQuery('board.get', { mode: wanted, text, limit }, ['clients', 'edits', 'sources', 'conflicts'])
  const { pending, move } = useMoveCard()
  const board = query.data
  const firstMode = board?.modes[0]?.mode
  // A board without clients is not offered: go to the first that has some.
  if (
    board !== null &&
    board.mode === wanted &&
    firstMode !== undefined &&
    !board.modes.some(({ mode }) => mode === wanted)
  ) {
    setWanted(firstMode)
  }

  const onNeedMore = useCallback(() => setLimit((current) => Math.max(current, loadedOf(board) + CARDS)), [board])
  const late = useLate(board === null && query.error === null)

  const destinations = moveDestinations(board?.sourceIds ?? [], sources, manifests)
  const line = destinationLine(destinations)
  const empty = board !== null && board.modes.length === 0
  const all = board?.modes.find(({ mode }) => mode === board.mode)?.count ?? 0

  return (
    <Place
      title={NAMES.pipeline}
      count={
        board === null || empty
          ? undefined
          : text === ''
            ? formatNumber(board.total)
            : `${formatNumber(board.total)} of ${formatNumber(all)}`
      }
      ruled
      controls={
        board !== null &&
        board.modes.length > 0 && (
          <Segmented
            label="Board"
            value={wanted}
            segments={board.modes.map(({ mode, label }) => ({
              value: mode,
              label: boardLabel(mode, label, sources, manifests),
            }))}
            onChange={(mode) => {
              lastMode = mode
              setLimit(CARDS)
              setWanted(mode)
            }}
          />
        )
      }
      actions={
        line !== null &&
        !empty && (
          <span className={classes.goes} title={line}>
            {destinations.sends.length === 0 ? (
              <IconDeviceLaptop size={14} stroke={1.75} aria-hidden="true" />
            ) : (
              <IconArrowUpRight size={14} stroke={1.75} aria-hidden="true" />
            )}
            <span>{line}</span>
          </span>
        )
      }
      banners={
        query.error !== null && (
          <Banner tone="danger" role="alert" lead={errorText(query.error, { sourceName: 'This device' }).title}>
            {errorText(query.error, { sourceName: 'This device' }).text}
          </Banner>
        )
      }
    >
      {empty ? (
        <EmptyState
          icon={<IconLayoutKanban size={20} stroke={1.5} aria-hidden="true" />}
          lead="No client has a status yet"
        >
          Clients with a stage, a lead status or a status from their source stand here as cards, a column for each.
        </EmptyState>
      ) : board !== null && board.total === 0 && text !== '' ? (
        <EmptyState
          icon={<IconSearchOff size={20} stroke={1.5} aria-hidden="true" />}
          lead={`No card matches “${text}”`}
          action={<Button onClick={() => setSearchText('')}>Clear search</Button>}
        >
          Searched {formatCount(all, 'client')} of this board.
        </EmptyState>
      ) : board !== null ? (
        <Board
          key={board.mode}
          columns={withPendingMoves(board.columns, pending)}
          sources={sources}
          onMove={move}
          refusedBy={(card, columnId) => refusingSource(card, columnId, sources, manifests)}
          mixed={board.sourceIds.length > 1}
          onNeedMore={onNeedMore}
        />
      ) : (
        late && <BoardSkeleton />
      )}
    </Place>
  )
}

function loadedOf(board: BoardData | null): number {
  return Math.max(0, ...(board?.columns.map((column) => column.cards.length) ?? []))
}

function BoardSkeleton(): ReactNode {
  return (
    <div className={classes.board} aria-hidden="true">
      {['a', 'b', 'c', 'd', 'e'].map((column) => (
        <div key={column} className={classes.column}>
          {['1', '2', '3'].map((card) => (
            <div key={card} className={classes.skeletonCard}>
              <i />
              <i />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
