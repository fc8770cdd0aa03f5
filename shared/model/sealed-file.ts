import { z } from 'zod'

/** How a passphrase becomes a key. Kept beside what it protects; bounded, so that a file cannot ask for all memory. */
export const stretchSchema = z.object({
  name: z.literal('scrypt'),
  /** A power of two. 2^14 is the least that a file of ours ever had, 2^18 takes 256 MB. */
  N: z
    .number()
    .int()
    .min(2 ** 14)
    .max(2 ** 18)
    .refine((n) => (n & (n - 1)) === 0),
  r: z.literal(8),
  p: z.number().int().min(1).max(4),
  /** base64url of 16 to 64 bytes. */
  salt: z.string().regex(/^[A-Za-z0-9_-]{22,88}$/),
})
export type Stretch = z.infer<typeof stretchSchema>

const FORMAT = 'clientele-sealed'

/** A file that left the app encrypted: all that is needed to open it but the passphrase. */
export const sealedFileSchema = z.object({
  format: z.literal(FORMAT),
  v: z.literal(1),
  kdf: stretchSchema,
  /** AES-256-GCM: 96 bits of nonce, 128 of tag, then the text; base64url. */
  data: z.string().regex(/^[A-Za-z0-9_-]{38,}$/),
})
export type SealedFile = z.infer<typeof sealedFileSchema>

/** `foreign`: no such file. `newer`: of a later format. `damaged`: one of ours that cannot be right. */
export function readSealedFile(text: string): SealedFile | 'foreign' | 'newer' | 'damaged' {
  if (!text.slice(0, 200).includes(`"${FORMAT}"`)) return 'foreign'
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'damaged'
  }
  const head = z.object({ format: z.literal(FORMAT), v: z.number().int() }).safeParse(value)
  if (!head.success) return 'foreign'
  if (head.data.v > 1) return 'newer'
  const parsed = sealedFileSchema.safeParse(value)
  return parsed.success ? parsed.data : 'damaged'
}

export function writeSealedFile(file: Omit<SealedFile, 'format' | 'v'>): string {
  return `${JSON.stringify({ format: FORMAT, v: 1, kdf: file.kdf, data: file.data }, null, 2)}\n`
}
