import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { CONTENT_SECURITY_POLICY } from '../../electron/host/content-security-policy.ts'
import { runElectronApp } from '../../electron/host/electron/run-electron-app.ts'
import type { Port } from '../../shared/ipc/port.ts'
import { StandInElectron, type StandInWindow } from '../electron-stand-in/stand-in-electron.ts'
import { testFolder } from '../support/test-folder.ts'

/** The app as `main.ts` starts it, in a stand-in for Electron. */
describe('starting in Electron', () => {
  it('sets up sandbox, scheme, profile and lock before ready, and loads the page after everything is in place', async () => {
    const { electron, window, folder } = await start()
    const at = (call: string): number => electron.calls.indexOf(call)
    for (const early of ['scheme', 'enableSandbox', 'setPath', 'requestSingleInstanceLock']) {
      expect(at(early), early).toBeGreaterThanOrEqual(0)
      expect(at(early), early).toBeLessThan(at('ready'))
    }
    expect(at('handle')).toBeGreaterThan(at('ready'))
    expect(electron.paths.get('userData')).toBe(join(folder, 'profile'))
    expect(electron.schemes).toEqual([
      {
        scheme: 'app',
        privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, codeCache: false },
      },
    ])
    expect(window.loaded).toEqual(['app://clientele/'])
    expect(window.shown).toBe(1)
  })

  it('opens a window with everything off that a page could misuse', async () => {
    const { window } = await start()
    expect(window.options).toMatchObject({
      show: false,
      minWidth: 900,
      minHeight: 600,
      webPreferences: {
        preload: '/built/preload.cjs',
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        navigateOnDragDrop: false,
      },
    })
    expect(JSON.stringify(window.options)).not.toMatch(/experimentalFeatures|enableBlinkFeatures|plugins/)
  })

  it('F145 leaves to the first one where it is running already: shows its window, and ends', async () => {
    const electron = new StandInElectron()
    electron.isFirstInstance = false
    await start({ electron })
    expect(electron.calls).toContain('quit')
    expect(electron.windows).toEqual([])
  })

  it('says so where the profile is open in a browser', async () => {
    const folder = await testFolder()
    await mkdir(join(folder, 'profile'))
    await writeFile(join(folder, 'profile', 'clientele.lock'), `{"pid":${process.ppid},"port":47615}`)
    const { electron } = await start({ folder })
    expect(electron.errors[0]).toMatch(/already running in a browser/)
    expect(electron.windows).toEqual([])
  })

  it('shows the window it has when it is started again', async () => {
    const { electron, window } = await start()
    electron.app.emit('second-instance', {}, ['clientele'], '/', null)
    await expect.poll(() => window.shown).toBe(2)
    expect(electron.windows).toHaveLength(1)
  })

  it('loads the page again where one was when its process ends', async () => {
    const { window } = await start()
    window.webContents.emit('did-navigate-in-page', {}, 'app://clientele/#/conflicts', true)
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 })
    await expect.poll(() => window.loaded).toEqual(['app://clientele/', 'app://clientele/#/conflicts'])
  })

  it('stops the core before it ends', async () => {
    const { electron, stopped } = await start()
    electron.app.emit('window-all-closed')
    await expect.poll(() => electron.calls).toContain('ended')
    expect(stopped).toEqual(['core'])
  })
})

describe('ports in Electron', () => {
  const page = { origin: 'app://clientele', parent: null, isDestroyed: () => false }

  it('go to the core when the page asks', async () => {
    const { electron, heard } = await start()
    const ports = electron.sendPorts(page)
    ports.page.postMessage({ from: 'page' })
    ports.store.postMessage({ from: 'store' })
    await expect
      .poll(() => heard)
      .toEqual(
        expect.arrayContaining([
          ['page', { from: 'page' }],
          ['store', { from: 'store' }],
        ]),
      )
    ports.page.close()
    ports.store.close()
  })

  it.each([
    ['another origin', { ...page, origin: 'https://evil.example' }],
    ['another host of our scheme', { ...page, origin: 'app://evil' }],
    ['a frame inside the page', { ...page, parent: {} }],
    ['a frame that is gone', { ...page, isDestroyed: () => true }],
    ['a frame that has navigated', null],
  ])('are refused to %s', async (_what, frame) => {
    const { electron, attached } = await start()
    const ports = electron.sendPorts(frame)
    expect(attached).toEqual([])
    expect(ports.isClosed()).toBe(2)
  })
})

