import type { ClientId } from '../../../shared/ids.ts'
import { openTimeline } from '../../state/open-client.ts'
import { NoteAction } from '../../ui/banner.tsx'

const END = ' timeline.'

/** The line at the foot of a card. Where it speaks of the timeline, the word leads there. */
export function FootLine(props: { readonly text: string; readonly clientId: ClientId }) {
  const { text } = props
  if (!text.endsWith(END)) return text
  return (
    <>
      {text.slice(0, -END.length)} <NoteAction onClick={() => openTimeline(props.clientId)}>timeline</NoteAction>.
    </>
  )
}
