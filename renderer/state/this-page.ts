import { createFormDrafts } from './form-drafts.ts'
import { useHostState } from './host-state.ts'

const LOCK = 'clientele.page.'

/** Name of this load of the page, and a lock under it that the browser takes away with the page, however it ends. */
const PAGE = crypto.randomUUID()
void navigator.locks?.request(`${LOCK}${PAGE}`, () => new Promise(() => undefined))

/** Names of the pages that are open, this one included. */
export async function openPages(): Promise<ReadonlySet<string>> {
  const state = await navigator.locks?.query()
  const names = (state?.held ?? []).flatMap(({ name }) =>
    name?.startsWith(LOCK) === true ? name.slice(LOCK.length) : [],
  )
  return new Set([PAGE, ...names])
}

/** The forms of this page; the profile's name is remembered from the last start, before the core has told it. */
export const formDrafts = createFormDrafts({
  storage: localStorage,
  now: Date.now,
  page: PAGE,
  profile: () => useHostState.getState().appInfo?.profileId ?? localStorage.getItem('clientele.profile'),
})
