import type { FieldKey } from '../model/field.ts'

/** Where the cells of a column go: a field, the notes under the column's name, or nowhere. */
export type ColumnTarget = FieldKey | 'keep' | 'leave'

/** Names of columns in what people export: Google, Outlook, Apple, HubSpot and ours, and plain words in some languages. */
const NAMES: Readonly<Record<FieldKey, readonly string[]>> = {
  name: [
    ...[
      'name',
      'full name',
      'display name',
      'shown as',
      'contact',
      'contact name',
      'client',
      'client name',
      'customer',
    ],
    ...['customer name', 'navn', 'namn', 'nom complet', 'nombre completo', 'nome completo', 'naam', 'kontakt', 'kunde'],
  ],
  firstName: [
    ...['first name', 'firstname', 'given name', 'forename', 'vorname', 'fornavn', 'förnamn', 'prénom', 'prenom'],
    ...['nombre', 'nome', 'voornaam', 'imię', 'etunimi'],
  ],
  lastName: [
    ...[
      'last name',
      'lastname',
      'family name',
      'surname',
      'nachname',
      'etternavn',
      'efternamn',
      'nom',
      'nom de famille',
    ],
    ...['apellido', 'apellidos', 'cognome', 'sobrenome', 'achternaam', 'nazwisko', 'sukunimi', 'efternavn'],
  ],
  email: [
    ...['email', 'e mail', 'email address', 'e mail address', 'e mail 1 value', 'email 1', 'mail', 'primary email'],
    ...['e post', 'epost', 'e postadresse', 'courriel', 'correo', 'correo electrónico', 'adresse e mail', 'posta'],
    ...['e mail 2 value', 'e mail 2 address', 'e mail 3 address', 'email 2', 'other email', 'work email', 'home email'],
  ],
  phone: [
    ...['phone', 'phone number', 'telephone', 'tel', 'mobile', 'mobile phone', 'cell', 'cell phone', 'phone 1 value'],
    ...['business phone', 'home phone', 'primary phone', 'telefon', 'telefonnummer', 'mobil', 'mobilnummer', 'handy'],
    ...['téléphone', 'telephone', 'portable', 'teléfono', 'telefono', 'móvil', 'cellulare', 'telefoon', 'puhelin'],
    ...['phone 2 value', 'phone 3 value', 'work phone', 'company main phone', 'other phone', 'business phone 2'],
  ],
  company: [
    ...['company', 'company name', 'organization', 'organisation', 'organization name', 'organization 1 name'],
    ...['account', 'account name', 'employer', 'business', 'firma', 'bedrift', 'selskap', 'företag', 'société'],
    ...['entreprise', 'empresa', 'azienda', 'bedrijf', 'unternehmen', 'firmenname', 'yritys'],
  ],
  jobTitle: [
    ...[
      'job title',
      'jobtitle',
      'title',
      'position',
      'role',
      'organization title',
      'organization 1 title',
      'occupation',
    ],
    ...['stilling', 'tittel', 'titel', 'poste', 'cargo', 'puesto', 'posizione', 'functie', 'beruf', 'funktion'],
  ],
  status: ['status', 'stage', 'lead status', 'lifecycle stage', 'state of client'],
  notes: ['notes', 'note', 'comment', 'comments', 'remarks', 'notat', 'notater', 'anteckningar', 'notizen', 'notas'],
  tags: [
    ...['tags', 'tag', 'labels', 'label', 'categories', 'category', 'groups', 'group membership', 'etiketter'],
    ...['kategorien', 'catégories', 'etiquetas', 'etichette'],
  ],
  website: ['website', 'web', 'web page', 'webpage', 'url', 'homepage', 'website 1 value', 'nettside', 'webseite'],
  location: [
    ...['location', 'address', 'city', 'country', 'street', 'address 1 formatted', 'home address', 'business address'],
    ...['business street', 'business city', 'business postal code', 'business state', 'business country region'],
    ...['home street', 'home city', 'home postal code', 'home state', 'home country region', 'adresse', 'sted'],
    ...['zip', 'zip code', 'postal code', 'state', 'region', 'ort', 'stadt', 'land', 'ville', 'pays', 'ciudad', 'país'],
    ...['mailing address', 'street address', 'town', 'dirección', 'indirizzo', 'postnummer', 'plz', 'postleitzahl'],
  ],
  facebookUrl: ['facebook', 'facebook url', 'facebook profile'],
  instagramUrl: ['instagram', 'instagram url', 'instagram profile'],
  linkedinUrl: ['linkedin', 'linkedin url', 'linkedin profile', 'linkedin profile url', 'person linkedin url'],
  twitterUrl: ['twitter', 'twitter url', 'twitter profile', 'twitter handle'],
}

/** Columns of our own export that come from other columns, or mean nothing elsewhere. */
const OURS = ['shown as', 'source', 'id at source', 'updated']

const FIELD_OF = new Map<string, FieldKey>()
for (const field of Object.keys(NAMES) as FieldKey[]) {
  for (const name of NAMES[field]) if (!FIELD_OF.has(name)) FIELD_OF.set(name, field)
}

/** `E-mail 1 - Value` and `e_mail 1: value` are one name. */
function plainName(header: string): string {
  return header
    .slice(0, 100)
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

export function fieldOfHeader(header: string): FieldKey | null {
  return FIELD_OF.get(plainName(header)) ?? null
}

/** A value that no name of a column looks like. */
const VALUE = /@|^https?:|^\+?[\d\s()./-]{5,}$/i

/** Whether the first row names the columns. Where nothing tells, it is data: no client is taken for a header. */
export function guessHeader(first: readonly string[]): boolean {
  if (first.some((cell) => VALUE.test(cell.slice(0, 300).trim()))) return false
  return first.some((cell) => fieldOfHeader(cell) !== null)
}

/** A guess for each column, by its name, or by its cells where columns have no names. Shown, and for the user to change. */
export function guessColumns(
  headers: readonly string[] | null,
  samples: readonly (readonly string[])[],
  width: number,
): readonly ColumnTarget[] {
  const isOurs = headers !== null && OURS.every((name) => headers.some((header) => plainName(header) === name))
  // Outlook has both: `Title` is how somebody is addressed then.
  const hasJobTitle = headers?.some((header) => plainName(header) === 'job title') === true
  return Array.from({ length: width }, (_, at): ColumnTarget => {
    const cells = samples.map((row) => row[at]?.slice(0, 300).trim() ?? '').filter((cell) => cell !== '')
    if (headers === null) return fieldOfCells(cells) ?? 'keep'
    const header = headers[at] ?? ''
    if (isOurs && OURS.includes(plainName(header))) return 'leave'
    if (hasJobTitle && plainName(header) === 'title') return 'keep'
    return fieldOfHeader(header) ?? (header.trim() === '' ? (fieldOfCells(cells) ?? 'keep') : 'keep')
  })
}

function fieldOfCells(cells: readonly string[]): FieldKey | null {
  if (cells.length === 0) return null
  if (cells.every((cell) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell))) return 'email'
  if (cells.every((cell) => /^https?:\/\//i.test(cell))) return 'website'
  if (cells.every((cell) => /^\+?[\d\s()./-]{6,}$/.test(cell))) return 'phone'
  return null
}
