import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createFileLog } from '../../../../electron/host/file-log.ts'
import { testFolder } from '../../../support/test-folder.ts'

it('one line is one event, whatever somebody else put into its facts', async () => {
  const folder = await testFolder()
  const told: string[] = []
  const log = createFileLog(
    folder,
    () => 0,
    (line) => told.push(line),
  )
  const hostile = 'x\n{"level":"error","event":"forged"}\r\u001b]0;owned\u0007\u009b31m\u2028\u202eend\u0000'
  log.warn('vendor-said', { text: hostile, __proto__x: 1 })
  log.error('long', { text: 'y'.repeat(100_000) })
  await log.flush()

  const text = await readFile(join(folder, 'logs', 'clientele.log'), 'utf8')
  const lines = text.trimEnd().split('\n')
  expect(lines).toHaveLength(2)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', event: 'vendor-said', text: hostile })
  for (const said of [...told, text.replaceAll('\n', '')]) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is looked for
    expect(said).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/)
  }
  expect(told).toHaveLength(2)
  expect(told[0]).toContain('[U+001B]')
  expect(told[1]?.length).toBeLessThan(2_500)
})
