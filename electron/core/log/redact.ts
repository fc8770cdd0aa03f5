/**
 * Takes secrets out of a text before it is logged or shown. Keys are remembered only here and in the vault's answers;
 * short fragments of a key are treated like the key, because a vendor may echo it cut.
 */
export interface Redactor {
  readonly remember: (secret: string) => void
  readonly redact: (text: string) => string
  /** The profile is locked: what was under way with these keys is over. */
  readonly forget: () => void
}

const SHORTEST_FRAGMENT = 8

export function createRedactor(): Redactor {
  const secrets = new Set<string>()
  return {
    remember: (secret) => {
      if (secret.length > 0) secrets.add(secret)
    },
    forget: () => secrets.clear(),
    redact: (text) => {
      let clean = text
      for (const secret of secrets) {
        clean = clean.replaceAll(secret, '•••')
        const encoded = encodeURIComponent(secret)
        if (encoded !== secret) clean = clean.replaceAll(encoded, '•••')
        if (secret.length > SHORTEST_FRAGMENT * 2) {
          clean = clean.replaceAll(secret.slice(0, SHORTEST_FRAGMENT), '•••')
          clean = clean.replaceAll(secret.slice(-SHORTEST_FRAGMENT), '•••')
        }
      }
      return clean
    },
  }
}
