import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { FAULTS } from './catalogue.ts'
import { faultsPage, type TestRun } from './faults-page.ts'
import { NOT_APPLICABLE } from './not-applicable.ts'

/** Reads the reports of the two test runners, writes docs/faults.md, and fails where a fault has no passing test. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const vitestSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ title: z.string(), status: z.string() })),
    }),
  ),
})

interface Suite {
  readonly specs?: readonly { readonly title: string; readonly ok: boolean; readonly file: string }[] | undefined
  readonly suites?: readonly Suite[] | undefined
}
const suiteSchema: z.ZodType<Suite> = z.lazy(() =>
  z.object({
    specs: z.array(z.object({ title: z.string(), ok: z.boolean(), file: z.string() })).optional(),
    suites: z.array(suiteSchema).optional(),
  }),
)
const playwrightSchema = z.object({ suites: z.array(suiteSchema) })

function report(name: string): unknown {
  const path = join(ROOT, 'test-results', name)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}

function vitestRuns(): TestRun[] {
  const found = report('vitest.json')
  if (found === null) return []
  return vitestSchema.parse(found).testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ title, status }) => ({
      title,
      file: relative(ROOT, name).replaceAll('\\', '/'),
      passed: status === 'passed',
    })),
  )
}

function playwrightRuns(): TestRun[] {
  const found = report('playwright.json')
  if (found === null) return []
  const of = (suite: Suite): TestRun[] => [
    ...(suite.specs ?? []).map(({ title, ok, file }) => ({ title, file: `test/e2e/${file}`, passed: ok })),
    ...(suite.suites ?? []).flatMap(of),
  ]
  return playwrightSchema.parse(found).suites.flatMap(of)
}

const page = faultsPage(FAULTS, NOT_APPLICABLE, [...vitestRuns(), ...playwrightRuns()])
writeFileSync(join(ROOT, 'docs/faults.md'), page.text)
const out = (line: string): void => void process.stdout.write(`${line}\n`)
out(
  `${FAULTS.length} faults, ${page.tests} tests bear their numbers, ${Object.keys(NOT_APPLICABLE).length} not applicable`,
)
if (page.missing.length > 0) out(`Without a passing test: ${page.missing.join(' ')}`)
if (page.failed.length > 0) out(`With a failed test: ${page.failed.join(' ')}`)
process.exitCode = page.missing.length > 0 || page.failed.length > 0 || Object.keys(NOT_APPLICABLE).length > 5 ? 1 : 0
