import { describe, expect, it } from 'vitest'
import {
  countSelected,
  isSelected,
  RowSelection,
  type Selected,
} from '../../../../renderer/features/clients/row-selection.ts'
import { clientIdSchema } from '../../../../shared/ids.ts'

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((each) => clientIdSchema.parse(`cli_${each.repeat(16)}`))
if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('four ids')
const EVERYBODY = [a, b, c, d]

const chosen = (selected: Selected) => EVERYBODY.filter((id) => isSelected(selected, id))

describe('RowSelection', () => {
  it('takes in and lets go one by one', () => {
    const selection = new RowSelection()
    selection.toggle(a, 0)
    selection.toggle(c, 2)
    selection.toggle(a, 0)
    expect(chosen(selection.current())).toEqual([c])
    expect(countSelected(selection.current(), 4)).toBe(1)
  })

  it('a second range from the same row takes the place of the first', () => {
    const selection = new RowSelection()
    selection.toggle(a, 0)
    selection.range([a, b, c, d])
    selection.range([a, b])
    expect(chosen(selection.current())).toEqual([a, b])
    selection.toggle(d, 3)
    selection.range([c, d])
    expect(chosen(selection.current())).toEqual([a, b, c, d])
  })

  it('keeps all results as that, less those that are taken out', () => {
    const selection = new RowSelection()
    selection.toggle(b, 1)
    selection.all()
    expect(countSelected(selection.current(), 1_000_000)).toBe(1_000_000)
    selection.toggle(b, 1)
    expect(selection.current()).toMatchObject({ all: true, ids: new Set([b]) })
    expect(countSelected(selection.current(), 1_000_000)).toBe(999_999)
    expect(chosen(selection.current())).toEqual([a, c, d])
    selection.range([b, c])
    expect(chosen(selection.current())).toEqual(EVERYBODY)
  })

  it('tells of each change once, and of none where nobody was selected', () => {
    const selection = new RowSelection()
    let told = 0
    selection.subscribe(() => told++)
    selection.clear()
    selection.all()
    selection.clear()
    selection.clear()
    expect(told).toBe(2)
  })
})
