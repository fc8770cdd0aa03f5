const MAX_OCTETS = 75

/**
 * One content line, cut into lines of at most 75 octets of UTF-8 (RFC 2426 2.6, RFC 6350 3.2). A cut never falls into
 * a character.
 */
export function foldLine(line: string): string {
  if (line.length * 3 <= MAX_OCTETS) return line
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const character of line) {
    const size = utf8Length(character)
    if (octets + size > MAX_OCTETS) {
      parts.push(part)
      part = ''
      // The space that begins a continued line counts.
      octets = 1
    }
    part += character
    octets += size
  }
  parts.push(part)
  return parts.join('\r\n ')
}

/** Of one character; half of a pair counts as what an encoder makes of it. */
function utf8Length(character: string): number {
  const point = character.codePointAt(0) ?? 0
  if (point < 0x80) return 1
  if (point < 0x800) return 2
  return point < 0x10000 ? 3 : 4
}
