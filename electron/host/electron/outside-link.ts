/** The address if it may be handed to the system to open, else null. */
export function outsideLink(text: string): string | null {
  if (text.length > 2048) return null
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return null
  }
  if (url.username !== '' || url.password !== '') return null
  return ['https:', 'mailto:', 'tel:'].includes(url.protocol) ? url.href : null
}
