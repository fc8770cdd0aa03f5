import type { SendFailure } from '../../../shared/app-error.ts'
import type { Fields } from '../../../shared/model/field.ts'

/**
 * The vendor's own rules for a new contact, applied before anything is sent, so that a create made offline cannot be
 * queued only to fail. Null where it may be sent. The words are the vendor's.
 */
export function checkConnectCreate(fields: Fields): SendFailure | null {
  const email = typeof fields.email === 'string' ? fields.email.trim() : ''
  const firstName = typeof fields.firstName === 'string' ? fields.firstName.trim() : ''
  if (email === '' && firstName === '') return refused('At least email or firstName is required', 'firstName')
  if (email !== '' && !isEmail(email)) return refused('Invalid email', 'email')
  return null
}

/** Something, one `@`, a host with a dot. Looks at each part once: a hostile text must not cost more than its length. */
function isEmail(text: string): boolean {
  if (text.length > 320 || /\s/.test(text)) return false
  const parts = text.split('@')
  const host = parts[1]
  if (parts.length !== 2 || parts[0] === '' || host === undefined) return false
  const labels = host.split('.')
  return labels.length >= 2 && labels.every((label) => label !== '')
}

function refused(vendorText: string, field: string): SendFailure {
  return { applied: 'not-applied', error: { code: 'refused', status: 400, vendorText, field } }
}
