import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Manifest } from '../../../shared/connector/manifest.ts'
import { errorText } from '../../text/error-text.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog, Question } from '../../ui/dialog.tsx'
import { labelOf, reportText } from './source-form.ts'
import styles from './sources.module.css'
import type { SourceFormState } from './use-source-form.ts'

/** The window of a source's form: fields, what the core answered, and the three buttons. Asks before it loses text. */
export function SourceDialogFrame(props: {
  readonly title: string
  readonly manifest: Manifest | null
  readonly state: SourceFormState
  readonly saveLabel: string
  readonly onSave: () => void
  /** Beside an error of saving: the way on in spite of it. */
  readonly onSaveAnyway?: (() => void) | undefined
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const { state, manifest } = props
  const [asking, setAsking] = useState(false)
  const close = (): void => {
    if (state.touched) setAsking(true)
    else props.onClose()
  }
  return (
    <>
      <Dialog
        opened
        title={props.title}
        onClose={close}
        onKeyDown={(event) => {
          if (
            event.key === 'Enter' &&
            !event.nativeEvent.isComposing &&
            (event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement)
          ) {
            event.preventDefault()
            if (state.busy === null) props.onSave()
          }
        }}
        footer={
          <>
            <Button
              size="form"
              busy={state.busy === 'test'}
              disabled={manifest === null}
              onClick={() => void state.test()}
            >
              Test connection
            </Button>
            <span className="spring" />
            {/* Says what it does; only Escape and the pointer can close by accident, and ask. */}
            <Button variant="quiet" size="form" onClick={props.onClose}>
              {NAMES.cancel}
            </Button>
            <Button
              variant="primary"
              size="form"
              busy={state.busy === 'save'}
              disabled={manifest === null}
              onClick={props.onSave}
            >
              {props.saveLabel}
            </Button>
          </>
        }
      >
        <div ref={state.body} className={styles.form}>
          {props.children}
          <Answer {...props} />
        </div>
      </Dialog>
      <Question
        opened={asking}
        label="Discard what you typed"
        title="Discard what you typed?"
        onClose={() => setAsking(false)}
        buttons={
          <>
            <Button variant="quiet" size="form" data-autofocus onClick={() => setAsking(false)}>
              Keep editing
            </Button>
            <Button variant="danger" size="form" onClick={props.onClose}>
              {NAMES.discard}
            </Button>
          </>
        }
      >
        The source is not saved yet.
      </Question>
    </>
  )
}

function Answer(props: {
  readonly manifest: Manifest | null
  readonly state: SourceFormState
  readonly onSaveAnyway?: (() => void) | undefined
}) {
  const { state, manifest } = props
  const { answer } = state
  if (answer === null || manifest === null) return null
  if (answer.kind === 'works') {
    return (
      <Banner tone="success" role="status" icon={<IconCircleCheck size={16} aria-hidden />} lead="Connection works.">
        {reportText(answer.report)}
      </Banner>
    )
  }
  const { error } = answer
  const field = error.code === 'bad-input' ? labelOf(error.field, manifest) : null
  const said = errorText(error, {
    sourceName: state.form.name.trim() === '' ? manifest.label : state.form.name.trim(),
    connectorLabel: manifest.label,
    keyHint: manifest.keyHint,
    during: 'test',
    ...(field === null ? {} : { fieldLabel: field }),
  })
  const anyway = answer.of === 'save' && error.code !== 'bad-input' ? props.onSaveAnyway : undefined
  return (
    <Banner
      tone="danger"
      role="alert"
      icon={<IconAlertTriangle size={16} aria-hidden />}
      lead={said.title}
      action={anyway === undefined ? undefined : <Button onClick={anyway}>Add anyway</Button>}
    >
      {error.code === 'offline' ? 'The connection cannot be tried now.' : said.text}
    </Banner>
  )
}
