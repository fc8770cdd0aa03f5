import { createPrng, mix, type Prng } from '../prng.ts'
import { TESTIMONIAL_TEXTS } from '../sample/phrases.ts'
import { uuidOfSlot } from '../sample/sample-ids.ts'
import { DAY_MS, HOUR_MS, isoMilliseconds, MINUTE_MS } from '../sample/sample-times.ts'
import type { EndorsClient } from './endors-rows.ts'
import type { VendorSetup } from './vendor.ts'

/** A testimonial as the Endors page lists it. */
export type EndorsTestimonial = {
  readonly id: string
  readonly type: string
  readonly name: string | null
  readonly text_content: string | null
  readonly rating: number | null
  readonly source_created_at: string
  readonly created_at: string
  readonly updated_at: string
  readonly active_asset: {
    readonly id: string
    readonly type: string
    readonly status: string
    readonly originalFilename: string
    readonly durationSeconds: number | null
    readonly embedUrl: string
    readonly hlsUrl: string | null
    readonly posterUrl: string | null
    readonly trimStartSeconds: number | null
    readonly trimEndSeconds: number | null
  } | null
}

interface Told {
  readonly daysAgo: number
  readonly rating: number | null
  readonly text: string | null
  /** Length of the film in seconds, or null for a written one. */
  readonly seconds: number | null
  readonly poster: number
  readonly trim: readonly [number | null, number | null]
}

const written = (daysAgo: number, rating: number, text: string): Told => ({
  daysAgo,
  rating,
  text,
  seconds: null,
  poster: 0,
  trim: [null, null],
})
const filmed = (daysAgo: number, seconds: number, poster: number): Told => ({
  daysAgo,
  rating: 5,
  text: null,
  seconds,
  poster,
  trim: [null, null],
})

/** What the first clients of the list said: the cards of the design's picture. */
const SHOWN: readonly Told[] = [
  filmed(9, 38.2, 0),
  filmed(15, 72, 1),
  written(
    11,
    5,
    'Primero escucharon, luego propusieron. Our wholesale orders doubled in two seasons and I still speak to the same person.',
  ),
  written(
    19,
    5,
    'The team answered on a Sunday, in French, and the catalogue went to print on time. We have not worried about a deadline since.',
  ),
  written(24, 4, 'Clear, quick, honest about what could not be done.'),
  { ...filmed(40, 46, 3), trim: [4, 38.5] },
  filmed(13, 54, 2),
  written(31, 3, 'Good work. The first draft took longer than promised.'),
  written(22, 5, 'They remembered my daughter’s name. That is the whole review.'),
  written(35, 4, 'Solid partner for three launches; documentation could be shorter.'),
]

/** The client who has as many testimonials as one answer may hold, and the one who has more. */
const SLOT_WITH_FIFTY = 20
const SLOT_WITH_MORE = 1020
/** Share of the other clients who have any, chosen so that 212 clients have about 180 in all. */
const SHARE = 0.3

/** All testimonials of a client, newest first, more than one answer may hold included. */
export function sampleTestimonials(setup: VendorSetup, slot: number, client: EndorsClient): EndorsTestimonial[] {
  const shown = SHOWN[slot]
  const random = createPrng(mix(setup.seed ^ 0x7e57, slot))
  const told = shown === undefined ? Array.from({ length: howMany(random, slot) }, () => invent(random, slot)) : [shown]
  return told
    .map((one, index) => testimonial(setup, slot, index, client, one, random))
    .toSorted((a, b) => b.source_created_at.localeCompare(a.source_created_at))
}

function howMany(random: Prng, slot: number): number {
  if (slot === SLOT_WITH_FIFTY) {
    return 50
  }
  if (slot === SLOT_WITH_MORE) {
    return 60
  }
  return random.chance(SHARE) ? 1 + random.below(3) : 0
}

function invent(random: Prng, slot: number): Told {
  const isFilm = random.chance(0.33)
  // The one with fifty said them long ago, or the newest page would be theirs alone.
  const daysAgo = slot === SLOT_WITH_FIFTY ? 300 + random.next() * 400 : 41 + random.next() * 600
  const seconds = isFilm ? Math.round(80 + random.next() * 820) / 10 : null
  return {
    daysAgo,
    rating: random.chance(0.12) ? null : random.pick([5, 5, 5, 5, 4, 4, 3, 2]),
    text: isFilm && random.chance(0.7) ? null : random.pick(TESTIMONIAL_TEXTS),
    seconds,
    poster: random.below(12),
    trim: seconds !== null && random.chance(0.3) ? [1.5, random.chance(0.5) ? seconds - 2 : null] : [null, null],
  }
}

function testimonial(
  setup: VendorSetup,
  slot: number,
  index: number,
  client: EndorsClient,
  told: Told,
  random: Prng,
): EndorsTestimonial {
  const said = Math.floor(setup.startedAt - told.daysAgo * DAY_MS + (told.daysAgo > 40 ? 0 : 3 * HOUR_MS))
  const number = (slot * 64 + index) >>> 0
  const assetId = uuidOfSlot(setup.seed ^ 0xa55e7, number)
  const origin = setup.origin()
  return {
    id: uuidOfSlot(setup.seed ^ 0x7e57, number),
    type: told.seconds === null ? 'text' : 'video',
    name: `${client.first_name} ${client.last_name ?? ''}`.trim(),
    text_content: told.text,
    rating: told.rating,
    source_created_at: isoMilliseconds(said),
    created_at: isoMilliseconds(said + 5 * MINUTE_MS),
    updated_at: isoMilliseconds(said + (5 + random.below(60)) * MINUTE_MS),
    active_asset:
      told.seconds === null
        ? null
        : {
            id: assetId,
            type: 'video',
            status: 'ready',
            originalFilename: 'testimonial.mp4',
            durationSeconds: told.seconds,
            embedUrl: `${origin}/media/embed/${assetId}`,
            hlsUrl: `${origin}/media/hls/${Math.round(told.seconds * 10)}/video.m3u8`,
            posterUrl: `${origin}/media/posters/${told.poster}.png`,
            trimStartSeconds: told.trim[0],
            trimEndSeconds: told.trim[1],
          },
  }
}
