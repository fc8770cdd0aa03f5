import { resolve } from 'node:path'
import packageJson from '../package.json' with { type: 'json' }
import { createConnectors } from './connectors/registry.ts'
import { createCore } from './core/create-core.ts'
import { parseServerFlags } from './host/node/parse-server-flags.ts'
import { CannotStart, runNodeHost } from './host/node/run-node-host.ts'
import { startSampleServers } from './start-sample-servers.ts'

/** Root of the Node host: the app for a local browser. Standard output carries the address line and nothing else. */
async function main(): Promise<void> {
  const flags = parseServerFlags(process.argv.slice(2))
  if (typeof flags === 'string') throw new CannotStart(flags)
  const starting = runNodeHost({
    flags,
    version: packageJson.version,
    pageFolder: resolve(import.meta.dirname, '../renderer'),
    startCore: (host) => createCore({ host, connectors: createConnectors(), startSimulator: startSampleServers }),
    print: (line) => process.stdout.write(`${line}\n`),
    tell,
  })

  // Before the address is printed: whoever reads it may end the program at once.
  let isStopping = false
  const end = (): void => {
    if (isStopping) return
    isStopping = true
    // Whatever hangs, the user's Ctrl+C ends the program; all that must survive is on disk already.
    setTimeout(() => process.exit(1), 5000).unref()
    starting
      .then((stop) => stop())
      .then(
        () => process.exit(0),
        (cause: unknown) => {
          tell(`Clientele did not stop cleanly: ${String(cause)}`)
          process.exit(1)
        },
      )
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  process.on('SIGHUP', end)
  await starting
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}

main().catch((cause: unknown) => {
  tell(cause instanceof CannotStart ? cause.message : `Clientele cannot start: ${String(cause)}`)
  process.exit(1)
})
