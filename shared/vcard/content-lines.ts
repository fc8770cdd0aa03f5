/** One line of a vCard as it was before it was folded. */
export interface ContentLine {
  /** Where it begins in the file, from 1. */
  readonly line: number
  readonly text: string
  /** It was longer than any value may be; the rest of it is not here. */
  readonly cut: boolean
}

/** What the reader of the lines has learnt so far of the card it is in. */
export interface Reading {
  /** vCard 2.1 folds where white space is, and that stays. */
  old: boolean
}

/** Longer than any text that a client keeps; pictures are longer, and are not read. */
export const MAX_LINE = 1_000_000

/** Parameters stand in front. */
const MAX_HEAD = 1_000

const QUOTED_PRINTABLE = /^[^:]*QUOTED-PRINTABLE[^:]*:/i

/** Unfolds: a line that begins with white space goes on with the one before it, and so does one after a soft break. */
export function* contentLines(text: string, reading: Reading): Generator<ContentLine> {
  let parts: string[] = []
  let length = 0
  let started = 0
  let soft = false
  let encoded = false
  let number = 0

  const flush = (): ContentLine | null => {
    if (parts.length === 0) return null
    const whole: ContentLine = { line: started, text: parts.join(''), cut: length > MAX_LINE }
    parts = []
    return whole
  }
  const append = (part: string): void => {
    length += part.length
    if (length <= MAX_LINE) parts.push(part)
  }

  for (const physical of physicalLines(text)) {
    number++
    const isFolded = parts.length > 0 && /^[ \t]/.test(physical)
    let part = physical
    if (soft) {
      // A soft break of quoted-printable: whatever follows belongs to it.
    } else if (isFolded) {
      part = reading.old ? physical : physical.slice(1)
    } else {
      const done = flush()
      if (done !== null) yield done
      if (physical.trim() === '') continue
      started = number
      length = 0
      encoded = QUOTED_PRINTABLE.test(physical.slice(0, MAX_HEAD))
    }
    soft = encoded && part.endsWith('=')
    append(soft ? part.slice(0, -1) : part)
  }
  const last = flush()
  if (last !== null) yield last
}

function* physicalLines(text: string): Generator<string> {
  let from = text.startsWith('\uFEFF') ? 1 : 0
  const ends = /\r\n|\n|\r/g
  ends.lastIndex = from
  for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
    yield text.slice(from, end.index)
    from = ends.lastIndex
  }
  if (from < text.length) yield text.slice(from)
}
