import type { AbortSignalLike } from '../../../shared/clock.ts'
import type { Reply } from '../reply.ts'

/** What the page asks of `/media/…`, whichever host it came through. */
export interface MediaRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly range: string | null
  readonly signal: AbortSignalLike
}

/** Serves pictures and video that the host fetched, checked and kept. Never rejects. */
export type MediaHandler = (request: MediaRequest) => Promise<Reply>
