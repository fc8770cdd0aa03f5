import { z } from 'zod'
import { jsonValueSchema } from '../../../shared/json.ts'

/** What a fault does to an answer. Row numbers count from 0 within the answer. */
export const faultEffectSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    status: z.number().int().min(200).max(599),
    /** A text is sent as it is, anything else as JSON. */
    body: jsonValueSchema.optional(),
    contentType: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    /** `Retry-After` as a number of seconds. */
    retryAfterSeconds: z.number().optional(),
    /** `Retry-After` as an HTTP date, this many seconds from now. */
    retryAfterDateSeconds: z.number().optional(),
  }),
  /** The line drops before the vendor has seen the request. */
  z.object({ kind: z.literal('drop-before') }),
  /** The vendor has done what was asked, and the line drops before it answers. */
  z.object({ kind: z.literal('drop-after') }),
  /** The line drops in the middle of the answer. */
  z.object({ kind: z.literal('drop-midway') }),
  z.object({ kind: z.literal('delay'), ms: z.number().nonnegative() }),
  /** The answer stops in the middle of its JSON, and ends properly as HTTP. */
  z.object({ kind: z.literal('malformed') }),
  z.object({ kind: z.literal('html') }),
  z.object({ kind: z.literal('empty-body') }),
  z.object({ kind: z.literal('wrong-envelope') }),
  /** A field of a row has a wrong type; without `field`, one that the vendor's page says the type of. */
  z.object({
    kind: z.literal('bad-record'),
    row: z.number().int().nonnegative().default(0),
    field: z.string().optional(),
    value: jsonValueSchema.optional(),
  }),
  z.object({
    kind: z.literal('unknown-enum'),
    row: z.number().int().nonnegative().default(0),
    value: z.string().default('hibernating'),
  }),
  /** The row comes twice, with the same id. */
  z.object({ kind: z.literal('duplicate-id'), row: z.number().int().nonnegative().default(0) }),
  z.object({ kind: z.literal('empty-list') }),
  z.object({
    kind: z.literal('huge-body'),
    bytes: z
      .number()
      .int()
      .positive()
      .default(60 * 1024 * 1024),
  }),
  z.object({ kind: z.literal('cursor-loop') }),
  /** Right after this answer, rows are added or removed at the front, so that the next page has shifted. */
  z.object({
    kind: z.literal('page-shift'),
    change: z.enum(['insert', 'remove']),
    rows: z.number().int().positive().default(1),
  }),
  z.object({ kind: z.literal('redirect'), location: z.string(), status: z.number().int().default(302) }),
  /** 401 as the vendor words it. For a key revoked for good, leave `count` at null. */
  z.object({ kind: z.literal('key-revoked') }),
])
export type FaultEffect = z.infer<typeof faultEffectSchema>

export const faultSchema = z.object({
  /** HTTP method, any if absent. */
  method: z.string().optional(),
  /** Regular expression on the path with its query. Without it, pictures and films are spared. */
  path: z.string().optional(),
  /** Matching requests that pass unharmed first. */
  skip: z.number().int().nonnegative().default(0),
  /** Times it strikes; null for always. Default: once, a revoked key always. */
  count: z.number().int().positive().nullable().optional(),
  effect: faultEffectSchema,
})
/** A fault as it is given: what has a default may be left out. */
export type Fault = z.input<typeof faultSchema>

export interface PendingFault {
  readonly id: number
  readonly fault: Fault
  /** Strikes left, or null for always. */
  readonly left: number | null
}

export interface FaultControl {
  /** Arms a fault and gives its number. */
  readonly add: (fault: Fault) => number
  /** Disarms one fault, or all. */
  readonly clear: (id?: number) => void
  readonly list: () => readonly PendingFault[]
}

export interface FaultBook extends FaultControl {
  /** The effects that strike this request: any delays, then at most one that is not a delay. */
  readonly strike: (request: FaultTarget) => readonly FaultEffect[]
}

export interface FaultTarget {
  readonly method: string
  /** Path with query. */
  readonly url: string
  readonly isMedia: boolean
}

interface Armed {
  readonly id: number
  readonly given: z.output<typeof faultSchema>
  skip: number
  left: number | null
}

export function createFaultBook(): FaultBook {
  let armed: Armed[] = []
  let lastId = 0
  return {
    add: (fault) => {
      lastId += 1
      const given = faultSchema.parse(fault)
      const left = given.count === undefined ? (given.effect.kind === 'key-revoked' ? null : 1) : given.count
      armed.push({ id: lastId, given, skip: given.skip, left })
      return lastId
    },
    clear: (id) => {
      armed = id === undefined ? [] : armed.filter((one) => one.id !== id)
    },
    list: () => armed.map(({ id, given, left }) => ({ id, fault: given, left })),
    strike: (request) => {
      const effects: FaultEffect[] = []
      let isStruck = false
      for (const one of armed.filter(({ given }) => matches(given, request))) {
        const isDelay = one.given.effect.kind === 'delay'
        if (one.skip > 0) {
          one.skip -= 1
        } else if (isDelay || !isStruck) {
          isStruck = isStruck || !isDelay
          one.left = one.left === null ? null : one.left - 1
          effects.push(one.given.effect)
        }
      }
      armed = armed.filter(({ left }) => left === null || left > 0)
      return effects
    },
  }
}

function matches(fault: z.output<typeof faultSchema>, request: FaultTarget): boolean {
  const isMethod = fault.method === undefined || fault.method.toUpperCase() === request.method
  return isMethod && (fault.path === undefined ? !request.isMedia : new RegExp(fault.path).test(request.url))
}
