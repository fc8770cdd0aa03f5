import {
  IconChevronDown,
  IconChevronUp,
  IconCircleCheck,
  IconDeviceLaptop,
  IconMail,
  IconPencil,
  IconPhone,
  IconTrash,
  IconX,
} from '@tabler/icons-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { ClientId } from '../../../shared/ids.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { useSourceName } from '../../domain/source-label.tsx'
import { ClientTestimonials } from '../../domain/testimonial-list.tsx'
import { openDialog } from '../../state/dialogs.ts'
import { onEditClient } from '../../state/focus.ts'
import { useOpenClient } from '../../state/open-client.ts'
import type { ClientDetails as Details } from '../../store/store-contract.ts'
import { formatNumber, formatRelative } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { scriptLang } from '../../ui/script-lang.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useClientDrag } from './client-drag.ts'
import { ClientMenu } from './client-menu.tsx'
import { ClientProfile } from './client-profile.tsx'
import { ClientSources } from './client-sources.tsx'
import { ClientTimeline } from './client-timeline.tsx'
import styles from './details.module.css'
import { EditForm } from './edit-form.tsx'
import { PaneHandle } from './pane-handle.tsx'

export interface ClientDetailsProps {
  readonly clientId: ClientId
  readonly className?: string | undefined
  readonly width: number
  /** True when the pane was opened from the keyboard and should take the focus. */
  readonly takeFocus: RefObject<boolean>
  readonly onPrevious: (() => void) | null
  readonly onNext: (() => void) | null
  readonly onClose: () => void
}

type TabName = 'profile' | 'timeline' | 'testimonials' | 'sources'

/** The open client. Follows the row, keeps its tab, and takes the focus only when asked to. */
export function ClientDetails(props: ClientDetailsProps) {
  const { clientId } = props
  const pane = useRef<HTMLElement>(null)
  const [tab, setTab] = useState<TabName>('profile')
  const [editing, setEditing] = useState<ClientId | null>(null)
  const answer = useStoreQuery('clients.get', { clientId }, [
    'clients',
    'edits',
    'conflicts',
    'testimonials',
    'sources',
  ])
  // While the next client is read, the one before it stays: nothing flickers from row to row.
  const details = answer.data
  const isEditing = editing === clientId && details?.row.clientId === clientId
  const name = details?.row.name ?? null
  const shownId = details?.row.clientId ?? null

  useEffect(() => useOpenClient.setState({ name, clientId: shownId }), [name, shownId])
  useEffect(() => () => useOpenClient.setState({ name: null, clientId: null }), [])
  useEffect(() => {
    const root = document.documentElement
    root.style.setProperty('--toast-inset', `${props.width}px`)
    return () => {
      root.style.removeProperty('--toast-inset')
    }
  }, [props.width])
  useEffect(() => onEditClient(() => setEditing(clientId)), [clientId])
  const timelineOf = useOpenClient((state) => state.timelineOf)
  useEffect(() => {
    if (timelineOf !== clientId) return
    setTab('timeline')
    useOpenClient.setState({ timelineOf: null })
  }, [timelineOf, clientId])
  const editOf = useOpenClient((state) => state.editOf)
  useEffect(() => {
    if (editOf !== clientId) return
    setEditing(clientId)
    useOpenClient.setState({ editOf: null })
  }, [editOf, clientId])
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once per opened client
  useEffect(() => {
    if (!props.takeFocus.current) return
    props.takeFocus.current = false
    pane.current?.focus()
  }, [clientId])

  const loaded = details !== null
  return (
    <section
      ref={pane}
      aria-label={NAMES.clientDetails}
      tabIndex={-1}
      className={cx(styles.pane, props.className)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        if (isEditing) setEditing(null)
        else props.onClose()
      }}
    >
      <PaneHandle width={props.width} />
      {loaded && isEditing ? (
        <EditForm
          details={details}
          onDone={() => {
            setEditing(null)
            pane.current?.focus()
          }}
        />
      ) : loaded ? (
        <>
          <DetailsHead {...props} details={details} onEdit={() => setEditing(clientId)} />
          <Tabs<TabName>
            label={NAMES.clientDetails}
            value={tab}
            onChange={setTab}
            panelClassName={styles.body}
            tabs={[
              { value: 'profile', label: 'Profile' },
              { value: 'timeline', label: 'Timeline' },
              {
                value: 'testimonials',
                label: 'Testimonials',
                count: details.testimonialCount > 0 ? formatNumber(details.testimonialCount) : undefined,
              },
              {
                value: 'sources',
                label: 'Sources',
                count: details.records.length > 1 ? formatNumber(details.records.length) : undefined,
              },
            ]}
          >
            {tab === 'profile' && <ClientProfile details={details} onTimeline={() => setTab('timeline')} />}
            {tab === 'timeline' && <ClientTimeline key={details.row.clientId} details={details} />}
            {tab === 'testimonials' && <ClientTestimonials clientId={details.row.clientId} />}
            {tab === 'sources' && <ClientSources details={details} />}
          </Tabs>
          <DetailsFoot details={details} />
        </>
      ) : (
        !answer.loading && (
          <div className={styles.body}>
            <EmptyState
              icon={<IconX size={20} aria-hidden />}
              lead="This client is not here any more"
              action={<Button onClick={props.onClose}>Back to the list</Button>}
            >
              It was deleted here, or its source no longer has it.
            </EmptyState>
          </div>
        )
      )}
    </section>
  )
}

