import { minute, person } from './people.ts'
import {
  ok,
  refusal,
  startVendorServer,
  type VendorReply,
  type VendorRequest,
  type VendorServer,
} from './vendor-server.ts'

export type SpottContact = Record<string, unknown> & { id: string; modifiedAt: string }

export interface Spott extends VendorServer {
  key: string
  contacts: SpottContact[]
}

const STAGES = [
  { id: 'stage-1', order: 1, name: 'Sourced', colorHex: '#7A4FC4' },
  { id: 'stage-2', order: 2, name: 'In talks', colorHex: '#0C7773' },
  { id: 'stage-3', order: 3, name: 'Won', colorHex: '#1B9560' },
] as const

/** Spott (seed 002): contacts by opaque cursor, at most 50 a page, filtered by `modifiedSince` and `modifiedUntil`. */
export async function startSpott(count: number): Promise<Spott> {
  const serve = (request: VendorRequest): VendorReply => {
    if (request.headers['x-api-key'] !== vendor.key) return { status: 401, json: { message: 'Unauthorized' } }
    if (request.url.pathname !== '/clients/contacts' || request.method !== 'GET') return refusal(404, 'Not found')
    const params = request.url.searchParams
    const limit = Number(params.get('limit') ?? '25')
    if (!Number.isInteger(limit) || limit < 1 || limit > 50) return { status: 400, json: { message: 'limit' } }
    const since = params.get('modifiedSince') ?? '1970-01-01T00:00:00.000Z'
    const until = params.get('modifiedUntil') ?? '9999-12-31T23:59:59.999Z'
    const from = Number(Buffer.from(params.get('cursor') ?? '', 'base64url').toString() || '0')
    const found = vendor.contacts
      .filter((contact) => contact.modifiedAt >= since && contact.modifiedAt <= until)
      .toSorted((a, b) => (a.modifiedAt < b.modifiedAt ? -1 : 1))
    const next = from + limit
    const cursor = next < found.length ? Buffer.from(String(next)).toString('base64url') : null
    return ok({ items: found.slice(from, next), pagination: cursor === null ? {} : { cursor } })
  }
  const server = await startVendorServer(serve)
  const vendor: Spott = Object.assign(server, {
    key: 'spott-e2e-key',
    contacts: Array.from({ length: count }, (_, n) => spottContact(n)),
  })
  return vendor
}

export function spottContact(n: number): SpottContact {
  const { first, last, company } = person(n)
  return {
    id: `client-contact-${n}`,
    candidateId: `candidate-${n}`,
    firstName: first,
    lastName: last,
    avatarUrl: null,
    locations: [{ city: 'Ghent', country: 'Belgium', formattedAddress: 'Ghent, Belgium' }],
    client: { company: { id: `company-${n % 4}`, name: company, logoUrl: null, linkedinUrl: null }, locations: [] },
    role: 'Head of People',
    department: 'HR',
    startDate: minute(n),
    endDate: null,
    active: true,
    stage: STAGES[n % STAGES.length],
    mainContact: { id: 'user-1', name: 'Iris Maes', avatarUrl: null, deactivatedAt: null },
    createdAt: minute(n),
    customAttributes: [
      {
        attributeDefinitionId: 'attr-1',
        label: 'Budget',
        aiFillOngoing: false,
        aiOverridden: false,
        isFilledByAI: true,
        value: { text: `${n} k` },
      },
    ],
    modifiedAt: minute(n),
  }
}
