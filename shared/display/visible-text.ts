/**
 * What a text holds that cannot be seen, or that makes a text read as another one, as visible marks: `[U+202E]`. Values
 * stay as they are wherever they are kept, edited, sent and exported; only what is shown is made honest.
 */

/** A character that is shown as a mark, or a plain piece. */
export interface TextPiece {
  readonly text: string
  /** What it is, in words; null for a plain piece. */
  readonly hidden: string | null
}

/** Longer ones are cut where they are shown: a name of a megabyte would hold up the window. */
export const SHOWN_LENGTH = 400
/** More empty lines than anybody writes push everything else out of sight. */
const MAX_LINES = 12
/** More marks than any script stacks on one letter spill over the neighbours. */
const MAX_MARKS = 8

/** Plain letters, figures and signs: nearly every text, and the end of the check. */
const PLAIN = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f]*$/

const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is looked for
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them is looked for by itself
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}\p{Cs}]/u

/** One at a time: a hidden character, a joiner, a sequence of emoji with tags (flags), or a storm of combining marks. */
const PARTS = new RegExp(
  `(\\u{1f3f4}[\\u{e0020}-\\u{e007e}]{1,16}\\u{e007f})|(${HIDDEN.source}+)|([\\u200c\\u200d]+)|(\\p{M}{${MAX_MARKS + 1},})|((?:\\r?\\n[ \\t]*){${MAX_LINES + 1},})`,
  'gu',
)

const SUSPECT = new RegExp(
  `${HIDDEN.source}|[\\u200c\\u200d]|\\p{M}{${MAX_MARKS + 1}}|(?:\\r?\\n[ \\t]*){${MAX_LINES + 1}}`,
  'u',
)

const SEEN = /[^\s\p{Cf}\p{Cc}\p{M}\u115f\u1160\u3164\uffa0\u2800]/u

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/[\u202a-\u202e\u2066-\u2069]/, 'turns the direction of the text'],
  [/[\u200b-\u200d\u2060-\u2064\ufeff\u180e]/, 'takes no room'],
  [/[\u115f\u1160\u3164\uffa0\u17b4\u17b5]/, 'looks like nothing'],
  [/[\u2028\u2029]/, 'breaks the line'],
  [/\p{Cs}/u, 'half a character'],
  [/[\u{e0000}-\u{e0fff}]/u, 'a tag that is not shown'],
  [/\p{M}/u, 'marks piled on one letter'],
  [/\p{Cc}/u, 'a control character'],
]

/** The text as it may be shown in one piece: marks for what is hidden, cut at `length` characters. */
export function visibleText(text: string, length = SHOWN_LENGTH): string {
  if (text.length <= length && PLAIN.test(text)) return text
  return textPieces(text, length)
    .map((piece) => piece.text)
    .join('')
}

/** The same in pieces, for those who show marks in a look of their own. Empty for an empty text. */
export function textPieces(text: string, length = SHOWN_LENGTH): readonly TextPiece[] {
  const isCut = text.length > length
  // Not through the middle of a pair: that would make half a character of it.
  const end = isCut && /[\ud800-\udbff]/.test(text.charAt(length - 1)) ? length - 1 : length
  const shown = isCut ? text.slice(0, end) : text
  const pieces = SUSPECT.test(shown) || !SEEN.test(shown) ? split(shown) : plain(shown)
  return isCut ? [...pieces, { text: '…', hidden: null }] : pieces
}

function plain(text: string): readonly TextPiece[] {
  return text === '' ? [] : [{ text, hidden: null }]
}

function split(text: string): readonly TextPiece[] {
  // Nothing to be seen at all: then even a harmless direction mark is said, or the row would look empty.
  if (!SEEN.test(text)) return /^[ \t\r\n]*$/.test(text) ? plain(text.slice(0, MAX_LINES)) : runs(text)
  const pieces: TextPiece[] = []
  let at = 0
  const add = (piece: TextPiece): void => {
    const last = pieces.at(-1)
    if (piece.hidden === null && last !== undefined && last.hidden === null) {
      pieces[pieces.length - 1] = { text: last.text + piece.text, hidden: null }
    } else pieces.push(piece)
  }
  for (const match of text.matchAll(PARTS)) {
    const [whole, flag, hidden, joiner, marks, lines] = match
    if (match.index > at) add({ text: text.slice(at, match.index), hidden: null })
    at = match.index + whole.length
    if (flag !== undefined) add({ text: whole, hidden: null })
    else if (hidden !== undefined) for (const run of runs(whole)) add(run)
    else if (joiner !== undefined) {
      if (joins(text, match.index, whole)) add({ text: whole, hidden: null })
      else for (const run of runs(whole)) add(run)
    } else if (marks !== undefined) {
      const all = [...whole]
      add({ text: all.slice(0, MAX_MARKS).join(''), hidden: null })
      add({ text: `[+${all.length - MAX_MARKS} marks]`, hidden: 'marks piled on one letter' })
    } else if (lines !== undefined) {
      add({ text: '\n\n', hidden: null })
      add({ text: `[+${whole.split('\n').length - 3} empty lines]`, hidden: 'empty lines that are left out' })
      add({ text: '\n', hidden: null })
    }
  }
  if (at < text.length) add({ text: text.slice(at), hidden: null })
  return pieces
}

/** One joiner between letters (Persian, Indic scripts) or emoji belongs there. */
function joins(text: string, at: number, joiner: string): boolean {
  if (joiner.length !== 1) return false
  const before = /[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u.test(text.slice(Math.max(0, at - 2), at))
  return before && /^[\p{L}\p{M}\p{Extended_Pictographic}]/u.test(text.slice(at + 1, at + 3))
}

/** The same character over and over is one mark: `[U+200B ×300]`. */
function runs(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = []
  const characters = [...text]
  for (let at = 0; at < characters.length; ) {
    const character = characters[at] ?? ''
    let count = 1
    while (characters[at + count] === character) count++
    at += count
    const name = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    const what = NAMES.find(([pattern]) => pattern.test(character))?.[1] ?? 'cannot be seen'
    pieces.push({ text: count === 1 ? `[${name}]` : `[${name} ×${count}]`, hidden: `${name}: ${what}` })
  }
  return pieces
}
