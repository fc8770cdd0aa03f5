import { useState } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import type { Settings } from '../../../shared/model/settings.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { useSettings } from '../../state/host-state.ts'

/** The settings, and how to change them. */
export interface SettingsChange {
  readonly settings: Settings
  readonly set: (change: Partial<Settings>) => void
}

/** What was just chosen holds at once; the core's answer, a moment later, is what stays. */
export function useSettingsChange(): SettingsChange & { readonly error: AppError | null } {
  const host = useHost()
  const kept = useSettings()
  const [chosen, setChosen] = useState<Partial<Settings>>({})
  const [error, setError] = useState<AppError | null>(null)
  const change = async (wanted: Partial<Settings>): Promise<void> => {
    setChosen((all) => ({ ...all, ...wanted }))
    const reply = await host.call['settings.set'](wanted)
    setChosen({})
    setError(reply.ok ? null : reply.error)
  }
  return { settings: { ...kept, ...chosen }, set: (wanted) => void change(wanted), error }
}
