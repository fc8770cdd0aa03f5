import { IconFileAlert, IconFileImport, IconX } from '@tabler/icons-react'
import { showImport, useImportOutcome } from '../../state/import-report.ts'
import { importedText, importRefusedText } from '../../text/unsent-text.ts'
import { Banner } from '../../ui/banner.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import styles from './queue.module.css'

/** What came of the last import, until it is put away. */
export function ImportBanner() {
  const outcome = useImportOutcome((state) => state.outcome)
  if (outcome === null) return null
  const away = (
    <IconButton label="Close report" small onClick={() => showImport(null)}>
      <IconX size={14} aria-hidden />
    </IconButton>
  )
  if (outcome.kind === 'running') {
    return (
      <Banner tone="quiet" role="status" className={styles.bar} icon={<IconFileImport size={16} aria-hidden />}>
        Reading {outcome.fileName}…
      </Banner>
    )
  }
  if (outcome.kind === 'refused') {
    return (
      <Banner
        tone="danger"
        role="alert"
        className={styles.bar}
        icon={<IconFileAlert size={16} aria-hidden />}
        lead={`${outcome.fileName} was not imported.`}
        action={away}
      >
        {importRefusedText(outcome.error)} Nothing here has changed.
      </Banner>
    )
  }
  const { refused } = outcome.report
  return (
    <Banner
      tone={refused.length > 0 ? 'warning' : 'success'}
      role="status"
      className={styles.bar}
      icon={<IconFileImport size={16} aria-hidden />}
      lead={`${outcome.fileName} is imported.`}
      action={away}
    >
      {importedText(outcome.report)}
      {refused.length > 0 && (
        <ul className={styles.refused}>
          {refused.slice(0, 20).map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a finished report, its lines may be alike
            <li key={index} dir="auto">
              {each.what}: {each.because}
            </li>
          ))}
          {refused.length > 20 && <li>and {refused.length - 20} more</li>}
        </ul>
      )}
    </Banner>
  )
}
