import { useEffect, useRef } from 'react'
import type { DesktopEvent } from '../../../shared/model/desktop.ts'
import type { ActionContext } from '../../actions/action.ts'
import { takeUnsentFile } from '../../actions/import-unsent.ts'
import { ACTIONS, isAvailable } from '../../actions/registry.ts'
import { useActionContext } from '../../actions/use-action-context.ts'
import { closeDialog, isDialogOpen, openNewClient, useDialogs } from '../../state/dialogs.ts'
import { focusSearch } from '../../state/focus.ts'
import { useHostConnected, useHostState } from '../../state/host-state.ts'
import { openImportFiles } from '../../state/import-files.ts'
import { useLock } from '../../state/lock-state.ts'
import { navigate, parseRoute } from '../../state/route.ts'
import { DIALOG_FIRST, refusedText } from '../../text/desktop-text.ts'
import { notify } from '../../ui/toast.tsx'

/** What comes from outside the page: menus, tray, links, notifications, files. Tells the core once it is heard. */
export function useDesktopEvents(): void {
  const context = useActionContext()
  const connected = useHostConnected()
  const { locked } = useLock()
  const latest = useRef(context)
  latest.current = context
  const { host } = context
  useEffect(() => host.on('desktop', (event) => take(event, latest.current)), [host])
  useEffect(() => {
    if (!connected) return
    void host.call['desktop.ready']({})
  }, [host, connected])
  useEffect(() => {
    if (!connected || locked) return
    void host.call['desktop.state']({}).then((reply) => {
      if (reply.ok) useHostState.setState({ desktop: reply.value })
    })
  }, [host, connected, locked])
}

function take(event: DesktopEvent, context: ActionContext): void {
  switch (event.kind) {
    case 'action':
      runAction(event.actionId, context)
      return
    case 'open': {
      // A form that is open keeps what was typed; a dialog stays over the place that was asked for.
      closePassing()
      const { place, clientId } = parseRoute(event.route)
      navigate(place, clientId)
      return
    }
    case 'quick-search':
      if (isFree()) focusSearch()
      return
    case 'quick-add':
      if (useDialogs.getState().open?.kind === 'new-client') return
      if (isFree()) openNewClient()
      return
    case 'state':
      useHostState.setState({ desktop: event.state })
      return
    case 'files': {
      const lists = event.files.filter((file) => file.kind !== 'unsent-work')
      if (lists.length > 0) openImportFiles(lists)
      for (const file of event.files)
        if (file.kind === 'unsent-work') void takeUnsentFile(context.store, file.name, file.text)
      return
    }
    case 'refused':
      notify({ tone: 'danger', text: refusedText(event.why), slot: 'desktop' })
      return
  }
}

/** As a press of its keys would: not behind an open dialog, and only where the palette would offer it. */
function runAction(actionId: string, context: ActionContext): void {
  const action = ACTIONS.find((each) => each.id === actionId)
  if (action === undefined || !isAvailable(action, context)) return
  if (action.overDialogs === true || isFree()) action.run(context)
}

/** Nothing lies over the page, or only what may be put away; else says why nothing happens. */
function isFree(): boolean {
  if (closePassing() || !isDialogOpen()) return true
  notify({ text: DIALOG_FIRST, slot: 'desktop' })
  return false
}

/** The palette and the list of keys hold nothing that could be lost. True where one of them was put away. */
function closePassing(): boolean {
  const open = useDialogs.getState().open?.kind
  if (open !== 'palette' && open !== 'keys') return false
  closeDialog()
  return true
}
