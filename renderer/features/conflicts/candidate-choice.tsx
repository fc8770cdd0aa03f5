import { useId } from 'react'
import type { ConflictView } from '../../store/store-contract.ts'
import { formatMoment } from '../../text/format.ts'
import { cx } from '../../ui/cx.ts'
import radio from '../../ui/radio-card.module.css'
import { useNow } from '../../ui/use-now.ts'
import { candidateParts } from './conflict-words.ts'
import styles from './conflicts.module.css'

/** Which of several clients at the source is the one that was sent. Choosing one chooses "Take theirs" with it. */
export function CandidateChoice(props: {
  readonly conflict: ConflictView
  readonly sourceName: string
  readonly chosen: string | null
  readonly onChoose: (remoteId: string) => void
}) {
  const group = useId()
  const now = useNow()
  const legend = `Which one at ${props.sourceName} is yours`
  return (
    <div className={styles.candidates}>
      <span className={styles.which} id={`${group}-label`}>
        {legend}
      </span>
      <div role="radiogroup" aria-labelledby={`${group}-label`} className={styles.candidateList}>
        {props.conflict.candidateViews.map((candidate) => {
          const { lead, rest } = candidateParts(candidate)
          return (
            <label key={candidate.remoteId} className={cx(radio.card, styles.choice)}>
              <input
                type="radio"
                name={group}
                checked={props.chosen === candidate.remoteId}
                onChange={() => props.onChoose(candidate.remoteId)}
              />
              <span className={styles.dot} aria-hidden />
              <span className={styles.choiceText}>
                <span className={styles.value} dir="auto">
                  {lead}
                </span>
                <span className={styles.means}>
                  {[
                    ...rest,
                    ...(candidate.createdAt === null ? [] : [`created ${formatMoment(candidate.createdAt, now)}`]),
                    `id ${candidate.remoteId}`,
                  ].join(' · ')}
                </span>
              </span>
            </label>
          )
        })}
      </div>
    </div>
  )
}
