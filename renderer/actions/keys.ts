/** Tests of what the actions are run without a browser. */
export const MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

/** Label of the modifier on this machine. */
export const MOD = MAC ? '⌘' : 'Ctrl'

/** A press as text: `mod+shift+o`, `g`, `?`, `delete`. */
export function pressOf(event: KeyboardEvent): string {
  const parts: string[] = []
  if (event.ctrlKey || event.metaKey) parts.push('mod')
  if (event.altKey) parts.push('alt')
  const key = event.key.toLowerCase()
  // `?` and the like need Shift on many keyboards; it is part of the character then.
  if (event.shiftKey && (key.length > 1 || (key >= 'a' && key <= 'z'))) parts.push('shift')
  parts.push(key)
  return parts.join('+')
}

/** Whether typing goes into a text field now. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) {
    return true
  }
  return target instanceof HTMLInputElement && !['radio', 'checkbox', 'button', 'range'].includes(target.type)
}
