import { minute, person } from './people.ts'
import {
  ok,
  refusal,
  startVendorServer,
  type VendorReply,
  type VendorRequest,
  type VendorServer,
} from './vendor-server.ts'

export type ConnectContact = Record<string, unknown> & { id: number; email: string | null; firstName: string | null }

export interface Connect extends VendorServer {
  key: string
  /** The header that carries the key, and what stands before it. */
  header: string
  scheme: string
  readonly contacts: ConnectContact[]
}

const LEAD_STATUSES = [
  { id: 1, type: 'lead', label: 'New Lead', color: '#3B82F6', order: 1 },
  { id: 2, type: 'qualified', label: 'Qualified Lead', color: '#10B981', order: 2 },
  { id: 3, type: 'disqualified', label: 'Not a fit', color: '#9CA3AF', order: 3 },
] as const

const CREATE_FIELDS = [
  'email',
  'firstName',
  'lastName',
  'jobTitle',
  'companyName',
  'phoneNumbers',
  'facebookUrl',
  'instagramUrl',
  'linkedinUrl',
  'twitterUrl',
  'note',
] as const

/** Connect (seed 003): contacts as a bare array, create, lead statuses, and whose workspace it is. */
export async function startConnect(count: number): Promise<Connect> {
  let nextId = count + 1
  const contacts = Array.from({ length: count }, (_, n) => connectContact(n))
  const serve = (request: VendorRequest): VendorReply => {
    const expected = vendor.scheme === '' ? vendor.key : `${vendor.scheme} ${vendor.key}`
    if (request.headers[vendor.header.toLowerCase()] !== expected) return refusal(401, 'Invalid secret key')
    switch (`${request.method} ${request.url.pathname}`) {
      case 'GET /api/connect/contacts':
        return ok(search(request.url.searchParams.get('query') ?? ''))
      case 'POST /api/connect/contacts':
        return create(request.body ?? {})
      case 'GET /api/connect/contacts/lead-statuses':
        return ok(LEAD_STATUSES)
      case 'GET /api/connect/me':
        return ok({
          details: { name: 'John Admin', email: 'john@example.com' },
          workspace: { name: 'Acme Corporation' },
        })
      default:
        return refusal(404, 'Not found')
    }
  }

  const search = (query: string): readonly ConnectContact[] => {
    const wanted = query.toLowerCase()
    return contacts.filter((contact) =>
      [contact.firstName, contact.lastName, contact.email].some(
        (value) => typeof value === 'string' && value.toLowerCase().includes(wanted),
      ),
    )
  }

  const create = (body: Readonly<Record<string, unknown>>): VendorReply => {
    const { email, firstName, leadStatus } = body
    if (isBlank(email) && isBlank(firstName)) return refusal(400, 'At least email or firstName is required')
    if (typeof email === 'string' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return refusal(400, 'Invalid email')
    const status = LEAD_STATUSES.find((each) => each.id === leadStatus)
    if (leadStatus != null && status === undefined) return refusal(400, 'Invalid lead status')
    const contact: ConnectContact = {
      ...Object.fromEntries(CREATE_FIELDS.map((field) => [field, body[field] ?? null])),
      id: nextId++,
      email: typeof email === 'string' ? email : null,
      firstName: typeof firstName === 'string' ? firstName : null,
      createdAt: new Date().toISOString(),
      leadStatus: status === undefined ? null : { id: status.id, label: status.label, color: status.color },
    }
    contacts.push(contact)
    return ok(contact, 201)
  }

  const server = await startVendorServer(serve)
  const vendor: Connect = Object.assign(server, {
    key: 'connect-secret-e2e',
    header: 'Authorization',
    scheme: 'Bearer',
    contacts,
  })
  return vendor
}

function connectContact(n: number): ConnectContact {
  const { first, last, email, company, phone } = person(n)
  const { id, label, color } = LEAD_STATUSES[n % 2] ?? LEAD_STATUSES[0]
  return {
    id: n + 1,
    email,
    photo: null,
    firstName: first,
    lastName: last,
    fullName: `${first} ${last}`,
    jobTitle: 'Developer',
    companyName: company,
    phoneNumbers: [phone],
    facebookUrl: null,
    instagramUrl: null,
    linkedinUrl: null,
    note: null,
    lastActivityAt: null,
    createdAt: minute(n),
    leadStatus: n % 3 === 0 ? null : { id, label, color },
  }
}

function isBlank(value: unknown): boolean {
  return typeof value !== 'string' || value.trim() === ''
}
