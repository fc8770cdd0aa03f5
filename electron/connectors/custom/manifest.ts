import { CUSTOM_DEFAULTS, type CustomSetting } from '../../../shared/connector/custom-definition.ts'
import type { Manifest, SettingField } from '../../../shared/connector/manifest.ts'
import { AUTH_HEADER_FIELDS } from '../settings/auth-header-fields.ts'

/** Of a connector that the user describes (shared/connector/custom-definition.ts). No vendor page: any list in JSON. */
export const CUSTOM_MANIFEST: Manifest = {
  connectorId: 'custom',
  label: 'Custom…',
  monogram: null,
  summary: 'Any JSON list',
  keyLabel: 'API key',
  keyHint: 'The settings of the service, API keys.',
  settings: [
    {
      name: 'baseUrl',
      label: 'Base URL',
      kind: 'url',
      required: true,
      advanced: false,
      defaultValue: '',
      placeholder: 'https://api.example.com/v1',
      hint: 'The address that the path below belongs to.',
    },
    {
      name: 'path',
      label: 'Path',
      kind: 'text',
      required: true,
      advanced: false,
      defaultValue: '/clients',
      placeholder: '/clients',
      hint: 'Of the list of clients.',
    },
    setting('listAt', 'List at', {
      placeholder: 'data.items',
      hint: 'Where the list stands in the answer. Empty: the answer is the list.',
    }),
    setting('paging', 'Paging', {
      kind: 'select',
      options: [
        { value: 'none', label: 'All in one answer' },
        { value: 'page', label: 'Page numbers' },
        { value: 'offset', label: 'Offset and limit' },
        { value: 'cursor', label: 'Cursor' },
      ],
      hint: 'How the list comes in parts.',
    }),
    setting('pageParameter', 'Page parameter', {
      onlyWith: { name: 'paging', values: ['page'] },
      required: true,
      hint: 'Query parameter with the page number.',
    }),
    setting('firstPage', 'First page', {
      onlyWith: { name: 'paging', values: ['page'] },
      kind: 'number',
      required: true,
      hint: 'Its number: 1 or 0.',
    }),
    setting('offsetParameter', 'Offset parameter', {
      onlyWith: { name: 'paging', values: ['offset'] },
      required: true,
      hint: 'Query parameter with the number of clients to skip.',
    }),
    setting('cursorParameter', 'Cursor parameter', {
      onlyWith: { name: 'paging', values: ['cursor'] },
      required: true,
      hint: 'Query parameter with the cursor.',
    }),
    setting('cursorAt', 'Cursor at', {
      onlyWith: { name: 'paging', values: ['cursor'] },
      required: true,
      hint: 'Where the next cursor stands in the answer. Absent on the last page.',
    }),
    setting('sizeParameter', 'Size parameter', {
      onlyWith: { name: 'paging', values: ['page', 'offset', 'cursor'] },
      hint: 'Query parameter with the page size. Empty sends none.',
    }),
    setting('pageSize', 'Page size', {
      onlyWith: { name: 'paging', values: ['page', 'offset', 'cursor'] },
      kind: 'number',
      required: true,
      hint: 'Clients to ask for at a time. The server may give fewer.',
    }),
    setting('totalAt', 'Total at', {
      onlyWith: { name: 'paging', values: ['page', 'offset', 'cursor'] },
      placeholder: 'meta.total',
      hint: 'Where the number of all clients stands, if the answer tells. Without it deletions may stay unnoticed.',
    }),
    ...AUTH_HEADER_FIELDS,
    field('idAt', 'ID at', { required: true, hint: 'Where the id stands in a client. Dots lead inside: profile.id.' }),
    field('nameAt', 'Name at', { hint: 'Empty leaves a field out.' }),
    field('firstNameAt', 'First name at'),
    field('lastNameAt', 'Last name at'),
    field('emailAt', 'Email at'),
    field('phoneAt', 'Phone at'),
    field('companyAt', 'Company at'),
    field('jobTitleAt', 'Job title at'),
    field('statusAt', 'Status at'),
    field('notesAt', 'Notes at'),
    field('tagsAt', 'Tags at'),
    field('websiteAt', 'Website at'),
    field('locationAt', 'Location at'),
    field('createdAt', 'Created at'),
    field('updatedAt', 'Updated at'),
  ],
  creates: null,
  updates: null,
  deletes: false,
  incremental: false,
  testimonials: false,
  nameStyle: 'full',
  statusOptions: [],
  statusLabel: 'Status',
  board: 'status',
}

function setting(name: CustomSetting, label: string, more: Partial<SettingField>): SettingField {
  const defaultValue = CUSTOM_DEFAULTS[name]
  const plain = { kind: 'text', required: false, advanced: false, placeholder: defaultValue, hint: '' } as const
  return { name, label, defaultValue, ...plain, ...more }
}

function field(name: CustomSetting, label: string, more: Partial<SettingField> = {}): SettingField {
  return setting(name, label, { advanced: true, group: 'Fields', ...more })
}
