import type { Manifest } from '../../../shared/connector/manifest.ts'

/** Vendor page: seed 000, "Clients API" of Endors. Read-only: no write is documented. */
export const ENDORS_MANIFEST: Manifest = {
  connectorId: 'endors',
  label: 'Endors',
  monogram: 'En',
  keyLabel: 'API key',
  keyHint: 'Endors, Settings, API keys. It begins with sk_live_.',
  settings: [
    {
      name: 'baseUrl',
      label: 'Base URL',
      kind: 'url',
      required: true,
      advanced: false,
      defaultValue: 'https://app.endors.io',
      placeholder: 'https://app.endors.io',
      hint: 'Leave as it is unless Endors gave you another address.',
    },
    {
      name: 'spaceId',
      label: 'Space ID',
      kind: 'text',
      required: true,
      advanced: false,
      defaultValue: '',
      placeholder: '',
      hint: 'The part after /spaces/ in the address of your Space.',
    },
  ],
  creates: null,
  updates: null,
  deletes: false,
  incremental: false,
  testimonials: true,
  nameStyle: 'split',
  statusOptions: [
    { id: 'active', label: 'Active', color: null, order: 1, type: null },
    { id: 'paused', label: 'Paused', color: null, order: 2, type: null },
    { id: 'inactive', label: 'Inactive', color: null, order: 3, type: null },
  ],
  statusLabel: 'Status',
  board: 'status',
}