describe('what the window may do', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('%s stays on our page', async (event) => {
    const { window } = await start()
    expect(window.webContents.isStopped(event, 'app://clientele/#/clients')).toBe(false)
    for (const url of [
      'https://evil.example',
      'app://evil/',
      'app://user@clientele/',
      'file:///etc/passwd',
      'javascript:1',
      '',
    ]) {
      expect(window.webContents.isStopped(event, url), url).toBe(true)
    }
  })

  it.each(['will-frame-navigate', 'will-redirect'])(
    '%s of a frame stays with players of testimonials',
    async (event) => {
      const { window } = await start()
      const player = 'https://customer-1.cloudflarestream.com/x/iframe'
      expect(window.webContents.isStopped(event, player, false)).toBe(false)
      expect(window.webContents.isStopped(event, player, true), 'never as the window').toBe(true)
      for (const url of ['app://clientele/', 'https://evil.example', 'about:srcdoc', 'data:text/html,x', '']) {
        expect(window.webContents.isStopped(event, url, false), url).toBe(true)
      }
    },
  )

  it('opens no window and no webview, and hands links to the system', async () => {
    const { electron, window } = await start()
    for (const url of [
      'https://site.example/x',
      'mailto:a@b.example',
      'tel:+420123',
      'http://site.example',
      'file:///etc/passwd',
      'https://user:secret@site.example',
      `https://site.example/${'x'.repeat(3000)}`,
      'smb://share/x',
    ]) {
      expect(window.webContents.open(url)).toBe('deny')
    }
    await expect.poll(() => electron.opened).toEqual(['https://site.example/x', 'mailto:a@b.example', 'tel:+420123'])
    expect(window.webContents.isStopped('will-attach-webview', '')).toBe(true)
  })

  it('gets four permissions of all that Electron knows, in the main frame of our page only', async () => {
    const { electron } = await start()
    const { permissionRequest, permissionCheck, device } = electron.session
    const isGranted = (permission: string, requestingUrl: string, isMainFrame: boolean): boolean => {
      let granted = false
      permissionRequest?.(
        null,
        permission,
        (is) => {
          granted = is
        },
        { requestingUrl, isMainFrame },
      )
      const origin = requestingUrl.replace(/^(https:\/\/[^/]+)\/.*$/, '$1')
      expect(permissionCheck?.(null, permission, origin, { isMainFrame })).toBe(granted)
      return granted
    }
    const known = await permissionsOfElectron()
    expect(known.length).toBeGreaterThan(40)
    const player = 'https://customer-1.cloudflarestream.com/x/iframe'
    const grantedTo = (url: string, isMainFrame: boolean): readonly string[] =>
      known.filter((permission) => isGranted(permission, url, isMainFrame))
    expect(grantedTo('app://clientele/', true)).toEqual([
      'clipboard-sanitized-write',
      'fullscreen',
      'notifications',
      'persistent-storage',
    ])
    expect(grantedTo('app://clientele/', false)).toEqual([])
    expect(grantedTo('https://evil.example/', true)).toEqual([])
    expect(grantedTo('https://evil.example/', false)).toEqual([])
    expect(grantedTo('', false)).toEqual([])
    expect(grantedTo(player, false), 'a player may fill the screen').toEqual(['fullscreen'])
    expect(grantedTo(player, true)).toEqual([])
    expect(device?.()).toBe(false)
  })

  it('never reaches the network, while the main process does', async () => {
    const { electron } = await start()
    const isCancelled = (details: unknown): boolean => {
      let cancelled = false
      electron.session.beforeRequest?.(details, ({ cancel }) => {
        cancelled = cancel === true
      })
      return cancelled
    }
    for (const url of [
      'https://evil.example/',
      'http://127.0.0.1:1/',
      'ws://evil.example/',
      'file:///etc/passwd',
      'HTTPS://evil.example',
      'app://evil/',
      'chrome-extension://x/',
      'https://customer-1.cloudflarestream.com/x/iframe',
    ]) {
      expect(isCancelled({ url, webContentsId: 1 }), url).toBe(true)
    }
    for (const url of ['app://clientele/assets/a.js', 'blob:app://clientele/1', 'data:image/png,x']) {
      expect(isCancelled({ url, webContentsId: 1 }), url).toBe(false)
    }
    expect(isCancelled({ url: 'https://api.example/' })).toBe(false)
    expect(electron.session.hasSpellChecker).toBe(false)
  })

  it('lets a player load itself in a frame, from hosts of players', async () => {
    const { electron } = await start()
    const passes = (url: string, resourceType: string, initiatorOrigin: string): boolean => {
      let passed = false
      electron.session.beforeRequest?.({ url, resourceType, initiatorOrigin, webContentsId: 1 }, ({ cancel }) => {
        passed = cancel !== true
      })
      return passed
    }
    const page = 'app://clientele'
    const origin = 'https://customer-1.cloudflarestream.com'
    expect(passes(`${origin}/x/iframe`, 'subFrame', page)).toBe(true)
    expect(passes(`${origin}/x/manifest/video.m3u8`, 'xhr', origin)).toBe(true)
    expect(passes('https://embed.cloudflarestream.com/a.js', 'script', origin)).toBe(true)
    expect(passes(`${origin}/x/iframe`, 'mainFrame', page), 'not as the window').toBe(false)
    expect(passes(`${origin}/x.jpg`, 'image', page), 'not as a picture of the page').toBe(false)
    expect(passes(`${origin}/x.m3u8`, 'xhr', page), 'not for the page').toBe(false)
    expect(passes(`${origin}/x/iframe`, 'subFrame', 'null'), 'not for a frame of nobody').toBe(false)
    expect(passes('https://evil.example/', 'subFrame', page)).toBe(false)
    expect(passes('https://metrics.example/', 'xhr', origin), 'a player tells nobody else').toBe(false)
    expect(passes('https://evil.example/', 'subFrame', origin)).toBe(false)
  })

  it('trusts no certificate that Chromium does not, and says who the user is to no server', async () => {
    const { electron } = await start()
    const event = { isPrevented: false, preventDefault: () => Object.assign(event, { isPrevented: true }) }
    const trusted: boolean[] = []
    electron.app.emit('certificate-error', event, {}, 'https://vendor.example/', 'ERR', {}, (is: boolean) =>
      trusted.push(is),
    )
    expect([event.isPrevented, trusted]).toEqual([true, [false]])
    event.isPrevented = false
    const chosen: unknown[] = []
    electron.app.emit('select-client-certificate', event, {}, 'https://vendor.example/', [{}], (what?: unknown) =>
      chosen.push(what),
    )
    expect([event.isPrevented, chosen]).toEqual([true, [undefined]])
  })

  it('saves files that our page made, and downloads nothing', async () => {
    const { electron } = await start()
    const isSaved = (url: string, initiator: string, frame: unknown = { parent: null }): boolean => {
      const event = { isPrevented: false, preventDefault: () => Object.assign(event, { isPrevented: true }) }
      electron.session.download?.(event, { getURL: () => url, getInitiatorOrigin: () => initiator }, {}, frame)
      return !event.isPrevented
    }
    const page = 'app://clientele'
    expect(isSaved('blob:app://clientele/1', page)).toBe(true)
    expect(isSaved('blob:app://clientele/1', page, null)).toBe(true)
    expect(isSaved('blob:app://clientele/1', page, { parent: {} }), 'a frame').toBe(false)
    expect(isSaved('blob:app://clientele/1', 'https://evil.example')).toBe(false)
    expect(isSaved('blob:https://customer.cloudflarestream.com/1', 'https://customer.cloudflarestream.com')).toBe(false)
    expect(isSaved('https://evil.example/a.exe', page)).toBe(false)
    expect(isSaved('data:text/html,x', page)).toBe(false)
    expect(isSaved('app://clientele/index.html', page)).toBe(false)
    expect(isSaved('blob:app://clientele.evil/1', page)).toBe(false)
  })
})

