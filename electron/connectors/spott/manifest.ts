import type { Manifest } from '../../../shared/connector/manifest.ts'

/** Vendor page: seed 002, "Get client contacts" of Spott. Read-only. */
export const SPOTT_MANIFEST: Manifest = {
  connectorId: 'spott',
  label: 'Spott',
  monogram: 'Sp',
  keyLabel: 'API key',
  keyHint: 'Spott, Settings, API Keys.',
  settings: [
    {
      name: 'baseUrl',
      label: 'Base URL',
      kind: 'url',
      required: true,
      advanced: false,
      defaultValue: 'https://api.gospott.com',
      placeholder: 'https://api.gospott.com',
      hint: 'Leave as it is unless Spott gave you another address.',
    },
  ],
  creates: null,
  updates: null,
  deletes: false,
  incremental: true,
  testimonials: false,
  nameStyle: 'split',
  statusOptions: [],
  statusLabel: 'Stage',
  board: 'stage',
}
