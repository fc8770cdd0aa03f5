import { type ReactNode, useEffect, useRef } from 'react'
import classes from './embed-frame.module.css'

/** Not in React's types yet: the frame starts without cookies and storage of its site, and forgets what it made. */
const WITHOUT_CREDENTIALS = { credentialless: true }

/**
 * A page of somebody else in a frame, shut off as far as it still plays: it may run its own scripts under its own
 * origin, which is never ours, and may fill the screen. No forms, windows, downloads, dialogs, no way to move our
 * window, no camera, no referrer, no cookies. `src` comes out of `embedAddress`; the policy of the page and the guards
 * of the hosts refuse any other.
 */
export function EmbedFrame(props: { readonly src: string; readonly label: string }): ReactNode {
  const frame = useRef<HTMLIFrameElement>(null)
  // The button that asked for it is gone: the keyboard goes on inside.
  useEffect(() => frame.current?.focus(), [])
  return (
    <iframe
      ref={frame}
      className={classes.frame}
      title={props.label}
      sandbox="allow-scripts allow-same-origin"
      allow="fullscreen"
      referrerPolicy="no-referrer"
      {...WITHOUT_CREDENTIALS}
      src={props.src}
    />
  )
}
