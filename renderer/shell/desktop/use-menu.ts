import { menuLines } from '../../actions/menu-lines.ts'
import { ACTIONS } from '../../actions/registry.ts'
import { useActionContext } from '../../actions/use-action-context.ts'
import { useHasMenus } from '../../state/host-state.ts'
import { useTell } from './use-tell.ts'

/** The system's menus hold what the palette holds. */
export function useMenu(): void {
  const context = useActionContext()
  const isWanted = useHasMenus()
  const lines = menuLines(ACTIONS, context)
  const { host } = context
  useTell(isWanted ? lines : null, (now) => host.call['desktop.setMenu']({ lines: [...now] }))
}
