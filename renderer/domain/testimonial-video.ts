import { type EmbedAddress, embedAddress } from '../../shared/address/embed-address.ts'
import type { Testimonial } from '../../shared/model/testimonial.ts'
import { shownLength, trimRange } from '../ui/video-player-trim.ts'

/** Whether a card has a picture. A kind that is not known is shown by what it brings along. */
export function isVideo(testimonial: Testimonial): boolean {
  return testimonial.type === 'video' || testimonial.video !== null
}

/** What can be done with the video of a testimonial. */
export type VideoState =
  | { readonly kind: 'playable'; readonly hlsUrl: string }
  /** The vendor still works on it, or says that it failed. `status` is the vendor's own word. */
  | { readonly kind: 'not-ready'; readonly status: string }
  /** No stream, but the page of a player that may be shown in a frame. */
  | ({ readonly kind: 'embed' } & EmbedAddress)
  /** There is no stream in the answer, and no player that we know. */
  | { readonly kind: 'missing' }

/** Vendors' words for "can be watched". Without any word, a stream that is there is taken at its word. */
const READY = new Set(['ready'])

export function videoState(testimonial: Testimonial): VideoState {
  const { video } = testimonial
  if (video === null) return { kind: 'missing' }
  if (video.status !== null && !READY.has(video.status.toLowerCase()))
    return { kind: 'not-ready', status: video.status }
  if (video.hlsUrl !== null) return { kind: 'playable', hlsUrl: video.hlsUrl }
  const embed = video.embedUrl === null ? null : embedAddress(video.embedUrl)
  return embed === null ? { kind: 'missing' } : { kind: 'embed', ...embed }
}

/** Length of the part that is shown, in seconds, or null where nobody says. */
export function videoLength(testimonial: Testimonial): number | null {
  const { video } = testimonial
  if (video === null) return null
  return shownLength(trimRange(video.durationSeconds, video.trimStartSeconds, video.trimEndSeconds))
}

/** When the person said it (ms), else when the vendor took it in. */
export function saidAt(testimonial: Testimonial): number | null {
  const instant = testimonial.sourceCreatedAt ?? testimonial.createdAt
  if (instant === null) return null
  const at = Date.parse(instant)
  return Number.isNaN(at) ? null : at
}
