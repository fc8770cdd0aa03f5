import { z } from 'zod'

/**
 * How vendors' values are read. Absent, null and empty stay three things. Nothing is required but what identifies a
 * record: a field that stops arriving is unknown, not an error (SYNC.md F051).
 */

/** Documented as text, or text or null. */
export const wireText = z.string().nullish()

/** Documented as text, but seen as a number elsewhere: a phone number, a reference. */
export const wireTextOrNumber = z.union([z.string(), z.number().transform(String)]).nullish()

/** A stamp. Anything scalar is let through: the mapper keeps what can be read as a time, and shows the rest as it is. */
export const wireStamp = z.union([z.string(), z.number()]).nullish()

/**
 * The vendor's id. A number and its text are the same record; integers beyond 2^53 arrive as text already
 * (core/http/parse-exact-json.ts).
 */
export const wireId = z.union([
  z
    .string()
    .max(512, 'at most 512 characters')
    .refine((id) => id.trim() !== '', 'an id'),
  z.number().transform((id) => String(id === 0 ? 0 : id)),
])

/** A list of texts. A null element would have no meaning and is a problem of the record. */
export const wireTags = z.array(z.string()).nullish()
