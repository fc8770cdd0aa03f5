import { z } from 'zod'
import { instantSchema } from '../ids.ts'

export const testimonialVideoSchema = z.object({
  /** Signed references of the host, never vendor addresses: the page does not talk to the network. */
  hlsUrl: z.string().max(4096).nullable(),
  posterUrl: z.string().max(4096).nullable(),
  /** Page of a player. In a frame where `embedAddress` knows it, else opened in the system browser; on request. */
  embedUrl: z.string().max(2048).nullable(),
  status: z.string().max(60).nullable(),
  originalFilename: z.string().max(300).nullable(),
  durationSeconds: z.number().nonnegative().nullable(),
  trimStartSeconds: z.number().nonnegative().nullable(),
  trimEndSeconds: z.number().nonnegative().nullable(),
})
export interface TestimonialVideo extends z.infer<typeof testimonialVideoSchema> {}

export const testimonialSchema = z.object({
  testimonialId: z.string().min(1).max(200),
  /** `video`, or text. A new kind is kept and shown as text. */
  type: z.string().max(60),
  name: z.string().max(300).nullable(),
  text: z.string().max(20_000).nullable(),
  /** 1 to 5, or null. */
  rating: z.number().nullable(),
  sourceCreatedAt: instantSchema.nullable(),
  createdAt: instantSchema.nullable(),
  video: testimonialVideoSchema.nullable(),
})
export interface Testimonial extends z.infer<typeof testimonialSchema> {}
