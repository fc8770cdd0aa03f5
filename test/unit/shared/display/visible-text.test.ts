import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SHOWN_LENGTH, textPieces, visibleText } from '../../../../shared/display/visible-text.ts'
import { testCpuTime } from '../../../support/test-cpu-time.ts'

describe('text that is what it looks like stays as it is', () => {
  it.each([
    '',
    'Ann Bright',
    'Zoë Álvarez-Núñez',
    'Петрова Ольга',
    'नमस्ते क्षि', // Devanagari with a virama
    'می\u200cخواهم', // Persian with a non-joiner
    'क्\u200dष', // Indic with a joiner
    'שלום עולם',
    'الحمد لله',
    'בְּרֵאשִׁ֖ית', // Hebrew with points and accents
    'Việt Nam ế',
    '渡辺 結衣',
    '👩\u200d👩\u200d👧\u200d👦 family',
    '👩🏽\u200d🚀',
    '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} Scotland',
    '❤️ ☎︎',
    '+49\u00a030\u200e123',
    'two\nlines\tand a tab',
    '<b>not markup</b>',
  ])('%j', (text) => {
    expect(visibleText(text)).toBe(text)
  })
})

describe('what is hidden or turns the text is shown', () => {
  it.each([
    ['a right-to-left override', 'Ann\u202etxt.exe', 'Ann[U+202E]txt.exe'],
    ['isolates', '\u2066a\u2069', '[U+2066]a[U+2069]'],
    ['a space without width', 'pay\u200bpal', 'pay[U+200B]pal'],
    ['many of them', `a${'\u200b'.repeat(300)}b`, 'a[U+200B ×300]b'],
    ['a mark of UTF-8', '\ufeffAnn', '[U+FEFF]Ann'],
    ['NUL', 'a\0b', 'a[U+0000]b'],
    ['an escape of a terminal', '\u001b[31mred', '[U+001B][31mred'],
    ['its eight-bit form', 'a\u009b31mb', 'a[U+009B]31mb'],
    ['half a pair', 'a\ud800b', 'a[U+D800]b'],
    ['a Hangul filler', '\u3164', '[U+3164]'],
    ['hidden tags', 'a\u{e0041}\u{e0042}', 'a[U+E0041][U+E0042]'],
    ['a joiner between other things', 'a \u200d b', 'a [U+200D] b'],
    ['joiners in a row', 'a\u200d\u200db', 'a[U+200D ×2]b'],
    ['a line separator', 'a\u2028b', 'a[U+2028]b'],
    ['nothing but direction marks', '\u200e\u200f', '[U+200E][U+200F]'],
    ['nothing but Braille blanks', '\u2800\u2800', '[U+2800 ×2]'],
    ['a storm of marks', `Z${'\u0301'.repeat(40)}a`, `Z${'\u0301'.repeat(8)}[+32 marks]a`],
  ])('%s', (_what, text, shown) => {
    expect(visibleText(text)).toBe(shown)
  })

  it('lines without end are left out, and said', () => {
    expect(visibleText(`a${'\n'.repeat(100)}b`)).toBe('a\n\n[+98 empty lines]\nb')
    expect(visibleText(`a${'\r\n \t'.repeat(20)}b`)).toBe('a\n\n[+18 empty lines]\nb')
    expect(visibleText('a\n\n\nb')).toBe('a\n\n\nb')
    expect(visibleText('\n'.repeat(50_000)).length).toBeLessThan(20)
  })

  it('with a word on what it is', () => {
    expect(textPieces('a\u202eb')).toEqual([
      { text: 'a', hidden: null },
      { text: '[U+202E]', hidden: 'U+202E: turns the direction of the text' },
      { text: 'b', hidden: null },
    ])
  })
})

describe('always', () => {
  const hostile = fc.string({ unit: 'binary', maxLength: 60 })
  const isHidden = /[\u202a-\u202e\u2066-\u2069\u200b\ufeff\p{Cs}]/u

  it('nothing hidden is left, and a text that is not blank shows something', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = visibleText(text)
        expect(isHidden.test(shown)).toBe(false)
        if (/[^ \t\r\n]/.test(text)) expect(shown.trim()).not.toBe('')
        expect(visibleText(shown)).toBe(shown)
      }),
      { numRuns: 500 },
    )
  })

  it('a long text is cut, not through a pair, and at once', () => {
    const emoji = '👩'.repeat(SHOWN_LENGTH)
    expect(visibleText(`x${emoji}`)).not.toContain('U+D83D')
    for (const unit of ['a', '\u0301', '\u202e', 'a\u200d', '\ud800', ' ']) {
      const used = testCpuTime()
      expect(visibleText(unit.repeat(1_000_000 / unit.length)).length).toBeLessThan(SHOWN_LENGTH * 10)
      expect(used()).toBeLessThan(300)
    }
  })
})
