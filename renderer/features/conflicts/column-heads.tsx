import type { ConflictView } from '../../store/store-contract.ts'
import { formatMoment, formatRelative } from '../../text/format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './conflicts.module.css'

/** Base, Yours, Theirs: whose each value is, and how old. */
export function ColumnHeads(props: { readonly conflict: ConflictView; readonly sourceName: string }) {
  const { conflict, sourceName } = props
  const now = useNow()
  return (
    <div className={styles.columns}>
      <span />
      <span>
        Base <span className={styles.when}>before both</span>
      </span>
      <span title={formatRelative(conflict.mineAt, now)}>
        Yours <span className={styles.when}>you, {lower(formatMoment(conflict.mineAt, now))}</span>
      </span>
      <span title={conflict.theirsAt === null ? undefined : formatRelative(conflict.theirsAt, now)}>
        Theirs{' '}
        <span className={styles.when}>
          {sourceName}
          {conflict.theirsAt === null ? '' : `, ${lower(formatMoment(conflict.theirsAt, now))}`}
          {conflict.revisedAt === null ? '' : ', changed again'}
        </span>
      </span>
    </div>
  )
}

/** `Today, 09:15` inside a line: `today 09:15`. */
function lower(moment: string): string {
  return moment.replace(/^(Today|Yesterday), /, (_all, day: string) => `${day.toLowerCase()} `)
}
