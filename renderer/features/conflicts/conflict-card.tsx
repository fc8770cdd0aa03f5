import { IconRefreshAlert } from '@tabler/icons-react'
import type { ConflictChoice } from '../../../shared/model/conflict.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import { SourceLabel, useSourceName } from '../../domain/source-label.tsx'
import { navigate } from '../../state/route.ts'
import type { ConflictView } from '../../store/store-contract.ts'
import { NAMES } from '../../text/names.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { AlwaysChoice } from './always-choice.tsx'
import { CandidateChoice } from './candidate-choice.tsx'
import { ColumnHeads } from './column-heads.tsx'
import { type ConflictSubject, footLine, movedText, whatHappened } from './conflict-words.ts'
import styles from './conflicts.module.css'
import { type Decision, isReady } from './decisions.ts'
import { FieldDecision } from './field-decision.tsx'
import { FootLine } from './foot-line.tsx'
import { RecordDecision } from './record-decision.tsx'

/** One conflict: who and what happened, the sides, and the way to settle it. */
export function ConflictCard(props: {
  readonly conflict: ConflictView
  /** What still stands of the choices made. */
  readonly decision: Decision
  /** Fields whose choice fell, because theirs changed again. */
  readonly moved: readonly FieldKey[]
  readonly busy: boolean
  readonly error: string | null
  readonly onChoose: (subject: ConflictSubject, choice: ConflictChoice) => void
  readonly onChooseAll: (choice: ConflictChoice) => void
  readonly onAlways: (field: FieldKey, on: boolean) => void
  readonly onCandidate: (remoteId: string) => void
  readonly onResolve: () => void
}) {
  const { conflict, decision, moved } = props
  const { choices } = decision
  const sourceName = useSourceName(conflict.sourceId)
  return (
    <li className={styles.card} data-conflict-id={conflict.conflictId} aria-label={conflict.clientName}>
      <div className={styles.head}>
        <Avatar name={conflict.clientName} size={32} />
        <div className={styles.who}>
          <h2 className={styles.name} dir="auto">
            {conflict.clientName}
          </h2>
          <div className={styles.what}>
            <SourceLabel sourceId={conflict.sourceId} />
            <span>{whatHappened(conflict, sourceName)}</span>
          </div>
        </div>
        <Button variant="quiet" onClick={() => navigate('clients', conflict.clientId)}>
          {NAMES.showClient}
        </Button>
      </div>
      {moved.length > 0 && (
        <Banner tone="warning" role="status" className={styles.moved} icon={<IconRefreshAlert size={16} aria-hidden />}>
          {movedText(moved, sourceName)}
        </Banner>
      )}
      <ColumnHeads conflict={conflict} sourceName={sourceName} />
      {conflict.kind === 'field' ? (
        conflict.fields.map((field) => (
          <FieldDecision
            key={field.field}
            field={field}
            statusLabels={conflict.statusLabels}
            choice={choices[field.field] ?? null}
            moved={moved.includes(field.field)}
            onChoose={(choice) => props.onChoose(field.field, choice)}
          >
            <AlwaysChoice
              conflictId={conflict.conflictId}
              sourceId={conflict.sourceId}
              sourceName={sourceName}
              field={field.field}
              choice={choices[field.field] ?? null}
              checked={decision.always.includes(field.field)}
              onChange={(on) => props.onAlways(field.field, on)}
            />
          </FieldDecision>
        ))
      ) : (
        <RecordDecision
          conflict={conflict}
          sourceName={sourceName}
          choice={choices.record ?? null}
          onChoose={(choice) => props.onChoose('record', choice)}
        />
      )}
      {conflict.kind === 'duplicate' && conflict.candidateViews.length > 1 && (
        <CandidateChoice
          conflict={conflict}
          sourceName={sourceName}
          chosen={decision.candidate}
          onChoose={props.onCandidate}
        />
      )}
      <div className={styles.foot}>
        <span className={styles.footText} aria-live="polite">
          <FootLine
            text={footLine(conflict, choices, sourceName, decision.candidate !== null)}
            clientId={conflict.clientId}
          />
        </span>
        {conflict.kind === 'field' && (
          <>
            <Button variant="quiet" onClick={() => props.onChooseAll('mine')}>
              Keep all mine
            </Button>
            <Button variant="quiet" onClick={() => props.onChooseAll('theirs')}>
              Take all theirs
            </Button>
          </>
        )}
        <Button
          variant="primary"
          busy={props.busy}
          disabledReason={isReady(decision, conflict) ? undefined : 'Decide first'}
          onClick={props.onResolve}
        >
          {NAMES.resolve}
        </Button>
      </div>
      {props.error !== null && (
        <Banner tone="danger" role="alert" className={styles.failed}>
          {props.error}
        </Banner>
      )}
    </li>
  )
}
