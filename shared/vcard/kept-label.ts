import type { Property } from './read-property.ts'

const LABELS: Readonly<Record<string, string>> = {
  ADR: 'Address',
  ANNIVERSARY: 'Anniversary',
  BDAY: 'Birthday',
  EMAIL: 'Email',
  FN: 'Name',
  IMPP: 'Messenger',
  LABEL: 'Address',
  NICKNAME: 'Nickname',
  NOTE: 'Note',
  ORG: 'Company',
  ROLE: 'Role',
  TEL: 'Phone',
  TITLE: 'Job title',
  TZ: 'Time zone',
  URL: 'Website',
  'X-SOCIALPROFILE': 'Profile',
  SOCIALPROFILE: 'Profile',
}
/** Types that say nothing to a person. */
const SILENT: ReadonlySet<string> = new Set(['internet', 'voice', 'x400', 'uri', 'text', 'other', 'dom', 'intl'])

/** `Phone (home)`, `Website (HomePage)`, `X-SPOUSE`: what a value is called in the notes. */
export function keptLabel(property: Property, label: string | null): string {
  const name = Object.hasOwn(LABELS, property.name) ? (LABELS[property.name] ?? property.name) : property.name
  const types = property.types.filter((type) => !SILENT.has(type))
  const said = label ?? (types.length > 0 ? types.join(', ') : null)
  return oneLine(said === null ? name : `${name} (${said})`)
}

/** A label is one line, and not a long one: it comes from a file. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 80)
}
