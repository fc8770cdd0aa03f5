type Numbers = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>

/** The array itself, or a longer copy that has the place `at`: half as much again, so that growing costs little per place. */
export function grown<T extends Numbers>(array: T, at: number): T
export function grown(array: Numbers, at: number): Numbers {
  if (at < array.length) return array
  const length = Math.max(256, Math.ceil((at + 1) * 1.5))
  if (array instanceof Float64Array) {
    const longer = new Float64Array(length)
    longer.set(array)
    return longer
  }
  const longer = new Uint32Array(length)
  longer.set(array)
  return longer
}
