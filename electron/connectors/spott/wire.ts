import { z } from 'zod'
import { jsonValueSchema } from '../../../shared/json.ts'
import { wireId, wireStamp, wireText, wireTextOrNumber } from '../reading/wire-values.ts'

const wireLocation = z.looseObject({
  street1: wireText,
  street2: wireText,
  postalCode: wireTextOrNumber,
  city: wireText,
  region: wireText,
  state: wireText,
  country: wireText,
  rawCityCountry: wireText,
  formattedAddress: wireText,
})
export type SpottLocation = z.infer<typeof wireLocation>

export const spottStageSchema = z.looseObject({
  id: wireId,
  order: z.number().nullish(),
  name: wireText,
  colorHex: wireText,
})

const wireAttribute = z.looseObject({
  attributeDefinitionId: wireTextOrNumber,
  label: wireText,
  aiOverridden: z.boolean().nullish(),
  isFilledByAI: z.boolean().nullish(),
  /** Documented as `{text}`; other kinds of attribute are shown as they are. */
  value: jsonValueSchema.optional(),
})
export type SpottAttribute = z.infer<typeof wireAttribute>

export const spottContactSchema = z.looseObject({
  id: wireId,
  candidateId: wireTextOrNumber,
  firstName: wireText,
  lastName: wireText,
  avatarUrl: wireText,
  locations: z.array(wireLocation).nullish(),
  client: z
    .looseObject({
      company: z
        .looseObject({ id: wireTextOrNumber, name: wireText, logoUrl: wireText, linkedinUrl: wireText })
        .nullish(),
      locations: z.array(wireLocation).nullish(),
    })
    .nullish(),
  role: wireText,
  department: wireText,
  startDate: wireStamp,
  endDate: wireStamp,
  active: z.boolean().nullish(),
  stage: spottStageSchema.nullish(),
  mainContact: z
    .looseObject({ id: wireTextOrNumber, name: wireText, avatarUrl: wireText, deactivatedAt: wireStamp })
    .nullish(),
  createdAt: wireStamp,
  customAttributes: z.array(wireAttribute).nullish(),
  modifiedAt: wireStamp,
})
export type SpottContact = z.infer<typeof spottContactSchema>

export const spottPageSchema = z.looseObject({
  items: z.array(jsonValueSchema),
  pagination: z.looseObject({ cursor: z.string().nullish() }),
})
