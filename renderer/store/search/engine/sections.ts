/** Arrays in one piece of bytes: how many, the length of each, then each from a multiple of eight on. */
export function packSections(sections: readonly ArrayBufferView[]): Uint8Array {
  const header = align(4 + sections.length * 4)
  const bytes = new Uint8Array(sections.reduce((at, section) => at + align(section.byteLength), header))
  const view = new DataView(bytes.buffer)
  view.setUint32(0, sections.length, true)
  let at = header
  for (const [index, section] of sections.entries()) {
    view.setUint32(4 + index * 4, section.byteLength, true)
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), at)
    at += align(section.byteLength)
  }
  return bytes
}

/** The sections as views where they lie; null where the bytes are not what `packSections` made with so many. */
export function unpackSections(bytes: Uint8Array, count: number): readonly Uint8Array[] | null {
  const header = align(4 + count * 4)
  if (bytes.byteLength < header) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(0, true) !== count) return null
  const sections: Uint8Array[] = []
  let at = header
  for (let index = 0; index < count; index++) {
    const length = view.getUint32(4 + index * 4, true)
    if (at + length > bytes.byteLength) return null
    sections.push(bytes.subarray(at, at + length))
    at += align(length)
  }
  return sections
}

/** Copied where it does not lie on a multiple of its size. */
export function asU32(bytes: Uint8Array): Uint32Array {
  const own = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  return new Uint32Array(own.buffer, own.byteOffset, own.byteLength >> 2)
}
export function asU16(bytes: Uint8Array): Uint16Array {
  const own = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice()
  return new Uint16Array(own.buffer, own.byteOffset, own.byteLength >> 1)
}
export function asF64(bytes: Uint8Array): Float64Array {
  const own = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice()
  return new Float64Array(own.buffer, own.byteOffset, own.byteLength >> 3)
}

function align(length: number): number {
  return (length + 7) & ~7
}
