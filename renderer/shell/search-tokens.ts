/** Fields that a filter may name, as the store understands them. */
const FILTER = /^(status|source|tag|updated):("[^"]+"|[^\s"]+)$/i

/** Takes a whole filter at the end of the typed text out of it, or null where none stands there. */
export function takeFilter(typed: string): { readonly token: string; readonly rest: string } | null {
  const match = /(?:^|\s)((?:[^\s"]|"[^"]*")+)\s*$/.exec(typed)
  const word = match?.[1]
  if (match === null || word === undefined || !FILTER.test(word)) return null
  return { token: word, rest: typed.slice(0, match.index).trimEnd() }
}

/** `status:"in pipeline"` as `['status', 'in pipeline']`. */
export function readToken(token: string): readonly [field: string, value: string] {
  const colon = token.indexOf(':')
  return [token.slice(0, colon), token.slice(colon + 1).replace(/^"|"$/g, '')]
}
