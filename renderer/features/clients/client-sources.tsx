import { IconDeviceLaptop } from '@tabler/icons-react'
import type { Manifest } from '../../../shared/connector/manifest.ts'
import { visibleText } from '../../../shared/display/visible-text.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import { fieldText } from '../../domain/field-diff.tsx'
import { SourceTile, THIS_DEVICE } from '../../domain/source-label.tsx'
import { useManifests, useSource } from '../../state/host-state.ts'
import type { ClientDetails, RecordView } from '../../store/store-contract.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatMoment } from '../../text/format.ts'
import { ShownText } from '../../ui/shown-text.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './details.module.css'

/** One block per source record: what the source itself has, before anything of this device. */
export function ClientSources(props: { readonly details: ClientDetails }) {
  const labels = Object.fromEntries(props.details.statusOptions.map((option) => [option.id, option.label]))
  return props.details.records.map((record) => (
    <RecordBlock key={record.recordId} record={record} statusLabels={labels} />
  ))
}

function abilityText(manifest: Manifest | undefined): string {
  if (manifest === undefined) return ''
  const parts = ['Reads']
  if (manifest.creates !== null) parts.push('creates')
  if (manifest.updates !== null) parts.push('writes')
  if (manifest.deletes) parts.push('deletes')
  return parts.length === 1 ? 'Reads only' : parts.join(', ')
}

function RecordBlock(props: { readonly record: RecordView; readonly statusLabels: Readonly<Record<string, string>> }) {
  const { record } = props
  const now = useNow()
  const source = useSource(record.sourceId)
  const manifest = useManifests().find((each) => each.connectorId === source?.connectorId)
  // The keys of `Fields` are field keys; `Object.keys` only knows them as text.
  const keys = Object.keys(record.fields) as FieldKey[]
  return (
    <article className={styles.record}>
      <header className={styles.recordHead}>
        {source === null ? (
          <IconDeviceLaptop size={16} aria-hidden />
        ) : (
          <SourceTile connectorId={source.connectorId} name={source.name} small />
        )}
        <h3 className="ell strong" dir="auto">
          {source?.name ?? THIS_DEVICE}
        </h3>
        <span className="spring" />
        <span className="small t3">{record.present ? abilityText(manifest) : 'No longer there'}</span>
      </header>
      <dl className={styles.recordBody}>
        {keys.map((key) => (
          <div key={key} className={styles.pair}>
            <dt>{FIELD_LABELS[key]}</dt>
            <dd dir="auto">{fieldText(key, record.fields[key], props.statusLabels) ?? '–'}</dd>
          </div>
        ))}
        {record.extra.map((each) => (
          <div key={each.key} className={styles.pair}>
            <dt dir="auto">{visibleText(each.label)}</dt>
            <dd dir="auto">{each.value === null ? '–' : <ShownText text={each.value} />}</dd>
          </div>
        ))}
        {record.remoteId !== null && (
          <div className={styles.pair}>
            <dt>Id there</dt>
            <dd className={styles.mono} dir="ltr">
              <ShownText text={record.remoteId} />
            </dd>
          </div>
        )}
        {record.readAt !== null && (
          <div className={styles.pair}>
            <dt>Read</dt>
            <dd>{formatMoment(record.readAt, now)}</dd>
          </div>
        )}
      </dl>
    </article>
  )
}
