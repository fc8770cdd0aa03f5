import { useSources } from '../state/host-state.ts'
import type { FoundElsewhere, RowMatch } from '../store/store-contract.ts'
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

/** Names the field in which a word was found that no column shows, and its source where there are several. The words are in the tooltip. */
export function FoundIn(props: { readonly found: RowMatch | undefined }) {
  const sources = useSources()
  const elsewhere = props.found?.elsewhere ?? []
  const [first] = elsewhere
  if (first === undefined) return null
  const nameOf = (sourceId: FoundElsewhere['sourceId']): string =>
    sourceId === null ? THIS_DEVICE : (sources.find((source) => source.sourceId === sourceId)?.name ?? '')
  const told = elsewhere.map(({ field, sourceId, text }) => {
    const source = sources.length > 1 ? nameOf(sourceId) : ''
    return `${FIELD_WORDS[field]}${source === '' ? '' : `, ${source}`}: ${text}`
  })
  const source = sources.find(({ sourceId }) => sourceId === first.sourceId)
  return (
    <span className={styles.foundIn} title={told.join('\n')}>
      {sources.length > 1 && source !== undefined && <ColorSquare color={sourceColor(source.connectorId)} small />}
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
