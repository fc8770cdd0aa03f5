/**
 * Language of a text by its script, so that the right glyphs are picked and read aloud: Kana is Japanese, Hangul is
 * Korean. Han characters alone could be either, or Chinese, and stay undeclared.
 */
export function scriptLang(text: string): string | undefined {
  if (isLatin(text)) return undefined
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'ja'
  if (/\p{Script=Hangul}/u.test(text)) return 'ko'
  return undefined
}

/** `auto` where a text may run from right to left: the browser finds out anew whenever the text of such an element changes. */
export function textDir(text: string): 'auto' | undefined {
  return isLatin(text) || !/[\u0590-\u08ff\u200e\u200f\ufb1d-\ufdff\ufe70-\ufefc\ud802-\ud803\ud83a-\ud83b]/.test(text)
    ? undefined
    : 'auto'
}

/** Nothing beyond Latin letters: most texts, and quickly seen. */
function isLatin(text: string): boolean {
  return /^[\u0020-\u024f]*$/.test(text)
}
