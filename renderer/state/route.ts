import { useSyncExternalStore } from 'react'
import { type ClientId, clientIdSchema } from '../../shared/ids.ts'

export type PlaceName =
  | 'clients'
  | 'pipeline'
  | 'testimonials'
  | 'queue'
  | 'conflicts'
  | 'insights'
  | 'sources'
  | 'settings'
  /** Clients that their source no longer has: a view of Clients, without a link of its own in the navigation. */
  | 'removed'

const PLACES: ReadonlySet<string> = new Set([
  'clients',
  'pipeline',
  'testimonials',
  'queue',
  'conflicts',
  'insights',
  'sources',
  'settings',
  'removed',
])

export interface Route {
  readonly place: PlaceName
  /** The open client, in `#/clients/{id}`. */
  readonly clientId: ClientId | null
}

function isPlace(text: string): text is PlaceName {
  return PLACES.has(text)
}

/** `#/clients/cli_…` and the like. Anything unknown is the list of clients. */
export function parseRoute(hash: string): Route {
  const [place = '', id = ''] = hash.replace(/^#\/?/, '').split('/')
  if (!isPlace(place)) return { place: 'clients', clientId: null }
  const clientId = place === 'clients' ? clientIdSchema.safeParse(decodeURIComponentSafely(id)) : null
  return { place, clientId: clientId?.success === true ? clientId.data : null }
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

export function addressOf(place: PlaceName, clientId: ClientId | null = null): string {
  return clientId === null ? `#/${place}` : `#/${place}/${clientId}`
}

/** Goes to a place. `replace` leaves no step to come back to, for moves such as from row to row. */
export function navigate(place: PlaceName, clientId: ClientId | null = null, options?: { replace?: boolean }): void {
  const address = addressOf(place, clientId)
  if (location.hash === address) return
  if (options?.replace === true) {
    history.replaceState(null, '', address)
    window.dispatchEvent(new HashChangeEvent('hashchange'))
  } else {
    location.hash = address
  }
}

let known: { readonly hash: string; readonly route: Route } | null = null

export function currentRoute(): Route {
  if (known === null || known.hash !== location.hash) known = { hash: location.hash, route: parseRoute(location.hash) }
  return known.route
}

export function useRoute(): Route {
  return useSyncExternalStore((listener) => {
    window.addEventListener('hashchange', listener)
    return () => window.removeEventListener('hashchange', listener)
  }, currentRoute)
}
