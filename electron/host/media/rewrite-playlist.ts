/** Nothing is served there. */
const REFUSED = '/media/refused'

/**
 * An HLS playlist in which every address leads through the host: variants, segments, keys, maps, renditions. `refer`
 * makes a reference of an absolute address, or null of one that may not be asked; relative ones start at `base`. What
 * is refused or cannot be read becomes an address that answers with nothing.
 */
export function rewritePlaylist(text: string, base: URL, refer: (url: string) => string | null): string {
  const through = (address: string): string => {
    try {
      const url = new URL(address, base)
      return refer(url.href) ?? REFUSED
    } catch {
      return REFUSED
    }
  }
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => {
      const trimmed = line.trim()
      if (trimmed === '') return line
      if (trimmed.startsWith('#EXT')) {
        return line.replace(/(?<=[:,])((?:[A-Z0-9-]+-)?URI)="([^"]*)"/g, (_, name: string, address: string) => {
          return `${name}="${through(address)}"`
        })
      }
      return trimmed.startsWith('#') ? line : through(trimmed)
    })
    .join('\n')
}
