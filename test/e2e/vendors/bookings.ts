import { minute, person } from './people.ts'
import { ok, refusal, startVendorServer, type VendorServer } from './vendor-server.ts'

export interface Bookings extends VendorServer {
  readonly key: string
  guests: Record<string, unknown>[]
}

/** A service that no connector knows: pages by offset, names of its own, the key in a header of its own. */
export async function startBookings(count: number): Promise<Bookings> {
  const server = await startVendorServer((request) => {
    if (request.headers['x-token'] !== vendor.key) return refusal(401, 'Unauthorized')
    if (request.url.pathname !== '/api/guests' || request.method !== 'GET') return refusal(404, 'Not found')
    const skip = Number(request.url.searchParams.get('skip') ?? '0')
    const rows = vendor.guests.slice(skip, skip + Math.min(20, Number(request.url.searchParams.get('take') ?? '20')))
    return ok({ payload: { rows, count: vendor.guests.length } })
  })
  const vendor: Bookings = Object.assign(server, {
    key: 'bookings-e2e-key',
    guests: Array.from({ length: count }, (_, n) => {
      const { first, last, email } = person(n)
      return { uid: 1000 + n, guest: { full: `${first} ${last}`, mail: email }, room: 100 + n, created_at: minute(n) }
    }),
  })
  return vendor
}
