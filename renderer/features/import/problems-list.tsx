import { useId } from 'react'
import type { ImportFileView, ImportPlan, ImportRemark } from '../../store/store-contract.ts'
import { formatCount, formatNumber } from '../../text/format.ts'
import { ShownText } from '../../ui/shown-text.tsx'
import styles from './import.module.css'
import { problemText, remarkText } from './import-words.ts'

/** What was not taken as it stands, with its line: nothing is put right in silence. */
export function ProblemsList(props: {
  readonly view: ImportFileView
  readonly plan: ImportPlan
  readonly late: readonly ImportRemark[]
}) {
  const { view, plan, late } = props
  const id = useId()
  const remarks = [...late, ...plan.remarks]
  const count = view.problemCount + plan.remarkCount + late.length
  if (count === 0) return null
  const more = count - view.problems.length - remarks.length
  return (
    <section className={styles.section} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`} className={styles.heading}>
        {formatCount(count, 'remark')}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section className={styles.problems} tabIndex={0} aria-label="Remarks by line">
        <ul className={styles.rows}>
          {view.problems.map((problem, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a finished list, its lines may be alike
            <li key={`p${index}`} className={styles.item}>
              <span className={styles.line}>{problem.line}</span>
              <div className={styles.what}>
                <span>{problemText(problem)}</span>
                <span className="small t3" dir="auto">
                  <ShownText text={problem.text} />
                </span>
              </div>
            </li>
          ))}
          {remarks.map((remark, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a finished list, its lines may be alike
            <li key={`r${index}`} className={styles.item}>
              <span className={styles.line}>{remark.line}</span>
              <div className={styles.what}>
                <span className="strong" dir="auto">
                  <ShownText text={remark.name} />
                </span>
                <span className="small t2" dir="auto">
                  <ShownText text={remarkText(remark)} />
                </span>
              </div>
            </li>
          ))}
        </ul>
      </section>
      {more > 0 && <p className="small t3">and {formatNumber(more)} more of these</p>}
    </section>
  )
}
