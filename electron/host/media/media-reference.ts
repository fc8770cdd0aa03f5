/** The address under which the page asks its host for something of the network. */
export function mediaReference(sign: (text: string) => string, kind: 'image' | 'hls', url: string): string {
  return `/media/${kind}?${new URLSearchParams({ u: url, s: sign(`${kind}\n${url}`) }).toString()}`
}
