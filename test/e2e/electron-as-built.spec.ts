import { spawn } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { CONTENT_SECURITY_POLICY } from '../../electron/host/content-security-policy.ts'
import { expect, test } from './fixtures.ts'
import { addAndBrowse, fullEngageSource } from './support/add-sources.ts'
import { ROOT } from './support/root.ts'
import { standInCommand } from './support/stand-in-driver.ts'

/**
 * What ships for Electron (`out/main/main.js`, `out/preload/preload.cjs`, `out/renderer`), run over the stand-in with a
 * real Chromium as its window: what is refused here is refused by the built code and by Chromium, not by a mock.
 */
test('the page comes over app:// with its policy, and has nothing of Node or Electron', async ({
  ui,
  native,
  consoleWatch,
}) => {
  consoleWatch.expect(/status of 404/)
  const [window] = await native.windows()
  expect(window?.url).toMatch(/^app:\/\/clientele\//)
  expect(window?.webPreferences).toMatchObject({
    preload: `${ROOT}/out/preload/preload.cjs`,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
  })
  const calls = await native.calls()
  expect(calls.indexOf('scheme')).toBeLessThan(calls.indexOf('ready'))
  expect(calls.indexOf('enableSandbox')).toBeLessThan(calls.indexOf('ready'))

  const seen = await ui.page.evaluate(async () => {
    const names = ['require', 'process', 'Buffer', 'module', 'global', 'electron', 'ipcRenderer', 'standInToMain']
    const reply = await fetch('/')
    return {
      found: names.filter((name) => name in globalThis),
      policy: reply.headers.get('content-security-policy'),
      isSecure: isSecureContext,
    }
  })
  expect(seen).toEqual({ found: [], policy: CONTENT_SECURITY_POLICY, isSecure: true })
  for (const path of ['/..%2f..%2fpackage.json', '/%2e%2e/main/main.js', '/..%5cmain.js', '/main.js']) {
    expect(await ui.page.evaluate(async (address) => (await fetch(address)).status, path), path).toBe(404)
  }
})

test('the page reaches no network and goes nowhere, even where its policy is switched off', async ({
  ui,
  app,
  native,
  consoleWatch,
}) => {
  consoleWatch.expect(/ERR_BLOCKED_BY_CLIENT|ERR_ABORTED|Failed to load|Not allowed to load/i)
  const outside = await startOutside()
  const devtools = await app.context().newCDPSession(ui.page)
  await devtools.send('Page.setBypassCSP', { enabled: true })
  await ui.page.reload()
  await expect(ui.page.getByRole('heading', { name: 'Welcome to Clientele', exact: true })).toBeVisible()

  const answers = await ui.page.evaluate(
    (origin) =>
      Promise.all(
        [
          () => fetch(`${origin}/fetch`, { mode: 'no-cors' }),
          () => fetch(`${origin}/post`, { mode: 'no-cors', method: 'POST', body: 'x' }),
          () =>
            new Promise((resolve, reject) => {
              const image = new Image()
              image.onload = resolve
              image.onerror = () => reject(new Error('no picture'))
              image.src = `${origin}/image.png`
            }),
        ].map((run) =>
          run().then(
            () => 'reached',
            () => 'refused',
          ),
        ),
      ),
    outside.origin,
  )
  expect(answers).toEqual(['refused', 'refused', 'refused'])

  await goTo(ui.page, `${outside.origin}/page`)
  await goTo(ui.page, 'file:///etc/passwd')
  await goTo(ui.page, 'https://example.invalid/')
  expect(await ui.page.evaluate(() => location.hostname)).toBe('clientele.localhost')
  await expect(ui.page.getByRole('heading', { name: 'Welcome to Clientele', exact: true })).toBeVisible()

  await ui.page.evaluate((origin) => {
    window.open(`${origin}/window`)
    window.open('https://site.example/window', '_blank', 'noopener')
  }, outside.origin)
  await expect.poll(async () => (await native.desktop()).opened).toEqual(['https://site.example/window'])
  await expect.poll(() => app.context().pages().length).toBe(1)
  expect(outside.paths, 'nothing arrived').toEqual([])
  await outside.close()
})

test('the page has the permissions that the app gives, in Chromium itself', async ({ ui }) => {
  const states = await ui.page.evaluate(async () => {
    const names = ['geolocation', 'camera', 'microphone', 'clipboard-read', 'notifications', 'persistent-storage']
    const found: Record<string, string> = {}
    for (const name of names) {
      // Chromium knows more names than the declarations of the DOM.
      found[name] = (await navigator.permissions.query({ name: name as PermissionName })).state
    }
    return found
  })
  expect(states).toEqual({
    geolocation: 'denied',
    camera: 'denied',
    microphone: 'denied',
    'clipboard-read': 'denied',
    notifications: 'granted',
    'persistent-storage': 'granted',
  })
})

test('a page that crashes comes back with what was not sent yet', async ({ ui, native, vendors }) => {
  const vendor = await vendors.fullEngage(8)
  await addAndBrowse(ui, fullEngageSource(vendor), 8)
  await ui.shell.setWorkOffline(true)
  await ui.grid.open('Anna Larsen')
  await ui.details.edit({ Phone: '+49 30 901820' })
  await ui.shell.goTo('Queue')
  await expect(ui.queue.row('Anna Larsen')).toContainText('Waiting')

  await native.crash()

  await expect(ui.shell.syncStatus).toHaveText('Offline')
  await ui.shell.goTo('Queue')
  await expect(ui.queue.row('Anna Larsen')).toContainText('Waiting')
  await ui.shell.setWorkOffline(false)
  await expect.poll(() => vendor.requestsOf('PATCH').map(({ body }) => body)).toEqual([{ phone: '+49 30 901820' }])
})

test('a page that hangs is asked about, and loaded again where it was', async ({ ui, native }) => {
  await ui.shell.goTo('Settings')
  await native.answerDialogs([1])
  ui.page
    .evaluate(() => {
      for (;;);
    })
    .catch(() => undefined)
  await native.endHang(1_000)
  expect((await native.dialogs()).messages.map(({ message }) => message)).toEqual(['Clientele does not answer.'])
  await expect(ui.page).toHaveURL(/#\/settings/)
  await expect(ui.page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible()
})

test('a second start with the same profile ends by itself and brings the first to the front', async ({
  app,
  native,
}) => {
  const before = (await native.windows())[0]?.shown ?? 0
  expect(await endOf(standInCommand(app.profile))).toBe(0)
  await expect.poll(async () => (await native.windows())[0]?.shown).toBe(before + 1)
})

test('a use of Electron that the stand-in does not know fails the run, even where nobody sees the error', async () => {
  const script = `
    import { app, BrowserWindow, desktopCapturer } from 'electron'
    for (const use of [
      () => app.setProxy({}),
      () => app.on('gpu-info-update', () => undefined),
      () => desktopCapturer.getSources({ types: ['screen'] }),
      () => BrowserWindow.fromId(1),
    ]) {
      try { use() } catch {}
    }
    app.exit(0)`
  const [, , ...register] = standInCommand('').slice(0, 4)
  const args = ['--import', 'tsx', ...register, '--input-type=module', '--eval', script]
  const said: string[] = []
  expect(await endOf(args, (text) => said.push(text))).toBe(70)
  for (const what of [
    'app.setProxy',
    "app.on('gpu-info-update')",
    'desktopCapturer.getSources',
    'BrowserWindow.fromId',
  ]) {
    expect(said.join('')).toContain(`stand-in: ${what}`)
  }
})

/** A server that the page must not reach. */
async function startOutside(): Promise<{ origin: string; paths: readonly string[]; close: () => Promise<void> }> {
  const paths: string[] = []
  const server: Server = createServer((request, reply) => {
    paths.push(request.url ?? '')
    reply.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    paths,
    close: () => {
      // Chromium may have connected before it was told not to ask.
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    const link = document.createElement('a')
    link.href = to
    document.body.append(link)
    link.click()
    link.remove()
  }, address)
  await page.waitForTimeout(200)
}

function endOf(args: readonly string[], hear: (text: string) => void = () => undefined): Promise<number | null> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, STAND_IN_CHROMIUM: 'none' },
  })
  child.stderr.setEncoding('utf8').on('data', hear)
  return new Promise((resolve) => child.once('exit', resolve))
}
