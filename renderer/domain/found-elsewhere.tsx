import { IconDeviceLaptop } from '@tabler/icons-react'
import { useHostState, useSource } from '../state/host-state.ts'
import type { ClientRow, FoundElsewhere } from '../store/store-contract.ts'
import { cx } from '../ui/cx.ts'
import { ColorSquare } from '../ui/source-square.tsx'
import styles from './domain.module.css'
import { markText } from './highlight.tsx'
import { sourceColor } from './source-color.ts'
import { THIS_DEVICE } from './source-label.tsx'

const FIELD_WORDS: Readonly<Record<FoundElsewhere['field'], string>> = {
  jobTitle: 'job title',
  location: 'location',
  notes: 'notes',
  owner: 'owner',
}

/**
 * Names the field in which a word was found that no column shows. The words are in the tooltip, with the source where there
 * are several; the source has its square here, too, where it is not the one that the row names.
 */
export function FoundIn(props: { readonly row: ClientRow }) {
  const { found, sourceIds } = props.row
  const elsewhere = found?.elsewhere ?? []
  const [first] = elsewhere
  const sourceId = first?.sourceId ?? null
  // Only what is shown of it: a source that is syncing changes several times a second.
  const name = useSource(sourceId, (source) => source.name)
  const connectorId = useSource(sourceId, (source) => source.connectorId)
  const areSeveral = useHostState(({ sources }) => sources !== null && sources.length > 1)
  if (first === undefined) return null
  const nameOf = (id: FoundElsewhere['sourceId']): string => (id === null ? THIS_DEVICE : (name ?? ''))
  const told = elsewhere.map((each) => {
    const where = areSeveral ? `${FIELD_WORDS[each.field]}, ${nameOf(each.sourceId)}` : FIELD_WORDS[each.field]
    return `${where}: ${each.text}`
  })
  const isOther = first.sourceId !== (sourceIds[0] ?? null) || sourceIds.length > 1
  return (
    <span className={styles.foundIn} title={told.join('\n')}>
      {isOther && connectorId !== null && <ColorSquare color={sourceColor(connectorId)} small />}
      {isOther && connectorId === null && <IconDeviceLaptop size={12} aria-hidden />}
      <span className="visually-hidden">Found in </span>
      <span className="ell">{FIELD_WORDS[first.field]}</span>
      {elsewhere.length > 1 && <span>+{elsewhere.length - 1}</span>}
    </span>
  )
}

/** The words around what was found, in one line: `notes: …about renewal; wants…`. */
export function FoundText(props: { readonly found: FoundElsewhere; readonly className?: string | undefined }) {
  const { field, text, marks } = props.found
  return (
    <span className={cx('ell', props.className)} dir="auto" title={text}>
      {FIELD_WORDS[field]}: {markText(text, marks)}
    </span>
  )
}