function DetailsHead(props: ClientDetailsProps & { readonly details: Details; readonly onEdit: () => void }) {
  const host = useHost()
  const drag = useClientDrag()
  const { row } = props.details
  const role = [row.jobTitle, row.company].filter((part) => part !== null && part !== '').join(', ')
  const phone = row.phone
  const email = row.email
  return (
    <div className={styles.head}>
      <div className={styles.title}>
        {/* The picture and not the name: a name is there to be selected and copied. */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a pointer's short cut for Save as vCard */}
        <span
          className={styles.card}
          title="Drag out of the window as a vCard"
          draggable
          onPointerDown={() => drag.prepare(row)}
          onDragStart={(event) => drag.start(event, row)}
        >
          <Avatar name={row.name} src={row.avatar} />
        </span>
        <div className={styles.who}>
          <h2 className={cx('ell', styles.name)} dir="auto" lang={scriptLang(row.name)} title={row.name}>
            {row.name}
          </h2>
          <div className={cx('ell', styles.role)} dir="auto" title={role}>
            {role === '' ? '\u00a0' : role}
          </div>
        </div>
        <div className={styles.nearby}>
          <IconButton
            label="Previous client"
            keys={['K']}
            disabled={props.onPrevious === null}
            onClick={() => props.onPrevious?.()}
          >
            <IconChevronUp size={16} aria-hidden />
          </IconButton>
          <IconButton
            label="Next client"
            keys={['J']}
            disabled={props.onNext === null}
            onClick={() => props.onNext?.()}
          >
            <IconChevronDown size={16} aria-hidden />
          </IconButton>
          <IconButton label="Close" keys={['Esc']} onClick={props.onClose}>
            <IconX size={16} aria-hidden />
          </IconButton>
        </div>
      </div>
      <div className={styles.actions}>
        <Button icon={<IconPencil size={16} aria-hidden />} onClick={props.onEdit}>
          {NAMES.edit}
        </Button>
        {phone !== null && (
          <Button
            icon={<IconPhone size={16} aria-hidden />}
            onClick={() => void host.call['shell.openLink']({ url: `tel:${phone.replace(/[^\d+]/g, '')}` })}
          >
            Call
          </Button>
        )}
        {email !== null && (
          <Button
            icon={<IconMail size={16} aria-hidden />}
            onClick={() => void host.call['shell.openLink']({ url: `mailto:${encodeURIComponent(email)}` })}
          >
            Write
          </Button>
        )}
        <span className="spring" />
        <ClientMenu row={row} />
        <IconButton
          label={NAMES.delete}
          keys={['Delete']}
          disabled={row.deleting}
          hint={row.deleting ? 'The delete waits already' : undefined}
          onClick={() => openDialog({ kind: 'delete-client', clientId: row.clientId, name: row.name })}
        >
          <IconTrash size={16} aria-hidden />
        </IconButton>
      </div>
    </div>
  )
}

function DetailsFoot(props: { readonly details: Details }) {
  const { details } = props
  const now = useNow()
  const name = useSourceName(details.row.sourceIds[0] ?? null)
  const more = details.row.sourceIds.length - 1
  return (
    <div className={styles.foot}>
      {details.row.sourceIds.length === 0 ? (
        <>
          <IconDeviceLaptop size={14} aria-hidden />
          Kept on this device only
        </>
      ) : (
        <>
          <IconCircleCheck size={14} aria-hidden />
          <span className="ell">
            {details.readAt === null
              ? `Not at ${name} yet`
              : `Read from ${name}${more > 0 ? ` and ${more} more` : ''} ${formatRelative(details.readAt, now)}`}
          </span>
        </>
      )}
    </div>
  )
}
