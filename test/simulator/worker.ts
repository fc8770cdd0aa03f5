import type { Done, Job } from './work.ts'

// Dexie tells other windows of the machine of its changes; here there is none, and nothing may leave the process.
Reflect.deleteProperty(globalThis, 'BroadcastChannel')
console.warn = () => undefined
Error.stackTraceLimit = 4
const { runOne } = await import('./run-one.ts')

async function work(job: Job): Promise<Done> {
  const startedAt = performance.now()
  const result = await runOne(job.options)
  const tookMs = performance.now() - startedAt
  if (!job.twice && result.wrong.length === 0) return { job, result, repeat: 'no', tookMs }
  const again = await runOne(job.options)
  const isSame = again.trace === result.trace && again.wrong.join() === result.wrong.join()
  return { job, result, repeat: isSame ? 'same' : 'differs', tookMs }
}

process.on('message', (job: Job) => {
  work(job).then(
    (done) => process.send?.(done),
    (cause: unknown) => {
      process.stderr.write(`seed ${job.options.seed}: ${cause instanceof Error ? cause.stack : String(cause)}\n`)
      process.exit(1)
    },
  )
})
process.send?.('ready')
