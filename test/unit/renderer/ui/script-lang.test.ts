import { expect, it } from 'vitest'
import { scriptLang, textDir } from '../../../../renderer/ui/script-lang.ts'

it.each([
  ['Anna Lindqvist', undefined, undefined],
  ['Łukasz Øster +49 30', undefined, undefined],
  ['山田 たろう', 'ja', undefined],
  ['김민연', 'ko', undefined],
  ['军平', undefined, undefined],
  ['Жанна', undefined, undefined],
  ['שרה כהן', undefined, 'auto'],
  ['+972 שרה', undefined, 'auto'],
  ['محمد', undefined, 'auto'],
  ['\u200fAnna', undefined, 'auto'],
  ['𐤀𐤁', undefined, 'auto'],
  ['𞤀𞤣', undefined, 'auto'],
])('%s is of language %s and direction %s', (text, lang, dir) => {
  expect([scriptLang(text), textDir(text)]).toEqual([lang, dir])
})
