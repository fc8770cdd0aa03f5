import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { markText } from '../../../../renderer/domain/highlight.tsx'
import type { Mark } from '../../../../renderer/store/store-contract.ts'

const marked = (text: string, ...marks: readonly Mark[]): string => renderToStaticMarkup(markText(text, marks))

it('marks the places that were found', () => {
  expect(marked('Lucía García', [0, 5], [6, 9])).toBe('<mark>Lucía</mark> <mark>Gar</mark>cía')
  expect(marked('Lucía')).toBe('Lucía')
})

it('leaves out places that the text does not have, or has no longer', () => {
  expect(marked('Lucía', [2, 9])).toBe('Lucía')
  expect(marked('Lucía', [0, 3], [2, 4], [4, 4])).toBe('<mark>Luc</mark>ía')
})
