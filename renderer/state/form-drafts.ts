import { type DraftForm, type FormDraft, formDraftSchema } from '../../shared/model/form-draft.ts'

export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** What was typed and not saved, kept where a crash, a reload or the end of the app leaves it. */
export interface FormDrafts {
  readonly keep: (draft: Pick<FormDraft, 'form' | 'id' | 'name' | 'shown' | 'values' | 'sourceId'>) => void
  readonly find: (form: DraftForm, id: string) => FormDraft | null
  readonly drop: (form: DraftForm, id: string) => void
  /** Drafts of pages that are gone, the newest first. `alive` are the names of those that are not. */
  readonly left: (alive: ReadonlySet<string>) => readonly FormDraft[]
}

const PREFIX = 'clientele.draft.'
/** Long after that nobody knows what it was about. */
const KEPT_MS = 30 * 24 * 3_600_000
/** Above any form that a person fills in; a storage that is full of one draft would keep no other. */
const LONGEST = 500_000

export function createFormDrafts(deps: {
  readonly storage: DraftStorage
  readonly now: () => number
  /** Name of this load of the page. */
  readonly page: string
  /** Null until the profile is known: then drafts live as long as the page. */
  readonly profile: () => string | null
}): FormDrafts {
  const { storage, now, page } = deps
  /** The storage may be full or switched off; what was typed is there again within this page all the same. */
  const here = new Map<string, FormDraft>()
  const prefix = (): string | null => {
    const profile = deps.profile()
    return profile === null ? null : `${PREFIX}${profile}.`
  }
  const nameOf = (form: DraftForm, id: string): string => `${form}.${id}`

  const read = (key: string): FormDraft | null => {
    try {
      const parsed = formDraftSchema.safeParse(JSON.parse(storage.getItem(key) ?? 'null'))
      if (parsed.success && now() - parsed.data.at < KEPT_MS) return parsed.data
    } catch {
      // Not JSON: nothing that this app wrote, or not to its end.
    }
    storage.removeItem(key)
    return null
  }
  const keysOf = (start: string): readonly string[] => {
    const keys: string[] = []
    for (let i = 0; i < storage.length; i++) {
      const key = storage.key(i)
      if (key?.startsWith(start) === true) keys.push(key)
    }
    return keys
  }

  return {
    keep: (draft) => {
      const whole: FormDraft = { v: 1, page, at: now(), ...draft }
      const name = nameOf(draft.form, draft.id)
      here.set(name, whole)
      const start = prefix()
      const text = JSON.stringify(whole)
      if (start === null || text.length > LONGEST) return
      try {
        storage.setItem(start + name, text)
      } catch {
        // Full: the form still has it, and saving does not depend on it.
      }
    },
    find: (form, id) => {
      const name = nameOf(form, id)
      const start = prefix()
      return here.get(name) ?? (start === null ? null : read(start + name))
    },
    drop: (form, id) => {
      const name = nameOf(form, id)
      here.delete(name)
      const start = prefix()
      if (start !== null) storage.removeItem(start + name)
    },
    left: (alive) => {
      const start = prefix()
      if (start === null) return []
      return keysOf(start)
        .flatMap((key) => read(key) ?? [])
        .filter((draft) => draft.page !== page && !alive.has(draft.page))
        .sort((a, b) => b.at - a.at)
    },
  }
}
