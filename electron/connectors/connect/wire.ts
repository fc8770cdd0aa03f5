import { z } from 'zod'
import { wireId, wireStamp, wireText, wireTextOrNumber } from '../reading/wire-values.ts'

/** The page says "Phone numbers" and no type: one text, several, or objects around them. */
const wirePhone = z.union([
  z.string(),
  z.number().transform(String),
  z.looseObject({ number: wireTextOrNumber, value: wireTextOrNumber }),
])
export type ConnectPhone = z.infer<typeof wirePhone>

export const connectContactSchema = z.looseObject({
  id: wireId,
  email: wireText,
  photo: wireText,
  firstName: wireText,
  lastName: wireText,
  fullName: wireText,
  jobTitle: wireText,
  companyName: wireText,
  phoneNumbers: z.union([wirePhone, z.array(wirePhone.nullable())]).nullish(),
  facebookUrl: wireText,
  instagramUrl: wireText,
  linkedinUrl: wireText,
  twitterUrl: wireText,
  note: wireText,
  lastActivityAt: wireStamp,
  createdAt: wireStamp,
  leadStatus: z.looseObject({ id: wireId, label: wireText, color: wireText }).nullish(),
})
export type ConnectContact = z.infer<typeof connectContactSchema>

export const connectLeadStatusSchema = z.looseObject({
  id: wireId,
  type: wireText,
  label: wireText,
  color: wireText,
  order: z.number().nullish(),
})
export type ConnectLeadStatus = z.infer<typeof connectLeadStatusSchema>

export const connectLeadStatusesSchema = z.array(connectLeadStatusSchema)

export const connectMeSchema = z.looseObject({
  details: z.looseObject({ name: wireText, email: wireText }).nullish(),
  workspace: z.looseObject({ name: wireText }).nullish(),
})
