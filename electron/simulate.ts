import { readSimulateFlags } from './simulator/read-simulate-flags.ts'
import { startSimulator } from './simulator/start-simulator.ts'

/** `npm run simulate`: five simulated vendors until SIGINT or SIGTERM; one JSON line on standard output when ready. */
async function main(): Promise<void> {
  const flags = readSimulateFlags(process.argv.slice(2))
  if (typeof flags === 'string') {
    process.stderr.write(`${flags}\n`)
    process.exitCode = 2
    return
  }
  const { port, ...rest } = flags
  const simulator = await startSimulator({ ...rest, now: Date.now(), ...(port === null ? {} : { port }) })
  const stop = (): void => {
    simulator.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  const ready = Object.fromEntries(
    simulator.sources.map(({ connectorId, name, baseUrl, key, settings }) => [
      connectorId,
      { name, baseUrl, key, settings },
    ]),
  )
  process.stdout.write(`${JSON.stringify(ready)}\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
