import { useEffect, useState, useSyncExternalStore } from 'react'
import type { ClientWindow } from './client-window.ts'
import { RowSelection, type Selected } from './row-selection.ts'
import { useWindowValue } from './use-client-window.ts'

/** The selection of the list. Other results begin with none: what one does not see is not taken along. */
export function useRowSelection(window: ClientWindow): readonly [RowSelection, Selected] {
  const [selection] = useState(() => new RowSelection())
  const selected = useSyncExternalStore(selection.subscribe, selection.current)
  const text = useWindowValue(window, (state) => state.query?.text ?? '')
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each text that is looked for
  useEffect(() => selection.clear(), [selection, text])
  return [selection, selected]
}
