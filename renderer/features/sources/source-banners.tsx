import { IconAlertTriangle, IconKeyOff } from '@tabler/icons-react'
import { useState } from 'react'
import type { Manifest } from '../../../shared/connector/manifest.ts'
import type { KeyTrouble, SourceView } from '../../../shared/model/source.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { errorText } from '../../text/error-text.ts'
import { formatCount } from '../../text/format.ts'
import { keyTroubleText } from '../../text/key-store-text.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { HeldRemovalBanner } from './held-removal.tsx'
import { SourceProblems } from './source-problems.tsx'
import styles from './sources.module.css'

/** What a source asks for, across its row: a key, a look at its settings, a decision, or to know what it left out. */
export function SourceBanners(props: {
  readonly source: SourceView
  readonly manifest: Manifest | null
  /** Edits that wait. */
  readonly edits: number
  readonly onEdit: (key: boolean) => void
}) {
  const { source } = props
  const trouble = troubleOf(source)
  if (trouble === null && source.heldRemoval === null && source.problems === 0) return null
  return (
    <td colSpan={5} className={styles.banners}>
      {trouble !== null && <TroubleBanner {...props} tone={trouble} />}
      {source.heldRemoval !== null && (
        <HeldRemovalBanner source={source} held={source.heldRemoval} manifest={props.manifest} />
      )}
      {source.problems > 0 && <ProblemsBanner source={source} />}
    </td>
  )
}

/** A try that repeats by itself is worth a banner only where waiting will not help. */
function troubleOf(source: SourceView): 'danger' | 'warning' | null {
  if (source.keyTrouble !== null) return 'danger'
  if (source.error === null) return null
  if (source.state === 'key-rejected' || source.state === 'error') return 'danger'
  if (source.state !== 'waiting-to-retry') return null
  return errorText(source.error, { sourceName: source.name }).action === 'edit-source' ? 'warning' : null
}

function TroubleBanner(props: {
  readonly source: SourceView
  readonly manifest: Manifest | null
  readonly edits: number
  readonly tone: 'danger' | 'warning'
  readonly onEdit: (key: boolean) => void
}) {
  const { source, manifest } = props
  const host = useHost()
  if (source.keyTrouble !== null) return <KeyBanner {...props} trouble={source.keyTrouble} />
  if (source.error === null) return null
  const { title, text, action } = errorText(source.error, {
    sourceName: source.name,
    during: 'sync',
    waiting: props.edits,
    ...(manifest === null ? {} : { connectorLabel: manifest.label, keyHint: manifest.keyHint }),
  })
  const button =
    action === 'replace-key' ? (
      <Button onClick={() => props.onEdit(true)}>Replace key</Button>
    ) : action === 'edit-source' ? (
      <Button onClick={() => props.onEdit(false)}>Check settings</Button>
    ) : action === 'retry' ? (
      <Button onClick={() => void host.call['sources.sync']({ sourceId: source.sourceId, full: false })}>
        Try again
      </Button>
    ) : undefined
  return (
    <Banner
      tone={props.tone}
      className={styles.banner}
      icon={<IconAlertTriangle size={16} aria-hidden />}
      lead={title}
      action={button}
    >
      {text}
    </Banner>
  )
}

/** The key is there, sealed, and cannot be opened. It stays until there is a new one. */
function KeyBanner(props: {
  readonly source: SourceView
  readonly trouble: KeyTrouble
  readonly onEdit: (key: boolean) => void
}) {
  const { source, trouble } = props
  const host = useHost()
  const { title, text } = keyTroubleText(trouble, source.name)
  const lookAgain = (
    <Button onClick={() => void host.call['sources.sync']({ sourceId: source.sourceId, full: false })}>
      Try again
    </Button>
  )
  return (
    <Banner
      tone="danger"
      className={styles.banner}
      icon={<IconKeyOff size={16} aria-hidden />}
      lead={title}
      action={
        <span className={styles.answers}>
          {trouble === 'keychain-locked' && lookAgain}
          <Button onClick={() => props.onEdit(true)}>Enter key</Button>
        </span>
      }
    >
      {text}
    </Banner>
  )
}

function ProblemsBanner(props: { readonly source: SourceView }) {
  const { source } = props
  const [open, setOpen] = useState(false)
  const them = source.problems === 1 ? 'It is' : 'They are'
  return (
    <div>
      <Banner
        tone="warning"
        className={styles.banner}
        icon={<IconAlertTriangle size={16} aria-hidden />}
        lead={`${formatCount(source.problems, 'client')} could not be read.`}
        action={
          <Button aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide' : 'Show'}
          </Button>
        }
      >
        {them} set aside, not skipped in silence; everything else is here.
      </Banner>
      {open && <SourceProblems source={source} />}
    </div>
  )
}
