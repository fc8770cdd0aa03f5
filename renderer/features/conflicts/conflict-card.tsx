import type { ConflictChoice } from '../../../shared/model/conflict.ts'
import { SourceLabel, useSourceName } from '../../domain/source-label.tsx'
import { navigate } from '../../state/route.ts'
import type { ConflictView } from '../../store/store-contract.ts'
import { formatMoment } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/use-now.ts'
import { type Choices, type ConflictSubject, footLine, isDecided, whatHappened } from './conflict-words.ts'
import styles from './conflicts.module.css'
import { FieldDecision } from './field-decision.tsx'
import { RecordDecision } from './record-decision.tsx'

/** One conflict: who and what happened, the sides, and the way to settle it. */
export function ConflictCard(props: {
  readonly conflict: ConflictView
  readonly choices: Choices
  readonly busy: boolean
  readonly error: string | null
  readonly onChoose: (subject: ConflictSubject, choice: ConflictChoice) => void
  readonly onChooseAll: (choice: ConflictChoice) => void
  readonly onResolve: () => void
}) {
  const { conflict, choices } = props
  const sourceName = useSourceName(conflict.sourceId)
  const now = useNow()
  const decided = isDecided(conflict, choices)
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
      <div className={styles.columns}>
        <span />
        <span>Base</span>
        <span>
          Yours <span className={styles.when}>you, {lower(formatMoment(conflict.mineAt, now))}</span>
        </span>
        <span>
          Theirs{' '}
          <span className={styles.when}>
            {sourceName}
            {conflict.theirsAt === null ? '' : `, ${lower(formatMoment(conflict.theirsAt, now))}`}
          </span>
        </span>
      </div>
      {conflict.kind === 'field' ? (
        conflict.fields.map((field) => (
          <FieldDecision
            key={field.field}
            field={field}
            statusLabels={conflict.statusLabels}
            choice={choices[field.field] ?? null}
            onChoose={(choice) => props.onChoose(field.field, choice)}
          />
        ))
      ) : (
        <RecordDecision
          conflict={conflict}
          sourceName={sourceName}
          choice={choices.record ?? null}
          onChoose={(choice) => props.onChoose('record', choice)}
        />
      )}
      <div className={styles.foot}>
        <span className={styles.footText} aria-live="polite">
          {footLine(conflict, choices, sourceName)}
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
          disabledReason={decided ? undefined : 'Decide first'}
          onClick={props.onResolve}
        >
          {NAMES.resolve}
        </Button>
      </div>
      {props.error !== null && (
        <Banner tone="danger" role="alert">
          {props.error}
        </Banner>
      )}
    </li>
  )
}

/** `Today, 09:15` inside a line: `today 09:15`. */
function lower(moment: string): string {
  return moment.replace(/^(Today|Yesterday), /, (_all, day: string) => `${day.toLowerCase()} `)
}
