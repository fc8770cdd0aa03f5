import { IconCheck, IconCopy, IconFileAlert } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { undoLast } from '../../actions/undo-last.ts'
import { useStore } from '../../bridge/app-context.tsx'
import { useManifests, useSources } from '../../state/host-state.ts'
import { takeImportFile, useImportFiles } from '../../state/import-files.ts'
import type { ImportTarget } from '../../store/store-contract.ts'
import { formatCount, formatNumber } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { notify } from '../../ui/toast.tsx'
import { ChooseFile } from './choose-file.tsx'
import styles from './import.module.css'
import { importLabel, refusedFileText } from './import-words.ts'
import { reportText } from './report-text.ts'
import { ReportView } from './report-view.tsx'
import { ReviewView } from './review-view.tsx'
import { type ImportControl, useImport } from './use-import.ts'

/** Clients out of a vCard or CSV file: looked at first, brought in then, and told about in the end. */
export function ImportDialog(props: { readonly onClose: () => void }) {
  const control = useImport(useFirstTarget())
  const { state, open } = control
  const waiting = useImportFiles((files) => files.waiting.length)

  const isFree = state.phase === 'choose' && state.error === null
  useEffect(() => {
    if (!isFree || waiting === 0) return
    const next = takeImportFile()
    if (next !== null) void open(next)
  }, [isFree, waiting, open])

  return (
    <Dialog
      opened
      // What comes in is stopped by its own button, which says how far it got. A file that is only read changes nothing.
      onClose={state.phase === 'running' ? () => undefined : props.onClose}
      title={NAMES.importClients}
      className={styles.dialog ?? ''}
      footer={<Footer control={control} waiting={waiting} onClose={props.onClose} />}
    >
      {(state.phase === 'choose' || state.phase === 'reading') && (
        <>
          {state.error !== null && (
            <Banner
              tone="danger"
              role="alert"
              className={styles.banner}
              icon={<IconFileAlert size={16} aria-hidden />}
              lead={`${state.fileName} was not read.`}
            >
              {refusedFileText(state.error)} Nothing here has changed.
            </Banner>
          )}
          <ChooseFile control={control} />
        </>
      )}
      {state.phase === 'review' && <ReviewView control={control} />}
      {state.phase === 'running' && <Running control={control} />}
      {state.phase === 'report' && <ReportView state={state} />}
    </Dialog>
  )
}

/** The first source that can create, as in `New client`; else this device. */
function useFirstTarget(): ImportTarget {
  const sources = useSources()
  const manifests = useManifests()
  const first = sources.find(
    (source) => (manifests.find((each) => each.connectorId === source.connectorId)?.creates ?? null) !== null,
  )
  return { sourceId: first?.sourceId ?? null, deviceOnly: first === undefined }
}

function Running(props: { readonly control: ImportControl }) {
  const { done, plan } = props.control.state
  const total = plan?.total ?? 0
  const text = `${formatNumber(done.rows)} of ${formatCount(total, 'row')} through, ${formatCount(done.created, 'client')} in.`
  return (
    <div className={styles.running}>
      <ProgressBar label="Import" value={total === 0 ? null : done.rows / total} text={text} />
      <p className="t2 tnum">{text}</p>
    </div>
  )
}

function Footer(props: { readonly control: ImportControl; readonly waiting: number; readonly onClose: () => void }) {
  const { control, waiting } = props
  const { state } = control
  const store = useStore()
  const done = useRef<HTMLButtonElement>(null)
  const isReport = state.phase === 'report'
  useEffect(() => {
    if (isReport) done.current?.focus()
  }, [isReport])
  if (isReport) {
    const changed = state.done.created + state.done.filled > 0
    return (
      <>
        <Button
          variant="quiet"
          size="form"
          icon={<IconCopy size={16} aria-hidden />}
          onClick={() => {
            void navigator.clipboard
              .writeText(reportText(state))
              .then(() => notify({ icon: <IconCheck size={16} aria-hidden />, text: 'Report copied.', slot: 'report' }))
          }}
        >
          Copy report
        </Button>
        <span className="spring" />
        {changed && (
          <Button
            size="form"
            onClick={() => {
              props.onClose()
              void undoLast(store)
            }}
          >
            Undo import
          </Button>
        )}
        {waiting > 0 && (
          <Button size="form" onClick={control.again}>
            Next file
          </Button>
        )}
        <Button ref={done} variant="primary" size="form" onClick={props.onClose}>
          Done
        </Button>
      </>
    )
  }
  if (state.phase === 'running') {
    return (
      <>
        <span className="small t3">What came in stays, whole. One undo takes all of it back.</span>
        <span className="spring" />
        <Button size="form" data-autofocus onClick={control.cancel}>
          {NAMES.cancel}
        </Button>
      </>
    )
  }
  const { plan } = state
  const nothing = plan !== null && plan.creates + plan.fills === 0
  return (
    <>
      {state.phase === 'review' && (
        <Button variant="quiet" size="form" onClick={control.again}>
          Another file…
        </Button>
      )}
      <span className="spring" />
      <Button variant="quiet" size="form" onClick={props.onClose}>
        {NAMES.cancel}
      </Button>
      {state.phase === 'review' && (
        <Button
          variant="primary"
          size="form"
          busy={state.planning || plan === null}
          disabledReason={nothing ? 'Nothing of this file would come in.' : undefined}
          onClick={() => void control.run()}
        >
          {plan === null ? 'Import' : importLabel(plan)}
        </Button>
      )}
    </>
  )
}
