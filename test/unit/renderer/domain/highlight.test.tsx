import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { highlight, searchWords } from '../../../../renderer/domain/highlight.tsx'

function marked(text: string, query: string): string {
  return renderToStaticMarkup(highlight(text, searchWords(query)))
}

describe('highlight', () => {
  it('marks the beginnings of words, accents and case ignored', () => {
    expect(marked('Lucía García Ibáñez', 'garcia')).toBe('Lucía <mark>García</mark> Ibáñez')
    expect(marked('Santiago GARCÍA', 'gar')).toBe('Santiago <mark>GAR</mark>CÍA')
    expect(marked('ines@garcia-roux.fr', 'garcia roux')).toBe('ines@<mark>garcia</mark>-<mark>roux</mark>.fr')
  })

  it('marks nothing in the middle of a word, and nothing for filters', () => {
    expect(marked('Margarita', 'gar')).toBe('Margarita')
    expect(marked('Active', 'status:active')).toBe('Active')
  })

  it('keeps letters that fold into two', () => {
    expect(marked('Jürgen Groß', 'gross')).toBe('Jürgen <mark>Groß</mark>')
  })
})
