import { IconExternalLink, IconPlayerPlayFilled, IconPlugConnectedX, IconVideoOff } from '@tabler/icons-react'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { type ClientId, remoteIdSchema, type SourceId } from '../../shared/ids.ts'
import { useHost, useStore } from '../bridge/app-context.tsx'
import { useNetwork, useSource } from '../state/host-state.ts'
import type { TestimonialView } from '../store/store-contract.ts'
import { EmbedFrame } from '../ui/embed-frame.tsx'
import { VideoPlayer } from '../ui/video-player.tsx'
import { clockTime, spokenTime } from '../ui/video-player-trim.ts'
import classes from './testimonial.module.css'
import { type VideoState, videoLength, videoState } from './testimonial-video.ts'
import { webAddress } from './web-link.tsx'

/**
 * The 16:9 picture of a video: poster with `play`, or the player once it was pressed. What cannot be played says why,
 * and where the vendor has a page for it, offers that.
 */
export function TestimonialPicture(props: {
  readonly testimonial: TestimonialView
  readonly person: string
  readonly playing: boolean
  readonly onPlay: () => void
}): ReactNode {
  const { testimonial, person } = props
  const network = useNetwork()
  const source = useSource(testimonial.sourceId)
  const renew = useRenewal(testimonial.clientId, testimonial.sourceId)
  const [askedOffline, setAskedOffline] = useState(false)
  const offline = !network.online || network.workOffline
  useEffect(() => {
    if (!offline) setAskedOffline(false)
  }, [offline])

  const vendor = source?.name ?? 'the source'
  const state = videoState(testimonial)
  const length = videoLength(testimonial)
  const video = testimonial.video
  const page = webAddress(video?.embedUrl ?? '')
  const elsewhere = page === null || offline ? null : <OpenElsewhere url={page} />

  if (props.playing && state.kind === 'playable') {
    return (
      <div className={classes.picture}>
        <VideoPlayer
          src={state.hlsUrl}
          posterUrl={video?.posterUrl ?? null}
          label={`Video of ${person}`}
          durationSeconds={video?.durationSeconds ?? null}
          trimStartSeconds={video?.trimStartSeconds ?? null}
          trimEndSeconds={video?.trimEndSeconds ?? null}
          renew={renew}
          otherWay={elsewhere}
        />
      </div>
    )
  }

  if (props.playing && state.kind === 'embed') {
    return (
      <div className={classes.picture}>
        <EmbedFrame src={state.url} label={`Video of ${person}, from ${state.host}`} />
      </div>
    )
  }

  const lengthWords = length === null ? '' : `, ${spokenTime(length)}`
  return (
    <div className={classes.picture}>
      <Poster src={video?.posterUrl ?? null} />
      {state.kind === 'playable' ? (
        <>
          <button
            type="button"
            className={classes.play}
            aria-label={`Play video of ${person}${lengthWords}${offline ? ', needs network' : ''}`}
            onClick={() => (offline ? setAskedOffline(true) : props.onPlay())}
          >
            <IconPlayerPlayFilled size={16} aria-hidden="true" />
          </button>
          {offline && (
            <span className={classes.needs}>
              <IconPlugConnectedX size={12} stroke={2} aria-hidden="true" />
              Needs network
            </span>
          )}
          {length !== null && (
            <span className={classes.length} aria-hidden="true">
              {clockTime(length)}
            </span>
          )}
        </>
      ) : state.kind === 'embed' ? (
        <div className={classes.cannot}>
          <button
            type="button"
            className={classes.elsewhere}
            aria-label={`Play from ${state.host}: video of ${person}${offline ? ', needs network' : ''}`}
            onClick={() => (offline ? setAskedOffline(true) : props.onPlay())}
          >
            <IconPlayerPlayFilled size={14} aria-hidden="true" />
            Play from {state.host}
          </button>
          <p>Its player opens here, shut off from your clients. That site sees that you watch.</p>
        </div>
      ) : (
        <div className={classes.cannot}>
          <IconVideoOff size={20} stroke={1.5} aria-hidden="true" />
          <p>{cannotText(state, vendor)}</p>
          {elsewhere}
        </div>
      )}
      {askedOffline && (
        <span role="alert" className={classes.why}>
          {network.workOffline
            ? 'Work offline is on, and the video lies at the source. Switch it off to play.'
            : 'You are offline, and the video lies at the source. It plays when the network is back.'}
        </span>
      )}
    </div>
  )
}

/** Reads a client's testimonials anew, so that addresses which have expired are replaced. */
function useRenewal(clientId: ClientId, sourceId: SourceId): () => Promise<void> {
  const host = useHost()
  const store = useStore()
  return useCallback(async () => {
    const client = await store.call['clients.get']({ clientId })
    const record = client.ok ? client.value?.records.find((each) => each.sourceId === sourceId) : undefined
    const remoteId = remoteIdSchema.safeParse(record?.remoteId)
    if (remoteId.success) await host.call['testimonials.read']({ sourceId, remoteId: remoteId.data })
  }, [host, store, clientId, sourceId])
}

function cannotText(state: Exclude<VideoState, { kind: 'playable' | 'embed' }>, vendor: string): string {
  if (state.kind === 'not-ready') return `${vendor} has not finished this video yet (${state.status}).`
  return `${vendor} gives no stream for this video.`
}

/** The picture that the host has cached; grey where there is none. Decoration: the name stands below. */
function Poster(props: { readonly src: string | null }): ReactNode {
  const [failed, setFailed] = useState<string | null>(null)
  if (props.src === null || props.src === failed) return null
  const { src } = props
  return <img className={classes.poster} src={src} alt="" loading="lazy" onError={() => setFailed(src)} />
}

/** Names the host and not the source: whose page it is, is the vendor's to choose. */
function OpenElsewhere(props: { readonly url: string }): ReactNode {
  const host = useHost()
  return (
    <button
      type="button"
      className={classes.elsewhere}
      onClick={() => void host.call['shell.openLink']({ url: props.url })}
    >
      <IconExternalLink size={14} stroke={1.75} aria-hidden="true" />
      Open {new URL(props.url).hostname}
    </button>
  )
}
