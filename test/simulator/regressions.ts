import type { RunOptions } from './run-one.ts'

/** Runs that once went wrong, as small as they could be made, and what they found. Each must be well for ever. */
export interface Regression {
  readonly name: string
  readonly options: RunOptions
}

function only(steps: readonly number[], of = 40): readonly number[] {
  return Array.from({ length: of }, (_, i) => i).filter((step) => !steps.includes(step))
}

export const REGRESSIONS: readonly Regression[] = [
  {
    name: 'a vendor that answers 405 to an update: the value stays here, and the next one is no conflict with itself',
    options: { seed: 5143, steps: 40, without: ['message-late'], skip: only([0, 2, 3, 6, 10]) },
  },
  {
    name: 'a client that others removed, with values of this device over it, over three deaths of the core',
    options: {
      seed: 5125,
      steps: 40,
      without: ['kill-both'],
      skip: only([10, 11, ...Array.from({ length: 12 }, (_, i) => 15 + i)]),
    },
  },
  {
    name: 'made, deleted and brought back by undo: made once more, and no more than that',
    options: { seed: 5039, steps: 40, without: ['status-503-wait', 'list-shifts'], skip: only([12, 13, 14, 16, 19]) },
  },
  {
    name: 'two owners for a moment: one create, asked of both, is one client',
    options: { seed: 1110, steps: 40, without: ['status-400', 'status-500-after', 'power-cut'], skip: only([0, 1, 2]) },
  },
  {
    name: 'a traverse without a total needs two readings an hour apart before anybody is missed',
    options: { seed: 1109, steps: 40, skip: only([12]) },
  },
  {
    name: 'messages that arrive twice: no edit is taken behind the back of the core',
    options: { seed: 55_358_376, steps: 11, skip: [8, 9, 10] },
  },
  {
    name: 'the user says what became of a lost create, which others have changed: what was written behind it asks first',
    options: { seed: 798_577_154 },
  },
  {
    name: 'read, and changed by others in the same millisecond: no overwrite',
    options: { seed: 1_768_230_529 },
  },
  {
    name: 'both halves of one client were written on: the later word counts',
    options: { seed: 1_399_365_378 },
  },
  {
    name: 'a recovery that was cut off before the journal knew of it is repeated: what was saved in between stays',
    options: { seed: 1_399_365_604 },
  },
  { name: 'a create that lands minutes late, after the last reading of all', options: { seed: 1_768_230_700 } },
  {
    name: 'a create that its vendor hides from its lists for longer than P5 bears: two, and told',
    options: { seed: 1_768_230_998 },
  },
  {
    name: 'a create that others removed before any answer named it, and that the user sent again',
    options: { seed: 1_768_231_536 },
  },
]
