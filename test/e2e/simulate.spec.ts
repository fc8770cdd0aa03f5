import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'
import { expect, test } from './fixtures.ts'
import type { ConnectorLabel } from './page-models/add-source-dialog.ts'
import { addAndWait } from './support/add-sources.ts'
import { ROOT } from './support/root.ts'

const sourceSchema = z.object({
  name: z.string(),
  baseUrl: z.string(),
  key: z.string(),
  settings: z.record(z.string(), z.union([z.string(), z.boolean()])),
})
const readySchema = z.object({
  endors: sourceSchema,
  'full-engage': sourceSchema,
  spott: sourceSchema,
  connect: sourceSchema,
  clnt: sourceSchema,
})

test('the five simulated APIs say in one line how to reach them, and all of it is right', async ({ ui }) => {
  const child = spawn(process.execPath, [join(ROOT, 'out/main/simulate.js'), '--clients', '100', '--seed', '5'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    let stdout = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    await expect.poll(() => stdout).toMatch(/\n$/)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    const ready = readySchema.parse(JSON.parse(stdout))
    const sources: readonly (readonly [ConnectorLabel, z.infer<typeof sourceSchema>])[] = [
      ['Endors', ready.endors],
      ['Full Engage', ready['full-engage']],
      ['Spott', ready.spott],
      ['Connect', ready.connect],
      ['Clients v1', ready.clnt],
    ]
    for (const [connector, { baseUrl, key, settings }] of sources) {
      const spaceId = settings.spaceId
      await addAndWait(ui, { connector, baseUrl, key, ...(typeof spaceId === 'string' ? { spaceId } : {}) })
    }
    await ui.shell.goTo('Clients')
    await ui.grid.expectCount(100)
  } finally {
    child.kill('SIGTERM')
  }
})
