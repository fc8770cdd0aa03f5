/** Hands a text to the user as a file of the browser's downloads. */
export function saveTextFile(fileName: string, text: string, type = 'application/json'): void {
  saveBlob(fileName, new Blob([text], { type }))
}

/** The same for what is too large to be one text. */
export function saveBlob(fileName: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  document.body.append(link)
  link.click()
  link.remove()
  // The download has its own hold on the data once it was started; some browsers start it a moment later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

export type PickedText =
  | { readonly kind: 'text'; readonly name: string; readonly text: string }
  | { readonly kind: 'too-large' | 'unreadable'; readonly name: string }

/** Lets the user choose a file and reads it. Null where none was chosen. */
export function pickTextFile(accept: string, maxBytes: number): Promise<PickedText | null> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  input.hidden = true
  document.body.append(input)
  return new Promise((resolve) => {
    const finish = (picked: PickedText | null): void => {
      input.remove()
      resolve(picked)
    }
    input.addEventListener('cancel', () => finish(null))
    input.addEventListener('change', () => {
      const file = input.files?.[0]
      if (file === undefined) return finish(null)
      if (file.size > maxBytes) return finish({ kind: 'too-large', name: file.name })
      file.text().then(
        (text) => finish({ kind: 'text', name: file.name, text }),
        () => finish({ kind: 'unreadable', name: file.name }),
      )
    })
    input.click()
  })
}
