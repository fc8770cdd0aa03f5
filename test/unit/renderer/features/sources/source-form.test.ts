import { describe, expect, it } from 'vitest'
import {
  abilityText,
  blankForm,
  draftOf,
  formOfSource,
  freeName,
  isTouched,
  missingFields,
  problemOfError,
  reportText,
  shownSettings,
  switchConnector,
  turnsSensitiveOff,
} from '../../../../../renderer/features/sources/source-form.ts'
import { type Manifest, manifestSchema } from '../../../../../shared/connector/manifest.ts'
import { type SourceView, sourceViewSchema } from '../../../../../shared/model/source.ts'

const field = { required: false, advanced: false, placeholder: '', hint: '' }
const MANIFEST: Manifest = manifestSchema.parse({
  connectorId: 'clnt',
  label: 'Clients v1',
  monogram: 'C1',
  keyLabel: 'API key',
  keyHint: '',
  settings: [
    { ...field, name: 'baseUrl', label: 'Base URL', kind: 'url', required: true, defaultValue: '' },
    { ...field, name: 'path', label: 'Path', kind: 'text', advanced: true, defaultValue: '/clients' },
    { ...field, name: 'sensitive', label: 'Include sensitive fields', kind: 'switch', defaultValue: false },
  ],
  creates: null,
  updates: null,
  deletes: false,
  incremental: false,
  testimonials: false,
  nameStyle: 'split',
  statusOptions: [],
  statusLabel: 'Status',
  board: 'status',
})
const SOURCE: SourceView = sourceViewSchema.parse({
  sourceId: 'src_0000000000000001',
  connectorId: 'clnt',
  name: 'Clients v1',
  settings: { baseUrl: 'https://c.example.com', sensitive: true },
  address: 'c.example.com',
  hasKey: true,
  keyTrouble: null,
  sample: false,
  state: 'up-to-date',
  paused: false,
  progress: null,
  error: null,
  nextAttemptAt: null,
  lastComplete: null,
  heldRemoval: null,
  account: null,
  problems: 0,
  reviewBeforeSending: false,
  coverage: null,
  deletionsSeenBy: 'clean-sweeps',
  circuitOpen: false,
  suspects: 0,
  addedAt: '2026-11-20T09:00:00Z',
})

