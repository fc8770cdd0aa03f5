/**
 * Whether a host name, as `URL.hostname` writes it, means this machine. Only there is `http:` accepted
 * (API-CONTRACTS.md, "Common to all").
 */
export function isLoopbackHost(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '')
  if (name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || name === '::1') return true
  return /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)
}
