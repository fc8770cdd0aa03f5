/** Numbers that are appended one by one; `at` is how many there are. */
export class GrowingU32 {
  items = new Uint32Array(1_024)
  at = 0
  push(value: number): void {
    if (this.at === this.items.length) this.items = grown(this.items, new Uint32Array(this.at * 2))
    this.items[this.at++] = value
  }
}

export class GrowingF64 {
  items = new Float64Array(64)
  at = 0
  push(value: number): void {
    if (this.at === this.items.length) this.items = grown(this.items, new Float64Array(this.at * 2))
    this.items[this.at++] = value
  }
}

export class GrowingU8 {
  items = new Uint8Array(1_024)
  at = 0
  push(value: number): void {
    if (this.at === this.items.length) this.items = grown(this.items, new Uint8Array(this.at * 2))
    this.items[this.at++] = value
  }
}

function grown<T extends { set: (from: T) => void }>(from: T, to: T): T {
  to.set(from)
  return to
}
