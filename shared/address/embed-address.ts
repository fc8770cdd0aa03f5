/**
 * Whose players may be shown inside the app: services that vendors document for their testimonials (Endors: Cloudflare
 * Stream). One label in front, such as `customer-f33zs165nr7gyfy4`, and nothing else. The content policy, the guard of
 * navigation and the guard of the network are all made of this list.
 */
const PLAYER_DOMAINS: readonly string[] = ['cloudflarestream.com']

/** As sources of `frame-src`. */
export const EMBED_SOURCES: readonly string[] = PLAYER_DOMAINS.map((domain) => `https://*.${domain}`)

export interface EmbedAddress {
  readonly url: string
  /** Said on the button: whose page it is that will be loaded. */
  readonly host: string
}

/** A page of a player: one segment that names the video (or a signed token), then `iframe`. */
const PLAYER_PATH = /^\/(?!\.{1,2}\/)[A-Za-z0-9._~-]{1,1500}\/iframe\/?(?:\?[^#]*)?$/

/** The player's page if `text` is one that may be shown in a frame, else null. */
export function embedAddress(text: string): EmbedAddress | null {
  const address = playerAddress(text)
  return address !== null && PLAYER_PATH.test(address.path) ? { url: text, host: address.host } : null
}

/** Whether an address belongs to a player: the player's own scripts and pictures too. */
export function isPlayerUrl(text: string): boolean {
  return playerAddress(text) !== null
}

/**
 * Only an address as a vendor writes it, letter by letter: no user, port, escape, capital or letter of another script
 * may stand in front of the first slash, so no folding or IDNA can make a player's host of something else.
 */
function playerAddress(text: string): { readonly host: string; readonly path: string } | null {
  const written = /^https:\/\/([a-z0-9.-]+)(\/[\x21-\x5b\x5d-\x7e]*)$/.exec(text)
  const host = written?.[1] ?? ''
  const path = written?.[2] ?? ''
  return text.length <= 4096 && isPlayerHost(host) ? { host, path } : null
}

function isPlayerHost(hostname: string): boolean {
  return PLAYER_DOMAINS.some((domain) => {
    const label = hostname.endsWith(`.${domain}`) ? hostname.slice(0, -domain.length - 1) : ''
    return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label) && !label.startsWith('xn--')
  })
}
