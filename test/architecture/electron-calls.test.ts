import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { sourceFiles } from './read-imports.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** Calls that Electron 45 deprecates or that open what this app keeps shut. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/\b(encryptString|decryptString|isEncryptionAvailable)\s*\(/, 'removed in Electron 46: use the asynchronous calls'],
  [/\bsetUsePlainTextEncryption\b/, 'keys are never kept in clear'],
  [/\b(register|intercept)(File|String|Buffer|Http|Stream)Protocol\b/, 'deprecated: use protocol.handle'],
  [/\b(setPreloads|getPreloads)\b/, 'deprecated: use registerPreloadScript'],
  [/\bwebContents\.(goBack|goForward|canGoBack|canGoForward|clearHistory)\b/, 'deprecated: use navigationHistory'],
  [/\b(loadExtension|removeExtension)\s*\(/, 'no extensions'],
  [/\b(sendSync|executeJavaScript|insertCSS|openDevTools)\s*\(/, 'not in this app'],
  [/\bcontextBridge\b/, 'the preload hands over ports and nothing else'],
  [/\bshell\.(openPath|showItemInFolder)\b/, 'never on anything that the page names'],
  [/\b(nodeIntegration|nodeIntegrationInWorker|webviewTag|allowRunningInsecureContent)\s*:\s*true/, 'off for good'],
  [/\b(sandbox|contextIsolation|webSecurity)\s*:\s*false/, 'on for good'],
  [/\bbypassCSP\b|'unsafe-(inline|eval)'/, 'the policy holds everywhere'],
]

it('electron/ makes no call that is deprecated or dangerous', () => {
  const found = sourceFiles(ROOT, ['electron']).flatMap((file) =>
    readFileSync(join(ROOT, file), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        REFUSED.filter(([pattern]) => pattern.test(line)).map(([, why]) => `${file}:${index + 1}  ${why}`),
      ),
  )
  expect(found).toEqual([])
})

it('the page makes HTML from no text and opens no connection of its own', () => {
  const pattern =
    /dangerouslySetInnerHTML|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|\beval\(|new Function\(/
  const found = sourceFiles(ROOT, ['renderer']).flatMap((file) =>
    readFileSync(join(ROOT, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : [])),
  )
  expect(found).toEqual([])
})
