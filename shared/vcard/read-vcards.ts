import type { FileProblem, ReadClient } from '../imports/read-client.ts'
import { clientOfCard } from './client-of-card.ts'
import { type ContentLine, contentLines, type Reading } from './content-lines.ts'
import type { DecodeBytes } from './encoded-value.ts'
import { type Property, readProperty } from './read-property.ts'

export interface ReadCard {
  readonly client: ReadClient | null
  readonly problems: readonly FileProblem[]
  /** Pictures, sounds and keys of it, which are not taken. */
  readonly leftOut: readonly string[]
}

/** More than any person's card has; what is beyond it is kept as it stands. */
const MAX_PROPERTIES = 2_000
const MAX_PROBLEM_TEXT = 120

/**
 * The cards of a file, one after another: vCard 2.1, 3.0 and 4.0, mixed or not. A line that cannot be read is told
 * with its number and kept; it never costs the card, and a card never costs the file. Lazy, so that whoever reads a
 * large file may pause.
 */
export function* readVCards(text: string, decode: DecodeBytes): Generator<ReadCard> {
  const reading: Reading = { old: false }
  let card: OpenCard | null = null
  for (const content of contentLines(text, reading)) {
    const mark = markOf(content.text)
    if (card === null) {
      if (mark === 'begin') {
        card = openCard(content.line)
        reading.old = false
      } else {
        yield { client: null, leftOut: [], problems: [problem(content, 'outside-card')] }
      }
      continue
    }
    if (card.depth > 0) {
      if (mark === 'begin') card.depth++
      if (mark === 'end') card.depth--
      continue
    }
    if (mark === 'end') {
      yield closeCard(card)
      card = null
    } else if (mark === 'begin') {
      if (card.agent) {
        card.depth = 1
        card.problems.push(problem(content, 'nested-card'))
      } else {
        card.problems.push(problem(content, 'card-not-ended'))
        yield closeCard(card)
        card = openCard(content.line)
        reading.old = false
      }
    } else {
      readInto(card, content, reading, decode)
    }
  }
  if (card !== null) {
    card.problems.push({ line: card.line, code: 'card-not-ended', text: 'BEGIN:VCARD' })
    yield closeCard(card)
  }
}

interface OpenCard {
  readonly line: number
  readonly properties: Property[]
  /** Lines that are no properties, as they stand. */
  readonly unread: string[]
  readonly problems: FileProblem[]
  readonly leftOut: string[]
  /** The last property was AGENT, whose value may be a card of its own. */
  agent: boolean
  depth: number
}

function openCard(line: number): OpenCard {
  return { line, properties: [], unread: [], problems: [], leftOut: [], agent: false, depth: 0 }
}

function readInto(card: OpenCard, content: ContentLine, reading: Reading, decode: DecodeBytes): void {
  const property = card.properties.length < MAX_PROPERTIES ? readProperty(content, reading.old, decode) : null
  card.agent = property?.name === 'AGENT'
  if (property === null) {
    card.problems.push(problem(content, 'not-a-property'))
    card.unread.push(content.text)
    return
  }
  if (property.name === 'VERSION') {
    reading.old = property.value.trim().startsWith('2')
    return
  }
  if (property.binary) {
    card.leftOut.push(property.name)
    return
  }
  if (content.cut) card.problems.push(problem(content, 'line-too-long'))
  card.properties.push(property)
}

function closeCard(card: OpenCard): ReadCard {
  const { problems, leftOut } = card
  const kind = card.properties.find(({ name }) => name === 'KIND' || name === 'X-ADDRESSBOOKSERVER-KIND')
  if (kind?.value.trim().toLowerCase() === 'group') {
    const name = card.properties.find((each) => each.name === 'FN')?.value ?? ''
    return { client: null, leftOut, problems: [...problems, { line: card.line, code: 'group', text: cut(name) }] }
  }
  const client = clientOfCard(card.line, card.properties, card.unread)
  if (client === null) problems.push({ line: card.line, code: 'empty', text: 'BEGIN:VCARD' })
  return { client, problems, leftOut }
}

function markOf(text: string): 'begin' | 'end' | null {
  const mark = /^(?:[\w-]+\.)?(BEGIN|END)\s*:\s*VCARD\s*$/i.exec(text)?.[1]?.toLowerCase()
  return mark === 'begin' || mark === 'end' ? mark : null
}

function problem(content: ContentLine, code: FileProblem['code']): FileProblem {
  return { line: content.line, code, text: cut(content.text) }
}

function cut(text: string): string {
  return text.length > MAX_PROBLEM_TEXT ? `${text.slice(0, MAX_PROBLEM_TEXT)}…` : text
}
