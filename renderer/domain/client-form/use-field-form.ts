import { useState } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import { type FieldKey, type Fields, fieldKeySchema } from '../../../shared/model/field.ts'
import { type ValidateInput, validateFields } from '../../../shared/model/validate-fields.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { fieldProblemText } from '../../text/problem-text.ts'
import type { FormValues } from './form-values.ts'

export type FieldErrors = Readonly<Partial<Record<FieldKey, string>>>

export interface FieldForm {
  readonly values: FormValues
  readonly set: (field: FieldKey, value: string | readonly string[]) => void
  readonly leave: (field: FieldKey) => void
  /** Sentences under the fields that were left or are known to be wrong. */
  readonly errors: FieldErrors
  /** Shows every problem there is; true if there is none. */
  readonly check: () => boolean
  /** Takes a refusal of the store; false if it is about no field. */
  readonly refuse: (error: AppError) => boolean
}

/** Values of a form and their problems by the rules that the store applies too. A field complains once it was left. */
export function useFieldForm(
  start: FormValues,
  rules: (values: FormValues) => Omit<ValidateInput, 'fields'> & { readonly fields: Fields },
): FieldForm {
  const [values, setValues] = useState(start)
  const [left, setLeft] = useState<ReadonlySet<FieldKey>>(new Set())
  const [all, setAll] = useState(false)
  const [refused, setRefused] = useState<{ readonly field: FieldKey; readonly rule: string } | null>(null)
  const problems = validateFields(rules(values))
  const errors: Partial<Record<FieldKey, string>> = {}
  for (const { field, rule } of problems) {
    if (all || left.has(field)) errors[field] = fieldProblemText(rule, FIELD_LABELS[field])
  }
  if (refused !== null) errors[refused.field] ??= fieldProblemText(refused.rule, FIELD_LABELS[refused.field])
  return {
    values,
    errors,
    set: (field, value) => {
      setValues((previous) => ({ ...previous, [field]: value }))
      setRefused(null)
    },
    leave: (field) => {
      const content = values[field]
      if (content === undefined || content === '') return
      setLeft((previous) => (previous.has(field) ? previous : new Set([...previous, field])))
    },
    check: () => {
      setAll(true)
      return problems.length === 0
    },
    refuse: (error) => {
      if (error.code !== 'bad-input') return false
      const field = fieldKeySchema.safeParse(error.field)
      if (!field.success) return false
      setRefused({ field: field.data, rule: error.rule })
      return true
    },
  }
}
