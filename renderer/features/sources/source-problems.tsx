import { visibleText } from '../../../shared/display/visible-text.ts'
import type { SourceView } from '../../../shared/model/source.ts'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { errorLine, shapeText } from '../../text/error-text.ts'
import { formatNumber } from '../../text/format.ts'
import styles from './sources.module.css'

/** What the last run could not read, each with the place and the types. */
export function SourceProblems(props: { readonly source: SourceView }) {
  const { source } = props
  const problems = useStoreQuery('problems.list', { sourceId: source.sourceId }, ['sources', 'counts'])
  if (problems.error !== null) {
    return <p className={styles.problems}>{errorLine(problems.error, { sourceName: source.name })}</p>
  }
  if (problems.data === null) return null
  return (
    <ul className={styles.problems} aria-label={`What could not be read from ${source.name}`}>
      {problems.data.map((problem) => (
        <li key={`${problem.index} ${problem.remoteId} ${problem.path}`}>
          <span className={styles.problemId} dir="auto">
            {problem.remoteId === null
              ? `No. ${formatNumber(problem.index + 1)} of its page`
              : visibleText(problem.remoteId)}
          </span>
          <span>{visibleText(shapeText(problem))}.</span>
        </li>
      ))}
    </ul>
  )
}
