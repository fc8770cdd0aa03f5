import type { FieldKey } from '../model/field.ts'

/** Our fields for profiles elsewhere, and what vCards call the service. */
export const SOCIAL_FIELDS = [
  ['linkedinUrl', 'linkedin'],
  ['facebookUrl', 'facebook'],
  ['instagramUrl', 'instagram'],
  ['twitterUrl', 'twitter'],
] as const satisfies readonly (readonly [FieldKey, string])[]

const HOSTS: Readonly<Record<string, FieldKey>> = {
  'linkedin.com': 'linkedinUrl',
  'facebook.com': 'facebookUrl',
  'fb.com': 'facebookUrl',
  'instagram.com': 'instagramUrl',
  'twitter.com': 'twitterUrl',
  'x.com': 'twitterUrl',
}

/** The field that an address of a known service belongs into, or null. */
export function socialFieldOf(address: string, type: string | null): FieldKey | null {
  const named = SOCIAL_FIELDS.find(([, service]) => service === type?.toLowerCase())
  if (named !== undefined) return named[0]
  const host = /^https?:\/\/(?:[a-z0-9-]+\.)*?([a-z0-9-]+\.[a-z]+)(?:[/?#:]|$)/i
    .exec(address.slice(0, 300))?.[1]
    ?.toLowerCase()
  return host !== undefined && Object.hasOwn(HOSTS, host) ? (HOSTS[host] ?? null) : null
}
