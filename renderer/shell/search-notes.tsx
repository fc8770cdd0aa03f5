import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { QueryProblem } from '../store/search/query/query.ts'
import { cx } from '../ui/cx.ts'
import { problemText } from './problem-text.ts'
import styles from './search.module.css'

/** What cannot be read of the query, why, and what can be written instead. */
export function SearchNotes(props: {
  readonly problems: readonly QueryProblem[]
  readonly onUse: (problem: QueryProblem) => void
}) {
  return props.problems.map((problem) => (
    <div key={`${problem.from} ${problem.code} ${problem.value}`} className={styles.note}>
      {problem.quiet ? (
        <IconInfoCircle size={16} aria-hidden className={styles.quiet} />
      ) : (
        <IconAlertTriangle size={16} aria-hidden className={styles.wrong} />
      )}
      <span className={styles.noteText} dir="auto">
        {problemText(problem)}{' '}
        {problem.instead !== null && (
          <button
            type="button"
            className={cx('ell', styles.instead)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => props.onUse(problem)}
          >
            Use {problem.instead}
          </button>
        )}
      </span>
    </div>
  ))
}
