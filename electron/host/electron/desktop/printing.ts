import { writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { BrowserWindow } from 'electron'
import type { Log } from '../../host.ts'
import type { ElectronPieces } from '../electron-pieces.ts'
import { safeFileName } from './file-name.ts'
import { WORDS } from './words.ts'

/** Countries that print on Letter; all others on A4. */
const LETTER = new Set(['US', 'CA', 'MX', 'PH', 'CL', 'CO', 'VE', 'GT', 'CR', 'PA', 'DO', 'PR', 'SV', 'NI'])

/** Prints what the page shows in its print view, on paper or into a file that the user chooses here, not in the page. */
export function createPrinting(deps: {
  readonly electron: Pick<ElectronPieces, 'app' | 'dialog'>
  readonly window: () => BrowserWindow | null
  readonly log: Log
}): (how: { readonly as: 'paper' | 'pdf'; readonly name: string }) => Promise<boolean> {
  const { app, dialog } = deps.electron
  let isBusy = false

  const onPaper = (window: BrowserWindow): Promise<boolean> =>
    new Promise((resolve) => {
      window.webContents.print({ printBackground: true, usePrinterDefaultPageSize: true }, (isDone, reason) => {
        if (!isDone) deps.log.info('print.not-done', { reason: reason.slice(0, 100) })
        resolve(isDone)
      })
    })

  const asPdf = async (window: BrowserWindow, name: string): Promise<boolean> => {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      defaultPath: join(app.getPath('downloads'), safeFileName(name, '.pdf')),
      filters: [{ name: 'PDF', extensions: ['pdf'] }],
    })
    if (canceled || filePath === '') return false
    const pageSize = LETTER.has(app.getLocaleCountryCode()) ? 'Letter' : 'A4'
    const bytes = await window.webContents.printToPDF({
      pageSize,
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: true,
    })
    // An ending that the dialog has not asked about may name another file: that one is not written over.
    const isBare = extname(filePath) === ''
    await writeFile(isBare ? `${filePath}.pdf` : filePath, bytes, { flag: isBare ? 'wx' : 'w' })
    return true
  }

  return async ({ as, name }) => {
    const window = deps.window()
    if (window === null || isBusy) return false
    isBusy = true
    try {
      return as === 'paper' ? await onPaper(window) : await asPdf(window, name)
    } catch (cause) {
      deps.log.warn('print.failed', { as, error: cause instanceof Error ? cause.name : 'unknown' })
      if (as === 'pdf') await dialog.showMessageBox(window, { type: 'error', ...WORDS.notWritten, buttons: ['OK'] })
      return false
    } finally {
      isBusy = false
    }
  }
}
