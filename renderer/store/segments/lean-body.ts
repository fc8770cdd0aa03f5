/**
 * A body without what its head says: each text in it that stands in the head, too, is two characters that say which. What a
 * vendor sends is most of it in the fields of the head already. JSON has no characters below the blank, so a mark is no
 * one else's; a body that is no such JSON is kept whole behind another mark.
 */
const SAME = '\u0001'
const WHOLE = '\u0002'
const FIRST = 0x23
/** Texts that are counted: as many as there are letters to name them by. */
const MOST = 90
/** Shorter ones, with their quotes, are not worth a name. */
const SHORTEST = 4

const TEXTS = /"(?:[^"\\]|\\.)*"/gs
const MARKS = new RegExp(`${SAME}(.)`, 'gs')

/** `head`: its text, as `headText` makes it. `body`: `[extra, raw]` as JSON. */
export function leanBody(body: string, head: string, remoteId: string): string {
  if (body.includes(SAME) || body.startsWith(WHOLE)) return WHOLE + body
  const nameOf = new Map<string, string>()
  for (const [i, text] of textsOf(head, remoteId).entries()) {
    if (!nameOf.has(text)) nameOf.set(text, SAME + String.fromCharCode(FIRST + i))
  }
  return body.replace(TEXTS, (text) => nameOf.get(text) ?? text)
}

/** Null where it is not of this head. */
export function wholeBody(lean: string, head: string, remoteId: string): string | null {
  if (lean.startsWith(WHOLE)) return lean.slice(WHOLE.length)
  if (!lean.includes(SAME)) return lean
  const texts = textsOf(head, remoteId)
  let fits = true
  const body = lean.replace(MARKS, (_, name: string) => {
    const text = texts[name.charCodeAt(0) - FIRST]
    if (text === undefined) fits = false
    return text ?? ''
  })
  return fits ? body : null
}

/** The texts that a head names, as they stand in JSON: the same list for the same head, always. */
function textsOf(head: string, remoteId: string): readonly string[] {
  const texts = [JSON.stringify(remoteId)]
  for (const [text] of head.matchAll(TEXTS)) {
    if (text.length <= SHORTEST) continue
    if (texts.length === MOST) break
    texts.push(text)
  }
  return texts
}
