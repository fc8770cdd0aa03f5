import { memo } from 'react'
import type { SourceId } from '../../shared/ids.ts'
import type { SourceView } from '../../shared/model/source.ts'
import { useManifests, useSource, useSourcesKnown } from '../state/host-state.ts'
import { ColorSquare, ColorTile } from '../ui/source-square.tsx'
import styles from './domain.module.css'
import { sourceColor } from './source-color.ts'

export const THIS_DEVICE = 'This device'

/** Square and name of a source. A source that is gone shows a grey square and `Removed source`; before all are known, no name. */
export const SourceLabel = memo(function SourceLabel(props: { readonly sourceId: SourceId; readonly extra?: number }) {
  // Only what is shown: while a source is syncing it changes several times a second, and every row has a label.
  const name = useSource(props.sourceId, nameOf)
  const connectorId = useSource(props.sourceId, connectorOf)
  const known = useSourcesKnown()
  return (
    <span className={styles.source}>
      <ColorSquare color={sourceColor(connectorId ?? '')} small={false} />
      <span className="ell" dir="auto">
        {name ?? (known ? 'Removed source' : '')}
      </span>
      {props.extra !== undefined && props.extra > 0 && <span className="t3">+{props.extra}</span>}
    </span>
  )
})

function nameOf(source: SourceView): string {
  return source.name
}

function connectorOf(source: SourceView): string {
  return source.connectorId
}

export function SourceSquare(props: { readonly source: SourceView | null; readonly small?: boolean }) {
  return <ColorSquare color={sourceColor(props.source?.connectorId ?? '')} small={props.small === true} />
}

/** 28 px or 20 px tile with the connector's monogram, or the first letters of the source's name. */
export function SourceTile(props: { readonly connectorId: string; readonly name: string; readonly small?: boolean }) {
  const manifest = useManifests().find((each) => each.connectorId === props.connectorId)
  return (
    <ColorTile
      color={sourceColor(props.connectorId)}
      text={manifest?.monogram ?? initials(props.name)}
      small={props.small === true}
    />
  )
}

/** `Studio Lumière` → `SL`, `Bookings` → `Bo`. A name is read letter by letter as people see them. */
function initials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  const [first = name.trim(), second] = words
  return second === undefined ? [...first].slice(0, 2).join('') : ([...first][0] ?? '') + ([...second][0] ?? '')
}

/** Name of a source for sentences. */
export function useSourceName(sourceId: SourceId | null): string {
  const source = useSource(sourceId)
  return sourceId === null ? THIS_DEVICE : (source?.name ?? 'Removed source')
}
