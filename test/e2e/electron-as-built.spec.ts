import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { ROOT } from './support/root.ts'

/**
 * The main process as it ships (`out/main/main.js`), run by plain Node over the stand-in for Electron. It catches what
 * unit tests cannot: a module missing from the bundle, a wrong path to page or preload, a wrong module format. It is
 * not real Electron, and says nothing about it.
 */
test('the built main process opens its window, serves the built page and answers it', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'clientele-electron-'))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--import',
      'tsx',
      '--import',
      join(ROOT, 'test/e2e/stand-in/register.mjs'),
      join(ROOT, 'out/main/main.js'),
      '--profile',
      profile,
    ],
    { cwd: ROOT, timeout: 30_000 },
  )
  rmSync(profile, { recursive: true, force: true })
  const seen = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  expect(seen.loaded).toEqual(['app://clientele/'])
  expect(seen.calls.indexOf('scheme')).toBeLessThan(seen.calls.indexOf('ready'))
  expect(seen.options.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
  expect(seen.options.webPreferences.preload).toBe(join(ROOT, 'out/preload/preload.cjs'))
  expect(seen.html.status).toBe(200)
  expect(seen.html.csp).toContain("script-src 'self'")
  expect(seen.asset).toMatchObject({ status: 200, type: expect.stringContaining('javascript') })
  expect(seen.info).toMatchObject({ host: 'electron', keyStore: { kind: expect.any(String) } })
  expect(seen.connectors.map((c: { connectorId: string }) => c.connectorId)).toEqual([
    'endors',
    'full-engage',
    'spott',
    'connect',
    'clnt',
    'custom',
  ])
})
