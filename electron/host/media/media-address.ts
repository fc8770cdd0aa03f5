import { isIPv4 } from 'node:net'

/**
 * The address as a URL if media may come from there: `https:` to a public name, or `http:`/`https:` to this very
 * machine (simulated sources). A redirect (`from`) may not lead from a public address to this machine.
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
    return isHttp && (from === null || isLoopback(from.hostname)) ? url : null
  }
  if (url.protocol !== 'https:' || isPrivate(url.hostname)) return null
  return url
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'))
}

/** Numbers that are not of the public internet; names are left to the resolver. `URL` has normalised the spelling. */
function isPrivate(hostname: string): boolean {
  if (hostname.startsWith('[')) return /^\[(::|f[cd]|fe[89ab]|::ffff:)/i.test(hostname)
  if (!isIPv4(hostname)) return false
  const [a = 0, b = 0] = hostname.split('.').map(Number)
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b <= 127) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168)
  )
}
