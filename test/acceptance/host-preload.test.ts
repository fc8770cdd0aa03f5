import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import vm from 'node:vm'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'

const SOURCE = resolve(import.meta.dirname, '../../electron/preload.ts')

/** Built as it ships (one CommonJS file) and run in a context that has nothing but what a sandboxed preload has. */
describe('preload', () => {
  it('asks for electron only and hands nothing to the page by itself', async () => {
    const { required, exposed, posted } = run(await bundle())
    expect(required).toEqual(['electron'])
    expect(exposed).toEqual([])
    expect(posted).toEqual([])
  })

  it('gives two ports to the page when it asks, and their other ends to the main process', async () => {
    const preload = run(await bundle())
    preload.hear({ source: preload.window, origin: 'app://clientele', data: 'clientele:want-ports' })
    expect(preload.sent).toEqual([['clientele:ports', null, ['1a', '2a']]])
    expect(preload.posted).toEqual([['clientele:ports', 'app://clientele', ['1b', '2b']]])
  })

  it.each([
    [
      'from another window',
      (window: unknown) => ({ source: { window }, origin: 'app://clientele', data: 'clientele:want-ports' }),
    ],
    [
      'of another origin',
      (window: unknown) => ({ source: window, origin: 'https://evil.example', data: 'clientele:want-ports' }),
    ],
    [
      'with another text',
      (window: unknown) => ({ source: window, origin: 'app://clientele', data: { kind: 'clientele:want-ports' } }),
    ],
  ])('is silent to a message %s', async (_what, message) => {
    const preload = run(await bundle())
    preload.hear(message(preload.window))
    expect(preload.sent).toEqual([])
    expect(preload.posted).toEqual([])
  })

  it('stays under 40 lines', () => {
    expect(readFileSync(SOURCE, 'utf8').trim().split('\n').length).toBeLessThan(40)
  })
})

async function bundle(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: SOURCE, formats: ['cjs'] },
      rolldownOptions: { external: ['electron'] },
    },
  })
  const first = Array.isArray(output) ? output[0] : output
  if (first === undefined || !('output' in first)) throw new Error('The preload was not built')
  const chunks = first.output.filter((chunk) => chunk.type === 'chunk')
  expect(chunks).toHaveLength(1)
  return chunks[0]?.code ?? ''
}

interface Preload {
  readonly window: unknown
  readonly required: string[]
  readonly exposed: string[]
  readonly sent: unknown[]
  readonly posted: unknown[]
  readonly hear: (message: unknown) => void
}

function run(code: string): Preload {
  const required: string[] = []
  const exposed: string[] = []
  const sent: unknown[] = []
  const posted: unknown[] = []
  const listeners: ((message: unknown) => void)[] = []
  let channels = 0
  const window = {
    location: { origin: 'app://clientele' },
    addEventListener: (_type: string, listener: (message: unknown) => void) => listeners.push(listener),
    postMessage: (...args: unknown[]) => posted.push(args),
  }
  const electron = {
    ipcRenderer: { postMessage: (...args: unknown[]) => sent.push(args) },
    contextBridge: { exposeInMainWorld: (name: string) => exposed.push(name) },
  }
  vm.runInNewContext(code, {
    window,
    exports: {},
    module: { exports: {} },
    MessageChannel: class {
      readonly n = ++channels
      readonly port1 = `${this.n}a`
      readonly port2 = `${this.n}b`
    },
    require: (name: string) => {
      required.push(name)
      return electron
    },
  })
  return {
    window,
    required,
    exposed,
    sent: sent,
    posted,
    hear: (message) => {
      for (const listener of listeners) listener(message)
    },
  }
}
