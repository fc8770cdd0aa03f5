import type { SourceView } from '../../../shared/model/source.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { DangerQuestion } from '../../domain/danger-question.tsx'
import { errorLine } from '../../text/error-text.ts'
import { formatCount } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import styles from './sources.module.css'

/** Asks before a source leaves this device, saying what goes with it. */
export function RemoveSourceQuestion(props: {
  readonly source: SourceView
  readonly clients: number
  readonly edits: number
  readonly onClose: () => void
}) {
  const { source, clients, edits, onClose } = props
  const host = useHost()
  return (
    <DangerQuestion
      label="Remove source"
      title={`Remove ${source.name}?`}
      action={NAMES.remove}
      onClose={onClose}
      onConfirm={() => host.call['sources.remove']({ sourceId: source.sourceId })}
      errorText={(error) => errorLine(error, { sourceName: source.name })}
    >
      <p className={styles.asked}>
        {clients === 0 ? 'It has no clients here.' : `Its ${formatCount(clients, 'client')} leave this device.`} At{' '}
        {source.name} itself nothing changes. Its key is deleted, and so are values of these clients that live on this
        device only.
      </p>
      {edits > 0 && (
        <Banner tone="warning" lead={`${formatCount(edits, 'edit')} ${edits === 1 ? 'has' : 'have'} not been sent.`}>
          {edits === 1 ? 'It is' : 'They are'} lost with the source. To keep {edits === 1 ? 'it' : 'them'}, cancel and
          send first.
        </Banner>
      )}
    </DangerQuestion>
  )
}
