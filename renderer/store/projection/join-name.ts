const EAST_ASIAN = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}ー・々]+$/u
const HANGUL = /\p{Script=Hangul}/u

/**
 * A name in two parts as its bearer writes it: `Zoë Álvarez-Núñez`; where both parts are Han, Hangul or Kana, the family
 * name first: `김서연`, `林美玲`, `渡辺 結衣`. Korean names, and family names of one character, stand without a space.
 */
export function joinName(first: string | null, last: string | null): string | null {
  if (first === null || last === null) return first ?? last
  if (!EAST_ASIAN.test(first) || !EAST_ASIAN.test(last)) return `${first} ${last}`
  return HANGUL.test(last) || [...last].length === 1 ? `${last}${first}` : `${last} ${first}`
}
