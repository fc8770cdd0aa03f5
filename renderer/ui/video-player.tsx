import { IconAlertTriangle } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import classes from './video-player.module.css'
import { VideoControls } from './video-player-controls.tsx'
import { useVideoSource, type VideoFailure } from './video-player-source.ts'
import { shownLength, toFile, toShown, trimRange } from './video-player-trim.ts'

export interface VideoPlayerProps {
  /** Address of an HLS playlist on this app's own host. */
  readonly src: string
  /** Shown until the first frame. */
  readonly posterUrl: string | null
  /** Accessible name, for example "Video of Renée Dubois". */
  readonly label: string
  /** Length of the file in seconds, where known before it is read. */
  readonly durationSeconds: number | null
  readonly trimStartSeconds: number | null
  readonly trimEndSeconds: number | null
  /**
   * Asks for a fresh address, which then comes as `src`. Called once by itself when the stream cannot be fetched, since
   * addresses at vendors expire, and again at each `Try again`.
   */
  readonly renew: () => Promise<void>
  /** Stands beside `Try again` when the video fails. */
  readonly otherWay?: ReactNode
}

const SEEK_SECONDS = 5

/**
 * Plays the trimmed part of a stream in place, and starts at once: it is shown because somebody pressed play. Times
 * are those of the trimmed part. Keys: Space or K plays and pauses, arrows seek, Home and End, M mutes, F fills the
 * screen. There are no captions because the streams carry none.
 */
export function VideoPlayer(props: VideoPlayerProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  const [attempt, setAttempt] = useState(0)
  const [duration, setDuration] = useState(props.durationSeconds)
  const [time, setTime] = useState(0)
  const [playing, setPlaying] = useState(false)
  const [waiting, setWaiting] = useState(true)
  const [muted, setMuted] = useState(false)

  const { trimStartSeconds, trimEndSeconds } = props
  const range = useMemo(
    () => trimRange(duration, trimStartSeconds, trimEndSeconds),
    [duration, trimStartSeconds, trimEndSeconds],
  )
  const length = shownLength(range)
  const startAt = trimRange(props.durationSeconds, trimStartSeconds, trimEndSeconds).start
  const failure = useVideoSource(video, { src: props.src, startAt, attempt })

  const { renew } = props
  const [renewed, setRenewed] = useState(false)
  const healing = failure === 'unreachable' && !renewed
  useEffect(() => {
    if (!healing) return
    let gone = false
    void renew().then(() => {
      if (gone) return
      setRenewed(true)
      setAttempt((current) => current + 1)
    })
    return () => {
      gone = true
    }
  }, [healing, renew])

  // The picture is followed frame by frame while it plays: `timeupdate` comes four times a second and would overrun
  // the trim point.
  useEffect(() => {
    const element = video.current
    if (!playing || element === null) return
    let frameId = 0
    const follow = () => {
      if (element.currentTime >= range.end) {
        element.pause()
        element.currentTime = range.end
      }
      setTime(toShown(element.currentTime, range))
      frameId = requestAnimationFrame(follow)
    }
    frameId = requestAnimationFrame(follow)
    return () => cancelAnimationFrame(frameId)
  }, [playing, range])

  const broken = failure !== null && !healing
  // The keys are there at once, after `Try again` too.
  useEffect(() => {
    if (!broken) frame.current?.focus({ preventScroll: true })
  }, [broken])

  const seek = (shown: number) => {
    const element = video.current
    if (element === null) return
    element.currentTime = toFile(shown, range)
    setTime(toShown(element.currentTime, range))
  }
  const toggle = () => {
    const element = video.current
    if (element === null) return
    if (!element.paused) {
      element.pause()
      return
    }
    if (element.currentTime >= range.end - 0.05 || element.ended) element.currentTime = range.start
    play(element)
  }
  const toggleMute = () => {
    const element = video.current
    if (element !== null) element.muted = !element.muted
  }
  const fill = () => {
    if (document.fullscreenElement !== null) void document.exitFullscreen()
    else void frame.current?.requestFullscreen()
  }

  const actionOfKey = (event: KeyboardEvent): (() => void) | null => {
    switch (event.key) {
      case ' ':
        return event.target instanceof HTMLButtonElement ? null : toggle
      case 'k':
        return toggle
      case 'ArrowLeft':
        return () => seek(time - SEEK_SECONDS)
      case 'ArrowRight':
        return () => seek(time + SEEK_SECONDS)
      case 'Home':
        return () => seek(0)
      case 'End':
        return () => seek(length ?? time)
      case 'm':
        return toggleMute
      case 'f':
        return fill
      default:
        return null
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const act = actionOfKey(event)
    if (act === null) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  if (broken) {
    return (
      <Failure
        failure={failure}
        otherWay={props.otherWay}
        onRetry={() => {
          setWaiting(true)
          setRenewed(false)
        }}
      />
    )
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; these are the controls of one picture
    <div
      ref={frame}
      className={classes.frame}
      role="group"
      aria-label={props.label}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {/* biome-ignore lint/a11y/useMediaCaption: the streams carry no captions */}
      <video
        ref={video}
        className={classes.video}
        aria-label={props.label}
        poster={props.posterUrl ?? undefined}
        playsInline
        onClick={toggle}
        onCanPlay={(event) => {
          setWaiting(false)
          if (event.currentTarget.paused && time === 0 && !playing) play(event.currentTarget)
        }}
        onDurationChange={(event) => {
          const known = event.currentTarget.duration
          if (Number.isFinite(known)) setDuration(known)
        }}
        onPlaying={() => {
          setPlaying(true)
          setWaiting(false)
        }}
        onPause={() => setPlaying(false)}
        onWaiting={() => setWaiting(true)}
        // No frames are drawn while the window is hidden; the end still holds.
        onTimeUpdate={(event) => {
          if (event.currentTarget.currentTime >= range.end) event.currentTarget.pause()
        }}
        onSeeked={(event) => {
          setWaiting(false)
          setTime(toShown(event.currentTarget.currentTime, range))
        }}
        onVolumeChange={(event) => setMuted(event.currentTarget.muted)}
      />
      <VideoControls
        playing={playing}
        waiting={waiting}
        muted={muted}
        time={time}
        length={length}
        onToggle={toggle}
        onSeek={seek}
        onMute={toggleMute}
        onFill={document.fullscreenEnabled ? fill : null}
      />
    </div>
  )
}

function play(element: HTMLVideoElement): void {
  // Refused where the page has not been touched yet; the button then stays on "Play".
  element.play().catch(() => {})
}

const SENTENCES: Readonly<Record<VideoFailure, string>> = {
  'foreign-address': 'This video lies at an address that Clientele does not open.',
  unreachable: 'The video could not be fetched. The source or the network did not answer.',
  undecodable: 'The video arrived and cannot be played here. Its format is not known to this window.',
}

function Failure(props: {
  readonly failure: VideoFailure
  readonly otherWay: ReactNode
  readonly onRetry: () => void
}): ReactNode {
  return (
    <div className={classes.failure} role="alert">
      <IconAlertTriangle size={20} stroke={1.5} aria-hidden="true" />
      <p>{SENTENCES[props.failure]}</p>
      <div className={classes.ways}>
        {props.failure === 'unreachable' && (
          <button type="button" className={classes.way} onClick={props.onRetry}>
            Try again
          </button>
        )}
        {props.otherWay}
      </div>
    </div>
  )
}
