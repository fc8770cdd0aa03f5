/**
 * Steps of a value axis from 0: round numbers (1, 2, 5 times a power of ten), at most `maxSteps` of them, the last one
 * not above `max` unless `max` is smaller than the first step. Whole numbers only, since clients are counted.
 */
export function axisTicks(max: number, maxSteps = 3): readonly number[] {
  if (!(max > 0)) return [0]
  let step = 1
  for (let power = 1; ; power *= 10) {
    const fitting = [1, 2, 5]
      .map((factor) => factor * power)
      .find((candidate) => Math.floor(max / candidate) <= maxSteps - 1)
    if (fitting !== undefined) {
      step = fitting
      break
    }
  }
  const ticks: number[] = []
  for (let tick = 0; tick <= max; tick += step) ticks.push(tick)
  return ticks
}

/** Length of a bar as a share of the longest, 0 to 1. Something that is there never vanishes. */
export function barShare(value: number, max: number): number {
  if (!(value > 0) || !(max > 0)) return 0
  return Math.max(0.006, Math.min(1, value / max))
}

/**
 * Whole percents that add up to exactly 100 (largest remainder), so that a reader who adds them is not misled. All 0
 * where there is nothing.
 */
export function wholePercents(values: readonly number[]): readonly number[] {
  const total = values.reduce((sum, value) => sum + value, 0)
  if (!(total > 0)) return values.map(() => 0)
  const exact = values.map((value) => (value * 100) / total)
  const floors = exact.map(Math.floor)
  let rest = 100 - floors.reduce((sum, value) => sum + value, 0)
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
  for (const { index } of byRemainder) {
    if (rest === 0) break
    floors[index] = (floors[index] ?? 0) + 1
    rest--
  }
  return floors
}

/** `31 %`; a share that is there but rounds to nothing is `< 1 %`. */
export function percentText(percent: number, value: number): string {
  return percent === 0 && value > 0 ? '< 1 %' : `${percent} %`
}
