import type { ExtraFields } from './extra-fields.ts'

/** Makes a signed reference out of a vendor's address; null where the host must not fetch it (VendorHttp.media). */
export type Media = (url: string, kind: 'image' | 'hls') => string | null

/** A picture's signed reference. An address that may not be fetched is shown under "Other fields". */
export function readAvatar(
  url: string | null | undefined,
  options: { readonly key: string; readonly media: Media; readonly extras: ExtraFields },
): string | null {
  if (url === null || url === undefined || url === '') return null
  const reference = options.media(url, 'image')
  if (reference !== null && reference.length <= 2048) return reference
  options.extras.add(options.key, url)
  return null
}
