/** Letters that no decomposition takes apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŀ: 'l',
  ŋ: 'n',
  ŧ: 't',
}
const SPECIAL = /[ßøłæœđðþħıŀŋŧ]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII needs no folding, and most text is that
const ASCII = /^[\x00-\x7f]*$/

/** Text as it is compared: case, accents, width and presentation forms do not matter. */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(SPECIAL, (letter) => LETTERS[letter] ?? letter)
}

/** Digits of a phone number, in whatever script and formatting they are written. */
export function foldDigits(text: string): string {
  return (ASCII.test(text) ? text : text.normalize('NFKD')).replace(/[^0-9]+/g, '')
}
