import { create } from 'zustand'
import type { ClientId } from '../../shared/ids.ts'

/** What of a client goes onto paper besides name and profile. */
export interface PrintParts {
  readonly notes: boolean
  readonly testimonials: boolean
  readonly otherFields: boolean
  readonly timeline: boolean
}

export interface PrintJob {
  readonly clientId: ClientId
  readonly as: 'paper' | 'pdf'
  readonly parts: PrintParts
}

/** The sheet that is being printed, and what was chosen last, for as long as the window lives. */
export const usePrintJob = create<{ readonly job: PrintJob | null; readonly parts: PrintParts }>(() => ({
  job: null,
  parts: { notes: true, testimonials: true, otherFields: false, timeline: false },
}))

export function print(job: PrintJob): void {
  usePrintJob.setState({ job, parts: job.parts })
}

export function endPrint(job: PrintJob): void {
  if (usePrintJob.getState().job === job) usePrintJob.setState({ job: null })
}
