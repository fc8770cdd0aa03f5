import { IconCircleCheck } from '@tabler/icons-react'
import { useSourceName } from '../../domain/source-label.tsx'
import { navigate } from '../../state/route.ts'
import type { ConflictView } from '../../store/store-contract.ts'
import { NAMES } from '../../text/names.ts'
import { Button } from '../../ui/button.tsx'
import { type Choices, resolvedLine } from './conflict-words.ts'
import styles from './conflicts.module.css'

/** A card after Resolve, folded to one line in its old place. */
export function ResolvedLine(props: { readonly conflict: ConflictView; readonly choices: Choices }) {
  const { conflict } = props
  const sourceName = useSourceName(conflict.sourceId)
  return (
    <li className={styles.folded} aria-label={conflict.clientName}>
      <IconCircleCheck size={16} aria-hidden />
      <span className="strong" dir="auto">
        {conflict.clientName}
      </span>
      <span className={styles.foldedText} role="status">
        {resolvedLine(conflict, props.choices, sourceName)}
      </span>
      <Button variant="quiet" onClick={() => navigate('clients', conflict.clientId)}>
        {NAMES.showClient}
      </Button>
    </li>
  )
}
