import type { Handlers } from '../../shared/ipc/rpc.ts'
import { err, ok } from '../../shared/result.ts'
import type { StoreContext } from './store-context.ts'
import type { StorePageApi } from './store-contract.ts'

/** Calls that read. All others change something, and are done once however often they are asked for. */
const READS =
  /\.(list|rows|ids|jump|vocabulary|indexOf|get|timeline|tags|blank|preview|discardPreview|removalPreview|resolvedCount|ofClient|usage|export)$/

export function isCommand(name: string): boolean {
  return !READS.test(name)
}

/** How long a command is remembered. A page asks again within seconds. */
export const COMMANDS_KEPT_MS = 86_400_000

type Table = Record<string, (input: unknown) => Promise<{ readonly ok: boolean }>>

/**
 * A page whose store was taken over, or was opened anew, asks its unanswered commands again, under the same
 * `commandId`. Result and change lie in one transaction: what is there is answered and not done a second time, so that
 * no client is made twice.
 */
export function onceEach(
  context: StoreContext,
  make: (own: StoreContext) => Handlers<StorePageApi>,
): Handlers<StorePageApi> {
  // The names are those of the contract on both sides; each handler gets what was sent to its name.
  const base = make(context) as unknown as Table
  const running = new Map<string, Promise<{ readonly ok: boolean }>>()

  const once = async (name: string, commandId: string, input: unknown) => {
    const known = await context.guard.run(() => context.databases.relaxed.commands.get(commandId))
    if (!known.ok) return err(known.error)
    if (known.value !== undefined) return ok(known.value.result)
    const own = make(remembering(context, commandId)) as unknown as Table
    return own[name]?.(input) ?? err({ code: 'missing', what: name })
  }

  const table: Table = {}
  for (const [name, handler] of Object.entries(base)) {
    table[name] = (input) => {
      const commandId = isCommand(name) ? commandIdOf(input) : null
      if (commandId === null) return handler(input)
      const already = running.get(commandId)
      if (already !== undefined) return already
      const done = once(name, commandId, input).finally(() => running.delete(commandId))
      running.set(commandId, done)
      return done
    }
  }
  return table as unknown as Handlers<StorePageApi>
}

/** The same store, but each write keeps its result under the command's name. */
function remembering(context: StoreContext, commandId: string): StoreContext {
  const { writer, clock } = context
  return {
    ...context,
    writer: {
      ...writer,
      write: (options, compose) =>
        writer.write(options, async (draft) => {
          const result = await compose(draft)
          if (result.ok) {
            const row = { commandId, at: clock.now(), result: result.value }
            draft.tableWork.push((db) => db.commands.put(row), ['commands'])
          }
          return result
        }),
    },
  }
}

function commandIdOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null || !('commandId' in input)) return null
  return typeof input.commandId === 'string' ? input.commandId : null
}

export function hasCommandId(input: unknown): boolean {
  return commandIdOf(input) !== null
}
