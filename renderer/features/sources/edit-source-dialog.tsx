import { IconAlertTriangle } from '@tabler/icons-react'
import type { Manifest } from '../../../shared/connector/manifest.ts'
import type { SourceView } from '../../../shared/model/source.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { SourceTile } from '../../domain/source-label.tsx'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { SourceDialogFrame } from './source-dialog-frame.tsx'
import { SourceFields } from './source-fields.tsx'
import { abilityText, draftOf, formOfSource, turnsSensitiveOff } from './source-form.ts'
import styles from './sources.module.css'
import { useSourceForm } from './use-source-form.ts'

/** The window `Edit source`: the same form, with the key field empty because a key never comes back. */
export function EditSourceDialog(props: {
  readonly source: SourceView
  readonly manifest: Manifest
  /** The user came to replace the key. */
  readonly focusKey: boolean
  readonly onClose: () => void
}) {
  const { source, manifest } = props
  const host = useHost()
  const state = useSourceForm(formOfSource(source, manifest), () => manifest, source)
  const { form } = state

  const save = async (): Promise<void> => {
    const saved = await state.submit((typed) =>
      host.call['sources.update']({ sourceId: source.sourceId, draft: draftOf(typed) }),
    )
    if (saved) props.onClose()
  }
  return (
    <SourceDialogFrame
      title="Edit source"
      manifest={manifest}
      state={state}
      saveLabel={NAMES.save}
      onSave={() => void save()}
      onClose={props.onClose}
    >
      <div className={styles.fixed}>
        <SourceTile connectorId={manifest.connectorId} name={source.name} />
        <span className={styles.cardText}>
          <span className={styles.cardName}>{manifest.label}</span>
          <span className={styles.hint}>{abilityText(manifest)}</span>
        </span>
      </div>
      <SourceFields
        form={form}
        manifest={manifest}
        problems={state.problems}
        onChange={state.change}
        // One that cannot be opened is no key to keep; a locked keychain still holds it.
        hasKey={source.hasKey && (source.keyTrouble === null || source.keyTrouble === 'keychain-locked')}
        focus={props.focusKey ? 'key' : 'name'}
      />
      {turnsSensitiveOff(form, source, manifest) && (
        <Banner
          tone="warning"
          role="status"
          icon={<IconAlertTriangle size={16} aria-hidden />}
          lead="Stored values are removed."
        >
          Saving takes the names, e-mails and phones that {source.name} sent off this device, from the search too. What
          you wrote yourself stays.
        </Banner>
      )}
    </SourceDialogFrame>
  )
}
