import { IconChevronDown } from '@tabler/icons-react'
import { useId } from 'react'
import type { Manifest, SettingField } from '../../../shared/connector/manifest.ts'
import { useAppInfo } from '../../state/host-state.ts'
import { keyStoreHint } from '../../text/key-store-text.ts'
import { cx } from '../../ui/cx.ts'
import { Checkbox, FormField, NativeSelect, TextInput } from '../../ui/form-field.tsx'
import { KeyField } from './key-field.tsx'
import { type FormProblems, type SourceForm, shownSettings } from './source-form.ts'
import styles from './sources.module.css'

/** Name, key and settings of a source, as its connector asks for them. */
export function SourceFields(props: {
  readonly form: SourceForm
  readonly manifest: Manifest
  readonly problems: FormProblems
  readonly onChange: (form: SourceForm) => void
  /** A key is kept already and stays when the field is left empty. */
  readonly hasKey: boolean
  readonly focus: 'name' | 'key' | null
}) {
  const { form, manifest, problems, onChange } = props
  const id = useId()
  const appInfo = useAppInfo()
  const shown = shownSettings(manifest, form.settings)
  const plain = shown.filter((field) => !field.advanced && field.kind !== 'switch')
  const switches = shown.filter((field) => !field.advanced && field.kind === 'switch')
  const folded = shown.filter((field) => field.advanced)
  const groups = [...new Set(folded.map(groupOf))]
  const set = (name: string, value: string | boolean): void =>
    onChange({ ...form, settings: { ...form.settings, [name]: value } })

  const setting = (field: SettingField, wide: boolean) => (
    <div key={field.name} className={cx(wide && styles.wide)}>
      <Setting
        id={`${id}-${field.name}`}
        field={field}
        value={form.settings[field.name] ?? field.defaultValue}
        error={problems[field.name] ?? null}
        onChange={(value) => set(field.name, value)}
      />
    </div>
  )
  const hints = [
    props.hasKey ? 'Leave empty to keep the present key.' : ending(manifest.keyHint),
    appInfo === null ? '' : keyStoreHint(appInfo.keyStore),
  ]
  return (
    <>
      <div className={styles.two}>
        <FormField id={`${id}-name`} label="Name" error={problems.name ?? null}>
          {(binding) => (
            <TextInput
              {...binding}
              value={form.name}
              maxLength={120}
              required
              data-autofocus={props.focus === 'name' || undefined}
              onChange={(event) => onChange({ ...form, name: event.currentTarget.value })}
            />
          )}
        </FormField>
        {plain.map((field, index) => setting(field, plain.length % 2 === 0 && index === plain.length - 1))}
      </div>
      <KeyField
        id={`${id}-key`}
        label={manifest.keyLabel}
        value={form.key}
        hint={hints.filter((hint) => hint !== '').join(' ')}
        error={problems.key ?? null}
        required={!props.hasKey}
        focus={props.focus === 'key'}
        onChange={(key) => onChange({ ...form, key })}
      />
      {switches.map((field) => setting(field, true))}
      {groups.map((group) => (
        <details open key={group} className={styles.advanced}>
          <summary>
            <IconChevronDown size={14} aria-hidden />
            {group}
          </summary>
          <div className={styles.two}>
            {folded.filter((field) => groupOf(field) === group).map((field) => setting(field, field.kind === 'switch'))}
          </div>
        </details>
      ))}
    </>
  )
}

function Setting(props: {
  readonly id: string
  readonly field: SettingField
  readonly value: string | boolean
  readonly error: string | null
  readonly onChange: (value: string | boolean) => void
}) {
  const { id, field, value } = props
  const hint = field.hint === '' ? null : field.hint
  if (field.kind === 'switch') {
    return (
      <div className={styles.check}>
        <Checkbox
          id={id}
          label={field.label}
          checked={value === true}
          aria-describedby={hint === null ? undefined : `${id}-below`}
          onChange={(event) => props.onChange(event.currentTarget.checked)}
        />
        {hint !== null && (
          <span id={`${id}-below`} className={styles.hint}>
            {hint}
          </span>
        )}
      </div>
    )
  }
  if (field.kind === 'select') {
    return (
      <FormField id={id} label={field.label} error={props.error} below={hint}>
        {(binding) => (
          <NativeSelect
            {...binding}
            value={typeof value === 'string' ? value : ''}
            onChange={(event) => props.onChange(event.currentTarget.value)}
          >
            {(field.options ?? []).map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </NativeSelect>
        )}
      </FormField>
    )
  }
  return (
    <FormField id={id} label={field.label} error={props.error} below={hint}>
      {(binding) => (
        <TextInput
          {...binding}
          // A plain text field for numbers too: a number field drops what it cannot read, and then nobody can say why.
          inputMode={field.kind === 'number' ? 'numeric' : field.kind === 'url' ? 'url' : 'text'}
          required={field.required}
          maxLength={2048}
          placeholder={field.placeholder}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => props.onChange(event.currentTarget.value)}
        />
      )}
    </FormField>
  )
}

function groupOf(field: SettingField): string {
  return field.group ?? 'Advanced'
}

function ending(hint: string): string {
  return hint === '' || hint.endsWith('.') ? hint : `${hint}.`
}
