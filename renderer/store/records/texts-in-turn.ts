import { allTextsIn, type HeadTexts, textIn } from './head-texts.ts'

/** So many of one segment in a row, and the others will follow. */
const IN_A_ROW = 4

/** Texts for whoever walks over all records: those of a segment mostly come one after another. */
export class TextsInTurn {
  #of: HeadTexts | null = null
  #count = 0
  #all: readonly string[] | null = null

  at(texts: HeadTexts, index: number): string {
    if (texts !== this.#of) {
      this.#of = texts
      this.#count = 0
      this.#all = null
    }
    if (++this.#count === IN_A_ROW) this.#all = allTextsIn(texts)
    return this.#all?.[index] ?? textIn(texts, index)
  }
}
