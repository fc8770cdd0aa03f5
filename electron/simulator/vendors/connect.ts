import type { JsonValue } from '../../../shared/json.ts'
import { createPrng, mix } from '../prng.ts'
import { createRecordTable } from '../record-table.ts'
import { fullName, inventPerson } from '../sample/invent-person.ts'
import { JOB_TITLES, NOTES } from '../sample/phrases.ts'
import { isoSeconds, MINUTE_MS, sampleTimes } from '../sample/sample-times.ts'
import { CONNECT_PEOPLE } from '../sample/showcase.ts'
import { checkContactBody } from './connect-body.ts'
import { CONNECT_USER, LEAD_STATUSES, leadStatusOf } from './connect-lead-statuses.ts'
import { hasKey, json, readObject, type Vendor, type VendorReply, type VendorSetup } from './vendor.ts'

/** A contact as the Connect page lists it. */
export type ConnectContact = {
  readonly id: number
  readonly email: string | null
  readonly photo: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly fullName: string | null
  readonly jobTitle: string | null
  readonly companyName: string | null
  /** The page does not say of what type: a text, a list of texts, or a list of objects. */
  readonly phoneNumbers: JsonValue
  readonly facebookUrl: string | null
  readonly instagramUrl: string | null
  readonly linkedinUrl: string | null
  readonly note: string | null
  readonly lastActivityAt: string | null
  readonly createdAt: string
  readonly leadStatus: { readonly id: number; readonly label: string; readonly color: string } | null
}

/** Connect: one list without pages, search, create; no update and no delete. */
export function createConnect(setup: VendorSetup): Vendor<ConnectContact> {
  const table = createRecordTable<ConnectContact>({
    count: setup.count,
    make: (slot, addedAt) => makeContact(setup, slot, addedAt),
    seededKey: (slot) => slot,
    keyOf: (row) => row.id - 1,
    idOf: (row) => String(row.id),
    slotOfId: (id) => (/^[1-9]\d*$/.test(id) ? Number(id) - 1 : null),
    touched: (at) => ({ lastActivityAt: isoSeconds(at) }),
    now: setup.now,
    startedAt: setup.startedAt,
    saved: setup.saved,
    changed: setup.changed,
  })
  const keyPlace = { key: setup.key, headerName: 'Authorization', scheme: 'Bearer' }
  const unauthorized = json(401, { error: 'Invalid secret key' })

  const list = (query: URLSearchParams): VendorReply => {
    const search = (query.get('query') ?? '').toLowerCase()
    const rows = search === '' ? table.rows() : table.list().filter((row) => matches(row, search))
    return { kind: 'list', before: '[', rows, after: ']' }
  }

  const create = (body: string): VendorReply => {
    const checked = checkContactBody(readObject(body))
    if (typeof checked === 'string') {
      return json(400, { error: checked })
    }
    const { leadStatus, ...fields } = checked
    const blank = {
      email: null,
      photo: null,
      firstName: null,
      lastName: null,
      jobTitle: null,
      companyName: null,
      phoneNumbers: null,
      facebookUrl: null,
      instagramUrl: null,
      linkedinUrl: null,
      note: null,
      lastActivityAt: null,
    }
    const name = fullName(fields.firstName ?? '', fields.lastName ?? '').trim()
    const row = table.insert({
      ...blank,
      ...fields,
      fullName: name === '' ? null : name,
      leadStatus: leadStatus === null ? null : leadStatusOf(leadStatus),
    })
    // The page's example answers with these seven fields and no others, the lead status that was sent left out.
    const { id, email, firstName, lastName, jobTitle, companyName, createdAt } = row
    return json(201, { id, email, firstName, lastName, jobTitle, companyName, createdAt })
  }

  return {
    connectorId: 'connect',
    name: 'Connect',
    table,
    keyPlace,
    settings: { headerName: 'Authorization', headerScheme: 'Bearer' },
    unauthorized,
    handle: (request) => {
      if (!request.path.startsWith('/api/connect/')) {
        return json(404, { error: 'Not found' })
      }
      if (!hasKey(keyPlace, request.headers)) {
        return unauthorized
      }
      switch (`${request.method} ${request.path.slice('/api/connect/'.length)}`) {
        case 'GET contacts':
          return list(request.query)
        case 'POST contacts':
          return create(request.body)
        case 'GET contacts/lead-statuses':
          return json(200, LEAD_STATUSES)
        case 'GET me':
          return json(200, CONNECT_USER)
        default:
          return json(404, { error: 'Not found' })
      }
    },
    spoil: {
      badRecord: (row) => ({ ...row, firstName: { given: 'John' } }),
      unknownEnum: (row, value) =>
        'type' in row ? { ...row, type: value } : { ...row, leadStatus: { id: 999, label: value, color: '#123456' } },
    },
  }
}

function makeContact(setup: VendorSetup, slot: number, addedAt: number | null): ConnectContact {
  const random = createPrng(mix(setup.seed, slot))
  const invented = inventPerson(random)
  const known = CONNECT_PEOPLE[slot]
  const times = sampleTimes(setup.seed, slot, setup.startedAt, 2.2)
  const created = addedAt ?? times.created
  const updated = known === undefined ? times.updated : setup.startedAt - known.minutesAgo * MINUTE_MS
  const first = known?.first ?? invented.first
  const last = known?.last ?? invented.last
  const maybe = (probability: number, value: string): string | null => (random.chance(probability) ? value : null)
  const handle = invented.email.split('@')[0] ?? 'someone'
  const phone = known?.phone ?? invented.phone
  const lead = random.chance(0.92) ? leadStatusOf(random.pick([1, 1, 2, 2, 3, 3, 4])) : null
  return {
    id: slot + 1,
    email: known?.email ?? maybe(0.94, invented.email),
    photo: maybe(0.25, `${setup.origin()}/media/avatars/${random.below(24)}.png`),
    firstName: first,
    lastName: last,
    fullName: known === undefined ? invented.full : fullName(first, last),
    jobTitle: maybe(0.7, random.pick(JOB_TITLES)),
    companyName: known?.company ?? maybe(0.85, invented.company),
    phoneNumbers: known === undefined ? phoneNumbers(slot, phone, random.chance(0.15)) : [phone],
    facebookUrl: maybe(0.1, `https://facebook.example/${handle}`),
    instagramUrl: maybe(0.15, `https://instagram.example/${handle}`),
    linkedinUrl: maybe(0.4, `https://linkedin.example/in/${handle}`),
    note: maybe(0.35, random.pick(NOTES)),
    lastActivityAt: addedAt === null ? isoSeconds(updated) : null,
    createdAt: isoSeconds(created),
    leadStatus: known === undefined ? lead : leadStatusOf(known.leadStatus),
  }
}

function phoneNumbers(slot: number, phone: string, isMissing: boolean): JsonValue {
  if (isMissing) {
    return slot % 2 === 0 ? null : []
  }
  switch (slot % 6) {
    case 3:
      return phone
    case 4:
      return [{ number: phone, type: 'mobile' }]
    case 5:
      return [phone, '+1 312 555 0100']
    default:
      return [phone]
  }
}

/** "By first name, last name, or email." */
function matches(row: ConnectContact, search: string): boolean {
  return [row.firstName, row.lastName, row.email].some((text) => text?.toLowerCase().includes(search) === true)
}
