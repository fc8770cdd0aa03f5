import type { RunOptions, RunResult } from './run-one.ts'

/** What the main process hands to a process that runs, and what comes back. */
export interface Job {
  readonly options: RunOptions
  /** Run it again, and compare. A run that fails is always repeated. */
  readonly twice: boolean
}
export interface Done {
  readonly job: Job
  readonly result: RunResult
  readonly repeat: 'no' | 'same' | 'differs'
  readonly tookMs: number
}
