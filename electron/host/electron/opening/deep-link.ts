import { clientIdSchema } from '../../../../shared/ids.ts'

/** `clientele://client/cli_…`: the one form that there is. */
export const LINK_SCHEME = 'clientele'
const PREFIX = `${LINK_SCHEME}://client/`

/** Is this meant as a link of ours, well-formed or not? */
export function isLink(text: string): boolean {
  return text.toLowerCase().startsWith(`${LINK_SCHEME}:`)
}

/**
 * The place that a link opens, or null where it is no link of ours to the letter. Compared as text, not taken apart as
 * an address: no user, port, query, escape or second slash has a form in which it could get through. A link opens a
 * record and does nothing else, ever.
 */
export function routeOfLink(text: string): string | null {
  if (!text.startsWith(PREFIX)) return null
  const clientId = clientIdSchema.safeParse(text.slice(PREFIX.length))
  return clientId.success ? `#/clients/${clientId.data}` : null
}

export function linkOfClient(clientId: string): string {
  return `${PREFIX}${clientId}`
}
