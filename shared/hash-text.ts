/** 53 bits of a text (cyrb53): tells one state of a record from another state of the same record, nothing else. */
export function hashText(text: string): string {
  const hash = new RunningHash()
  hash.add(text)
  return hash.end()
}

/** The same of a text that comes in pieces and is never put together. */
export class RunningHash {
  #a = 0xdeadbeef
  #b = 0x41c6ce57

  add(text: string): void {
    let a = this.#a
    let b = this.#b
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      a = Math.imul(a ^ code, 2654435761)
      b = Math.imul(b ^ code, 1597334677)
    }
    this.#a = a
    this.#b = b
  }

  /** As JSON writes a text. */
  addQuoted(text: string): void {
    let a = Math.imul(this.#a ^ QUOTE, 2654435761)
    let b = Math.imul(this.#b ^ QUOTE, 1597334677)
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      // Looked for on the way: next to none has a character that JSON writes otherwise.
      if (code < 0x20 || code === QUOTE || code === BACKSLASH || (code >= 0xd800 && code <= 0xdfff)) {
        this.add(JSON.stringify(text))
        return
      }
      a = Math.imul(a ^ code, 2654435761)
      b = Math.imul(b ^ code, 1597334677)
    }
    this.#a = Math.imul(a ^ QUOTE, 2654435761)
    this.#b = Math.imul(b ^ QUOTE, 1597334677)
  }

  /** The hash of all that was added; then it begins anew. */
  end(): string {
    let a = this.#a
    let b = this.#b
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
    this.#a = 0xdeadbeef
    this.#b = 0x41c6ce57
    return base36(4294967296 * (2097151 & b) + (a >>> 0))
  }
}

/** As `toString(36)` writes a whole number up to 2^53, which it does digit by digit as if there were more behind the point. */
function base36(number: number): string {
  let text = ''
  let rest = number
  while (rest >= 1296) {
    const left = Math.floor(rest / 1296)
    text = (PAIRS[rest - left * 1296] ?? '') + text
    rest = left
  }
  return rest.toString(36) + text
}

/** Of two digits each. */
const PAIRS: readonly string[] = Array.from({ length: 1296 }, (_, n) => n.toString(36).padStart(2, '0'))
const QUOTE = 0x22
const BACKSLASH = 0x5c
