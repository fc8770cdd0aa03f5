import type { TimelineItem } from '../store/store-contract.ts'

/** A sentence in parts: `fields` stands where their names go. */
export type TimelineSentence = readonly (string | 'fields')[]

const FIELDS = 'fields'

/** Who did what, as a sentence around the names of the fields. */
export function timelineSentence(
  item: Pick<TimelineItem, 'kind' | 'by' | 'onDevice' | 'fields'>,
  source: string,
): TimelineSentence {
  const none = item.fields.length === 0
  switch (item.kind) {
    case 'you-changed':
      return [...changed(item.by), ...(item.onDevice ? [', kept on this device'] : [])]
    case 'source-changed':
      return [`${source} changed `, FIELDS]
    case 'you-created':
      return [brought(item.by)]
    case 'source-added':
      return [item.by === 'recovery' ? `Read from ${source} again` : `Read from ${source} for the first time`]
    case 'you-deleted':
      return [item.by === 'undo' ? 'Undo took this client out again' : 'You deleted this client']
    case 'source-removed':
      return [`${source} no longer has this client`]
    case 'sent':
      return none ? [`Sent to ${source}`] : ['Sent ', FIELDS, ` to ${source}`]
    case 'refused':
      return none ? [`${source} did not take the edit`] : [`${source} did not take `, FIELDS]
    case 'conflict':
      return none ? [`You and ${source} differ`] : [`You and ${source} changed `, FIELDS]
    case 'resolved':
      return [item.by === 'rule' ? 'Your rule decided on ' : 'You decided on ', FIELDS]
    case 'discarded':
      return [item.by === 'undo' ? 'Undo took back ' : 'You took back ', FIELDS]
  }
}

function changed(by: TimelineItem['by']): TimelineSentence {
  switch (by) {
    case 'undo':
      return ['Undo changed ', FIELDS]
    case 'put-back':
      return ['You put back ', FIELDS]
    case 'rule':
      return ['Your rule changed ', FIELDS]
    case 'import':
      return ['An import changed ', FIELDS]
    case 'recovery':
      return ['Recovery brought back ', FIELDS]
    case 'me':
    case 'source':
      return ['You changed ', FIELDS]
  }
}

function brought(by: TimelineItem['by']): string {
  switch (by) {
    case 'undo':
      return 'Undo brought this client back'
    case 'put-back':
      return 'You brought this client back'
    case 'import':
      return 'An import brought this client'
    case 'recovery':
      return 'Recovery brought this client back'
    case 'me':
    case 'source':
    case 'rule':
      return 'You created this client'
  }
}
