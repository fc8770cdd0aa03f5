import { z } from 'zod'
import { jsonValueSchema } from '../../../shared/json.ts'
import { wireId, wireStamp, wireText, wireTextOrNumber } from '../reading/wire-values.ts'

/** The page does not list the client's shape; these are the fields that it sends, and the usual stamps. */
export const fullEngageClientSchema = z.looseObject({
  id: wireId,
  name: wireText,
  phone: wireTextOrNumber,
  status: wireText,
  notes: wireText,
  createdAt: wireStamp,
  updatedAt: wireStamp,
})
export type FullEngageClient = z.infer<typeof fullEngageClientSchema>

export const fullEngageListSchema = z.looseObject({
  data: z.array(jsonValueSchema),
  total: z.number().int().nonnegative(),
})

export const fullEngageOneSchema = z.looseObject({ data: z.looseObject({}) })

export const fullEngageDeletedSchema = z.looseObject({ success: z.literal(true) })
