/** A place on the desktop, in the units that Electron counts in (independent of scaling). */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/**
 * Where a window may open that was last at `wanted`: whole, on one of the displays there are now. `workAreas` are what
 * displays leave free of bars, the main one first. Without a place of its own (`null`: never opened, or a system such
 * as Wayland that tells none) the system is left to choose one, and only the size is cut to fit.
 */
export function clampBounds(
  wanted: Size & { readonly x: number | null; readonly y: number | null },
  workAreas: readonly Area[],
  least: Size,
): Size & { readonly x: number | null; readonly y: number | null } {
  const { x, y } = wanted
  const place = x === null || y === null ? null : { x, y, width: wanted.width, height: wanted.height }
  const home = place === null ? undefined : mostCovered(place, workAreas)
  const area = home ?? workAreas[0]
  if (area === undefined) return { ...atLeast(wanted, least), x: null, y: null }
  const size = {
    width: between(wanted.width, least.width, area.width),
    height: between(wanted.height, least.height, area.height),
  }
  if (place === null) return { ...size, x: null, y: null }
  // The display it was on is gone: the middle of the main one.
  if (home === undefined)
    return { ...size, x: middle(area.x, area.width, size.width), y: middle(area.y, area.height, size.height) }
  return {
    ...size,
    x: between(place.x, area.x, area.x + area.width - size.width),
    y: between(place.y, area.y, area.y + area.height - size.height),
  }
}

/** The display that shows most of it; undefined where none shows any. */
function mostCovered(place: Area, areas: readonly Area[]): Area | undefined {
  let best: Area | undefined
  let bestCover = 0
  for (const area of areas) {
    const cover =
      overlap(place.x, place.width, area.x, area.width) * overlap(place.y, place.height, area.y, area.height)
    if (cover > bestCover) {
      best = area
      bestCover = cover
    }
  }
  return best
}

function overlap(from: number, length: number, otherFrom: number, otherLength: number): number {
  return Math.max(0, Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom))
}

/** A display that is too small for the least size wins over it. */
function between(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}

function atLeast(size: Size, least: Size): Size {
  return { width: Math.max(size.width, least.width), height: Math.max(size.height, least.height) }
}

function middle(from: number, length: number, size: number): number {
  return Math.round(from + (length - size) / 2)
}
