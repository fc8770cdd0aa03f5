// biome-ignore-all lint/a11y/useSemanticElements: a virtualised ARIA grid of positioned rows; a table cannot be laid out so
// biome-ignore-all lint/a11y/useFocusableInteractive: one tab stop that roves over the cells; the rest takes no focus
import { IconCloudUp, IconGitFork } from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import { FoundIn, FoundText } from '../../domain/found-elsewhere.tsx'
import { markText } from '../../domain/highlight.tsx'
import { SourceLabel, THIS_DEVICE } from '../../domain/source-label.tsx'
import { StatusLabel } from '../../domain/status-label.tsx'
import type { ClientRow, Mark } from '../../store/store-contract.ts'
import { formatMoment, formatRelative } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { cx } from '../../ui/cx.ts'
import { scriptLang, textDir } from '../../ui/script-lang.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { COLUMNS, type Column } from './columns.ts'
import styles from './grid.module.css'
import { SelectBox } from './select-box.tsx'
import { TagCell } from './tag-cell.tsx'

export interface ClientRowProps {
  readonly row: ClientRow | null
  /** The client has gone, and its place is held. */
  readonly gone: boolean
  readonly index: number
  readonly top: number
  readonly height: number
  readonly template: string
  readonly tagsWidth: number
  /** The client that is open. */
  readonly open: boolean
  readonly selected: boolean
  /** Column that takes the tab stop, or null where another row has it. */
  readonly tabColumn: number | null
  readonly comfortable: boolean
  readonly now: number
}

const SKELETONS = [120, 90, 56, 72, 48, 110, 96, 60]

/** A line of the grid. Rows keep their elements while the clients in them change, so a new answer only writes texts. */
export const ClientRowLine = memo(function ClientRowLine(props: ClientRowProps) {
  const { row, index } = props
  const style = { gridTemplateColumns: props.template, height: props.height, top: props.top }
  if (row === null) {
    return (
      <div
        role="row"
        aria-rowindex={index + 1}
        className={styles.row}
        style={style}
        aria-busy={props.gone ? undefined : 'true'}
        data-index={index}
      >
        {props.gone ? <GoneCells /> : <SkeletonCells index={index} />}
      </div>
    )
  }
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-selected={props.selected}
      aria-current={props.open ? 'true' : undefined}
      data-client-id={row.clientId}
      data-index={index}
      className={cx(
        styles.row,
        props.open && styles.selected,
        props.selected && styles.picked,
        row.deleting && styles.deleting,
      )}
      style={style}
    >
      <div role="gridcell" className={styles.mark} data-select="">
        <SelectBox label={`Select ${row.name}`} checked={props.selected} />
        {row.mark === 'conflict' && (
          <span role="img" aria-label={NAMES.conflict} title={NAMES.conflict} className={styles.conflict}>
            <IconGitFork size={16} aria-hidden />
          </span>
        )}
        {row.mark === 'waiting' && (
          <span role="img" aria-label={NAMES.waitingToSync} title={NAMES.waitingToSync} className={styles.waiting}>
            <IconCloudUp size={16} aria-hidden />
          </span>
        )}
      </div>
      <ClientCells
        row={row}
        tagsWidth={props.tagsWidth}
        tabColumn={props.tabColumn}
        comfortable={props.comfortable}
        now={props.now}
      />
    </div>
  )
})

type CellsProps = Pick<ClientRowProps, 'tagsWidth' | 'tabColumn' | 'comfortable' | 'now'> & {
  readonly row: ClientRow
}

/** Apart from the row, so that a row that only moves or is selected writes no cell. */
const ClientCells = memo(function ClientCells(props: CellsProps) {
  return COLUMNS.map((column, at) => {
    const { text, isLine, content } = cellOf(column, props.row, props)
    const hasText = text !== null && text !== ''
    return (
      <div
        key={column.key}
        role="gridcell"
        tabIndex={props.tabColumn === at ? 0 : -1}
        data-column={at}
        // Out of the window, as a card: see client-drag.ts.
        draggable={column.key === 'name' || undefined}
        className={cx(
          styles.cell,
          isLine && styles.line,
          column.key === 'name' && styles.name,
          column.key === 'company' && styles.company,
          column.key === 'tags' && styles.tags,
          column.key === 'updated' && styles.moment,
          (column.key === 'phone' || column.key === 'updated') && styles.figures,
        )}
        dir={hasText ? textDir(text) : undefined}
        lang={hasText ? scriptLang(text) : undefined}
        title={hasText ? text : undefined}
      >
        {content}
      </div>
    )
  })
})

