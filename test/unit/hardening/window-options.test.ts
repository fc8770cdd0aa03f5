import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { appWindowOptions } from '../../../electron/host/electron/app-window.ts'

it('the packaged window has every switch where it belongs, and no other', () => {
  const options = appWindowOptions({ preload: '/p/preload.cjs', isPackaged: true, isDark: false })
  expect(options.webPreferences).toEqual({
    preload: '/p/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    enableWebSQL: false,
    devTools: false,
    v8CacheOptions: 'none',
    spellcheck: true,
  })
})

it('the tools of developers are there in a checkout only', () => {
  const dev = appWindowOptions({ preload: '/p/preload.cjs', isPackaged: false, isDark: true })
  expect(dev.webPreferences?.devTools).toBe(true)
})

it('nothing that Electron could switch on later is overlooked: its own list of dangerous switches is known', () => {
  const declared = readFileSync(join(import.meta.dirname, '../../../node_modules/electron/electron.d.ts'), 'utf8')
  const preferences = declared.slice(declared.indexOf('interface WebPreferences {'))
  const names = new Set(
    [...preferences.slice(0, preferences.indexOf('\n  }\n')).matchAll(/^ {4}(\w+)\?:/gm)].map(([, name]) => name),
  )
  expect(names.size).toBeGreaterThan(30)
  const { webPreferences } = appWindowOptions({ preload: '/p', isPackaged: true, isDark: false })
  for (const name of Object.keys(webPreferences ?? {})) expect(names.has(name), name).toBe(true)
  for (const name of ['experimentalFeatures', 'enableBlinkFeatures', 'plugins', 'additionalArguments']) {
    expect(names.has(name), name).toBe(true)
    expect(webPreferences).not.toHaveProperty(name)
  }
})
