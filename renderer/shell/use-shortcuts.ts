import { useEffect, useRef } from 'react'
import { isTyping, pressOf } from '../actions/keys.ts'
import { isPressOf } from '../actions/menu-lines.ts'
import { ACTIONS, isAvailable } from '../actions/registry.ts'
import { useActionContext } from '../actions/use-action-context.ts'
import { isDialogOpen, openDialog } from '../state/dialogs.ts'
import { useHasMenus, useSettings } from '../state/host-state.ts'

/** How long `G` waits for its second key, in ms. */
const CHORD = 1200

/** The keys of DESIGN.md section 10 that work everywhere. Places add their own on their elements. */
export function useShortcuts(): void {
  const context = useActionContext()
  const { singleKeyShortcuts } = useSettings()
  const isDesktop = useHasMenus()
  const latest = useRef({ context, singleKeyShortcuts, isDesktop })
  latest.current = { context, singleKeyShortcuts, isDesktop }

  useEffect(() => {
    let first: { readonly key: string; readonly at: number } | null = null
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return
      const press = pressOf(event)
      const now = latest.current
      const dialogOpen = isDialogOpen()
      if (press === 'mod+k') {
        event.preventDefault()
        if (!dialogOpen) openDialog({ kind: 'palette' })
        return
      }
      if (dialogOpen) return
      const typing = isTyping(event.target)
      // A text field undoes its own typing first.
      if (typing && press === 'mod+z') return
      const single = !press.startsWith('mod+')
      if (single && (typing || !now.singleKeyShortcuts)) return
      const chord = first !== null && Date.now() - first.at < CHORD ? `${first.key} ${press}` : null
      first = press === 'g' ? { key: press, at: Date.now() } : null
      const wanted = chord ?? press
      const action = ACTIONS.find((each) => isPressOf(each, wanted, now.isDesktop) && isAvailable(each, now.context))
      if (action === undefined) return
      event.preventDefault()
      action.run(now.context)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
