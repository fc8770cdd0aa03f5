/**
 * Chromium knows no `app://`. Its pages have an address of the web instead, that is a secure context by its name and
 * the same at every start, as the scheme and host of the real one are: what they store is found again.
 */
const APP = 'app://clientele'
const WEB = 'http://clientele.localhost'
export const WEB_HOST = 'clientele.localhost'
export const WEB_ORIGIN = WEB

/** What Chromium calls it. */
export function toWeb(address: string): string {
  return address === APP || address.startsWith(`${APP}/`) ? WEB + address.slice(APP.length) : address
}

/** What Electron would call it, blob addresses and origins too. */
export function toApp(address: string): string {
  if (address.startsWith('blob:')) return `blob:${toApp(address.slice(5))}`
  return address === WEB || address.startsWith(`${WEB}/`) ? APP + address.slice(WEB.length) : address
}

export function originOf(address: string): string {
  if (address === '' || address === '://' || !URL.canParse(address)) return 'null'
  const url = new URL(address)
  return url.protocol === 'app:' ? `app://${url.host}` : url.origin
}
