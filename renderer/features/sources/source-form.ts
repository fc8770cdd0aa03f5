import type { AppError } from '../../../shared/app-error.ts'
import type { Manifest, SettingField } from '../../../shared/connector/manifest.ts'
import type { ConnectionReport, SourceDraft, SourceSettings, SourceView } from '../../../shared/model/source.ts'
import { formatCount } from '../../text/format.ts'
import { settingProblemText } from '../../text/problem-text.ts'
import { sensitiveSwitch } from './source-line.ts'

/** What stands in the "Add source" form. The key lives here only while the dialog is open. */
export interface SourceForm {
  readonly connectorId: string
  readonly name: string
  readonly key: string
  readonly settings: SourceSettings
}

/** Sentences under fields, by field: `name`, `key`, or the name of a setting. */
export type FormProblems = Readonly<Record<string, string>>

export function blankForm(manifest: Manifest, sources: readonly SourceView[]): SourceForm {
  return {
    connectorId: manifest.connectorId,
    name: freeName(proposedName(manifest), sources),
    key: '',
    settings: Object.fromEntries(manifest.settings.map((field) => [field.name, field.defaultValue])),
  }
}

/** Settings that the source was saved without get their default, so that every field has a value. */
export function formOfSource(source: SourceView, manifest: Manifest): SourceForm {
  return {
    connectorId: source.connectorId,
    name: source.name,
    key: '',
    settings: Object.fromEntries(
      manifest.settings.map((field) => [field.name, source.settings[field.name] ?? field.defaultValue]),
    ),
  }
}

/** `Custom…` is what one chooses, not what one has then. */
function proposedName(manifest: Manifest): string {
  return manifest.label.replace(/…$/, '')
}

/** `Connect`, or `Connect 2` where that is taken. */
export function freeName(label: string, sources: readonly SourceView[]): string {
  const taken = new Set(sources.map((source) => source.name))
  if (!taken.has(label)) return label
  let number = 2
  while (taken.has(`${label} ${number}`)) number++
  return `${label} ${number}`
}

/** The list of sources may have grown since the name was proposed, so its form is asked and not its value. */
function isProposedName(name: string, label: string): boolean {
  return name === label || (name.startsWith(`${label} `) && /^\d+$/.test(name.slice(label.length + 1)))
}

/** A key left empty keeps the present one. */
export function draftOf(form: SourceForm): SourceDraft {
  const base = { connectorId: form.connectorId, name: form.name.trim(), settings: form.settings }
  const key = form.key.trim()
  return key === '' ? base : { ...base, key }
}

/** The fields that matter for what is chosen. */
export function shownSettings(manifest: Manifest, settings: SourceSettings): readonly SettingField[] {
  return manifest.settings.filter(({ onlyWith }) => {
    if (onlyWith === undefined) return true
    const chosen = settings[onlyWith.name]
    return typeof chosen === 'string' && onlyWith.values.includes(chosen)
  })
}

/** What can be said before asking the core: only what is missing or named twice. Everything else is the connector's word. */
export function missingFields(
  form: SourceForm,
  manifest: Manifest,
  sources: readonly SourceView[],
  edited: SourceView | null,
): FormProblems {
  const problems: Record<string, string> = {}
  const name = form.name.trim()
  if (name === '') problems.name = settingProblemText('required', 'Name')
  else if (sources.some((source) => source.name === name && source.sourceId !== edited?.sourceId)) {
    problems.name = settingProblemText('name-taken', 'Name')
  }
  if (form.key.trim() === '' && edited?.hasKey !== true) {
    problems.key = settingProblemText('required', manifest.keyLabel)
  }
  for (const field of shownSettings(manifest, form.settings)) {
    const value = form.settings[field.name]
    if (field.required && typeof value === 'string' && value.trim() === '') {
      problems[field.name] = settingProblemText('required', field.label)
    }
  }
  return problems
}

/** The problem that an answer of the core puts under a field, or null where it concerns the form as a whole. */
export function problemOfError(error: AppError, manifest: Manifest): FormProblems | null {
  if (error.code !== 'bad-input') return null
  const field = error.field.split('.').at(-1) ?? ''
  const label = labelOf(field, manifest)
  // A key that no header can carry is a wrong key; the header's own rule speaks of names.
  const rule = field === 'key' && error.rule === 'bad-header' ? 'bad-key' : error.rule
  return label === null ? null : { [field]: settingProblemText(rule, label) }
}

/** Label of a form's field, or null where the form has no such field. */
export function labelOf(field: string, manifest: Manifest): string | null {
  if (field === 'name') return 'Name'
  if (field === 'key') return manifest.keyLabel
  return manifest.settings.find((setting) => setting.name === field)?.label ?? null
}

/** The form for another connector: what was typed stays where the new one asks for it too. */
export function switchConnector(
  form: SourceForm,
  from: Manifest,
  to: Manifest,
  sources: readonly SourceView[],
): SourceForm {
  const blank = blankForm(to, sources)
  const settings = to.settings.map((field) => {
    const typed = form.settings[field.name]
    const before = from.settings.find((each) => each.name === field.name)
    const keep = before !== undefined && typed !== undefined && typed !== before.defaultValue
    return [field.name, keep ? typed : field.defaultValue] as const
  })
  return {
    ...blank,
    name: isProposedName(form.name, proposedName(from)) ? blank.name : form.name,
    key: form.key,
    settings: Object.fromEntries(settings),
  }
}

/** True where something would be lost by closing. `start` is the form as it was opened. */
export function isTouched(form: SourceForm, start: SourceForm): boolean {
  return JSON.stringify(form) !== JSON.stringify(start)
}

/** Saving would take stored names and phones off this device. */
export function turnsSensitiveOff(form: SourceForm, source: SourceView, manifest: Manifest): boolean {
  const name = sensitiveSwitch(manifest)
  return name !== null && source.settings[name] === true && form.settings[name] === false
}

/** `Workspace Studio Lumière, signed in as Łukasz Wójcik. 164 contacts, 4 lead statuses.` */
export function reportText(report: ConnectionReport): string {
  const who = [
    report.workspace === null ? '' : `Workspace ${report.workspace}`,
    report.person === null ? '' : `${report.workspace === null ? 'Signed' : 'signed'} in as ${report.person}`,
  ].filter((part) => part !== '')
  const what = [
    report.clients === null ? '' : formatCount(report.clients, 'client'),
    report.statusOptions === null ? '' : formatCount(report.statusOptions, 'lead status', 'lead statuses'),
  ].filter((part) => part !== '')
  return [who, what]
    .filter((parts) => parts.length > 0)
    .map((parts) => `${parts.join(', ')}.`)
    .join(' ')
}

/** What a connector can do, on its card: `Reads`, `Reads, writes`, `Reads, creates`, `Reads changes`. */
export function abilityText(manifest: Manifest): string {
  if (manifest.summary !== undefined) return manifest.summary
  if (manifest.updates !== null) return 'Reads, writes'
  if (manifest.creates !== null) return 'Reads, creates'
  return manifest.incremental ? 'Reads changes' : 'Reads'
}
