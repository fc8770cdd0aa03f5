import { IconFileTypePdf, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import type { ClientId } from '../../../shared/ids.ts'
import { useAppInfo } from '../../state/host-state.ts'
import { type PrintParts, print, usePrintJob } from '../../state/print-job.ts'
import { NAMES } from '../../text/names.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox } from '../../ui/form-field.tsx'
import { ShownText } from '../../ui/shown-text.tsx'
import styles from './print-dialog.module.css'

const PARTS: readonly (readonly [keyof PrintParts, string])[] = [
  ['notes', 'Notes'],
  ['testimonials', 'Testimonials'],
  ['otherFields', 'Other fields of the source'],
  ['timeline', 'Timeline'],
]

/** What goes onto the sheet besides name and profile, then the system's own dialog. */
export function PrintDialog(props: {
  readonly clientId: ClientId
  readonly name: string
  readonly as: 'paper' | 'pdf'
  readonly onClose: () => void
}) {
  const { clientId, name, as } = props
  const [parts, setParts] = useState(usePrintJob.getState().parts)
  const systemPrints = useAppInfo()?.desktop.print === true
  const start = (): void => {
    props.onClose()
    print({ clientId, as, parts })
  }
  return (
    <Dialog
      opened
      onClose={props.onClose}
      title={as === 'pdf' ? 'Save as PDF' : 'Print client'}
      className={styles.dialog ?? ''}
      footer={
        <>
          <span className="small t3">
            {as === 'pdf' && !systemPrints ? 'Choose “Save as PDF” as the printer in the next step.' : ''}
          </span>
          <span className="spring" />
          <Button variant="quiet" size="form" onClick={props.onClose}>
            {NAMES.cancel}
          </Button>
          <Button
            variant="primary"
            size="form"
            data-autofocus
            icon={as === 'pdf' ? <IconFileTypePdf size={16} aria-hidden /> : <IconPrinter size={16} aria-hidden />}
            onClick={start}
          >
            {as === 'pdf' ? 'Save…' : 'Print…'}
          </Button>
        </>
      }
    >
      <p className="t2">
        Name and profile of{' '}
        <bdi className="strong">
          <ShownText text={name} />
        </bdi>
        , and
      </p>
      <fieldset className={styles.parts} aria-label="Parts of the sheet">
        {PARTS.map(([part, label]) => (
          <Checkbox
            key={part}
            label={label}
            checked={parts[part]}
            onChange={(event) => setParts({ ...parts, [part]: event.currentTarget.checked })}
          />
        ))}
      </fieldset>
    </Dialog>
  )
}
