/** Fields that a filter may name, as the store understands them. */
const FILTER = /^(status|source|tag|updated|stage|created|company|is|has):("[^"]*"|\S+)$/i

export interface SearchParts {
  /** Whole filters in front of the text: `status:active`. */
  readonly tokens: readonly string[]
  /** What is still being typed. */
  readonly rest: string
}

/** Takes whole filters (followed by a space) out of what was typed; the text that the store sees stays the same. */
export function splitSearch(text: string): SearchParts {
  const tokens: string[] = []
  let rest = text
  for (;;) {
    const match = /^\s*((?:[^\s"]|"[^"]*")+)\s+/.exec(rest)
    const word = match?.[1]
    if (match === null || word === undefined || !FILTER.test(word)) return { tokens, rest }
    tokens.push(word)
    rest = rest.slice(match[0].length)
  }
}

export function joinSearch(parts: SearchParts): string {
  return parts.tokens.length === 0 ? parts.rest : `${parts.tokens.join(' ')} ${parts.rest}`
}

/** `status:"in pipeline"` as `['status', 'in pipeline']`. */
export function readToken(token: string): readonly [field: string, value: string] {
  const colon = token.indexOf(':')
  return [token.slice(0, colon), token.slice(colon + 1).replace(/^"|"$/g, '')]
}
