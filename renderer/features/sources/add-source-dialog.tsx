import { useHost } from '../../bridge/app-context.tsx'
import { useManifests, useSources } from '../../state/host-state.ts'
import { NAMES } from '../../text/names.ts'
import { ConnectorCards } from './connector-cards.tsx'
import { SourceDialogFrame } from './source-dialog-frame.tsx'
import { SourceFields } from './source-fields.tsx'
import { blankForm, draftOf, type SourceForm, switchConnector } from './source-form.ts'
import { useSourceForm } from './use-source-form.ts'

const NO_FORM: SourceForm = { connectorId: '', name: '', key: '', settings: {} }

/** The window `Add source`. */
export function AddSourceDialog(props: { readonly opened: boolean; readonly onClose: () => void }) {
  const manifests = useManifests()
  if (!props.opened) return null
  // The form begins with the first connector, so it waits for the list of them.
  return <AddSourceForm key={manifests.length === 0 ? 'waiting' : 'ready'} onClose={props.onClose} />
}

function AddSourceForm(props: { readonly onClose: () => void }) {
  const host = useHost()
  const manifests = useManifests()
  const sources = useSources()
  const first = manifests[0]
  const start = first === undefined ? NO_FORM : blankForm(first, sources)
  // The connector is part of the form, so the manifest follows from what the form says now.
  const state = useSourceForm(
    start,
    (form) => manifests.find((each) => each.connectorId === form.connectorId) ?? null,
    null,
  )
  const { form, manifest } = state

  const save = async (check: boolean): Promise<void> => {
    const added = await state.submit((typed) => host.call['sources.add']({ draft: draftOf(typed), check }))
    if (added) props.onClose()
  }
  return (
    <SourceDialogFrame
      title={NAMES.addSource}
      manifest={manifest}
      state={state}
      saveLabel="Add and sync"
      onSave={() => void save(true)}
      onSaveAnyway={() => void save(false)}
      onClose={props.onClose}
    >
      {manifest === null ? (
        <p className="t2">Clientele is starting. The connectors appear in a moment.</p>
      ) : (
        <>
          <ConnectorCards
            manifests={manifests}
            value={form.connectorId}
            onChange={(connectorId) => {
              const next = manifests.find((each) => each.connectorId === connectorId)
              if (next !== undefined) state.change(switchConnector(form, manifest, next, sources))
            }}
          />
          <SourceFields
            form={form}
            manifest={manifest}
            problems={state.problems}
            onChange={state.change}
            hasKey={false}
            focus={null}
          />
        </>
      )}
    </SourceDialogFrame>
  )
}
