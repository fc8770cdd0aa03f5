import { IconCloudUp, IconDeviceLaptop, IconGitFork, IconSparkles, IconUser } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { SourceLabel } from '../../domain/source-label.tsx'
import type { BoardCard } from '../../store/store-contract.ts'
import { NAMES } from '../../text/names.ts'
import { cardAge } from './card-age.ts'
import classes from './pipeline.module.css'

/** What stands on a card: name, company, then owner or the value that the vendor's AI filled in, and its age. */
export function CardFace(props: {
  readonly card: BoardCard
  readonly sourceName: string | null
  /** Clients of several sources stand on this board: the card says whose it is. */
  readonly mixed: boolean
  readonly now: number
}): ReactNode {
  const { row } = props.card
  return (
    <>
      <span className={classes.cardHead}>
        <span className={classes.name} data-deleting={row.deleting || undefined} dir="auto" title={row.name}>
          {row.name}
        </span>
        <CardMark card={props.card} />
      </span>
      <span className={classes.company} dir="auto">
        {row.company ?? '\u00a0'}
      </span>
      <span className={classes.cardFoot}>
        <CardNote {...props} />
        {row.updatedAt !== null && <span className={classes.age}>{cardAge(row.updatedAt, props.now)}</span>}
      </span>
    </>
  )
}

/** What the vendor's AI filled in, else the owner, else the source where several share the board. */
function CardNote(props: {
  readonly card: BoardCard
  readonly sourceName: string | null
  readonly mixed: boolean
}): ReactNode {
  const { aiValue, row } = props.card
  if (aiValue !== null) {
    return (
      <span className={classes.ai} title={props.sourceName === null ? undefined : `Filled by ${props.sourceName} AI`}>
        <IconSparkles size={12} stroke={2} aria-hidden="true" />
        {aiValue}
      </span>
    )
  }
  if (row.owner !== null) {
    return (
      <span className={classes.owner}>
        <IconUser size={12} stroke={2} aria-hidden="true" />
        <span dir="auto">{row.owner}</span>
      </span>
    )
  }
  const [sourceId] = row.sourceIds
  return props.mixed && sourceId !== undefined ? <SourceLabel sourceId={sourceId} /> : null
}

function CardMark(props: { readonly card: BoardCard }): ReactNode {
  const { moved, row } = props.card
  if (row.mark === 'conflict') {
    return <IconGitFork size={14} stroke={1.75} className={classes.conflict} role="img" aria-label={NAMES.conflict} />
  }
  if (moved === 'waiting') {
    return (
      <IconCloudUp size={14} stroke={1.75} className={classes.waiting} role="img" aria-label={NAMES.waitingToSync} />
    )
  }
  if (moved === 'device') {
    return (
      <IconDeviceLaptop
        size={14}
        stroke={1.75}
        className={classes.device}
        role="img"
        aria-label="Moved on this device only"
      />
    )
  }
  return null
}
