import type { SourceId } from '../../../shared/ids.ts'

export const NO_SOURCE = -1

/** Sources by small numbers, for columns. Zero is none. */
export class SourceCodes {
  readonly all: (SourceId | null)[] = [null]

  at(code: number): SourceId | null {
    return this.all[code] ?? null
  }
  known(sourceId: string | null): number {
    for (let code = 0; code < this.all.length; code++) if (this.all[code] === sourceId) return code
    return NO_SOURCE
  }
  codeOf(sourceId: SourceId | null): number {
    const known = this.known(sourceId)
    return known === NO_SOURCE ? this.all.push(sourceId) - 1 : known
  }
}
