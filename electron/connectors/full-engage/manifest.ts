import type { Manifest } from '../../../shared/connector/manifest.ts'

/** Vendor page: seed 001, "Clients" of Full Engage. */
export const FULL_ENGAGE_MANIFEST: Manifest = {
  connectorId: 'full-engage',
  label: 'Full Engage',
  monogram: 'FE',
  keyLabel: 'API key',
  keyHint: 'Full Engage, Settings, API keys. It begins with ba_.',
  settings: [
    {
      name: 'baseUrl',
      label: 'Base URL',
      kind: 'url',
      required: true,
      advanced: false,
      defaultValue: '',
      placeholder: 'https://your-app.com',
      hint: 'The address of your site, with or without /api/v1.',
    },
  ],
  creates: ['name', 'phone', 'status', 'notes'],
  updates: ['name', 'phone', 'status', 'notes'],
  deletes: true,
  incremental: false,
  testimonials: false,
  nameStyle: 'full',
  statusOptions: [
    { id: 'active', label: 'Active', color: null, order: 1, type: null },
    { id: 'inactive', label: 'Inactive', color: null, order: 2, type: null },
  ],
  statusLabel: 'Status',
  board: 'status',
}
