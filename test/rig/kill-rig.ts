import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { testCreateRandom } from '../support/test-create-clock.ts'
import {
  type Applied,
  finalState,
  makeEdit,
  NOTE_WHAT_IS_SAID,
  noteWrites,
  pause,
  writeAsSomebodyElse,
} from './edits.ts'
import { type Intent, judge, type Verdict } from './ledger.ts'
import { addSources, createStage, type Stage } from './stage.ts'

/**
 * SIGKILLs of the real host and the real Chromium at random moments of reading and sending, against vendors that go on:
 * `npm run rig:kills -- --kills 200 [--seed S] [--json FILE]`. Afterwards all that was called saved must be there, or
 * settled exactly once. A seed gives the same plan, not the same course: real processes are not deterministic.
 */
const { values: args } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    port: { type: 'string', default: '47700' },
    json: { type: 'string' },
  },
})

const CALM_MS = 240_000
type Victim = 'host' | 'chromium' | 'both'

export interface KillReport extends Verdict {
  readonly seed: number
  readonly kills: Readonly<Record<Victim, number>>
  readonly seconds: number
  readonly left: string
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function run(kills: number, seed: number, port: number): Promise<KillReport> {
  const chance = testCreateRandom(seed)
  const startedAt = Date.now()
  const stage = await createStage({ fullEngage: 60, connect: 20, endors: 60, port })
  const intents: Intent[] = []
  const applied: Applied[] = []
  const counts: Record<Victim, number> = { host: 0, chromium: 0, both: 0 }
  let rough = false
  const { fullEngage, connect } = stage.vendors
  for (const vendor of [fullEngage, connect]) vendor.weather = noteWrites(applied, chance, () => rough)
  try {
    await open(stage)
    await addSources(stage)
    rough = true
    for (let n = 1; n <= kills; n++) {
      const luck = chance.next()
      const victim: Victim = luck < 0.45 ? 'host' : luck < 0.8 ? 'chromium' : 'both'
      await oneKill(stage, intents, n, victim, chance)
      counts[victim]++
      if (n % 10 === 0) say(`${n} kills, ${intents.filter((i) => i.status === 'saved').length} edits saved`)
    }
    rough = false
    await open(stage)
    const left = await calm(stage)
    const verdict = judge(intents, await finalState(stage, intents, applied))
    return { ...verdict, seed, kills: counts, seconds: Math.round((Date.now() - startedAt) / 1000), left }
  } finally {
    await stage.remove()
  }
}

/** Starts what was killed, edits until the moment of the kill, and kills. */
async function oneKill(
  stage: Stage,
  intents: Intent[],
  n: number,
  victim: Victim,
  chance: { next(): number },
): Promise<void> {
  let isOver = false
  let opened = (): void => undefined
  const isOpen = new Promise<void>((resolve) => {
    opened = resolve
  })
  const working = (async () => {
    await open(stage)
    await stage.ui.shell.goTo('Clients')
    opened()
    if (chance.next() < 0.5) await stage.ui.shell.syncAll.click()
    while (!isOver) {
      writeAsSomebodyElse(stage.vendors.fullEngage, chance)
      await makeEdit(stage, intents, n, chance)
    }
  })()
  // What a kill cuts off rejects; anything else shows in the verdict.
  const cutOff = working.catch((cause: unknown) =>
    process.env.RIG_VERBOSE === undefined ? undefined : say(String(cause)),
  )
  // A third of the kills may hit the start and its handshake; the others come while edits are made and sent.
  if (chance.next() < 0.3) await pause(300 + chance.next() * 2_500)
  else {
    await Promise.race([isOpen, pause(20_000)])
    await pause(300 + chance.next() * 5_000)
  }
  isOver = true
  if (victim !== 'chromium') await stage.killHost()
  if (victim !== 'host') await stage.killChromium()
  // A page whose host is gone goes on with the book alone, for a while.
  await Promise.race([cutOff, pause(1_500)])
  // No kill while the next round has begun: what hangs in the old page ends with it.
  if (victim === 'host' && chance.next() < 0.5) await stage.start()
  else await stage.killChromium()
  await Promise.race([cutOff, pause(3_000)])
}

async function open(stage: Stage): Promise<void> {
  await stage.start()
  await stage.page().addInitScript(NOTE_WHAT_IS_SAID)
  await stage.page().reload()
}

/** Until nothing waits and every source is whole, or as long as the longest grace takes. */
async function calm({ ui, page }: Stage): Promise<string> {
  const until = Date.now() + CALM_MS
  let status = ''
  while (Date.now() < until) {
    status = (await ui.shell.syncStatus.innerText()).trim()
    if (status === 'Up to date') return status
    await pause(1_000)
  }
  await ui.shell.goTo('Queue')
  const left = `${status}; ${await page().getByRole('main').innerText()}`
  await ui.shell.goTo('Clients')
  return left
}

const report = await run(Number(args.kills), Number(args.seed), Number(args.port))
if (args.json !== undefined)
  writeFileSync(args.json, `${JSON.stringify({ tried: Number(args.kills), ...report }, null, 2)}\n`)
say(
  `${report.kills.host + report.kills.chromium + report.kills.both} kills (host ${report.kills.host}, Chromium ${report.kills.chromium}, both ${report.kills.both}), seed ${report.seed}, ${report.seconds} s: ` +
    `${report.saved} edits saved, ${report.cutOff} cut off, ${report.lost.length} lost, ${report.doubled.length} doubled`,
)
for (const intent of report.lost) say(`lost: ${JSON.stringify(intent)}`)
for (const intent of report.doubled) say(`doubled: ${JSON.stringify(intent)}`)
if (report.left !== 'Up to date') say(`left: ${report.left}`)
const isGood =
  report.lost.length === 0 && report.doubled.length === 0 && report.saved > 0 && report.left === 'Up to date'
process.exit(isGood ? 0 : 1)
