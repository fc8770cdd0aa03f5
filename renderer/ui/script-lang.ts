/**
 * Language of a text by its script, so that the right glyphs are picked and read aloud: Kana is Japanese, Hangul is
 * Korean. Han characters alone could be either, or Chinese, and stay undeclared.
 */
export function scriptLang(text: string): string | undefined {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'ja'
  if (/\p{Script=Hangul}/u.test(text)) return 'ko'
  return undefined
}
