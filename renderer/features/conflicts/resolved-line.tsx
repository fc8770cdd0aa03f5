import { IconCircleCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useStore } from '../../bridge/app-context.tsx'
import { useSourceName } from '../../domain/source-label.tsx'
import { openTimeline } from '../../state/open-client.ts'
import { navigate } from '../../state/route.ts'
import type { ConflictView } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { formatCount } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Button } from '../../ui/button.tsx'
import { type Choices, resolvedLine } from './conflict-words.ts'
import styles from './conflicts.module.css'

export interface Resolved {
  readonly conflict: ConflictView
  readonly choices: Choices
  /** Rules made with it, and how many other conflicts they decided. */
  readonly rules: number
  readonly ruled: number
  /** A rule that could not be made, in words. */
  readonly ruleError: string | null
}

/** A card after Resolve, folded to one line in its old place, as long as the place is open. */
export function ResolvedLine(props: { readonly resolved: Resolved; readonly onReopened: () => void }) {
  const { conflict, choices, rules, ruled, ruleError } = props.resolved
  const store = useStore()
  const sourceName = useSourceName(conflict.sourceId)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  const undo = async (): Promise<void> => {
    setBusy(true)
    const reply = await store.call['conflict.reopen']({ conflictId: conflict.conflictId })
    setBusy(false)
    if (reply.ok) props.onReopened()
    else setFailure(`Not undone. ${errorLine(reply.error, { sourceName, during: 'edit' })}`)
  }
  const madeRules =
    rules === 0
      ? ''
      : ` ${rules === 1 ? 'It is a rule now' : `${formatCount(rules, 'rule')} made`}${ruled === 0 ? '' : `; ${formatCount(ruled, 'more conflict')} decided`}.`
  return (
    <li className={styles.folded} aria-label={conflict.clientName}>
      <IconCircleCheck size={16} aria-hidden />
      <span className="strong" dir="auto">
        {conflict.clientName}
      </span>
      <span className={styles.foldedText} role="status">
        {failure ?? `${resolvedLine(conflict, choices, sourceName)}${madeRules}`}
        {ruleError !== null && <span className={styles.ruleError}> {ruleError}</span>}
      </span>
      {failure === null ? (
        <Button variant="quiet" busy={busy} onClick={() => void undo()}>
          Undo
        </Button>
      ) : (
        <Button variant="quiet" onClick={() => openTimeline(conflict.clientId)}>
          Show timeline
        </Button>
      )}
      <Button variant="quiet" onClick={() => navigate('clients', conflict.clientId)}>
        {NAMES.showClient}
      </Button>
    </li>
  )
}
