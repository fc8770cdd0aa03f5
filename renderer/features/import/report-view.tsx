import { IconCheck, IconFileAlert } from '@tabler/icons-react'
import { formatCount } from '../../text/format.ts'
import { Banner } from '../../ui/banner.tsx'
import styles from './import.module.css'
import { ProblemsList } from './problems-list.tsx'
import { reportLead } from './report-text.ts'
import type { ImportState } from './use-import.ts'

/** What came of it. */
export function ReportView(props: { readonly state: ImportState }) {
  const { state } = props
  const { plan, view } = state
  const good = state.ending === 'complete'
  return (
    <div className={styles.review}>
      <Banner
        tone={good ? 'success' : 'warning'}
        role="status"
        icon={good ? <IconCheck size={16} aria-hidden /> : <IconFileAlert size={16} aria-hidden />}
        lead={reportLead(state)}
      >
        {plan !== null && good && (
          <>
            {plan.skips > 0 && `${formatCount(plan.skips, 'possible duplicate')} skipped. `}
            {plan.refused > 0 && `${formatCount(plan.refused, 'row')} could not come in. `}
          </>
        )}
      </Banner>
      {view !== null && plan !== null && <ProblemsList view={view} plan={plan} late={state.late} />}
    </div>
  )
}