describe('the form of a source', () => {
  it('begins with the label as a free name and every default', () => {
    expect(blankForm(MANIFEST, [SOURCE])).toEqual({
      connectorId: 'clnt',
      name: 'Clients v1 2',
      key: '',
      settings: { baseUrl: '', path: '/clients', sensitive: false },
    })
    expect(freeName('Endors', [SOURCE])).toBe('Endors')
  })

  it('proposes another name with another connector, but keeps one that was typed', () => {
    const endors: Manifest = { ...MANIFEST, connectorId: 'endors', label: 'Endors' }
    const typed = {
      ...blankForm(MANIFEST, []),
      key: 'k',
      settings: { baseUrl: 'https://a.example.com', path: '/clients' },
    }
    const next = switchConnector(typed, MANIFEST, endors, [SOURCE])
    expect(next).toMatchObject({ connectorId: 'endors', name: 'Endors', key: 'k' })
    expect(next.settings.baseUrl).toBe('https://a.example.com')
    expect(switchConnector({ ...typed, name: 'Mine' }, MANIFEST, endors, []).name).toBe('Mine')
    expect(switchConnector(next, endors, MANIFEST, [SOURCE]).name).toBe('Clients v1 2')
  })

  it('opens a source with its values, defaults for what it lacks, and no key', () => {
    expect(formOfSource(SOURCE, MANIFEST)).toEqual({
      connectorId: 'clnt',
      name: 'Clients v1',
      key: '',
      settings: { baseUrl: 'https://c.example.com', path: '/clients', sensitive: true },
    })
  })

  it('sends no key where none was typed, so that the kept one stays', () => {
    expect('key' in draftOf(formOfSource(SOURCE, MANIFEST))).toBe(false)
    expect(draftOf({ ...formOfSource(SOURCE, MANIFEST), key: ' k \n' }).key).toBe('k')
  })

  it('asks for what is missing, but not for a key that is kept', () => {
    const blank = { ...blankForm(MANIFEST, []), name: ' ' }
    expect(Object.keys(missingFields(blank, MANIFEST, [], null)).sort()).toEqual(['baseUrl', 'key', 'name'])
    expect(missingFields(formOfSource(SOURCE, MANIFEST), MANIFEST, [SOURCE], SOURCE)).toEqual({})
    expect(missingFields({ ...blank, name: 'Clients v1' }, MANIFEST, [SOURCE], null).name).toContain('Another source')
  })

  it('puts an answer about a field under that field, and only there', () => {
    expect(problemOfError({ code: 'bad-input', field: 'baseUrl', rule: 'needs-protocol' }, MANIFEST)).toEqual({
      baseUrl: 'Begin with https://, as in https://crm.example.com.',
    })
    expect(problemOfError({ code: 'bad-input', field: 'draft.name', rule: 'too_big' }, MANIFEST)).toEqual({
      name: 'Name is too long.',
    })
    expect(problemOfError({ code: 'bad-input', field: 'elsewhere', rule: 'x' }, MANIFEST)).toBeNull()
    expect(problemOfError({ code: 'offline' }, MANIFEST)).toBeNull()
  })

  it('knows what would be lost', () => {
    const start = formOfSource(SOURCE, MANIFEST)
    expect(isTouched(start, formOfSource(SOURCE, MANIFEST))).toBe(false)
    expect(isTouched({ ...start, key: 'k' }, start)).toBe(true)
    expect(turnsSensitiveOff({ ...start, settings: { ...start.settings, sensitive: false } }, SOURCE, MANIFEST)).toBe(
      true,
    )
    expect(turnsSensitiveOff(start, SOURCE, MANIFEST)).toBe(false)
  })

  it('tells whose workspace answered', () => {
    expect(reportText({ workspace: 'Studio', person: 'Łukasz Wójcik', clients: 164, statusOptions: 4 })).toBe(
      'Workspace Studio, signed in as Łukasz Wójcik. 164 clients, 4 lead statuses.',
    )
    expect(reportText({ workspace: null, person: null, clients: 1, statusOptions: null })).toBe('1 client.')
    expect(reportText({ workspace: null, person: null, clients: null, statusOptions: null })).toBe('')
  })

  it('says what a connector can do', () => {
    expect(abilityText(MANIFEST)).toBe('Reads')
    expect(abilityText({ ...MANIFEST, incremental: true })).toBe('Reads changes')
    expect(abilityText({ ...MANIFEST, creates: ['email'] })).toBe('Reads, creates')
    expect(abilityText({ ...MANIFEST, creates: ['name'], updates: ['name'] })).toBe('Reads, writes')
  })

  it('asks only for the fields that the chosen paging needs, and proposes a name without its dots', () => {
    const cursor = { name: 'paging', values: ['cursor'] }
    const custom: Manifest = manifestSchema.parse({
      ...MANIFEST,
      connectorId: 'custom',
      label: 'Custom…',
      monogram: null,
      summary: 'Any JSON list',
      settings: [
        { ...field, name: 'paging', label: 'Paging', kind: 'select', defaultValue: 'none', options: [] },
        { ...field, name: 'at', label: 'Cursor at', kind: 'text', defaultValue: '', required: true, onlyWith: cursor },
      ],
    })
    const form = { ...blankForm(custom, []), key: 'k' }
    expect(form.name).toBe('Custom')
    expect(abilityText(custom)).toBe('Any JSON list')
    expect(shownSettings(custom, form.settings).map((setting) => setting.name)).toEqual(['paging'])
    expect(missingFields(form, custom, [], null)).toEqual({})
    const chosen = { ...form, settings: { ...form.settings, paging: 'cursor' } }
    expect(missingFields(chosen, custom, [], null)).toEqual({ at: 'Cursor at is needed.' })
    expect(switchConnector(form, custom, MANIFEST, []).name).toBe('Clients v1')
  })
})
