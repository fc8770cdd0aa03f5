import { z } from 'zod'
import { type CustomDefinition, type FieldPath, MAPPED_FIELDS } from '../../../shared/connector/custom-definition.ts'
import { type JsonValue, jsonValueSchema } from '../../../shared/json.ts'
import type { FieldKey, FieldValue } from '../../../shared/model/field.ts'
import { wireId } from '../reading/wire-values.ts'
import { valueAt } from './field-path.ts'

/** One client as the definition finds it in a record. */
export interface CustomClient {
  readonly id: string
  readonly fields: Readonly<Partial<Record<FieldKey, FieldValue>>>
  readonly createdAt: JsonValue | undefined
  readonly updatedAt: JsonValue | undefined
}

const recordSchema = jsonValueSchema.refine(
  (raw) => raw !== null && typeof raw === 'object' && !Array.isArray(raw),
  'object',
)
const textSchema = z.union([z.string(), z.number().transform(String), z.boolean().transform(String), z.null()])
/** A text alone is one tag. */
const tagsSchema = z.union([
  z.array(z.union([z.string(), z.number().transform(String)])),
  z.string().transform((text) => (text === '' ? [] : [text])),
  z.number().transform((number) => [String(number)]),
  z.null(),
])

/** A record as this definition reads it. Problems carry the place in the record, so that they can be found in it. */
export function customClientSchema(definition: CustomDefinition): z.ZodType<CustomClient> {
  return recordSchema.transform((raw, context): CustomClient => {
    const complain = (path: FieldPath, message: string): void => {
      context.addIssue({
        code: 'custom',
        message,
        path: path.map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
      })
    }
    const id = wireId.safeParse(valueAt(raw, definition.idAt))
    if (!id.success) complain(definition.idAt, 'an id')
    const fields: Partial<Record<FieldKey, FieldValue>> = {}
    for (const key of MAPPED_FIELDS) {
      const path = definition.fieldsAt[key]
      const value = path === undefined ? undefined : valueAt(raw, path)
      if (path === undefined || value === undefined) continue
      const read = (key === 'tags' ? tagsSchema : textSchema).safeParse(value)
      if (read.success) fields[key] = read.data
      else complain(path, key === 'tags' ? 'a list of texts' : 'text')
    }
    if (!id.success) return z.NEVER
    return {
      id: id.data,
      fields,
      createdAt: definition.createdAt === null ? undefined : valueAt(raw, definition.createdAt),
      updatedAt: definition.updatedAt === null ? undefined : valueAt(raw, definition.updatedAt),
    }
  })
}
