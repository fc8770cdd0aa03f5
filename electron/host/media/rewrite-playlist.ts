/**
 * An HLS playlist in which every address leads through the host: variants, segments, keys, maps, renditions. `refer`
 * makes a reference of an absolute address; relative ones start at `base`. Addresses that cannot be read stay as they
 * are, and the page's policy refuses them.
 */
export function rewritePlaylist(text: string, base: URL, refer: (url: string) => string): string {
  const through = (address: string): string => {
    try {
      const url = new URL(address, base)
      return url.protocol === 'https:' || url.protocol === 'http:' ? refer(url.href) : address
    } catch {
      return address
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
