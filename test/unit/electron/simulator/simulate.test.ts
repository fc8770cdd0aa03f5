import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ENTRY = fileURLToPath(new URL('../../../../electron/simulate.ts', import.meta.url))

it.each(['SIGINT', 'SIGTERM'] as const)('prints one line of JSON, serves, and stops cleanly on %s', async (signal) => {
  const child = spawn(process.execPath, ['--import', 'tsx', ENTRY, '--clients', '100', '--seed', 'spring'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    await expect.poll(() => output.includes('\n'), { timeout: 15_000 }).toBe(true)
    const ready = JSON.parse(output)
    expect(Object.keys(ready)).toEqual(['endors', 'full-engage', 'spott', 'connect', 'clnt'])
    expect(ready.endors.settings).toEqual({ baseUrl: ready.endors.baseUrl, spaceId: 'maison' })
    const response = await fetch(`${ready.spott.baseUrl}/clients/contacts?limit=5`, {
      headers: { 'x-api-key': ready.spott.key },
    })
    expect(response.status).toBe(200)
    await response.text()
    child.kill(signal)
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
    expect(output.trimEnd().split('\n')).toHaveLength(1)
  } finally {
    child.kill('SIGKILL')
  }
})