function SkeletonCells(props: { readonly index: number }) {
  return (
    <>
      <div role="gridcell" className={styles.mark} />
      {COLUMNS.map((column, at) => (
        <div key={column.key} role="gridcell" className={styles.cell}>
          <Skeleton width={(SKELETONS[at] ?? 60) - ((props.index * 13 + at * 7) % 24)} />
        </div>
      ))}
    </>
  )
}

function GoneCells() {
  return (
    <>
      <div role="gridcell" className={styles.mark} />
      <div role="gridcell" className={cx(styles.cell, styles.gone)}>
        No longer here
      </div>
    </>
  )
}

const NONE = <span className={styles.none}>–</span>

interface CellContent {
  /** Where the cell is one text and no more, it has no elements in it: twenty of them a keystroke are laid out anew. */
  readonly text: string | null
  /** One line of text: laid out as that, and not as a box of boxes. */
  readonly isLine: boolean
  readonly content: ReactNode
}

function cellOf(column: Column, row: ClientRow, props: CellsProps): CellContent {
  const marks = row.found?.marks
  switch (column.key) {
    case 'name':
      return props.comfortable || (row.found?.elsewhere.length ?? 0) > 0
        ? boxOf(<NameContent row={row} comfortable={props.comfortable} />)
        : lineOf(row.name, marks?.name)
    case 'company':
      return lineOf(row.company, marks?.company)
    case 'status':
      return row.status === null ? lineOf(null) : boxOf(<StatusLabel status={row.status} />)
    case 'source': {
      const [first] = row.sourceIds
      if (first === undefined) return { text: null, isLine: true, content: THIS_DEVICE }
      return boxOf(<SourceLabel sourceId={first} extra={row.sourceIds.length - 1} />)
    }
    case 'updated':
      return row.updatedAt === null
        ? lineOf(null)
        : { text: null, isLine: true, content: <Moment at={row.updatedAt} now={props.now} /> }
    case 'email':
      return lineOf(row.email, marks?.email)
    case 'phone':
      return lineOf(row.phone, marks?.phone)
    case 'tags':
      return boxOf(<TagCell tags={row.tags} width={props.tagsWidth - 16} marks={row.found?.tags} />)
  }
}

function lineOf(text: string | null, marks?: readonly Mark[]): CellContent {
  return { text, isLine: true, content: text === null || text === '' ? NONE : markText(text, marks) }
}

function boxOf(content: ReactNode): CellContent {
  return { text: null, isLine: false, content }
}

const Moment = memo(function Moment({ at, now }: { readonly at: number; readonly now: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatMoment(at, now)}>
      {formatRelative(at, now)}
    </time>
  )
})

/** The name; beside or below it, where there is room, in which field that no column shows a word was found. */
function NameContent(props: { readonly row: ClientRow; readonly comfortable: boolean }) {
  const { row, comfortable } = props
  const { found } = row
  const [elsewhere] = found?.elsewhere ?? []
  const name = (
    <span className="ell" dir={textDir(row.name)} lang={scriptLang(row.name)} title={row.name}>
      {markText(row.name, found?.marks.name)}
    </span>
  )
  const second = row.jobTitle ?? row.email
  return (
    <>
      {elsewhere === undefined || comfortable ? (
        name
      ) : (
        <span className={styles.nameLine}>
          {name}
          <FoundIn row={row} />
        </span>
      )}
      {comfortable && elsewhere !== undefined && <FoundText found={elsewhere} className={styles.second} />}
      {comfortable && elsewhere === undefined && second !== null && (
        <span className={cx('ell', styles.second)} dir={textDir(second)}>
          {markText(second, row.jobTitle === null ? found?.marks.email : found?.marks.jobTitle)}
        </span>
      )}
    </>
  )
}
