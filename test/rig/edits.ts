import type { FullEngage } from '../e2e/vendors/full-engage.ts'
import { person } from '../e2e/vendors/people.ts'
import type { Weather } from '../e2e/vendors/vendor-server.ts'
import type { FinalState, Intent } from './ledger.ts'
import type { Stage } from './stage.ts'

/** Clients that are edited: their names carry a number, so that no two are alike. */
const FIRST_CLIENT = 20
const CLIENTS = 20

export interface Chance {
  readonly next: () => number
}

export function nameOf(n: number): string {
  const { first, last } = person(n)
  return `${first} ${last}`
}

/** One edit through the interface. Rejects where a kill cuts it off; the intent then stays `invoked`. */
export async function makeEdit(stage: Stage, intents: Intent[], round: number, chance: Chance): Promise<void> {
  const { ui } = stage
  const luck = chance.next()
  const number = intents.length + 1
  if (luck < 0.25) {
    const source = luck < 0.18 ? 'Full Engage' : 'Connect'
    const client = source === 'Connect' ? `Nia Rig${number}` : `Rig Client ${number}`
    await ui.grid.newClient.click()
    await ui.newClient.chooseSource(source)
    if (source === 'Connect') await ui.newClient.fill({ 'First name': 'Nia', 'Last name': `Rig${number}` })
    else await ui.newClient.fill({ Name: client })
    const intent: Intent = { kind: 'create', client, field: 'Name', value: client, round, status: 'invoked' }
    intents.push(intent)
    const before = await timesSaid(stage)
    await ui.newClient.button('Create').click()
    await saidSaved(stage, before)
    intent.status = 'saved'
    return
  }
  const client = nameOf(FIRST_CLIENT + Math.floor(chance.next() * CLIENTS))
  const kind = luck < 0.85 ? 'update' : 'local'
  await search(stage, client)
  await ui.grid.open(client, kind === 'local' ? 'Endors' : 'Full Engage')
  await ui.details.button('Edit').click()
  const value = `+1 555 ${String(number).padStart(7, '0')}`
  await ui.details.form.fill({ Phone: value })
  const intent: Intent = { kind, client, field: 'Phone', value, round, status: 'invoked' }
  intents.push(intent)
  const before = await timesSaid(stage)
  await ui.details.form.button('Save').click()
  await saidSaved(stage, before)
  intent.status = 'saved'
}

/** Notes what the app says, from the moment a page opens: a toast may be gone before anybody looks. */
export const NOTE_WHAT_IS_SAID = `
  window.said = [];
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) {
      const text = node.textContent ?? '';
      if (/^(Saved|Created)/.test(text)) window.said.push(text);
    }
  }).observe(document, { childList: true, subtree: true });
`

async function timesSaid({ page }: Stage): Promise<number> {
  return page().evaluate(() => Number(Reflect.get(Reflect.get(window, 'said') ?? [], 'length') ?? 0))
}

/** Waits until the app has called it saved once more than before. */
async function saidSaved(stage: Stage, before: number): Promise<void> {
  for (let waited = 0; waited < 15_000; waited += 20) {
    if ((await timesSaid(stage)) > before) return
    await pause(20)
  }
  throw new Error('the app did not say that it was saved')
}

export interface Applied {
  readonly method: string
  readonly value: string
}

/** Delays, and lines that break before or after a write was done. `rough` false: fair, and still noted. */
export function noteWrites(applied: Applied[], chance: Chance, rough: () => boolean): Weather {
  return async (request, serve) => {
    const isWrite = request.method !== 'GET'
    if (rough()) {
      await pause(chance.next() * (isWrite ? 400 : 120))
      if (chance.next() < 0.03) return 'cut'
    }
    const reply = serve()
    if (isWrite && reply.status < 300) {
      const { phone, name, lastName } = request.body ?? {}
      const value = request.method === 'PATCH' ? phone : typeof name === 'string' ? name : `Nia ${String(lastName)}`
      applied.push({ method: request.method, value: String(value) })
    }
    return rough() && isWrite && chance.next() < 0.15 ? 'cut' : reply
  }
}

/** Somebody else at the vendor, who writes other fields than we do. */
export function writeAsSomebodyElse(vendor: FullEngage, chance: Chance): void {
  const client = vendor.clients[Math.floor(chance.next() * vendor.clients.length)]
  if (client !== undefined) vendor.change(client.id, { notes: `Somebody else ${Math.floor(chance.next() * 1e9)}` })
}

/** What the vendors and the app have in the end. The app must be open and at rest. */
export async function finalState(
  stage: Stage,
  intents: readonly Intent[],
  applied: readonly Applied[],
): Promise<FinalState> {
  const { fullEngage, connect } = stage.vendors
  const shown = new Map<string, string>()
  for (const intent of intents) {
    const key = `${intent.kind} ${intent.client}`
    if (shown.has(key)) continue
    await search(stage, intent.client)
    const source = intent.kind === 'local' ? 'Endors' : intent.client.startsWith('Nia') ? 'Connect' : 'Full Engage'
    const row = stage.ui.grid.row(intent.client).filter({ hasText: source }).first()
    shown.set(key, (await row.count()) === 0 ? '' : await row.innerText())
  }
  const valuesOf = (intent: Intent): readonly (string | null)[] => {
    if (intent.kind === 'create') {
      return intent.client.startsWith('Nia')
        ? connect.contacts
            .map((contact) => `${contact.firstName} ${String(contact.lastName)}`)
            .filter((n) => n === intent.client)
        : fullEngage.named(intent.client).map((client) => client.name)
    }
    return fullEngage.named(intent.client).map((client) => client.phone)
  }
  return {
    atVendor: valuesOf,
    inApp: (intent) => {
      const row = shown.get(`${intent.kind} ${intent.client}`) ?? ''
      const known = intents.filter((other) => other.client === intent.client && other.field === intent.field)
      return known.findLast((other) => row.includes(other.value))?.value ?? null
    },
    applied: (intent) => applied.filter((write) => write.value === intent.value).length,
  }
}

/** As the page model does, with the patience that a busy machine asks for. */
async function search({ ui }: Stage, text: string): Promise<void> {
  await ui.shell.search.fill(text)
  for (let waited = 0; waited < 60_000; waited += 50) {
    const isShown = (await ui.grid.grid.getAttribute('data-query')) === text
    if (isShown && (await ui.grid.grid.getAttribute('aria-busy')) !== 'true') return
    await pause(50)
  }
  throw new Error(`the grid did not answer to ${text}`)
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
