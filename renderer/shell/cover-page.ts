/**
 * Takes everything but `keep` out of the document and puts it back in its place: while the profile is locked nothing of
 * it is there to be seen, found or read aloud, and a form that was half filled in is as it was afterwards.
 */
export function coverPage(keep: HTMLElement): () => void {
  const { body } = document
  const focused = document.activeElement
  const away = document.createDocumentFragment()
  const takeAway = (): void => {
    for (const child of [...body.children]) if (child !== keep && child.tagName !== 'SCRIPT') away.append(child)
  }
  takeAway()
  // A notice or a window that was on its way comes later.
  const watch = new MutationObserver(takeAway)
  watch.observe(body, { childList: true })
  return () => {
    watch.disconnect()
    body.prepend(away)
    if (focused instanceof HTMLElement && focused.isConnected) focused.focus()
  }
}
