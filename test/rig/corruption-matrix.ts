import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Locator } from '@playwright/test'
import { testCreateRandom } from '../support/test-create-clock.ts'
import { DAMAGES, type Damage, damage, dataFiles, kindOf } from './damage.ts'
import { type Applied, finalState, makeEdit, NOTE_WHAT_IS_SAID, noteWrites, pause } from './edits.ts'
import { type Intent, judge } from './ledger.ts'
import { addSources, createStage, type Stage } from './stage.ts'

/**
 * Every file of the database in a real Chromium profile, and of the journal, damaged in four ways, each on a fresh copy
 * of one profile with unsent work: `npm run rig:corruption [-- --only CURRENT] [--json FILE]`. Afterwards all that was
 * called saved is settled exactly once, and nothing was deleted at a source.
 */
const { values: args } = parseArgs({
  options: {
    only: { type: 'string' },
    /** Every n-th case only. */
    every: { type: 'string', default: '1' },
    port: { type: 'string', default: '47710' },
    json: { type: 'string' },
  },
})

interface Case {
  readonly store: 'database' | 'journal'
  readonly file: string
  readonly how: Damage
}

interface Outcome extends Case {
  readonly saved: number
  readonly lost: readonly Intent[]
  readonly doubled: readonly Intent[]
  readonly deletes: number
  readonly clients: number
  readonly left: string
  /** Only after the browser's data of the address were cleared. */
  readonly cleared: boolean
}

const EDITS = 12
const CALM_MS = 200_000
/** Enough that the database has tables besides its log. */
const CLIENTS = { fullEngage: 9_000, connect: 20, endors: 60 }
const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function prepare(stage: Stage, intents: Intent[]): Promise<void> {
  await open(stage)
  await addSources(stage)
  // Closed and opened once, so that part of the data has moved into tables.
  await stage.close()
  await open(stage)
  await stage.ui.shell.setWorkOffline(true)
  await stage.ui.shell.goTo('Clients')
  const chance = testCreateRandom(7)
  while (intents.length < EDITS) await makeEdit(stage, intents, 0, chance)
  await stage.close()
}

async function open(stage: Stage): Promise<void> {
  await stage.start()
  await stage.page().addInitScript(NOTE_WHAT_IS_SAID)
  await stage.page().reload()
}

async function tryCase(stage: Stage, intents: readonly Intent[], applied: Applied[], each: Case): Promise<Outcome> {
  const { fullEngage, connect } = stage.vendors
  applied.length = 0
  const before = fullEngage.requestsOf('DELETE').length
  damage(each.store === 'database' ? stage.databaseFolder() : journalOf(stage), each.file, each.how)
  await open(stage)
  const cleared = await mustBeCleared(stage)
  if (cleared) await clearAsTheBannerAsks(stage)
  await stage.ui.shell.goTo('Queue')
  await pause(1_500)
  await stage.ui.shell.setWorkOffline(false)
  const left = await calm(stage)
  await stage.ui.shell.goTo('Clients')
  const verdict = judge(intents, await finalState(stage, intents, applied))
  return {
    ...each,
    ...verdict,
    deletes: fullEngage.requestsOf('DELETE').length - before,
    clients: fullEngage.clients.length + connect.contacts.length,
    left,
    cleared,
  }
}

/**
 * With its manifest gone, or pointed to nowhere, Chromium 150 opens no database of this address any more, and lets none be
 * deleted either: no page can help itself. The app must say so, and offer to have the browser clear the data of this address;
 * then all comes back.
 */
async function mustBeCleared(stage: Stage): Promise<boolean> {
  const banner = stage
    .page()
    .getByText(/The book (was closed|on this device)/)
    .first()
  for (let seen = 0; seen < 8; seen++) {
    await pause(1_000)
    if (!(await banner.isVisible())) return false
  }
  return true
}

/** As a user: the banner offers it after a while, and the browser does it. */
async function clearAsTheBannerAsks(stage: Stage): Promise<void> {
  await stage.page().getByRole('button', { name: 'Make the book anew…' }).click({ timeout: 60_000 })
  await stage.page().getByRole('alertdialog').getByRole('button', { name: 'Make it anew' }).click()
  await stage.page().waitForLoadState('load')
  await pause(2_000)
}