/** The names in Electron's own declarations: one that a new version brings is refused too, or this fails. */
async function permissionsOfElectron(): Promise<readonly string[]> {
  const path = join(import.meta.dirname, '../../node_modules/electron/electron.d.ts')
  const line = (await readFile(path, 'utf8'))
    .split('\n')
    .find((each) => each.includes('setPermissionRequestHandler(handler'))
  return [...(line?.split('callback:')[0] ?? '').matchAll(/'([a-zA-Z-]+)'/g)].map(([, name]) => name ?? '').sort()
}

describe('app://', () => {
  it('serves the page with its policy', async () => {
    const { fetch } = await start()
    const reply = await fetch('app://clientele/')
    expect(reply.status).toBe(200)
    expect(await reply.text()).toBe('the page')
    expect(reply.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY)
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each([
    ['app://evil/', 404],
    ['app://clientele/../secret.txt', 404],
    ['app://clientele/..%2fsecret.txt', 404],
    ['app://clientele/%2e%2e%2fsecret.txt', 404],
    ['app://clientele/..%5csecret.txt', 404],
    ['app://clientele/%00', 404],
    ['app://clientele/media/image?u=https://a.example/&s=no', 403],
  ])('answers %s with %i', async (url, status) => {
    const { fetch } = await start()
    const reply = await fetch(url)
    expect(reply.status).toBe(status)
    expect(await reply.text()).not.toContain('out of reach')
  })

  it('answers our own page only', async () => {
    const { fetch } = await start()
    expect((await fetch('app://clientele/', { initiatorOrigin: 'https://evil.example' })).status).toBe(403)
    expect((await fetch('app://clientele/', { initiatorOrigin: 'null' })).status).toBe(403)
    expect((await fetch('app://clientele/', { initiatorOrigin: 'app://clientele' })).status).toBe(200)
    expect((await fetch('app://clientele/', { method: 'POST' })).status).toBe(405)
  })
})

interface Started {
  readonly electron: StandInElectron
  readonly window: StandInWindow
  readonly folder: string
  readonly attached: string[]
  readonly heard: unknown[]
  readonly stopped: string[]
  readonly fetch: (url: string, more?: { method?: string; initiatorOrigin?: string }) => Promise<Response>
}

async function start(options: { electron?: StandInElectron; folder?: string } = {}): Promise<Started> {
  const electron = options.electron ?? new StandInElectron()
  const folder = options.folder ?? (await testFolder())
  const pageFolder = join(folder, 'page')
  await mkdir(pageFolder, { recursive: true })
  await writeFile(join(pageFolder, 'index.html'), 'the page')
  await writeFile(join(folder, 'secret.txt'), 'out of reach')
  const attached: string[] = []
  const heard: unknown[] = []
  const stopped: string[] = []
  const door =
    (name: string) =>
    (port: Port): void => {
      attached.push(name)
      port.onMessage((message) => heard.push([name, message]))
      onTestFinished(() => port.close())
    }
  await runElectronApp({
    electron: electron.pieces,
    args: ['.', `--profile=${join(folder, 'profile')}`, '--some-chromium-flag'],
    folder,
    program: '/programs/electron',
    env: {},
    platform: 'linux',
    pageFolder,
    assetsFolder: join(folder, 'assets'),
    resourcesFolder: join(folder, 'resources'),
    updateSource: { feed: '', keys: [] },
    preload: '/built/preload.cjs',
    startCore: async () => ({
      attachPage: door('page'),
      attachStore: door('store'),
      isTrafficAllowed: () => true,
      stop: async () => {
        stopped.push('core')
      },
    }),
    tell: () => undefined,
  })
  const window = electron.windows[0]
  return {
    electron,
    get window(): StandInWindow {
      if (window === undefined) throw new Error('No window was opened')
      return window
    },
    folder,
    attached,
    heard,
    stopped,
    fetch: async (url, { method = 'GET', initiatorOrigin } = {}) => {
      // Node's `Request` knows only addresses of the web; Electron's knows ours.
      const request = Object.assign(
        new Request('http://localhost/', { method }),
        initiatorOrigin === undefined ? {} : { initiatorOrigin },
      )
      Object.defineProperty(request, 'url', { value: url })
      const reply = await electron.handler?.(request)
      if (reply === undefined) throw new Error('No handler was set')
      return reply
    },
  }
}
