import type Hls from 'hls.js'
import { type RefObject, useEffect, useState } from 'react'

/** Why nothing plays. */
export type VideoFailure =
  /** The address is not one of this app: nothing was asked for. */
  | 'foreign-address'
  /** The stream could not be fetched. */
  | 'unreachable'
  /** It was fetched and cannot be decoded here. */
  | 'undecodable'

export interface VideoSource {
  readonly src: string
  /** Second of the file to begin at. */
  readonly startAt: number
  /** Counts up to begin anew after a failure. */
  readonly attempt: number
}

const NATIVE_HLS = 'application/vnd.apple.mpegurl'

/**
 * Feeds an HLS stream to a `<video>`: through hls.js where there are media source extensions, else through the
 * browser's own HLS. hls.js is loaded when the first video is opened, and without its worker, which would have to be
 * made from text and which the content policy refuses.
 */
export function useVideoSource(video: RefObject<HTMLVideoElement | null>, source: VideoSource): VideoFailure | null {
  const { src, startAt, attempt } = source
  const key = `${attempt} ${src}`
  const [failed, setFailed] = useState<{ readonly key: string; readonly failure: VideoFailure } | null>(null)

  useEffect(() => {
    const element = video.current
    if (element === null) return
    let hls: Hls | null = null
    let gone = false
    const fail = (failure: VideoFailure) => {
      if (!gone) setFailed({ key, failure })
    }
    if (!isOwnAddress(src)) {
      fail('foreign-address')
      return
    }

    const playNatively = () => {
      element.addEventListener('error', () => fail(failureOf(element.error)), { once: true })
      element.addEventListener(
        'loadedmetadata',
        () => {
          element.currentTime = startAt
        },
        { once: true },
      )
      element.src = src
    }

    const attach = async () => {
      const { default: HlsPlayer } = await import('hls.js')
      if (gone) return
      if (!HlsPlayer.isSupported()) {
        if (element.canPlayType(NATIVE_HLS) === '') fail('undecodable')
        else playNatively()
        return
      }
      const player = new HlsPlayer({
        enableWorker: false,
        startPosition: startAt,
        capLevelToPlayerSize: true,
        maxBufferLength: 20,
        xhrSetup: (_request, url) => {
          if (!isOwnAddress(url)) throw new Error('Not an address of this app')
        },
      })
      hls = player
      let recovered = false
      player.on(HlsPlayer.Events.ERROR, (_event, data) => {
        if (!data.fatal) return
        if (data.type === HlsPlayer.ErrorTypes.MEDIA_ERROR && !recovered) {
          recovered = true
          player.recoverMediaError()
          return
        }
        player.destroy()
        fail(data.type === HlsPlayer.ErrorTypes.NETWORK_ERROR ? 'unreachable' : 'undecodable')
      })
      player.loadSource(src)
      player.attachMedia(element)
    }
    attach().catch(() => fail('unreachable'))

    return () => {
      gone = true
      hls?.destroy()
      element.removeAttribute('src')
      element.load()
    }
  }, [video, src, startAt, key])

  return failed !== null && failed.key === key ? failed.failure : null
}

/** The page talks to its own host only; anything else is refused before it is tried. */
function isOwnAddress(address: string): boolean {
  if (!URL.canParse(address, location.href)) return false
  const url = new URL(address, location.href)
  return url.protocol === location.protocol && url.host === location.host
}

function failureOf(error: MediaError | null): VideoFailure {
  return error?.code === MediaError.MEDIA_ERR_NETWORK ? 'unreachable' : 'undecodable'
}
