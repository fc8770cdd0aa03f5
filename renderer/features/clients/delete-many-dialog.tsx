import { IconTrash } from '@tabler/icons-react'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { undoLast } from '../../actions/undo-last.ts'
import { useStore } from '../../bridge/app-context.tsx'
import { useSources } from '../../state/host-state.ts'
import { currentRoute, navigate } from '../../state/route.ts'
import type { BulkSelection } from '../../store/store-contract.ts'
import { formatCount, formatNumber } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Button } from '../../ui/button.tsx'
import { Question } from '../../ui/dialog.tsx'
import { FormField, TextInput } from '../../ui/form-field.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { notify } from '../../ui/toast.tsx'
import { bulkProblemText, deletePlanLines, secondCopyText } from './bulk-plan-text.ts'
import styles from './clients.module.css'
import { useBulkWork } from './use-bulk-work.ts'

/** More than so many are deleted by somebody who has typed how many. */
const TYPED_ABOVE = 100
const TOAST_MS = 30_000
const DELETE = { kind: 'delete' } as const

/** Deletes all selected clients, after it has said where each of them goes: one step of undo. */
export function DeleteManyDialog(props: {
  readonly selection: BulkSelection
  readonly count: number
  /** Closed; whether the work was done. */
  readonly onClose: (deleted: boolean) => void
}) {
  const { count } = props
  const store = useStore()
  const sources = useSources()
  const id = useId()
  const { plan, problem, done, look, run } = useBulkWork(props.selection)
  const [typed, setTyped] = useState('')
  const looked = useRef(false)
  useEffect(() => {
    if (looked.current) return
    looked.current = true
    void look(DELETE)
  })

  const nameOf = (sourceId: string): string => sources.find((each) => each.sourceId === sourceId)?.name ?? 'a source'
  const sent = plan === null ? 0 : plan.sends.reduce((sum, each) => sum + each.clients, 0)
  const affected = plan === null ? 0 : plan.here + plan.hidden + sent
  const mustType = affected > TYPED_ABOVE
  // Asked for only once it is known how many: whoever came here by keys types on.
  useEffect(() => {
    if (mustType) document.getElementById(`${id}-number`)?.focus()
  }, [mustType, id])
  const isReady = affected > 0 && done === null && (!mustType || typed.replace(/\D/g, '') === String(affected))

  const remove = async (): Promise<void> => {
    const { changed, whole, copies } = await run(DELETE)
    if (changed > 0) {
      if (currentRoute().clientId !== null) navigate('clients')
      notify({
        icon: <IconTrash size={16} aria-hidden />,
        text: `${formatCount(changed, 'client is', 'clients are')} deleted here.${sent === 0 ? '' : ' Nothing is sent for a minute.'}${secondCopyText(copies)}`,
        slot: 'undo',
        staysMs: TOAST_MS,
        action: { label: 'Undo', run: () => void undoLast(store) },
      })
    }
    if (whole) props.onClose(true)
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady) void remove()
  }

  return (
    <Question
      opened
      onClose={() => props.onClose(false)}
      label="Delete clients"
      title={`Delete ${formatCount(plan === null ? count : affected, 'client')}?`}
      buttons={
        <>
          <Button
            variant="quiet"
            size="form"
            data-autofocus={mustType ? undefined : true}
            onClick={() => props.onClose(false)}
          >
            {done === null ? NAMES.cancel : 'Stop'}
          </Button>
          <Button variant="danger" size="form" type="submit" form={id} busy={done !== null} disabled={!isReady}>
            {NAMES.delete}
          </Button>
        </>
      }
    >
      <form id={id} className={styles.bulk} onSubmit={onSubmit}>
        <div role="status">
          {plan === null && problem === null && 'Looking where they are…'}
          {plan !== null && (
            <ul className={styles.planLines}>
              {deletePlanLines(plan, nameOf).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
        </div>
        {mustType && (
          <FormField id={`${id}-number`} label={`Type ${formatNumber(affected)} to delete them`}>
            {(binding) => (
              <TextInput
                {...binding}
                data-autofocus
                inputMode="numeric"
                autoComplete="off"
                value={typed}
                disabled={done !== null}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
            )}
          </FormField>
        )}
        {done !== null && (
          <ProgressBar
            label="Delete"
            value={count === 0 ? null : done / count}
            text={`${formatNumber(done)} through`}
          />
        )}
        {problem !== null && <p role="alert">{bulkProblemText(problem, 'deleted')}</p>}
      </form>
    </Question>
  )
}
