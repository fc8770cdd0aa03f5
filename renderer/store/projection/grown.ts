type Numbers = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>

/** Up to here an array grows by half of what it has, beyond by an eighth: of a million lines a third would lie empty. */
const SMALL = 100_000

/** The array itself, or a longer copy that has the place `at`, and more: so that growing costs little per place. */
export function grown<T extends Numbers>(array: T, at: number): T
export function grown(array: Numbers, at: number): Numbers {
  if (at < array.length) return array
  const length = Math.max(256, Math.ceil((at + 1) * (at < SMALL ? 1.5 : 1.125)))
  if (array instanceof Float64Array) {
    const longer = new Float64Array(length)
    longer.set(array)
    return longer
  }
  const longer = new Uint32Array(length)
  longer.set(array)
  return longer
}
