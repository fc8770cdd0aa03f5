import type { FieldKey } from './field.ts'

/** Labels of the fields as UI-CONTRACT.md names them. `status` may be called otherwise by its source in running text. */
export const FIELD_LABELS: Readonly<Record<FieldKey, string>> = {
  name: 'Name',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'Email',
  phone: 'Phone',
  company: 'Company',
  jobTitle: 'Job title',
  status: 'Status',
  notes: 'Notes',
  tags: 'Tags',
  website: 'Website',
  location: 'Location',
  facebookUrl: 'Facebook',
  instagramUrl: 'Instagram',
  linkedinUrl: 'LinkedIn',
  twitterUrl: 'Twitter',
}
