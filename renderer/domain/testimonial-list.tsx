import { IconAlertTriangle, IconQuote, IconRefresh } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { AppError } from '../../shared/app-error.ts'
import { type ClientId, type RemoteId, remoteIdSchema, type SourceId } from '../../shared/ids.ts'
import { useHost } from '../bridge/app-context.tsx'
import { useStoreQuery } from '../bridge/use-store-query.ts'
import { useManifests, useNetwork, useSource, useSources } from '../state/host-state.ts'
import { errorText } from '../text/error-text.ts'
import { formatRelative } from '../text/format.ts'
import { Banner, NoteAction } from '../ui/banner.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useNow } from '../ui/use-now.ts'
import { THIS_DEVICE } from './source-label.tsx'
import classes from './testimonial.module.css'
import { TestimonialCard } from './testimonial-card.tsx'

/** Where a client's testimonials are asked for. */
interface Origin {
  readonly sourceId: SourceId
  readonly remoteId: RemoteId
}

/**
 * A client's testimonials: those on this device at once, and a fresh reading from the source when the list is opened
 * and there is a network.
 */
export function ClientTestimonials(props: { readonly clientId: ClientId }): ReactNode {
  const { clientId } = props
  const now = useNow()
  const network = useNetwork()
  const offline = !network.online || network.workOffline
  const [playing, setPlaying] = useState<string | null>(null)
  const { data, error } = useStoreQuery('testimonials.ofClient', { clientId }, ['testimonials'])
  const origin = useTestimonialOrigin(clientId)
  const reading = useReading(origin, !offline)
  const source = useSource(origin?.sourceId ?? null)

  if (error !== null) {
    const { title, text } = errorText(error, { sourceName: THIS_DEVICE })
    return (
      <Banner tone="danger" role="alert" lead={title} icon={<IconAlertTriangle size={16} aria-hidden />}>
        {text}
      </Banner>
    )
  }
  if (data === null) return null
  if (!data.supported && data.items.length === 0) {
    return (
      <EmptyState inline icon={<IconQuote size={20} aria-hidden />} lead="No source of testimonials">
        None of this client’s sources keeps testimonials.
      </EmptyState>
    )
  }

  const vendor = source?.name ?? 'the source'
  return (
    <div className={classes.list}>
      {reading.error !== null && <ReadingFailed error={reading.error} vendor={vendor} onRetry={reading.again} />}
      {data.items.length === 0 ? (
        <NoneYet readAt={data.readAt} offline={offline} busy={reading.busy} vendor={vendor} />
      ) : (
        <>
          <p className={classes.listNote}>
            {reading.busy && <IconRefresh size={12} className="turning" aria-hidden />}
            {data.readAt === null ? `From ${vendor}` : `From ${vendor}, read ${formatRelative(data.readAt, now)}`}
            {data.cut && '. The newest 50; the source gives no more.'}
          </p>
          {data.items.map((testimonial) => (
            <TestimonialCard
              key={testimonial.testimonialId}
              testimonial={testimonial}
              playing={playing === testimonial.testimonialId}
              onPlay={() => setPlaying(testimonial.testimonialId)}
              now={now}
              linksClient={false}
            />
          ))}
        </>
      )}
    </div>
  )
}

/** The record of a client that has testimonials, where one has. */
function useTestimonialOrigin(clientId: ClientId): Origin | null {
  const { data } = useStoreQuery('clients.get', { clientId }, ['clients'])
  const sources = useSources()
  const manifests = useManifests()
  for (const record of data?.records ?? []) {
    const source = sources.find((each) => each.sourceId === record.sourceId)
    const manifest = manifests.find((each) => each.connectorId === source?.connectorId)
    const remoteId = remoteIdSchema.safeParse(record.remoteId)
    if (manifest?.testimonials !== true || record.sourceId === null || !remoteId.success) continue
    return { sourceId: record.sourceId, remoteId: remoteId.data }
  }
  return null
}

/** Reads once per client and per time that the network comes back. */
function useReading(origin: Origin | null, online: boolean) {
  const host = useHost()
  const [state, setState] = useState<{ readonly busy: boolean; readonly error: AppError | null }>({
    busy: false,
    error: null,
  })
  const [turn, setTurn] = useState(0)
  const sourceId = origin?.sourceId ?? null
  const remoteId = origin?.remoteId ?? null

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks again
  useEffect(() => {
    if (sourceId === null || remoteId === null || !online) {
      setState({ busy: false, error: null })
      return
    }
    let gone = false
    setState({ busy: true, error: null })
    void host.call['testimonials.read']({ sourceId, remoteId }).then((reply) => {
      if (!gone) setState({ busy: false, error: reply.ok ? null : reply.error })
    })
    return () => {
      gone = true
    }
  }, [host, sourceId, remoteId, online, turn])

  return { ...state, again: () => setTurn(turn + 1) }
}

function ReadingFailed(props: {
  readonly error: AppError
  readonly vendor: string
  readonly onRetry: () => void
}): ReactNode {
  const { title, text } = errorText(props.error, { sourceName: props.vendor, during: 'sync' })
  return (
    <Banner
      tone="warning"
      lead={title}
      icon={<IconAlertTriangle size={16} aria-hidden />}
      action={<NoteAction onClick={props.onRetry}>Try again</NoteAction>}
    >
      {text}
    </Banner>
  )
}

function NoneYet(props: {
  readonly readAt: number | null
  readonly offline: boolean
  readonly busy: boolean
  readonly vendor: string
}): ReactNode {
  const { readAt, offline, busy, vendor } = props
  if (readAt === null && offline) {
    return (
      <EmptyState inline icon={<IconQuote size={20} aria-hidden />} lead="Not read yet">
        This client’s testimonials lie at {vendor}. They are read when the network is back.
      </EmptyState>
    )
  }
  if (readAt === null) {
    return (
      <EmptyState
        inline
        icon={<IconQuote size={20} aria-hidden />}
        lead={busy ? `Reading from ${vendor}` : 'Not read yet'}
      >
        {busy ? 'One moment.' : `Nothing has come from ${vendor} so far.`}
      </EmptyState>
    )
  }
  return (
    <EmptyState inline icon={<IconQuote size={20} aria-hidden />} lead="No testimonials">
      {vendor} has none of this client.
    </EmptyState>
  )
}
