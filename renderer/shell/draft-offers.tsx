import { IconPencil } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { clientIdSchema } from '../../shared/ids.ts'
import type { FieldKey, FieldValue } from '../../shared/model/field.ts'
import type { FormDraft } from '../../shared/model/form-draft.ts'
import { useStore } from '../bridge/app-context.tsx'
import { changesOf } from '../domain/client-form/form-values.ts'
import { openNewClient } from '../state/dialogs.ts'
import { useHostState } from '../state/host-state.ts'
import { openInEdit } from '../state/open-client.ts'
import { formDrafts, openPages } from '../state/this-page.ts'
import { FIELD_LABELS } from '../text/field-labels.ts'
import { formatMoment } from '../text/format.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { notify } from '../ui/toast.tsx'
import { useNow } from '../ui/use-now.ts'
import styles from './shell.module.css'

/** A page that is just going may still hold its name. */
const LOOK_AGAIN_MS = 1_500
const SHOWN = 2

/** What was being typed when the window closed, crashed or was loaded again: go on, or drop it. */
export function DraftOffers() {
  const profileId = useHostState((state) => state.appInfo?.profileId)
  const [offers, setOffers] = useState<readonly FormDraft[]>([])
  useEffect(() => {
    if (profileId === undefined) return
    let stopped = false
    const look = async (): Promise<void> => {
      const pages = await openPages()
      if (!stopped) setOffers(formDrafts.left(pages))
    }
    void look()
    const timer = setTimeout(() => void look(), LOOK_AGAIN_MS)
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [profileId])
  if (offers.length === 0) return null
  const done = (draft: FormDraft): void => setOffers((all) => all.filter((each) => each !== draft))
  return (
    <section className={styles.safety} aria-label="Unfinished">
      {offers.slice(0, SHOWN).map((draft) => (
        <Offer key={`${draft.form}${draft.id}`} draft={draft} onDone={() => done(draft)} />
      ))}
    </section>
  )
}

function Offer(props: { readonly draft: FormDraft; readonly onDone: () => void }) {
  const { draft, onDone } = props
  const store = useStore()
  const now = useNow()
  const [isGone, setIsGone] = useState(false)
  const goOn = async (): Promise<void> => {
    const clientId = clientIdSchema.safeParse(draft.id)
    const isEdit = draft.form === 'edit' && clientId.success
    if (isEdit) {
      const client = await store.call['clients.get']({ clientId: clientId.data })
      if (client.ok && client.value === null) {
        setIsGone(true)
        return
      }
    }
    onDone()
    // Of this page from now on, so that it is not offered a second time.
    formDrafts.keep(draft)
    if (isEdit) openInEdit(clientId.data)
    else openNewClient()
  }
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(draftText(draft))
    notify({ text: 'What you typed is on the clipboard.' })
  }
  const drop = (): void => {
    onDone()
    formDrafts.drop(draft.form, draft.id)
  }
  return (
    <Banner
      tone="quiet"
      role="note"
      className={styles.safetyBanner}
      icon={<IconPencil size={16} aria-hidden />}
      lead={
        draft.form === 'edit' ? (
          <>
            You were editing <bdi>{draft.name}</bdi>.
          </>
        ) : (
          'You were writing a new client.'
        )
      }
      action={
        <span className={styles.noticeActions}>
          <Button variant="quiet" onClick={drop}>
            Discard
          </Button>
          {isGone ? (
            <Button onClick={() => void copy()}>Copy what I typed</Button>
          ) : (
            <Button onClick={() => void goOn()}>Continue</Button>
          )}
        </span>
      }
    >
      {isGone
        ? 'This client is not here any more: it was deleted here, or its source no longer has it.'
        : `What you typed is kept here, not saved. ${formatMoment(draft.at, now)}.`}
    </Banner>
  )
}

/** What was changed in the form, one field a line. */
export function draftText(draft: Pick<FormDraft, 'shown' | 'values'>): string {
  // The keys of `Fields` are field keys; `Object.entries` only knows them as text.
  const changes = Object.entries(changesOf(draft.shown, draft.values)) as [FieldKey, FieldValue][]
  return changes
    .map(([field, value]) => `${FIELD_LABELS[field]}: ${typeof value === 'string' ? value : (value ?? []).join(', ')}`)
    .join('\n')
}
