import type { AppUpdate } from '../../../../shared/model/app-update.ts'

export type FailureReason = Extract<AppUpdate, { state: 'failed' }>['why']

/** Why an update could not be looked for, fetched or believed. */
export class UpdateFailure extends Error {
  override readonly name = 'UpdateFailure'
  constructor(
    readonly why: FailureReason,
    /** For the log: no address. */
    readonly detail: string,
  ) {
    super(`${why}: ${detail}`)
  }
}
