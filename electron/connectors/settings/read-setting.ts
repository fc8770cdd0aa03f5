import type { SettingField } from '../../../shared/connector/manifest.ts'
import type { SourceSettings } from '../../../shared/model/source.ts'

/** A text setting as typed, or its default where it was left out of the form altogether. Not trimmed. */
export function textSetting(settings: SourceSettings, fields: readonly SettingField[], name: string): string {
  const value = ownSetting(settings, name)
  if (typeof value === 'string') return value
  const fallback = fields.find((field) => field.name === name)?.defaultValue
  return typeof fallback === 'string' ? fallback : ''
}

/** The same, but an emptied field takes its default again. */
export function filledTextSetting(settings: SourceSettings, fields: readonly SettingField[], name: string): string {
  const text = textSetting(settings, fields, name).trim()
  return text === '' ? textSetting({}, fields, name) : text
}

export function switchSetting(settings: SourceSettings, name: string): boolean {
  const value = ownSetting(settings, name)
  return value === true || value === 'true'
}

function ownSetting(settings: SourceSettings, name: string): string | boolean | undefined {
  return Object.hasOwn(settings, name) ? settings[name] : undefined
}
