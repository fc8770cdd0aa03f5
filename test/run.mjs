/**
 * `npm test`: installs what is missing, then runs every check there is, whatever fails before, and ends with the line
 * `N passed, N failed`. Tests count one each; types, lint and build count as one where they fail.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { hasChromium, installChromium } from '../tools/find-chromium.mjs'
import { installDependencies } from '../tools/install-dependencies.mjs'
import { run } from '../tools/run-program.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const RESULTS = join(ROOT, 'test-results')
const MINUTE_MS = 60_000
/** Of one step, at the end of the run. */
const FAILURES_SHOWN = 10
const LINE_LENGTH = 400

/** `failures` says which, a line each: whoever sees only the end of a run sees what to look for. */
/** `findings` are open: seen, told, and no verdict over this change. */
/** @typedef {{ passed: number, failed: number, skipped: number, failures?: readonly string[], findings?: readonly string[] }} Count */

/** @param {string} line */
function tell(line) {
  process.stdout.write(`${line}\n`)
}

async function main() {
  await installDependencies(ROOT, tell)
  mkdirSync(RESULTS, { recursive: true })

  const total = { passed: 0, failed: 0, skipped: 0 }
  /** @type {string[]} */
  const summary = []
  /** @type {string[]} */
  const failures = []
  /** @type {string[]} */
  const open = []
  /** @param {string} name @param {() => Promise<Count>} check */
  const step = async (name, check) => {
    tell(`\n── ${name} ──`)
    const startedAt = Date.now()
    const { passed, failed, skipped, failures: named = [], findings = [] } = await check()
    total.passed += passed
    total.failed += failed
    total.skipped += skipped
    const seconds = Math.round((Date.now() - startedAt) / 1000)
    failures.push(...named.slice(0, FAILURES_SHOWN).map((line) => `${name}: ${line}`))
    open.push(...findings.map((line) => `${name}: ${line}`))
    summary.push(
      `${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds} s`,
    )
    return failed === 0
  }

  await step('types', () => program('node_modules/typescript/bin/tsc', ['-b'], 3))
  await step('lint', () => program('node_modules/@biomejs/biome/bin/biome', ['check', '.'], 2))
  await step('unit, integration, acceptance, architecture', () => vitest('vitest'))
  const isBuilt = await step('build', () => program('electron/launch.mjs', ['--build-only'], 3))
  if (isBuilt) await step('packaging', () => vitest('packaging', ['-c', 'test/packaging/vitest.config.ts']))
  await step('end to end', async () => {
    if (!isBuilt) {
      tell('Not run: there is nothing built to run.')
      return { passed: 0, failed: 1, skipped: 0 }
    }
    if (!hasChromium() && !(await installChromium(ROOT, tell))) {
      tell(
        'Not run: Chromium is missing and could not be installed. Install it (Debian: apt-get install chromium) and try again.',
      )
      return { passed: 0, failed: 1, skipped: 0 }
    }
    return playwright()
  })

  // At once: what was killed mostly waits for vendors to answer, and the simulator for nobody.
  await Promise.all([
    step('real processes: kills', () => realProcesses('kill-rig.ts', ['--kills', '8', '--json'])),
    step('real processes: damaged files', () => realProcesses('corruption-matrix.ts', ['--every', '6', '--json'])),
    step('fault simulator', simulator),
  ])
  await step('fault catalogue', () => program('node_modules/tsx/dist/cli.mjs', ['test/faults/write-faults-page.ts'], 1))

  tell(`\n${summary.join('\n')}`)
  if (open.length > 0) tell(`\nOpen findings, to be looked into:\n${open.join('\n')}\n`)
  if (failures.length > 0) tell(`\nWhat failed:\n${failures.join('\n')}\n`)
  if (total.skipped > 0) tell(`${total.skipped} skipped`)
  tell(`${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 && total.passed > 0 ? 0 : 1
}

/**
 * A program that passes or fails as a whole.
 * @param {string} path
 * @param {string[]} args
 * @param {number} minutes
 * @returns {Promise<Count>}
 */
async function program(path, args, minutes) {
  const code = await run(process.execPath, [join(ROOT, path), ...args], { cwd: ROOT, timeoutMs: minutes * MINUTE_MS })
  return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 }
}

/**
 * @param {string} name
 * @param {string[]} more
 * @returns {Promise<Count>}
 */
async function vitest(name, more = []) {
  const report = join(RESULTS, `${name}.json`)
  rmSync(report, { force: true })
  const args = ['run', ...more, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { failed } = await program('node_modules/vitest/vitest.mjs', args, 10)
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, testResults: { name: string, status: string, message: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }[] }} */
  const found = JSON.parse(readFileSync(report, 'utf8'))
  // A file that could not even be loaded has no test to count.
  const unloaded = found.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  const failures = found.numFailedTests + unloaded.length
  return {
    passed: found.numPassedTests,
    // Errors outside of tests make the whole run fail.
    failed: Math.max(failures, failed),
    skipped: found.numPendingTests + found.numTodoTests,
    failures: found.testResults.flatMap(({ name, status, message, assertionResults }) =>
      status !== 'failed'
        ? []
        : [
            ...(assertionResults.length === 0 ? [oneLine(`${relative(ROOT, name)}: ${message}`)] : []),
            ...assertionResults
              .filter((one) => one.status === 'failed')
              .map((one) => oneLine(`${relative(ROOT, name)}: ${one.fullName}: ${one.failureMessages.join(' ')}`)),
          ],
    ),
  }
}

/** @param {string} text */
function oneLine(text) {
  return stripVTControlCharacters(text).replace(/\s+/g, ' ').slice(0, LINE_LENGTH)
}

/**
 * Two thousand runs from a seed never used before, every run that once went wrong, and each safety rule switched off.
 * @returns {Promise<Count>}
 */
async function simulator() {
  const report = join(RESULTS, 'simulator.json')
  rmSync(report, { force: true })
  // Shorter ones than those of a hunt: what fits into the time of a test run.
  const args = ['test/simulator/main.ts', '--ci', report, '--runs', '1300', '--steps', '6', '--shrink', '1']
  const { failed } = await program('node_modules/tsx/dist/cli.mjs', args, 18)
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  /** @type {{ passed: number, failed: number, failures?: string[], findings?: string[] }} */
  const found = JSON.parse(readFileSync(report, 'utf8'))
  return {
    passed: found.passed,
    failed: Math.max(found.failed, failed),
    skipped: 0,
    failures: (found.failures ?? []).map(oneLine),
    findings: (found.findings ?? []).map(oneLine),
  }
}

/**
 * Host and Chromium killed, files damaged, on the built app. Each kill and each damaged file counts.
 * @param {string} name
 * @param {string[]} args
 * @returns {Promise<Count>}
 */
async function realProcesses(name, args) {
  if (!hasChromium()) return { passed: 0, failed: 1, skipped: 0 }
  const report = join(RESULTS, `${name}.json`)
  rmSync(report, { force: true })
  const { failed } = await program('node_modules/tsx/dist/cli.mjs', [join('test/rig', name), ...args, report], 9)
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  /** @type {{ tried: number }} */
  const { tried } = JSON.parse(readFileSync(report, 'utf8'))
  return { passed: Math.max(0, tried - failed), failed, skipped: 0 }
}

/** @returns {Promise<Count>} */
async function playwright() {
  const report = join(RESULTS, 'playwright.json')
  rmSync(report, { force: true })
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = report
  const args = ['test', '-c', 'test/e2e/playwright.config.ts', '--reporter=list,json']
  const { failed } = await program(
    'node_modules/@playwright/test/cli.js',
    args,
    process.env.E2E_ALL === undefined ? 14 : 60,
  )
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  /** @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: { message?: string }[], suites: Suite[] }} */
  const { stats, errors, suites } = JSON.parse(readFileSync(report, 'utf8'))
  return {
    passed: stats.expected + stats.flaky,
    failed: Math.max(stats.unexpected + errors.length, failed),
    skipped: stats.skipped,
    failures: [
      ...errors.map(({ message = 'an error outside of the specs' }) => message),
      ...suites.flatMap(failedSpecs),
    ].map(oneLine),
  }
}

/**
 * @typedef {{ title: string, file: string, tests: { projectName: string, status: string, results: { error?: { message?: string } }[] }[] }} Spec
 * @typedef {{ specs?: Spec[], suites?: Suite[] }} Suite
 */

/**
 * @param {Suite} suite
 * @returns {string[]}
 */
function failedSpecs({ specs = [], suites = [] }) {
  const here = specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected')
      .map(({ projectName, results }) => `[${projectName}] ${file}: ${title}: ${results.at(-1)?.error?.message ?? ''}`),
  )
  return [...here, ...suites.flatMap(failedSpecs)]
}

main().then(
  (code) => process.exit(code),
  (cause) => {
    tell(`The tests could not be run: ${cause instanceof Error ? cause.message : String(cause)}`)
    tell('0 passed, 1 failed')
    process.exit(1)
  },
)
