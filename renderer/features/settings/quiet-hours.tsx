import { useId, useState } from 'react'
import { TextInput } from '../../ui/form-field.tsx'
import { SettingRow } from '../../ui/settings-section.tsx'
import { Switch } from '../../ui/switch.tsx'
import { quietHoursProblem, quietHoursText } from './desktop-words.ts'
import styles from './settings.module.css'
import type { SettingsChange } from './use-settings-change.ts'

const NIGHT = { from: '22:00', until: '07:00' } as const

/** Two times. What cannot hold is said beside them and is not kept; the two that hold are. */
export function QuietHours(props: SettingsChange) {
  const { settings, set } = props
  const id = useId()
  const isOn = settings.quietFrom !== null && settings.quietUntil !== null
  const [typed, setTyped] = useState<{ readonly from: string; readonly until: string } | null>(null)
  const from = typed?.from ?? settings.quietFrom ?? NIGHT.from
  const until = typed?.until ?? settings.quietUntil ?? NIGHT.until
  const problem = isOn ? quietHoursProblem(from, until) : null

  const type = (next: { readonly from: string; readonly until: string }): void => {
    const holds = quietHoursProblem(next.from, next.until) === null
    setTyped(holds ? null : next)
    if (holds) set({ quietFrom: next.from, quietUntil: next.until })
  }
  const turn = (on: boolean): void => {
    setTyped(null)
    set(on ? { quietFrom: NIGHT.from, quietUntil: NIGHT.until } : { quietFrom: null, quietUntil: null })
  }
  const time = (label: string, value: string, change: (value: string) => void) => (
    <TextInput
      type="time"
      className={styles.time ?? ''}
      aria-label={label}
      aria-invalid={problem === null ? undefined : true}
      aria-describedby={problem === null ? undefined : `${id}-problem`}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
  return (
    <SettingRow
      label="Quiet hours"
      text={
        problem !== null ? (
          <span id={`${id}-problem`} role="alert" className={styles.problem}>
            {problem}
          </span>
        ) : isOn ? (
          quietHoursText(from, until)
        ) : (
          'A time of the day without notifications.'
        )
      }
    >
      {isOn && (
        <span className={styles.times}>
          {time('Quiet from', from, (value) => type({ from: value, until }))}
          <span aria-hidden>–</span>
          {time('Quiet until', until, (value) => type({ from, until: value }))}
        </span>
      )}
      <Switch label="Quiet hours" labelHidden checked={isOn} onChange={turn} />
    </SettingRow>
  )
}
