import { IconTag } from '@tabler/icons-react'
import { type FormEvent, useId, useState } from 'react'
import { undoLast } from '../../actions/undo-last.ts'
import { useStore } from '../../bridge/app-context.tsx'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { useSources } from '../../state/host-state.ts'
import type { BulkChange, BulkPlan, BulkSelection } from '../../store/store-contract.ts'
import { formatCount, formatNumber } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormField, NativeSelect, TextInput } from '../../ui/form-field.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { notify } from '../../ui/toast.tsx'
import { bulkPlanLines, bulkProblemText, secondCopyText } from './bulk-plan-text.ts'
import styles from './clients.module.css'
import { type BulkDone, useBulkWork } from './use-bulk-work.ts'

export interface BulkChangeDialogProps {
  readonly what: 'tags' | 'status'
  readonly selection: BulkSelection
  readonly count: number
  readonly onClose: () => void
}

/** One change for all selected clients: what, then how many requests go where, then the work, as one step of undo. */
export function BulkChangeDialog(props: BulkChangeDialogProps) {
  const { what, selection, count } = props
  const store = useStore()
  const id = useId()
  const words = useStoreQuery('clients.vocabulary', {}, []).data
  const [kind, setKind] = useState<'add-tag' | 'remove-tag'>('add-tag')
  const [tag, setTag] = useState('')
  const [label, setLabel] = useState('')
  const { plan, problem, done, look, run, reset } = useBulkWork(selection)

  const statuses = [...new Set(['Active', 'Paused', 'Inactive', ...(words?.statuses ?? []).map((s) => s.status.label)])]
  const wanted: BulkChange =
    what === 'tags' ? { kind, tag: tag.trim() } : { kind: 'status', label: label === '' ? 'Active' : label }
  const isReady = wanted.kind !== 'add-tag' && wanted.kind !== 'remove-tag' ? true : wanted.tag !== ''
  const change = async (): Promise<void> => {
    const result = await run(wanted)
    const { changed, whole } = result
    if (changed > 0 || whole) tell(result)
    if (whole) props.onClose()
  }
  const tell = ({ changed, copies }: BulkDone): void =>
    notify({
      icon: <IconTag size={16} aria-hidden />,
      text: `${formatCount(changed, 'client')} changed.${changed > 0 ? secondCopyText(copies) : ''}`,
      slot: 'undo',
      ...(changed > 0 && { action: { label: 'Undo', run: () => void undoLast(store) } }),
    })
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady && done === null) void (plan === null ? look(wanted) : change())
  }
  const affected = plan === null ? 0 : plan.here + plan.sends.reduce((sum, each) => sum + each.clients, 0)
  return (
    <Dialog
      opened
      onClose={props.onClose}
      title={what === 'tags' ? 'Change tags' : 'Set status'}
      footer={
        <>
          <span className="spring" />
          <Button variant="quiet" size="form" onClick={props.onClose}>
            {done === null ? NAMES.cancel : 'Stop'}
          </Button>
          {plan === null ? (
            <Button variant="primary" size="form" type="submit" form={id} disabled={!isReady}>
              Review
            </Button>
          ) : (
            <Button
              variant="primary"
              size="form"
              type="submit"
              form={id}
              busy={done !== null}
              disabled={affected === 0}
            >
              {`Change ${formatCount(affected, 'client')}`}
            </Button>
          )}
        </>
      }
    >
      <form id={id} className={styles.bulk} onSubmit={onSubmit}>
        <p className="t2">{`For ${formatCount(count, 'selected client')}.`}</p>
        {what === 'tags' ? (
          <>
            <Segmented
              label="What to do"
              value={kind}
              segments={[
                { value: 'add-tag', label: 'Add' },
                { value: 'remove-tag', label: 'Remove' },
              ]}
              onChange={(next) => {
                setKind(next)
                reset()
              }}
            />
            <FormField id={`${id}-tag`} label="Tag">
              {(binding) => (
                <>
                  <TextInput
                    {...binding}
                    data-autofocus
                    list={`${id}-tags`}
                    value={tag}
                    maxLength={100}
                    disabled={done !== null}
                    onChange={(event) => {
                      setTag(event.currentTarget.value)
                      reset()
                    }}
                  />
                  <datalist id={`${id}-tags`}>
                    {(words?.tags ?? []).map((each) => (
                      <option key={each.tag} value={each.tag} />
                    ))}
                  </datalist>
                </>
              )}
            </FormField>
          </>
        ) : (
          <FormField id={`${id}-status`} label="Status">
            {(binding) => (
              <NativeSelect
                {...binding}
                data-autofocus
                value={label === '' ? 'Active' : label}
                disabled={done !== null}
                onChange={(event) => {
                  setLabel(event.currentTarget.value)
                  reset()
                }}
              >
                {statuses.map((each) => (
                  <option key={each}>{each}</option>
                ))}
              </NativeSelect>
            )}
          </FormField>
        )}
        <div role="status">{plan !== null && done === null && <PlanLines plan={plan} />}</div>
        {done !== null && (
          <ProgressBar
            label="Change"
            value={count === 0 ? null : done / count}
            text={`${formatNumber(done)} through`}
          />
        )}
        {problem !== null && <p role="alert">{bulkProblemText(problem, 'changed')}</p>}
      </form>
    </Dialog>
  )
}

function PlanLines(props: { readonly plan: BulkPlan }) {
  const sources = useSources()
  const nameOf = (id: string): string => sources.find((each) => each.sourceId === id)?.name ?? 'a source'
  return (
    <ul className={styles.planLines}>
      {bulkPlanLines(props.plan, nameOf).map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
