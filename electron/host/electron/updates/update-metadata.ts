import { load } from 'js-yaml'
import { z } from 'zod'
import { UpdateFailure } from './update-failure.ts'

const MAX_INSTALLER_BYTES = 1_000_000_000
const MAX_NOTES = 20_000

/** A file beside the metadata: no folder, no other server. */
const fileName = z
  .string()
  .max(200)
  .regex(/^[\w][\w.@+-]*$/)
const sha512 = z.string().regex(/^[A-Za-z0-9+/]{86}==$/)

/** What electron-builder writes, as far as it is used. Everything else in it is left behind. */
export const updateMetadataSchema = z.object({
  version: z
    .string()
    .max(60)
    .regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/),
  files: z
    .array(z.object({ url: fileName, sha512, size: z.number().int().min(1).max(MAX_INSTALLER_BYTES) }))
    .min(1)
    .max(20),
  path: fileName,
  sha512,
  // An unquoted date is a date to YAML.
  releaseDate: z
    .union([z.string().max(40), z.date()])
    .transform(String)
    .default(''),
  releaseNotes: z.string().nullish(),
  /** Of 100 installations so many are offered it. */
  stagingPercentage: z.number().min(0).max(100).optional(),
  minimumSystemVersion: z.string().max(20).optional(),
})
export interface UpdateMetadata extends z.infer<typeof updateMetadataSchema> {}

/** Call only with bytes whose signature holds. */
export function readUpdateMetadata(text: string): UpdateMetadata {
  let value: unknown
  try {
    value = load(text)
  } catch {
    throw new UpdateFailure('server', 'metadata is no YAML')
  }
  const parsed = updateMetadataSchema.safeParse(value)
  if (!parsed.success) throw new UpdateFailure('server', `metadata: ${parsed.error.issues[0]?.path.join('.') ?? ''}`)
  return parsed.data
}

/** Release notes as plain text: no tags, no characters that hide or turn others. */
export function plainNotes(notes: string | null | undefined): string {
  return (notes ?? '')
    .replace(/<[^>]{0,2000}>/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(HIDDEN, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, MAX_NOTES)
}

/** Control characters other than line ends and tabs, marks of text direction, and what takes no room. */
const HIDDEN = /[^\P{Cc}\n\t]|[^\P{Cf}\u200d]/gu
