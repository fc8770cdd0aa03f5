import { Portal } from '@mantine/core'
import { IconFileTypePdf } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { FIELD_KINDS, type FieldKey, isEmptyFieldValue } from '../../../shared/model/field.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { fieldText } from '../../domain/field-diff.tsx'
import { THIS_DEVICE, useSourceName } from '../../domain/source-label.tsx'
import { useAppInfo } from '../../state/host-state.ts'
import { endPrint, type PrintJob } from '../../state/print-job.ts'
import type { ClientDetails, FieldView } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatFullDate } from '../../text/format.ts'
import { ShownText } from '../../ui/shown-text.tsx'
import { notify } from '../../ui/toast.tsx'
import styles from './print-sheet.module.css'
import { PrintedTestimonials } from './printed-testimonials.tsx'
import { PrintedTimeline } from './printed-timeline.tsx'

/** The heading says it, or a part of its own. */
const NOT_IN_PROFILE: ReadonlySet<FieldKey> = new Set(['name', 'firstName', 'lastName', 'notes'])
const TIMELINE_ENTRIES = 500

/**
 * A client as a sheet of paper, there for as long as it is being printed: hidden on the screen, and the only thing that a
 * printer sees. What others wrote stands in it as text.
 */
export function PrintSheet(props: { readonly job: PrintJob }) {
  const { job } = props
  const { clientId, parts } = job
  const details = useStoreQuery('clients.get', { clientId }, [])
  const testimonials = useStoreQuery('testimonials.ofClient', parts.testimonials ? { clientId } : null, [])
  const timeline = useStoreQuery('clients.timeline', parts.timeline ? { clientId, limit: TIMELINE_ENTRIES } : null, [])
  const isThere =
    details.data !== null &&
    (!parts.testimonials || testimonials.data !== null) &&
    (!parts.timeline || timeline.data !== null)
  const failure = details.error ?? testimonials.error ?? timeline.error
  usePrinting(job, isThere ? (details.data?.row.name ?? '') : null)
  const isGone = !details.loading && details.data === null
  useEffect(() => {
    if (failure === null && !isGone) return
    const text = failure === null ? 'This client is no longer here.' : errorLine(failure, { sourceName: THIS_DEVICE })
    notify({ tone: 'danger', text: `Nothing was printed. ${text}`, slot: 'print' })
    endPrint(job)
  }, [failure, isGone, job])

  if (details.data === null) return null
  return (
    // A place of its own in the page: whatever else lies over the window is not printed.
    <Portal reuseTargetNode={false}>
      <div data-print className={styles.sheet}>
        <Head details={details.data} />
        <Profile details={details.data} />
        {parts.notes && <Notes details={details.data} />}
        {parts.testimonials && <PrintedTestimonials items={testimonials.data?.items ?? []} />}
        {parts.otherFields && <OtherFields details={details.data} />}
        {parts.timeline && <PrintedTimeline items={timeline.data ?? []} />}
      </div>
    </Portal>
  )
}

/** Once everything is on the sheet. `name` null: not yet. */
function usePrinting(job: PrintJob, name: string | null): void {
  const host = useHost()
  const systemPrints = useAppInfo()?.desktop.print === true
  const started = useRef(false)
  useEffect(() => {
    if (name === null || started.current) return
    started.current = true
    const title = document.title
    // What a browser proposes as the name of the file.
    document.title = name
    const end = (): void => {
      document.title = title
      endPrint(job)
    }
    const bySystem = async (): Promise<void> => {
      const reply = await host.call['desktop.print']({ as: job.as, name: name.slice(0, 200) })
      end()
      if (!reply.ok) {
        notify({ tone: 'danger', text: errorLine(reply.error, { sourceName: THIS_DEVICE }), slot: 'print' })
      } else if (reply.value.done && job.as === 'pdf') {
        notify({ icon: <IconFileTypePdf size={16} aria-hidden />, text: `${name} is saved as PDF.`, slot: 'print' })
      }
    }
    // Laid out first, with its typeface: a sheet that is printed in the same moment is printed without.
    void document.fonts.ready.then(() => {
      requestAnimationFrame(() => {
        if (systemPrints) {
          void bySystem()
          return
        }
        window.addEventListener('afterprint', end, { once: true })
        window.print()
      })
    })
  }, [name, job, host, systemPrints])
}

function Head(props: { readonly details: ClientDetails }) {
  const { row, readAt } = props.details
  const source = useSourceName(row.sourceIds[0] ?? null)
  const role = [row.jobTitle, row.company].filter((part) => part !== null && part !== '').join(', ')
  const from = row.sourceIds.length === 0 ? 'Kept on one device' : `From ${source}`
  const asOf = readAt === null ? '' : `, as of ${formatFullDate(readAt)}`
  return (
    <header className={styles.head}>
      <h1 dir="auto">
        <ShownText text={row.name} />
      </h1>
      {role !== '' && (
        <p className={styles.role} dir="auto">
          <ShownText text={role} />
        </p>
      )}
      <p className={styles.small} dir="auto">
        {from}
        {asOf}. Printed {formatFullDate(Date.now())}.
      </p>
    </header>
  )
}

function Profile(props: { readonly details: ClientDetails }) {
  const { details } = props
  const labels = Object.fromEntries(details.statusOptions.map((option) => [option.id, option.label]))
  const fields = details.fields.filter((field) => !NOT_IN_PROFILE.has(field.field) && !isEmptyFieldValue(field.value))
  return (
    <section>
      <h2>Profile</h2>
      <table className={styles.fields}>
        <tbody>
          {fields.map((field) => (
            <tr key={field.field}>
              <th scope="row">{field.field === 'status' ? details.statusLabel : FIELD_LABELS[field.field]}</th>
              <td dir="auto" className={FIELD_KINDS[field.field] === 'url' ? styles.address : undefined}>
                <ShownText text={fieldText(field.field, field.value, labels) ?? ''} />
              </td>
              <td className={styles.origin}>
                <OriginText field={field} />
              </td>
            </tr>
          ))}
          {details.row.createdAt !== null && (
            <tr>
              <th scope="row">Created</th>
              <td>{formatFullDate(details.row.createdAt)}</td>
              <td className={styles.origin} />
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
}

/** Where a value comes from, in words. */
function OriginText(props: { readonly field: FieldView }) {
  const { origin } = props.field
  const name = useSourceName(origin.kind === 'device' ? null : origin.sourceId)
  if (origin.kind === 'waiting') return `Not at ${name} yet`
  if (origin.kind === 'conflict') return `In conflict with ${name}`
  return name
}

function Notes(props: { readonly details: ClientDetails }) {
  const notes = props.details.fields.find(({ field }) => field === 'notes')
  const text = notes === undefined ? null : fieldText('notes', notes.value)
  if (notes === undefined || text === null) return null
  return (
    <section>
      <h2>
        Notes{' '}
        <span className={styles.small}>
          (<OriginText field={notes} />)
        </span>
      </h2>
      <p className={styles.long} dir="auto">
        <ShownText text={text} />
      </p>
    </section>
  )
}

function OtherFields(props: { readonly details: ClientDetails }) {
  const extra = props.details.records.flatMap((record) => record.extra)
  if (extra.length === 0) return null
  return (
    <section>
      <h2>Other fields</h2>
      <table className={styles.fields}>
        <tbody>
          {extra.map((each) => (
            <tr key={each.key}>
              <th scope="row" dir="auto">
                <ShownText text={each.label} />
              </th>
              <td dir="auto" colSpan={2}>
                <ShownText text={each.value ?? '–'} />
                {each.filledBy === 'vendor-ai' && ' (filled in by AI)'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
