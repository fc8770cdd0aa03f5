import { z } from 'zod'
import { jsonValueSchema } from '../../../shared/json.ts'
import { wireId, wireStamp, wireTags, wireText, wireTextOrNumber } from '../reading/wire-values.ts'

/** A client as Endors sends it. An unknown status is kept as it is. */
export const endorsClientSchema = z.looseObject({
  id: wireId,
  first_name: wireText,
  last_name: wireText,
  email: wireText,
  company: wireText,
  phone: wireTextOrNumber,
  website: wireText,
  notes: wireText,
  job_title: wireText,
  location: wireText,
  product: wireText,
  service: wireText,
  tags: wireTags,
  status: wireText,
  profile_image_url: wireText,
  last_activity_at: wireStamp,
  created_at: wireStamp,
  updated_at: wireStamp,
  custom_field_values: z.record(z.string(), jsonValueSchema).nullish(),
})
export type EndorsClient = z.infer<typeof endorsClientSchema>

const wireNumber = z.number().nullish()

export const endorsTestimonialSchema = z.looseObject({
  id: wireId,
  type: wireText,
  name: wireText,
  text_content: wireText,
  rating: wireNumber,
  source_created_at: wireStamp,
  created_at: wireStamp,
  active_asset: z
    .looseObject({
      type: wireText,
      status: wireText,
      originalFilename: wireText,
      durationSeconds: wireNumber,
      embedUrl: wireText,
      hlsUrl: wireText,
      posterUrl: wireText,
      trimStartSeconds: wireNumber,
      trimEndSeconds: wireNumber,
    })
    .nullish(),
})
export type EndorsTestimonial = z.infer<typeof endorsTestimonialSchema>

/** Its members are checked one by one. */
export const endorsTestimonialsSchema = z.looseObject({ ok: z.literal(true), data: z.array(jsonValueSchema) })
