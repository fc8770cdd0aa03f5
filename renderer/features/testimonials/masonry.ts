/**
 * Deals cards out to columns, each to the one that is shortest so far. A pure prefix rule: what was dealt stays where
 * it is when more cards are read at the end, so nothing jumps while one scrolls.
 *
 * `heights` in pixels, in reading order. Returns the indexes per column.
 */
export function splitIntoColumns(heights: readonly number[], columns: number, gap: number): readonly number[][] {
  const count = Math.max(1, Math.floor(columns))
  const dealt: number[][] = Array.from({ length: count }, () => [])
  const filled: number[] = Array.from({ length: count }, () => 0)
  heights.forEach((height, index) => {
    let shortest = 0
    for (let column = 1; column < count; column++) {
      if ((filled[column] ?? 0) < (filled[shortest] ?? 0)) shortest = column
    }
    dealt[shortest]?.push(index)
    filled[shortest] = (filled[shortest] ?? 0) + height + gap
  })
  return dealt
}

/** Below 1080 px of window two columns stand side by side, else three (DESIGN.md section 8). */
export function columnCount(windowWidth: number): number {
  return windowWidth < 1080 ? 2 : 3
}

const LINE_HEIGHT = 20
/** Inter at 13 px is about 6.3 px wide per character; a CJK character is twice that. */
const CHARACTER_WIDTH = 6.3
const WIDE = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/g

export interface CardShape {
  readonly video: boolean
  /** Text shown on the card; empty where there is none. */
  readonly text: string
  readonly rated: boolean
}

/** Height of a card in pixels before it has been measured. Good to about a line. */
export function estimateCardHeight(card: CardShape, columnWidth: number): number {
  const foot = 68
  if (card.video)
    return 2 + (columnWidth - 2) * (9 / 16) + 1 + foot + (card.text === '' ? 0 : quote(card.text, columnWidth) + 8)
  return 2 + 14 + (card.rated ? 22 : 0) + quote(card.text, columnWidth) + foot
}

function quote(text: string, columnWidth: number): number {
  const room = Math.max(80, columnWidth - 34)
  let lines = 0
  for (const paragraph of text.split('\n')) {
    const wide = paragraph.match(WIDE)?.length ?? 0
    lines += Math.max(1, Math.ceil(((paragraph.length + wide) * CHARACTER_WIDTH) / room))
  }
  return lines * LINE_HEIGHT
}