/** What comes back held after a repair waits for its user: here one who looks and releases. */
async function calm(stage: Stage): Promise<string> {
  const until = Date.now() + CALM_MS
  let status = ''
  while (Date.now() < until) {
    status = (await stage.ui.shell.syncStatus.innerText()).trim()
    if (status === 'Up to date') return status
    const release = stage
      .page()
      .getByRole('button', { name: /^(Release|Send all)$/ })
      .first()
    await press(release)
    const dismiss = stage.page().getByRole('button', { name: 'Dismiss' }).first()
    await press(dismiss)
    await pause(500)
  }
  return `${status}; ${await stage.page().getByRole('main').innerText()}`
}

/** What is there now; what goes by itself in between is looked at again in the next round. */
async function press(button: Locator): Promise<void> {
  if (await button.isVisible()) await button.click({ timeout: 2_000 }).catch(() => undefined)
}

function journalOf(stage: Stage): string {
  return join(stage.folders.profile, 'journal')
}

async function main(): Promise<boolean> {
  const stage = await createStage({ ...CLIENTS, port: Number(args.port) })
  const intents: Intent[] = []
  const applied: Applied[] = []
  for (const vendor of [stage.vendors.fullEngage, stage.vendors.connect]) {
    vendor.weather = noteWrites(applied, testCreateRandom(1), () => false)
  }
  const kept = { profile: `${stage.folders.profile}-kept`, chromium: `${stage.folders.chromium}-kept` }
  const outcomes: Outcome[] = []
  try {
    await prepare(stage, intents)
    cpSync(stage.folders.profile, kept.profile, { recursive: true })
    cpSync(stage.folders.chromium, kept.chromium, { recursive: true })
    const vendors = {
      fullEngage: structuredClone(stage.vendors.fullEngage.clients),
      connect: structuredClone(stage.vendors.connect.contacts),
    }
    const journal = existsSync(journalOf(stage)) ? readdirSync(journalOf(stage)).sort() : []
    const cases: Case[] = [
      ...dataFiles(stage.databaseFolder()).map((file) => ({ store: 'database' as const, file })),
      ...journal.map((file) => ({ store: 'journal' as const, file })),
    ]
      .flatMap((at) => DAMAGES.map((how) => ({ ...at, how })))
      .filter((each, n) => n % Number(args.every) === 0 && (args.only === undefined || each.file.includes(args.only)))
    say(`${intents.length} edits waiting; ${cases.length} cases`)
    for (const each of cases) {
      for (const [folder, copy] of [
        [stage.folders.profile, kept.profile],
        [stage.folders.chromium, kept.chromium],
      ] as const) {
        rmSync(folder, { recursive: true, force: true })
        cpSync(copy, folder, { recursive: true })
      }
      stage.vendors.fullEngage.clients.splice(0, Number.POSITIVE_INFINITY, ...structuredClone(vendors.fullEngage))
      stage.vendors.connect.contacts.splice(0, Number.POSITIVE_INFINITY, ...structuredClone(vendors.connect))
      const outcome = await tryCase(stage, intents, applied, each)
      outcomes.push(outcome)
      say(
        `${isGood(outcome) ? 'ok  ' : 'FAIL'} ${each.store} ${kindOf(each.file) ?? 'segment'} ${each.file}: ${each.how}${outcome.cleared ? ', after clearing' : ''}`,
      )
      if (!isGood(outcome)) say(JSON.stringify(outcome, null, 2))
      await stage.close()
    }
  } finally {
    await stage.remove()
  }
  if (args.json !== undefined) {
    writeFileSync(args.json, `${JSON.stringify({ tried: outcomes.length, outcomes }, null, 2)}\n`)
  }
  const bad = outcomes.filter((outcome) => !isGood(outcome)).length
  say(
    `${outcomes.length} cases, ${intents.length} saved edits each: ${outcomes.length - bad} rebuilt with nothing lost, ${bad} not`,
  )
  return bad === 0 && outcomes.length > 0
}

function isGood(outcome: Outcome): boolean {
  return (
    outcome.lost.length === 0 && outcome.doubled.length === 0 && outcome.deletes === 0 && outcome.left === 'Up to date'
  )
}

process.exit((await main()) ? 0 : 1)
