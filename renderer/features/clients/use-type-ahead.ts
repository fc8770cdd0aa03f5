import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useStore } from '../../bridge/app-context.tsx'
import { useSettings } from '../../state/host-state.ts'
import type { ListQuery } from '../../store/store-contract.ts'

/** A pause of so many ms begins another name. */
const PAUSE = 1_000
/** How long `G` waits for its second key (use-shortcuts.ts). */
const CHORD = 1_200
/** Letters that are commands while single keys are switched on: of the app (actions/registry.ts) and of the grid. */
const COMMANDS = new Set(['e', 'g', 'j', 'k', 'n', 'r', 'x'])

/**
 * Letters typed on the grid go to a name. A letter that is a command begins a name with Shift, as names do; once begun,
 * every letter belongs to it.
 */
export function useTypeAhead(
  query: ListQuery | null,
  activeRow: number,
  onFound: (index: number) => void,
): { readonly typed: string; readonly take: (event: KeyboardEvent) => boolean } {
  const store = useStore()
  const { singleKeyShortcuts } = useSettings()
  const [typed, setTyped] = useState('')
  const buffer = useRef({ text: '', at: Number.NEGATIVE_INFINITY, chordAt: Number.NEGATIVE_INFINITY, turn: 0 })
  const latest = useRef({ query, activeRow, onFound })
  latest.current = { query, activeRow, onFound }

  useEffect(() => {
    if (typed === '') return
    const timer = setTimeout(() => setTyped(''), PAUSE)
    return () => clearTimeout(timer)
  }, [typed])

  const jump = async (prefix: string): Promise<void> => {
    const { query: asked, activeRow: row } = latest.current
    if (asked === null) return
    const turn = ++buffer.current.turn
    const letter = [...prefix][0] ?? ''
    // One letter again and again goes from name to name.
    const again = [...prefix].length > 1 && [...prefix].every((each) => each === letter)
    for (const [text, from] of [
      [prefix, [...prefix].length === 1 ? row + 1 : row],
      ...(again ? [[letter, row + 1] as const] : []),
    ] as const) {
      const reply = await store.call['clients.jump']({ ...asked, prefix: text, from })
      if (turn !== buffer.current.turn) return
      if (reply.ok && reply.value !== null) return latest.current.onFound(reply.value.index)
    }
  }

  const take = (event: KeyboardEvent): boolean => {
    const { key } = event
    const now = performance.now()
    const state = buffer.current
    const inName = now - state.at < PAUSE && state.text !== ''
    if (event.ctrlKey || event.metaKey || event.altKey || [...key].length !== 1) return false
    if (!inName) {
      if (!/[\p{L}\p{N}]/u.test(key)) return false
      const isCommand = singleKeyShortcuts && !event.shiftKey && COMMANDS.has(key)
      const isSecond = singleKeyShortcuts && now - state.chordAt < CHORD
      state.chordAt = isCommand && key === 'g' ? now : Number.NEGATIVE_INFINITY
      if (isCommand || isSecond) return false
    }
    event.preventDefault()
    state.text = (inName ? state.text : '') + key
    state.at = now
    setTyped(state.text)
    void jump(state.text)
    return true
  }
  return { typed, take }
}
