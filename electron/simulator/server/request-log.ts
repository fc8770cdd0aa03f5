/** A request as it arrived. Keys are not in it: only in which headers the vendor's own key stood. */
export interface LoggedRequest {
  readonly number: number
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly method: string
  readonly path: string
  readonly query: string
  readonly body: string
  /** Names of the headers, in lower case, whose value held this vendor's key. */
  readonly keyIn: readonly string[]
  /** Whether `Authorization` or `x-api-key` was sent at all, with whatever key. */
  readonly carriesKey: boolean
  readonly isMedia: boolean
  /** Kinds of the faults that struck it. */
  readonly faults: readonly string[]
  /** Status that was answered; null while it waits, or if the line was dropped. */
  status: number | null
}

export interface RequestLog {
  readonly list: () => readonly LoggedRequest[]
  readonly clear: () => void
}

export interface RequestRecorder extends RequestLog {
  readonly record: (request: Omit<LoggedRequest, 'number' | 'status'>) => LoggedRequest
}

const KEPT = 20_000

export function createRequestLog(): RequestRecorder {
  let requests: LoggedRequest[] = []
  let count = 0
  return {
    list: () => requests,
    clear: () => {
      requests = []
    },
    record: (request) => {
      count += 1
      const entry: LoggedRequest = { ...request, number: count, status: null }
      if (requests.length >= KEPT) {
        requests = requests.slice(KEPT / 2)
      }
      requests.push(entry)
      return entry
    },
  }
}
