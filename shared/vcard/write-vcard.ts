import type { FieldKey, Fields, FieldValue } from '../model/field.ts'
import { foldLine } from './fold-line.ts'
import { SOCIAL_FIELDS } from './social-fields.ts'
import { escapeText } from './vcard-text.ts'

/** A client as it leaves the app. */
export interface VCardClient {
  /** As shown; never empty. */
  readonly name: string
  readonly fields: Fields
  /** Words of the status, not its id at some vendor. */
  readonly status: string | null
  /** Ours, so that a card that comes back is known again. */
  readonly uid: string | null
  /** ms since the epoch. */
  readonly changedAt: number | null
}

/**
 * `all`: a copy of the client, with notes, tags and status. `contact`: what one hands to others, without what was
 * written about the client.
 */
export type VCardExtent = 'all' | 'contact'

/**
 * vCard 3.0: what Outlook, Apple Contacts, Google Contacts and Thunderbird all read (ADR 0025). Each value is escaped,
 * so that no text can begin a second property or card.
 */
export function writeVCard(client: VCardClient, extent: VCardExtent): string {
  const { fields } = client
  const lines = ['BEGIN:VCARD', 'VERSION:3.0', 'PRODID:-//Clientele//Clientele//EN']
  const add = (head: string, value: FieldValue | undefined): void => {
    const text = textOf(value)
    if (text !== null) lines.push(`${head}:${escapeText(text)}`)
  }
  const first = textOf(fields.firstName)
  const last = textOf(fields.lastName)
  // A name of one piece is a given name to a reader; taken apart, half of all names would be taken apart wrongly.
  const given = first ?? (last === null ? client.name : '')
  lines.push(`N:${escapeText(last ?? '')};${escapeText(given)};;;`)
  add('FN', textOf(fields.name) ?? client.name)
  // Said where a reader would take the given name for a whole one (client-of-card.ts).
  if (first !== null && last === null && first.includes(' ')) lines.push('X-CLIENTELE-NAME:given')
  add('ORG', fields.company)
  add('TITLE', fields.jobTitle)
  add('EMAIL;TYPE=INTERNET', fields.email)
  add('TEL;TYPE=VOICE', fields.phone)
  const place = textOf(fields.location)
  if (place !== null) lines.push(`ADR;TYPE=WORK:;;;${escapeText(place)};;;`)
  // With a type, or the address of a profile would be taken for that profile.
  add('URL;TYPE=WORK', fields.website)
  for (const [field, type] of SOCIAL_FIELDS) add(`X-SOCIALPROFILE;TYPE=${type}`, fields[field])
  if (extent === 'all') {
    add('NOTE', fields.notes)
    const tags = tagsOf(fields.tags)
    if (tags.length > 0) lines.push(`CATEGORIES:${tags.map(escapeText).join(',')}`)
    add('X-CLIENTELE-STATUS', client.status)
  }
  add('UID', client.uid)
  if (client.changedAt !== null) lines.push(`REV:${new Date(client.changedAt).toISOString()}`)
  lines.push('END:VCARD')
  return lines.map((line) => `${foldLine(line)}\r\n`).join('')
}

/** What `all` has that `contact` leaves out: said before a card is handed out. */
export const PRIVATE_FIELDS: readonly FieldKey[] = ['notes', 'tags', 'status']

function textOf(value: FieldValue | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

function tagsOf(value: FieldValue | undefined): readonly string[] {
  return value === undefined || value === null || typeof value === 'string'
    ? []
    : value.filter((tag) => tag.trim() !== '')
}
