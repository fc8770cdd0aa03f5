import type { Random } from '../../../shared/clock.ts'

/** Chance out of one seed. Each part of a run draws from a stream of its own, so that leaving one step out changes no other. */
export interface Dice extends Random {
  readonly below: (limit: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T | undefined
  readonly between: (low: number, high: number) => number
  /** A stream that depends on this one's seed and `name` alone, not on what was drawn so far. */
  readonly stream: (name: string | number) => Dice
}

export function createDice(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)],
    between: (low, high) => low + below(high - low + 1),
    stream: (name) => createDice(mix(seed, typeof name === 'number' ? name + 1 : hash(name))),
  }
}

export function hash(text: string, from = 0x811c9dc5): number {
  let sum = from
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193)
  return sum >>> 0
}

function mix(a: number, b: number): number {
  let x = (a ^ Math.imul(b + 0x9e3779b9, 0x85ebca6b)) >>> 0
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return (x ^ (x >>> 16)) >>> 0
}
