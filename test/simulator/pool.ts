import { type ChildProcess, fork } from 'node:child_process'
import { bundleWorker } from './bundle.ts'
import type { Done, Job } from './work.ts'

export interface Pool {
  readonly run: (job: Job) => Promise<Done>
  readonly end: () => void
}

/** A process that has made this many runs is replaced: what a run leaves behind in its memory must not add up. */
const RUNS_PER_PROCESS = 400
/** A run that takes longer than this hangs. */
const PATIENCE_MS = 240_000

interface Worker {
  readonly child: ChildProcess
  runs: number
  isReady: boolean
  settle: ((done: Done) => void) | null
}

let bundled: Promise<string> | null = null

/** Processes that run, each one run at a time. */
export async function createPool(jobs: number): Promise<Pool> {
  bundled ??= bundleWorker()
  const program = await bundled
  const idle: Worker[] = []
  const all = new Set<Worker>()
  const waiting: { readonly job: Job; readonly resolve: (done: Done) => void }[] = []

  const start = (): void => {
    const child = fork(program, [], {
      // One run at a time: threads of its own that collect garbage would take the time of the other processes.
      execArgv: ['--max-old-space-size=1500', '--max-semi-space-size=96', '--single-threaded-gc'],
      serialization: 'json',
    })
    const worker: Worker = { child, runs: 0, isReady: false, settle: null }
    all.add(worker)
    child.on('message', (message: Done | 'ready') => {
      worker.isReady = true
      if (message !== 'ready') {
        const { settle } = worker
        worker.settle = null
        worker.runs++
        settle?.(message)
      }
      if (worker.runs >= RUNS_PER_PROCESS) {
        all.delete(worker)
        child.kill()
        start()
        return
      }
      idle.push(worker)
      next()
    })
    child.on('exit', () => {
      if (!all.delete(worker)) return
      // One that cannot even load would be started again for ever.
      if (!worker.isReady) throw new Error('A process of the simulator does not start')
      // It died over a run: that run has failed, and the others go on.
      worker.settle?.({ ...CRASHED, job: { options: { seed: worker.runs }, twice: false } })
      start()
    })
  }
  const next = (): void => {
    const worker = idle.shift()
    if (worker === undefined) return
    const task = waiting.shift()
    if (task === undefined) {
      idle.unshift(worker)
      return
    }
    const timer = setTimeout(() => worker.child.kill('SIGKILL'), PATIENCE_MS)
    worker.settle = (done) => {
      clearTimeout(timer)
      task.resolve(
        done.result.seed === -1
          ? { ...done, job: task.job, result: { ...done.result, seed: task.job.options.seed } }
          : done,
      )
    }
    worker.child.send(task.job)
  }
  for (let i = 0; i < jobs; i++) start()
  return {
    run: (job) =>
      new Promise((resolve) => {
        waiting.push({ job, resolve })
        next()
      }),
    end: () => {
      for (const worker of all) {
        all.delete(worker)
        worker.child.kill()
      }
    },
  }
}

const CRASHED: Omit<Done, 'job'> = {
  repeat: 'no',
  tookMs: 0,
  result: {
    seed: -1,
    steps: 0,
    wrong: ['the process of the run died or hung'],
    wrongAt: null,
    trace: 0,
    last: [],
    faults: {},
    mutant: null,
    saved: 0,
    simulatedMs: 0,
    requests: 0,
  },
}
