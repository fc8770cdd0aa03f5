import { minute, person } from './people.ts'
import { ok, startVendorServer, type VendorReply, type VendorRequest, type VendorServer } from './vendor-server.ts'

export type EndorsClient = Record<string, unknown> & { id: string; first_name: string }

export interface Endors extends VendorServer {
  key: string
  readonly spaceId: string
  /** Newest first, as the page says. */
  clients: EndorsClient[]
  readonly testimonials: Map<string, readonly Record<string, unknown>[]>
}

/** Endors (seed 000): the clients of a Space in one list, and a client's testimonials. */
export async function startEndors(count: number): Promise<Endors> {
  const serve = (request: VendorRequest): VendorReply => {
    if (request.headers.authorization !== `Bearer ${vendor.key}`) {
      return { status: 401, json: { ok: false, error: { code: 'UNAUTHORIZED', message: 'Invalid API key' } } }
    }
    const match = /^\/api\/spaces\/([^/]+)\/clients(?:\/([^/]+)\/testimonials)?$/.exec(request.url.pathname)
    if (request.method !== 'GET' || match === null || match[1] !== vendor.spaceId) {
      return { status: 404, json: { ok: false, error: { code: 'NOT_FOUND', message: 'Space not found' } } }
    }
    if (match[2] === undefined) return ok({ ok: true, data: vendor.clients })
    return ok({ ok: true, data: vendor.testimonials.get(decodeURIComponent(match[2])) ?? [] })
  }
  const server = await startVendorServer(serve)
  const vendor: Endors = Object.assign(server, {
    key: 'sk_live_e2e_7f3a',
    spaceId: 'space-e2e',
    clients: Array.from({ length: count }, (_, n) => endorsClient(n)).reverse(),
    testimonials: new Map<string, readonly Record<string, unknown>[]>(),
  })
  return vendor
}

export function endorsClient(n: number): EndorsClient {
  const { first, last, email, company, phone } = person(n)
  return {
    id: `e0000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
    first_name: first,
    last_name: last,
    email,
    company,
    phone,
    website: 'https://example.com',
    notes: n % 4 === 0 ? `Prefers calls on day ${n}.` : null,
    job_title: 'Owner',
    location: 'Toronto, Canada',
    product: null,
    service: null,
    tags: n % 2 === 0 ? ['enterprise', 'priority'] : [],
    status: n % 5 === 0 ? 'paused' : 'active',
    profile_image_url: null,
    last_activity_at: null,
    created_at: minute(n),
    updated_at: minute(n),
    custom_field_values: null,
  }
}
