import { isIPv4 } from 'node:net'

/**
 * The address as a URL if media may come from there: `https:` to a public name, or `http:`/`https:` to this very
 * machine (simulated sources). What an answer leads to (`from`: a redirect, a line of a playlist) may not lead from the
 * public to this machine, nor from one program of this machine to another.
 *
 * A public name may still resolve to a private number. Over TLS nothing is asked of a server that cannot prove the name,
 * so such a name reaches no service that is not the name's own; that is why plain http is for loopback numbers only.
 */
export function mediaAddress(text: string, from: URL | null = null): URL | null {
  let url: URL
  try {
    url = new URL(text, from ?? undefined)
  } catch {
    return null
  }
  if (url.username !== '' || url.password !== '') return null
  if (isLoopback(url.hostname)) {
    const isHttp = url.protocol === 'http:' || url.protocol === 'https:'
    const isSameProgram = from === null || (isLoopback(from.hostname) && from.port === url.port)
    return isHttp && isSameProgram ? url : null
  }
  if (url.protocol !== 'https:' || isPrivate(url.hostname)) return null
  return url
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'))
}

/** Numbers and names that are not of the public internet. `URL` has normalised the spelling. */
function isPrivate(hostname: string): boolean {
  if (hostname.startsWith('[')) {
    // All of ::/8 (mapped and compatible IPv4 too), NAT64, 6to4, Teredo, local, link-local, site-local, multicast.
    return /^\[(::|0:|64:ff9b:|2002:|2001:0?:|f[cd]|fe[89a-f]|ff)/i.test(hostname)
  }
  if (!isIPv4(hostname)) return isLocalName(hostname)
  const [a = 0, b = 0, c = 0] = hostname.split('.').map(Number)
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b <= 127) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && (b === 168 || (b === 0 && c === 0))) ||
    (a === 198 && (b === 18 || b === 19))
  )
}

/** Names that a router or this machine answers for, and names without a dot. */
function isLocalName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '')
  return !name.includes('.') || /\.(localhost|local|internal|intranet|lan|home|corp|private|home\.arpa)$/.test(name)
}
