import {
  IconMaximize,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react'
import type { CSSProperties, ReactNode } from 'react'
import classes from './video-player.module.css'
import { clockTime, spokenTime } from './video-player-trim.ts'

export interface VideoControlsProps {
  readonly playing: boolean
  /** The picture waits for data. */
  readonly waiting: boolean
  readonly muted: boolean
  /** Seconds of the shown part. */
  readonly time: number
  /** Null while the length is unknown. */
  readonly length: number | null
  readonly onToggle: () => void
  readonly onSeek: (seconds: number) => void
  readonly onMute: () => void
  /** Null where the window may not fill the screen. */
  readonly onFill: (() => void) | null
}

/** The bar under the picture: play, place, time, sound, full screen. */
export function VideoControls(props: VideoControlsProps): ReactNode {
  const length = props.length ?? 0
  const place = length > 0 ? Math.min(1, props.time / length) : 0
  const seekStyle: CSSProperties & Readonly<Record<'--place', string>> = { '--place': `${place * 100}%` }
  return (
    <div className={classes.controls} data-waiting={props.waiting || undefined}>
      <button
        type="button"
        className={classes.control}
        aria-label={props.playing ? 'Pause' : 'Play'}
        onClick={props.onToggle}
      >
        {props.playing ? <IconPlayerPauseFilled size={16} /> : <IconPlayerPlayFilled size={16} />}
      </button>
      <input
        type="range"
        className={classes.seek}
        aria-label="Position"
        aria-valuetext={`${spokenTime(props.time)} of ${spokenTime(length)}`}
        min={0}
        max={length}
        step={0.1}
        value={Math.min(props.time, length)}
        disabled={props.length === null}
        style={seekStyle}
        onChange={(event) => props.onSeek(event.currentTarget.valueAsNumber)}
      />
      <span className={classes.time}>
        {clockTime(props.time)}
        {props.length !== null && ` / ${clockTime(props.length)}`}
      </span>
      <button
        type="button"
        className={classes.control}
        aria-label="Mute"
        aria-pressed={props.muted}
        onClick={props.onMute}
      >
        {props.muted ? <IconVolumeOff size={16} stroke={1.6} /> : <IconVolume size={16} stroke={1.6} />}
      </button>
      {props.onFill !== null && (
        <button type="button" className={classes.control} aria-label="Full screen" onClick={props.onFill}>
          <IconMaximize size={16} stroke={1.6} />
        </button>
      )}
    </div>
  )
}
