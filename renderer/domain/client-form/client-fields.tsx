import { IconArrowUpRight, IconDeviceLaptop } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { FieldKey } from '../../../shared/model/field.ts'
import { FIELD_KINDS, sameFieldValue } from '../../../shared/model/field.ts'
import type { StatusOption } from '../../../shared/model/status-option.ts'
import type { Destination } from '../../store/store-contract.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { NAMES, sendsTo } from '../../text/names.ts'
import { cx } from '../../ui/cx.ts'
import { type FieldBinding, FormField, NativeSelect, TextArea, TextInput } from '../../ui/form-field.tsx'
import { scriptLang } from '../../ui/script-lang.ts'
import { StatusDot } from '../../ui/status-dot.tsx'
import { fieldText } from '../field-diff.tsx'
import { useSourceName } from '../source-label.tsx'
import styles from './client-form.module.css'
import { type FormFieldSpec, type FormValues, fieldValueOf, formLines } from './form-values.ts'
import { TagsInput } from './tags-input.tsx'

export interface ClientFieldsProps {
  /** Unique in the page; ids of the controls begin with it. */
  readonly id: string
  readonly fields: readonly FormFieldSpec[]
  readonly values: FormValues
  /** What the form showed at first; null for a new client, where nothing was. */
  readonly shown: FormValues | null
  readonly errors: Readonly<Partial<Record<FieldKey, string>>>
  readonly statusOptions: readonly StatusOption[]
  readonly onChange: (field: FieldKey, value: string | readonly string[]) => void
  readonly onLeave: (field: FieldKey) => void
}

/** Fields that send first, a rule, then fields that stay on this device. */
export function ClientFields(props: ClientFieldsProps) {
  const sends = formLines(props.fields.filter((field) => field.destination.kind === 'sends'))
  const stays = formLines(props.fields.filter((field) => field.destination.kind === 'device'))
  return (
    <>
      <FieldLines {...props} lines={sends} />
      {sends.length > 0 && stays.length > 0 && <hr className={styles.rule} />}
      <FieldLines {...props} lines={stays} />
    </>
  )
}

function FieldLines(props: ClientFieldsProps & { readonly lines: readonly (readonly FormFieldSpec[])[] }) {
  return props.lines.map((line) => (
    <div key={line[0]?.field} className={cx(line.length > 1 && styles.two)}>
      {line.map((spec) => (
        <OneField key={spec.field} {...props} spec={spec} />
      ))}
    </div>
  ))
}

function OneField(props: ClientFieldsProps & { readonly spec: FormFieldSpec }) {
  const { field, destination } = props.spec
  const before = fieldValueOf(props.shown?.[field])
  const now = fieldValueOf(props.values[field])
  const changed = props.shown !== null && !sameFieldValue(before, now)
  const labels = Object.fromEntries(props.statusOptions.map((option) => [option.id, option.label]))
  const was = changed ? `Was ${fieldText(field, before, labels) ?? 'empty'}` : null
  return (
    <FormField
      id={`${props.id}-${field}`}
      label={FIELD_LABELS[field]}
      side={<DestinationHint destination={destination} />}
      error={props.errors[field] ?? null}
      below={props.errors[field] === undefined ? was : null}
    >
      {(binding) => control(props, field, binding, changed)}
    </FormField>
  )
}

function control(props: ClientFieldsProps, field: FieldKey, binding: FieldBinding, changed: boolean): ReactNode {
  const content = props.values[field]
  const common = { ...binding, changed, onBlur: () => props.onLeave(field) }
  if (FIELD_KINDS[field] === 'tags') {
    return (
      <TagsInput
        binding={binding}
        value={content === undefined || typeof content === 'string' ? [] : content}
        changed={changed}
        onChange={(tags) => props.onChange(field, tags)}
      />
    )
  }
  const text = typeof content === 'string' ? content : ''
  if (FIELD_KINDS[field] === 'status' && props.statusOptions.length > 0) {
    const chosen = props.statusOptions.find((option) => option.id === text)
    return (
      <NativeSelect
        {...common}
        value={text}
        lead={chosen === undefined ? undefined : <StatusDot {...dotOf(chosen)} />}
        onChange={(event) => props.onChange(field, event.currentTarget.value)}
      >
        <option value="">–</option>
        {text !== '' && chosen === undefined && <option value={text}>{text}</option>}
        {props.statusOptions.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </NativeSelect>
    )
  }
  if (FIELD_KINDS[field] === 'multiline') {
    return (
      <TextArea
        {...common}
        rows={3}
        lang={languageOf(text)}
        value={text}
        onChange={(event) => props.onChange(field, event.currentTarget.value)}
      />
    )
  }
  return (
    <TextInput
      {...common}
      inputMode={INPUT_MODES[FIELD_KINDS[field]]}
      lang={languageOf(text)}
      value={text}
      onChange={(event) => props.onChange(field, event.currentTarget.value)}
    />
  )
}

/** What a client is called, or a note says, need not be English as the page around it is: unknown rather than wrong. */
function languageOf(text: string): string {
  return scriptLang(text) ?? ''
}

const INPUT_MODES: Readonly<Partial<Record<string, 'email' | 'tel' | 'url'>>> = {
  email: 'email',
  phone: 'tel',
  url: 'url',
}

/** A status in our three words is drawn as ours; anything else in the vendor's colour, or grey. */
function dotOf(option: StatusOption): {
  tone: 'active' | 'paused' | 'inactive' | 'vendor' | 'plain'
  color: string | null
} {
  const known = option.id.toLowerCase()
  if (option.color !== null) return { tone: 'vendor', color: option.color }
  if (known === 'active' || known === 'paused' || known === 'inactive') return { tone: known, color: null }
  return { tone: 'plain', color: null }
}

/** `Sends to Full Engage` or `Stays on this device`. */
export function DestinationHint(props: { readonly destination: Destination }) {
  const { destination } = props
  const name = useSourceName(destination.kind === 'sends' ? destination.sourceId : null)
  if (destination.kind === 'device') {
    return (
      <span className={styles.destination}>
        <IconDeviceLaptop size={12} aria-hidden />
        <span className="ell">{NAMES.staysHere}</span>
      </span>
    )
  }
  return (
    <span className={cx(styles.destination, styles.sends)}>
      <IconArrowUpRight size={12} aria-hidden />
      <span className="ell" title={sendsTo(name)}>
        {sendsTo(name)}
      </span>
    </span>
  )
}
