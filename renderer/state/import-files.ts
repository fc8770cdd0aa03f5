import { create } from 'zustand'
import { MAX_IMPORT_BYTES } from '../../shared/imports/decode-file.ts'
import type { OpenedFile } from '../../shared/model/desktop.ts'
import { openDialog, useDialogs } from './dialogs.ts'

/** A file on its way into `Import clients`: bytes where the page read it, text where the desktop did. */
export interface ImportFile {
  readonly name: string
  readonly content: string | Uint8Array
  /** Could not be read, so that it holds nothing. */
  readonly problem?: 'too-large' | 'unreadable'
}

/** A file that was chosen or dropped, in bytes: which encoding they are in is found out later. */
export async function readImportFile(file: File): Promise<ImportFile> {
  if (file.size > MAX_IMPORT_BYTES) return { name: file.name, content: '', problem: 'too-large' }
  try {
    return { name: file.name, content: new Uint8Array(await file.arrayBuffer()) }
  } catch {
    return { name: file.name, content: '', problem: 'unreadable' }
  }
}

/** Files that the dialog is to take next. Dies with the window, as files do that nobody has imported. */
export const useImportFiles = create<{
  readonly waiting: readonly ImportFile[]
  /** An import runs in this window: that it has not ended is no news. */
  readonly running: boolean
}>(() => ({ waiting: [], running: false }))

/** Opens `Import clients`, with these files or for one to be chosen; after the window that is open, where one is. */
export function openImport(files: readonly ImportFile[] = []): void {
  if (files.length > 0) useImportFiles.setState(({ waiting }) => ({ waiting: [...waiting, ...files] }))
  const { open } = useDialogs.getState()
  if (open === null) openDialog({ kind: 'import-clients' })
  // What is being written there is not taken away by a file that the system opens. An import sees its files by itself.
  else if (open.kind !== 'import-clients') openWhenFree()
}

let isWaiting = false

function openWhenFree(): void {
  if (isWaiting) return
  isWaiting = true
  const stop = useDialogs.subscribe(({ open }) => {
    if (open !== null) return
    stop()
    isWaiting = false
    openDialog({ kind: 'import-clients' })
  })
}

/** vCard and CSV files that the system asks the app to open. */
export function openImportFiles(files: readonly OpenedFile[]): void {
  const ours = files.filter((file) => file.kind !== 'unsent-work')
  if (ours.length > 0) openImport(ours.map(({ name, text }) => ({ name, content: text })))
}

/** The next file, taken out. */
export function takeImportFile(): ImportFile | null {
  const [next = null, ...rest] = useImportFiles.getState().waiting
  useImportFiles.setState({ waiting: rest })
  return next
}
