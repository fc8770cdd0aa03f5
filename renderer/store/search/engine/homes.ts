import type { Segment } from './segment.ts'

export const NOWHERE = 0
export const IN_PENDING = -1
export const IN_FROZEN = -2

/** Where each document lies: the id of a segment or one of the above, and its place there. */
export class Homes {
  private homes = new Int32Array(1_024)
  private places = new Uint32Array(1_024)
  size = 0

  homeOf(doc: number): number {
    return doc < this.homes.length ? (this.homes[doc] ?? NOWHERE) : NOWHERE
  }

  placeOf(doc: number): number {
    return this.places[doc] ?? 0
  }

  set(doc: number, home: number, place: number): void {
    if (doc >= this.homes.length) this.grow(doc + 1)
    const before = this.homes[doc] ?? NOWHERE
    if (before === NOWHERE && home !== NOWHERE) this.size++
    else if (before !== NOWHERE && home === NOWHERE) this.size--
    this.homes[doc] = home
    this.places[doc] = place
  }

  /** All living documents of a segment that was loaded. */
  fill({ docs, id, scratch }: Segment): void {
    let most = 0
    for (let at = 0; at < docs.length; at++) if ((docs[at] ?? 0) > most) most = docs[at] ?? 0
    if (most >= this.homes.length) this.grow(most + 1)
    const { homes, places } = this
    const { dead } = scratch
    for (let at = 0; at < docs.length; at++) {
      if (dead !== null && ((dead[at >> 5] ?? 0) & (1 << (at & 31))) !== 0) continue
      const doc = docs[at] ?? 0
      if (homes[doc] === NOWHERE) this.size++
      homes[doc] = id
      places[doc] = at
    }
  }

  bytes(): number {
    return this.homes.byteLength + this.places.byteLength
  }

  private grow(least: number): void {
    const length = Math.max(least, this.homes.length * 2)
    const homes = new Int32Array(length)
    homes.set(this.homes)
    this.homes = homes
    const places = new Uint32Array(length)
    places.set(this.places)
    this.places = places
  }
}
