import { z } from 'zod'

/** Anything JSON can say. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/** Checked by being JSON at all: it arrives as parsed JSON text, so no deep walk is spent on it. */
export const jsonValueSchema = z.custom<JsonValue>((value) => value !== undefined && typeof value !== 'function')
