import { IconInfoCircle } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { SourceView } from '../../../shared/model/source.ts'
import { navigate } from '../../state/route.ts'
import type { BoardCard, BoardColumn } from '../../store/store-contract.ts'
import { notify } from '../../ui/toast.tsx'
import { useNow } from '../../ui/use-now.ts'
import { CardFace } from './board-card.tsx'
import { BoardColumnView, type FocusWish } from './board-column.tsx'
import classes from './pipeline.module.css'
import { spansOf, useCardLift } from './use-card-lift.ts'

export interface BoardProps {
  readonly columns: readonly BoardColumn[]
  readonly sources: readonly SourceView[]
  readonly onMove: (card: BoardCard, from: string, to: string, toLabel: string) => Promise<boolean>
  /** Name of the source that would not take a card in a column; null where it may go there. */
  readonly refusedBy: (card: BoardCard, columnId: string) => string | null
  /** Clients of several sources stand here: cards say whose they are. */
  readonly mixed: boolean
  readonly onNeedMore: () => void
}

/** Columns side by side. Cards go from one to another by pointer or by keyboard. */
export function Board(props: BoardProps): ReactNode {
  const { columns, onMove } = props
  const now = useNow()
  const hintId = useId()
  const board = useRef<HTMLDivElement>(null)
  const [spoken, announce] = useState('')
  const [focusWish, setFocusWish] = useState<FocusWish | null>(null)
  /** Client whose card shall have the focus once it stands in its new column. */
  const [follow, setFollow] = useState<string | null>(null)

  const { lift, ghost, onPointerDown, onKeyDown, swallowsClick } = useCardLift({
    board,
    columns,
    announce,
    onDrop: (card, from, to, by) => {
      const label = columns.find((column) => column.id === to)?.status.label ?? ''
      if (by === 'keyboard') setFollow(card.row.clientId)
      void onMove(card, from, to, label).then((moved) => {
        announce(moved ? `Moved to ${label}.` : 'Not moved.')
        if (!moved && by === 'keyboard') setFollow(card.row.clientId)
      })
    },
    takes: (card, columnId) => props.refusedBy(card, columnId) === null,
    onRefused: (card, columnId) => {
      const source = props.refusedBy(card, columnId) ?? ''
      const label = columns.find((column) => column.id === columnId)?.status.label ?? ''
      notify({
        icon: <IconInfoCircle size={16} aria-hidden />,
        text: `${source} does not know the status ${label}. The card stays where it was.`,
      })
    },
  })

  useEffect(() => {
    if (follow === null) return
    for (const column of columns) {
      const index = column.cards.findIndex((card) => card.row.clientId === follow)
      if (index < 0) continue
      setFocusWish({ columnId: column.id, index })
      setFollow(null)
      return
    }
  }, [columns, follow])

  const walk = (event: KeyboardEvent<HTMLElement>, columnId: string, index: number) => {
    const at = columns.findIndex((column) => column.id === columnId)
    const toColumn = (step: -1 | 1): FocusWish | null => {
      for (let next = at + step; next >= 0 && next < columns.length; next += step) {
        const column = columns[next]
        if (column !== undefined && column.cards.length > 0) {
          return { columnId: column.id, index: Math.min(index, column.cards.length - 1) }
        }
      }
      return null
    }
    const last = (columns[at]?.cards.length ?? 1) - 1
    const wishOfKey = (): FocusWish | null | undefined => {
      switch (event.key) {
        case 'ArrowUp':
          return { columnId, index: Math.max(0, index - 1) }
        case 'ArrowDown':
          return { columnId, index: Math.min(last, index + 1) }
        case 'ArrowLeft':
          return toColumn(-1)
        case 'ArrowRight':
          return toColumn(1)
        case 'Home':
          return { columnId, index: 0 }
        case 'End':
          return { columnId, index: last }
        default:
          return undefined
      }
    }
    const wish = wishOfKey()
    if (wish === undefined) return
    event.preventDefault()
    if (wish !== null) setFocusWish(wish)
  }

  const sourceNameOf = (card: BoardCard) =>
    props.sources.find((source) => source.sourceId === card.row.sourceIds[0])?.name ?? null

  return (
    <>
      <div ref={board} className={classes.board} data-carrying={lift?.by === 'pointer' || undefined}>
        {columns.map((column) => (
          <BoardColumnView
            key={column.id}
            column={column}
            isTarget={lift !== null && lift.target === column.id && lift.from !== column.id}
            refuses={lift !== null && lift.from !== column.id && props.refusedBy(lift.card, column.id) !== null}
            mixed={props.mixed}
            liftedId={lift?.card.row.clientId ?? null}
            focusWish={focusWish}
            hintId={hintId}
            now={now}
            sourceNameOf={sourceNameOf}
            onPointerDown={onPointerDown}
            onKeyDown={(event, card, columnId, index) => {
              if (!onKeyDown(event, card, columnId)) walk(event, columnId, index)
            }}
            onOpen={(card) => {
              if (!swallowsClick()) navigate('clients', card.row.clientId)
            }}
            onNeedMore={props.onNeedMore}
          />
        ))}
      </div>
      {lift !== null && (
        <div
          ref={ghost}
          className={classes.ghost}
          data-by={lift.by}
          aria-hidden="true"
          style={{ ...ghostPlace(board.current, lift), width: lift.box.width, height: lift.box.height }}
        >
          <CardFace card={lift.card} sourceName={sourceNameOf(lift.card)} mixed={props.mixed} now={now} />
        </div>
      )}
      <p id={hintId} hidden>
        Enter opens the client, Space lifts the card to move it to another column.
      </p>
      <div className={classes.hidden} aria-live="assertive">
        {spoken}
      </div>
    </>
  )
}

/** By pointer the card starts where it lay; by keyboard it stands at the top of the column it would fall into. */
function ghostPlace(
  board: HTMLElement | null,
  lift: NonNullable<ReturnType<typeof useCardLift>['lift']>,
): { readonly left: number; readonly top: number } {
  const { left, top } = lift.box
  if (lift.by === 'pointer' || board === null || lift.target === null || lift.target === lift.from) return { left, top }
  const span = spansOf(board).find((each) => each.id === lift.target)
  return span === undefined ? { left, top } : { left: span.left + 8, top: board.getBoundingClientRect().top + 56 }
}
