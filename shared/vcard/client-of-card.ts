import type { KeptValue, ReadClient } from '../imports/read-client.ts'
import type { FieldKey, FieldValue } from '../model/field.ts'
import { keptLabel } from './kept-label.ts'
import type { Property } from './read-property.ts'
import { socialFieldOf } from './social-fields.ts'
import { splitEscaped } from './vcard-text.ts'

/** What a card says to programs and not to people. */
const TECHNICAL: ReadonlySet<string> = new Set([
  ...['PRODID', 'REV', 'UID', 'PROFILE', 'SORT-STRING', 'MAILER', 'CLIENTPIDMAP', 'XML', 'KIND', 'CLASS', 'NAME'],
  ...[
    'X-ABLABEL',
    'X-ABADR',
    'X-ABUID',
    'X-ABSHOWAS',
    'X-ADDRESSBOOKSERVER-KIND',
    'X-IMAGETYPE',
    'X-IMAGEHASH',
    'X-CLIENTELE-NAME',
  ],
])

/** What has a field. */
const READ: ReadonlySet<string> = new Set([
  ...['FN', 'N', 'EMAIL', 'TEL', 'ORG', 'TITLE', 'ROLE', 'ADR', 'LABEL', 'NOTE', 'CATEGORIES'],
  ...['X-SOCIALPROFILE', 'SOCIALPROFILE', 'URL', 'X-CLIENTELE-STATUS'],
])

/**
 * The properties of one card as a client: of several telephone numbers and addresses the preferred one is the field,
 * and the others are kept; so is all that has no field here. Null where nothing names anybody.
 */
export function clientOfCard(
  line: number,
  properties: readonly Property[],
  unread: readonly string[],
): ReadClient | null {
  const byName = new Map<string, Property[]>()
  for (const property of properties) {
    const same = byName.get(property.name)
    if (same === undefined) byName.set(property.name, [property])
    else same.push(property)
  }
  const of = (name: string): readonly Property[] => byName.get(name)?.sort((a, b) => a.preference - b.preference) ?? []
  const fields: Partial<Record<FieldKey, FieldValue>> = {}
  const kept: KeptValue[] = []
  const keep = (property: Property, value: string): void => {
    const text = value.trim()
    if (text !== '') kept.push({ label: keptLabel(property, labelOf(property, properties)), value: text })
  }
  /** The best one into the field, the others aside. */
  const take = (field: FieldKey, found: readonly Property[], read: (property: Property) => string): void => {
    for (const property of found) {
      const value = read(property).trim()
      if (value === '') continue
      if (fields[field] === undefined) fields[field] = value
      else if (fields[field] !== value) keep(property, value)
    }
  }

  const isGiven = of('X-CLIENTELE-NAME').length > 0
  const { nameParts, ...names } = readNames(of('FN')[0], of('N')[0], isGiven)
  Object.assign(fields, names)
  for (const other of of('FN').slice(1)) keep(other, plain(other))
  take('email', of('EMAIL'), (each) => plain(each).replace(/^mailto:/i, ''))
  take('phone', of('TEL'), (each) => plain(each).replace(/^tel:/i, '').replace(/;ext=/i, ' ext. '))
  for (const org of of('ORG')) {
    const [company = '', ...units] = parts(org, ';')
    if (fields.company === undefined && company !== '') fields.company = company
    else if (company !== fields.company) keep(org, company)
    const unit = units.filter((each) => each !== '').join(', ')
    if (unit !== '') kept.push({ label: 'Department', value: unit })
  }
  take('jobTitle', [...of('TITLE'), ...of('ROLE')], plain)
  take('location', [...of('ADR'), ...of('LABEL')], addressText)
  take('notes', of('NOTE').slice(0, 1), plain)
  for (const note of of('NOTE').slice(1)) keep(note, plain(note))
  const tags = of('CATEGORIES')
    .flatMap((each) => parts(each, ','))
    .filter((tag) => tag !== '')
  if (tags.length > 0) fields.tags = [...new Set(tags)]
  for (const name of ['X-SOCIALPROFILE', 'SOCIALPROFILE', 'URL']) takeAddresses(of(name), fields, keep)

  for (const property of properties) {
    if (READ.has(property.name) || TECHNICAL.has(property.name)) continue
    keep(
      property,
      parts(property, ';')
        .filter((part) => part !== '')
        .join(', '),
    )
  }
  for (const text of unread) kept.push({ label: 'Unreadable line', value: text.slice(0, 1000) })
  const status = of('X-CLIENTELE-STATUS')[0]
  if (Object.keys(fields).length === 0 && kept.length === 0) return null
  return {
    line,
    fields,
    status: status === undefined ? null : plain(status),
    kept,
    nameParts,
    uid: of('UID')[0]?.value.trim() ?? null,
  }
}

/** The name as shown, and its parts. A name that was not taken apart is not taken apart here. */
function readNames(
  shown: Property | undefined,
  structured: Property | undefined,
  isGiven: boolean,
): { name?: string; firstName?: string; lastName?: string; nameParts: readonly KeptValue[] } {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] =
    structured === undefined ? [] : parts(structured, ';')
  const first = [given, middle].filter((part) => part !== '').join(' ')
  const joined = [prefix, first, family, suffix].filter((part) => part !== '').join(' ')
  const said = shown === undefined ? '' : plain(shown)
  const name = said === '' ? joined : said
  const isWhole = !isGiven && family === '' && first === name && name.includes(' ')
  const nameParts = [
    ...(prefix === '' ? [] : [{ label: 'Name prefix', value: prefix }]),
    ...(suffix === '' ? [] : [{ label: 'Name suffix', value: suffix }]),
  ]
  return {
    ...(name === '' ? {} : { name }),
    ...(isWhole || first === '' ? {} : { firstName: first }),
    ...(family === '' ? {} : { lastName: family }),
    nameParts,
  }
}

function takeAddresses(
  found: readonly Property[],
  fields: Partial<Record<FieldKey, FieldValue>>,
  keep: (property: Property, value: string) => void,
): void {
  for (const property of found) {
    const value = plain(property)
    if (value === '') continue
    const isUrl = property.name === 'URL'
    const isPage = isUrl && property.types.length > 0
    const social = isPage ? null : socialFieldOf(value, isUrl ? null : (property.types[0] ?? null))
    const field = social ?? (isUrl ? 'website' : null)
    if (field !== null && fields[field] === undefined) fields[field] = value
    else if (field === null || fields[field] !== value) keep(property, value)
  }
}

/** `_$!<HomePage>!$_` is how Apple writes its own labels. */
function labelOf(property: Property, properties: readonly Property[]): string | null {
  if (property.group === null) return null
  const label = properties.find((each) => each.name === 'X-ABLABEL' && each.group === property.group)
  return label === undefined ? null : plain(label).replace(/^_\$!<(.*)>!\$_$/, '$1')
}

function plain(property: Property): string {
  return property.unescape(property.value).replace(/\r\n?/g, '\n').trim()
}

function parts(property: Property, separator: ';' | ','): readonly string[] {
  return splitEscaped(property.value, separator).map((part) => property.unescape(part).replace(/\r\n?/g, '\n').trim())
}

/** Post box, further line, street, town, region, post code, country: those that are there. */
function addressText(property: Property): string {
  if (property.name === 'LABEL') return inOneLine(plain(property))
  const said = parts(property, ';').filter((part) => part !== '')
  return said.length === 1 ? (said[0] ?? '') : said.map(inOneLine).join(', ')
}

function inOneLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '').join(', ')
}
