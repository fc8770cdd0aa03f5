/**
 * The tallest element that we lay out, in CSS px. Chromium's own limit is 2^25 px after the zoom of the page, so this
 * holds up to 500 %. Lists that fit (187,500 rows of 32 px) are not scaled at all.
 */
export const TALLEST_PX = 6_000_000

/** So near to either end of a scaled list a px of the thumb is a px of the list: a wheel never lacks the way to go there. */
const END_PX = 60_000

/**
 * Where a list stands whose rows are higher together than an element can be. `top` is the true place in px, `physical`
 * the scroller's own `scrollTop`. At rest the thumb stands where its share of the list is. What moves by a wheel, a
 * finger or a key moves the rows by exactly its pixels; what jumps further than a view (a thumb that is dragged) goes to
 * that share. The two drift apart while somebody scrolls, and are brought together when he rests (`settle`): rows then
 * keep their place on the screen and only the thumb moves, by less than it can show.
 */
export class ScrollScale {
  top = 0
  physical = 0
  /** Height of all rows and the header, in px. */
  private content = 0
  private view = 0

  /** How high an element is that stands for `content` px. */
  static heightOf(content: number): number {
    return Math.min(content, TALLEST_PX)
  }

  get scaled(): boolean {
    return this.content > TALLEST_PX
  }

  /** A row's place in the scroller is its true place less this. */
  get offset(): number {
    return this.top - this.physical
  }

  get maxTop(): number {
    return Math.max(0, this.content - this.view)
  }

  private get maxPhysical(): number {
    return Math.max(0, ScrollScale.heightOf(this.content) - this.view)
  }

  /** Other rows, or another size of the window. The place stays, as far as there is one. */
  resize(content: number, view: number): void {
    this.content = content
    this.view = view
    this.top = Math.min(this.top, this.maxTop)
  }

  /**
   * The scroller stands at `physical` now. `byPixels`: a wheel or a finger moved it, so that even a long way is as long
   * as it is.
   */
  scrolled(physical: number, byPixels: boolean): void {
    const moved = physical - this.physical
    this.physical = physical
    if (!this.scaled) this.top = physical
    else if (byPixels || Math.abs(moved) <= this.view) this.top = this.within(this.top + moved)
    else this.top = this.within(this.placeOf(physical))
  }

  /** Goes to a true place. The scroller is to stand at `physical` then. */
  goTo(top: number): void {
    this.top = this.within(top)
    this.physical = this.share()
  }

  /** The scroller ran into an end of its own that is not the list's. */
  get stuck(): boolean {
    if (!this.scaled) return false
    return (this.physical < 1 && this.top >= 1) || (this.physical > this.maxPhysical - 1 && this.top < this.maxTop - 1)
  }

  /** Brings the scroller to where the thumb belongs. Whether it has to move for that. */
  settle(): boolean {
    const share = this.share()
    if (Math.abs(share - this.physical) < 1) return false
    this.physical = share
    return true
  }

  /** Where the thumb belongs: by its share of the list but near the ends. */
  private share(): number {
    const { top, maxTop, maxPhysical } = this
    if (!this.scaled || top <= END_PX) return top
    if (maxTop - top <= END_PX) return maxPhysical - (maxTop - top)
    return END_PX + ((top - END_PX) / (maxTop - 2 * END_PX)) * (maxPhysical - 2 * END_PX)
  }

  private placeOf(physical: number): number {
    const { maxTop, maxPhysical } = this
    if (physical <= END_PX) return physical
    if (maxPhysical - physical <= END_PX) return maxTop - (maxPhysical - physical)
    return END_PX + ((physical - END_PX) / (maxPhysical - 2 * END_PX)) * (maxTop - 2 * END_PX)
  }

  private within(top: number): number {
    return Math.min(Math.max(0, top), this.maxTop)
  }
}
