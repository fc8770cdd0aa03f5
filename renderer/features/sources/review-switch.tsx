import { useState } from 'react'
import type { Manifest } from '../../../shared/connector/manifest.ts'
import type { SourceView } from '../../../shared/model/source.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { errorLine } from '../../text/error-text.ts'
import { Switch } from '../../ui/switch.tsx'
import { notify } from '../../ui/toast.tsx'

/** Whether each new edit waits for a look in Queue before it is sent. Nothing to see for a source that takes no edits. */
export function ReviewSwitch(props: { readonly source: SourceView; readonly manifest: Manifest | null }) {
  const { source, manifest } = props
  const host = useHost()
  /** What was just chosen holds at once; the core's word is what stays. */
  const [chosen, setChosen] = useState<boolean | null>(null)
  if (manifest === null || !takesEdits(manifest)) return null
  const set = async (on: boolean): Promise<void> => {
    setChosen(on)
    const reply = await host.call['sources.review']({ sourceId: source.sourceId, on })
    setChosen(null)
    if (!reply.ok) notify({ tone: 'danger', text: errorLine(reply.error, { sourceName: source.name }) })
  }
  return (
    <Switch
      label="Review before sending"
      title="New edits wait in Queue until you release them"
      checked={chosen ?? source.reviewBeforeSending}
      onChange={(on) => void set(on)}
    />
  )
}

export function takesEdits(manifest: Manifest): boolean {
  return manifest.creates !== null || manifest.updates !== null || manifest.deletes
}
