import type { SourceId } from '../../../shared/ids.ts'
import type { FieldKey, Fields } from '../../../shared/model/field.ts'
import { isEmptyFieldValue } from '../../../shared/model/field.ts'
import type { Book } from '../book.ts'
import { statusOptionsOf } from '../projection/client-row.ts'
import type { Destination, storePageApi } from '../store-contract.ts'

const COMMON: readonly FieldKey[] = [
  'email',
  'phone',
  'company',
  'jobTitle',
  'status',
  'notes',
  'tags',
  'website',
  'location',
]
const SOCIAL: readonly FieldKey[] = ['facebookUrl', 'instagramUrl', 'linkedinUrl', 'twitterUrl']

/** Fields of a form in order: always the common ones, social addresses where somebody knows or takes them. */
export function formFields(book: Book, sourceId: SourceId | null, known: Fields): readonly FieldKey[] {
  const source = sourceId === null ? undefined : book.sources.get(sourceId)
  const names: readonly FieldKey[] = source?.nameStyle === 'split' ? ['firstName', 'lastName'] : ['name']
  // A value under the other style of names must not be hidden.
  const others = (['name', 'firstName', 'lastName'] as const).filter(
    (field) => !names.includes(field) && !isEmptyFieldValue(known[field]),
  )
  const taken = new Set([...(source?.creates ?? []), ...(source?.updates ?? [])])
  const social = SOCIAL.filter((field) => taken.has(field) || known[field] !== undefined)
  return [...names, ...others, ...COMMON, ...social]
}

type BlankForm = (typeof storePageApi)['form.blank']['output']['_zod']['output']

/** The empty form of a new client. */
export function blankForm(book: Book, sourceId: SourceId | null): BlankForm {
  const source = sourceId === null ? undefined : book.sources.get(sourceId)
  const creates = source?.creates ?? []
  const destination = (field: FieldKey): Destination =>
    source !== undefined && creates.includes(field) ? { kind: 'sends', sourceId: source.sourceId } : { kind: 'device' }
  return {
    fields: formFields(book, sourceId, {}).map((field) => ({ field, destination: destination(field) })),
    nameStyle: source?.nameStyle ?? 'full',
    statusOptions: statusOptionsOf(book, sourceId),
    statusLabel: source?.statusLabel ?? 'Status',
  }
}
