import { minute, person } from './people.ts'
import {
  ok,
  refusal,
  startVendorServer,
  type VendorReply,
  type VendorRequest,
  type VendorServer,
} from './vendor-server.ts'

export type ClntClient = Record<string, unknown> & { id: string }

export interface Clnt extends VendorServer {
  key: string
  readonly path: string
  /** The most that a page holds, whatever is asked for. */
  readonly cap: number
  clients: ClntClient[]
}

const SENSITIVE = ['email', 'first_name', 'last_name', 'phone'] as const

/** Clients v1 (seed 004): numbered pages with totals in `meta`; personal fields only when asked for. */
export async function startClnt(count: number): Promise<Clnt> {
  const serve = (request: VendorRequest): VendorReply => {
    if (request.headers.authorization !== `Bearer ${vendor.key}`) return refusal(401, 'Unauthorized')
    if (request.url.pathname !== vendor.path || request.method !== 'GET') return refusal(404, 'Not found')
    const params = request.url.searchParams
    const page = Math.max(1, Number(params.get('page') ?? '1'))
    const size = Math.min(vendor.cap, Math.max(1, Number(params.get('page_size') ?? '10')))
    const open = params.get('include_sensitive') === 'true'
    const data = vendor.clients.slice((page - 1) * size, page * size).map((client) => (open ? client : bare(client)))
    return ok({
      data,
      meta: {
        current_page: page,
        page_size: size,
        total_count: vendor.clients.length,
        total_pages: Math.max(1, Math.ceil(vendor.clients.length / size)),
      },
    })
  }
  const server = await startVendorServer(serve)
  const vendor: Clnt = Object.assign(server, {
    key: 'clnt-e2e-key',
    path: '/clients',
    cap: 25,
    clients: Array.from({ length: count }, (_, n) => clntClient(n)),
  })
  return vendor
}

function bare(client: ClntClient): Record<string, unknown> {
  return Object.fromEntries(Object.entries(client).filter(([key]) => !SENSITIVE.some((name) => name === key)))
}

function clntClient(n: number): ClntClient {
  const { first, last, email } = person(n)
  return {
    created_at: minute(n),
    email,
    first_name: first,
    id: `clnt_${String(n).padStart(12, 'a')}`,
    last_name: last,
    locale: 'en-US',
    object: 'client',
    phone: `+1647555${String(n).padStart(4, '0')}`,
    reference_id: n % 2 === 0 ? `ext_${n}` : null,
    time_zone: 'America/Chicago',
    updated_at: minute(n),
  }
}
