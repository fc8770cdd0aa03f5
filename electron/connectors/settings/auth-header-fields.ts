import type { SettingField } from '../../../shared/connector/manifest.ts'

/** The two fields of a form for a vendor that does not say in which header its key goes. Checked by `auth-header.ts`. */
export const AUTH_HEADER_FIELDS: readonly SettingField[] = [
  {
    name: 'headerName',
    label: 'Header name',
    kind: 'text',
    required: true,
    advanced: true,
    defaultValue: 'Authorization',
    placeholder: 'Authorization',
    hint: 'The header that carries the key.',
  },
  {
    name: 'headerScheme',
    label: 'Header scheme',
    kind: 'text',
    required: false,
    advanced: true,
    defaultValue: 'Bearer',
    placeholder: '',
    hint: 'The word before the key. Empty sends the key alone.',
  },
]
