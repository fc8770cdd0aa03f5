import { IconAlertTriangle } from '@tabler/icons-react'
import { useId } from 'react'
import { THIS_DEVICE } from '../../domain/source-label.tsx'
import { useManifests, useNetwork, useSources } from '../../state/host-state.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { FormField, NativeSelect } from '../../ui/form-field.tsx'
import { ShownText } from '../../ui/shown-text.tsx'
import { ColumnMapping } from './column-mapping.tsx'
import { DuplicatesList } from './duplicates-list.tsx'
import styles from './import.module.css'
import { readText, refusedFileText, sendsText } from './import-words.ts'
import { PreviewList } from './preview-list.tsx'
import { ProblemsList } from './problems-list.tsx'
import type { ImportControl } from './use-import.ts'

const NO_SOURCE = ''

/** What was read, where it goes, and all that is to be decided before anything comes in. */
export function ReviewView(props: { readonly control: ImportControl }) {
  const { control } = props
  const { view, plan, error, encoding } = control.state
  if (view === null) return null
  return (
    <div className={styles.review}>
      <p className={styles.file} role="status">
        <strong dir="auto">
          <ShownText text={view.fileName} />
        </strong>{' '}
        {readText(view, encoding)}
      </p>
      {error !== null && (
        <Banner tone="danger" role="alert" icon={<IconAlertTriangle size={16} aria-hidden />}>
          {refusedFileText(error)}
        </Banner>
      )}
      <Target control={control} />
      {view.csv !== null && <ColumnMapping csv={view.csv} onChange={(csv) => void control.map(csv)} />}
      {plan !== null && (
        <>
          <DuplicatesList control={control} plan={plan} />
          <PreviewList plan={plan} />
          <ProblemsList view={view} plan={plan} late={[]} />
        </>
      )}
    </div>
  )
}

/** A select as in `New client`, and what the choice leads to. */
function Target(props: { readonly control: ImportControl }) {
  const { state, setTarget } = props.control
  const id = useId()
  const sources = useSources()
  const manifests = useManifests()
  const network = useNetwork()
  const canCreate = (connectorId: string): boolean =>
    (manifests.find((manifest) => manifest.connectorId === connectorId)?.creates ?? null) !== null
  const source = sources.find((each) => each.sourceId === state.target.sourceId) ?? null
  const choose = (value: string): void => {
    const chosen = sources.find((each) => each.sourceId === value)
    setTarget({
      sourceId: chosen?.sourceId ?? null,
      deviceOnly: chosen === undefined || !canCreate(chosen.connectorId),
    })
  }
  return (
    <FormField
      id={id}
      label={NAMES.source}
      below={
        state.plan === null
          ? undefined
          : sendsText(state.plan, {
              sourceName: source?.name ?? THIS_DEVICE,
              deviceOnly: state.target.deviceOnly,
              review: source?.reviewBeforeSending === true,
              offline: network.workOffline || !network.online,
            })
      }
    >
      {(binding) => (
        <NativeSelect
          {...binding}
          data-autofocus
          value={state.target.sourceId ?? NO_SOURCE}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {sources.map((each) => (
            <option key={each.sourceId} value={each.sourceId}>
              {canCreate(each.connectorId) ? each.name : `${each.name} (this device only)`}
            </option>
          ))}
          <option value={NO_SOURCE}>No source (this device only)</option>
        </NativeSelect>
      )}
    </FormField>
  )
}
