import type { Manifest } from '../../../shared/connector/manifest.ts'
import { AUTH_HEADER_FIELDS } from '../settings/auth-header-fields.ts'

/** Vendor page: seed 003, "Available endpoints" of Connect. Reads and creates; no update, no delete. */
export const CONNECT_MANIFEST: Manifest = {
  connectorId: 'connect',
  label: 'Connect',
  monogram: 'Co',
  keyLabel: 'Secret key',
  keyHint: 'Connect, Settings, API.',
  settings: [
    {
      name: 'baseUrl',
      label: 'Base URL',
      kind: 'url',
      required: true,
      advanced: false,
      defaultValue: '',
      placeholder: 'https://your-workspace.example',
      hint: 'The address that /api/connect belongs to.',
    },
    ...AUTH_HEADER_FIELDS,
  ],
  creates: [
    'email',
    'firstName',
    'lastName',
    'jobTitle',
    'company',
    'phone',
    'facebookUrl',
    'instagramUrl',
    'linkedinUrl',
    'twitterUrl',
    'notes',
    'status',
  ],
  updates: null,
  deletes: false,
  incremental: false,
  testimonials: false,
  nameStyle: 'split',
  statusOptions: [],
  statusLabel: 'Lead status',
  board: 'lead-status',
}
