/** Scripts beyond plain Latin that names are written in, each with the language that `scriptLang` gives it. */
const SAMPLES: readonly (readonly [text: string, lang: string])[] = [
  ['Łő', ''],
  ['Ωж', ''],
  ['漢', ''],
  ['かな', 'ja'],
  ['한', 'ko'],
  ['ع', ''],
  ['א', ''],
  ['ไ', ''],
  ['क', ''],
  ['👋', ''],
]
/** The start has the page for itself, in ms. */
const AFTER = 1_500

/**
 * Has the browser look for the faces of other scripts while nobody waits. Otherwise the first such name in a list costs
 * the frame that shows it a tenth of a second and more, since the system is asked which face has its letters.
 */
export function warmFaces(): void {
  const left = [...SAMPLES]
  const next = (): void => {
    const sample = left.shift()
    if (sample === undefined) return
    const [text, lang] = sample
    const holder = document.createElement('div')
    holder.className = 'visually-hidden'
    holder.setAttribute('aria-hidden', 'true')
    holder.lang = lang
    // The weights of lists: names and the rest.
    for (const face of ['var(--t-body)', 'var(--t-strong)']) {
      const line = document.createElement('span')
      line.style.font = face
      line.textContent = text
      holder.append(line)
    }
    document.body.append(holder)
    holder.getBoundingClientRect()
    holder.remove()
    requestIdleCallback(next)
  }
  setTimeout(() => requestIdleCallback(next), AFTER)
}
