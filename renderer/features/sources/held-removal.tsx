import { IconAlertTriangle } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { Manifest } from '../../../shared/connector/manifest.ts'
import type { HeldRemoval, SourceView } from '../../../shared/model/source.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { navigate } from '../../state/route.ts'
import { errorLine } from '../../text/error-text.ts'
import { formatCount } from '../../text/format.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/toast.tsx'
import { heldRemovalWords } from './held-removal-words.ts'
import styles from './sources.module.css'

/** A removal that waits for an answer: why it is held, who it is about, and the two answers. */
export function HeldRemovalBanner(props: {
  readonly source: SourceView
  readonly held: HeldRemoval
  readonly manifest: Manifest | null
}) {
  const { source, held } = props
  const host = useHost()
  const listId = useId()
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState<'remove' | 'keep' | null>(null)
  const hasSpace = props.manifest?.settings.some((setting) => setting.label === 'Space ID') === true
  const { lead, text } = heldRemovalWords(held, { name: source.name, check: hasSpace ? 'Space ID' : 'settings' })

  const settle = async (decision: 'remove' | 'keep'): Promise<void> => {
    setBusy(decision)
    const reply = await host.call['sources.settleRemoval']({ sourceId: source.sourceId, decision })
    setBusy(null)
    if (!reply.ok) {
      notify({ tone: 'danger', text: errorLine(reply.error, { sourceName: source.name }) })
    } else if (decision === 'remove') {
      notify({
        text: `Removed ${formatCount(held.missing, 'client')}. Each can be brought back for 30 days.`,
        action: { label: 'Show', run: () => navigate('removed') },
      })
    } else {
      notify({ text: `Kept ${formatCount(held.missing, 'client')}. The next full read looks again.` })
    }
  }
  return (
    <div>
      <Banner
        tone="warning"
        className={styles.banner}
        icon={<IconAlertTriangle size={16} aria-hidden />}
        lead={lead}
        action={
          <span className={styles.answers}>
            <Button variant="quiet" aria-expanded={open} aria-controls={listId} onClick={() => setOpen(!open)}>
              {open ? 'Hide names' : 'Show names'}
            </Button>
            <Button busy={busy === 'keep'} disabled={busy === 'remove'} onClick={() => void settle('keep')}>
              Keep them
            </Button>
            <Button busy={busy === 'remove'} disabled={busy === 'keep'} onClick={() => void settle('remove')}>
              Remove them
            </Button>
          </span>
        }
      >
        {text}
      </Banner>
      <div id={listId}>{open && <Names source={source} />}</div>
    </div>
  )
}

/** Who would go. At most 200 names; the rest is counted. */
function Names(props: { readonly source: SourceView }) {
  const { source } = props
  const preview = useStoreQuery('removal.preview', { sourceId: source.sourceId }, ['sources', 'counts', 'clients'])
  if (preview.error !== null) {
    return <p className={styles.problems}>{errorLine(preview.error, { sourceName: source.name })}</p>
  }
  if (preview.data === null) return null
  const { names, total } = preview.data
  return (
    <>
      <ul className={styles.heldNames} aria-label={`Clients that ${source.name} no longer returns`}>
        {names.map((name, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two clients may have one name, and the list never moves
          <li key={`${index} ${name}`} className="ell" dir="auto" title={name}>
            {name}
          </li>
        ))}
      </ul>
      {total > names.length && (
        <p className={styles.heldMore}>And {formatCount(total - names.length, 'more client')}.</p>
      )}
    </>
  )
}
