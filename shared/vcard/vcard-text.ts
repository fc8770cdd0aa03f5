/** Text as a value: nothing in it can end the value, its part, or the line (RFC 2426 5, RFC 6350 3.4). */
export function escapeText(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replace(/\r\n|\r|\n|[\u0085\u2028\u2029]/g, '\\n')
    .replace(CONTROLS, '')
}

/** Nothing that a line may hold, and what some readers end a line at. A tab is text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to leave out
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f]/g

/** What a reader makes of an escaped text. An escape that nobody has defined is left as it stands. */
export function unescapeText(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/\\([\\;,:nN])/g, (_, character: string) =>
    character === 'n' || character === 'N' ? '\n' : character,
  )
}

/** vCard 2.1 escapes nothing but what would end a part: a path such as `C:\new` is meant as it stands. */
export function unescapeOldText(text: string): string {
  return text.replace(/\\([;,:])/g, '$1')
}

/** Splits at a character that no backslash stands before. The parts stay escaped. */
export function splitEscaped(text: string, separator: ';' | ','): readonly string[] {
  if (!text.includes(separator)) return [text]
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '\\') at++
    else if (character === separator) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  parts.push(text.slice(from))
  return parts
}
