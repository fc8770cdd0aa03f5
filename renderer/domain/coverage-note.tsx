import { Tooltip } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useNetwork, useSources } from '../state/host-state.ts'
import { addressOf } from '../state/route.ts'
import { useNow } from '../ui/use-now.ts'
import { coverageText, missingTexts } from './coverage.ts'
import styles from './domain.module.css'

/**
 * What a list and a search rest on. Quiet where every source is complete; else a link to Sources that says, on hover
 * and on focus, which one is missing and why.
 */
export function CoverageNote() {
  const sources = useSources()
  const network = useNetwork()
  const now = useNow()
  const offline = network.workOffline || !network.online
  const missing = missingTexts(sources, now)
  if (missing.length === 0) return <span className="ell">{coverageText(sources, now, offline ? 'time' : 'plain')}</span>
  return (
    <Tooltip
      multiline
      maw={360}
      events={{ hover: true, focus: true, touch: true }}
      label={missing.map((sentence) => <div key={sentence}>{sentence}</div>)}
    >
      <a className={styles.incomplete} href={addressOf('sources')}>
        <IconAlertCircle size={12} aria-hidden />
        <span className="ell">{coverageText(sources, now)}</span>
        <span className="visually-hidden">. {missing.join(' ')}</span>
      </a>
    </Tooltip>
  )
}
