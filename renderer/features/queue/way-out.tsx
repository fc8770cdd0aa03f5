import { navigate } from '../../state/route.ts'
import type { EditView } from '../../store/store-contract.ts'
import { NoteAction } from '../../ui/banner.tsx'

/** The one thing that gets this edit moving, as a word at the end of its reason. */
export function WayOut(props: {
  readonly edit: EditView
  readonly keyRejected: boolean
  readonly onRelease: () => void
  readonly onChange: () => void
}) {
  const { edit } = props
  if (edit.hold !== null) return <NoteAction onClick={props.onRelease}>Release</NoteAction>
  if (edit.state === 'conflict') return <NoteAction onClick={() => navigate('conflicts')}>Decide</NoteAction>
  if (edit.state === 'needs-attention' && edit.canChange) {
    return <NoteAction onClick={props.onChange}>Change…</NoteAction>
  }
  if (props.keyRejected) return <NoteAction onClick={() => navigate('sources')}>Show source</NoteAction>
  return null
}
