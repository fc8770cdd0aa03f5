import type { JsonValue } from '../../../shared/json.ts'
import { createPrng, mix, type Prng } from '../prng.ts'
import { inventPerson } from '../sample/invent-person.ts'
import { JOB_TITLES, NOTES, PRODUCTS, SERVICES, TAGS } from '../sample/phrases.ts'
import { uuidOfSlot } from '../sample/sample-ids.ts'
import { DAY_MS, isoMilliseconds, MINUTE_MS, sampleTimes, type Times } from '../sample/sample-times.ts'
import { ENDORS_PEOPLE } from '../sample/showcase.ts'
import type { VendorSetup } from './vendor.ts'

/** A client as the Endors page lists it. */
export type EndorsClient = {
  readonly id: string
  readonly first_name: string
  readonly last_name: string | null
  readonly email: string | null
  readonly company: string | null
  readonly phone: string | null
  readonly website: string | null
  readonly notes: string | null
  readonly job_title: string | null
  readonly location: string | null
  readonly product: string | null
  readonly service: string | null
  readonly tags: readonly string[]
  readonly status: string
  readonly profile_image_url: string | null
  readonly last_activity_at: string | null
  readonly created_at: string
  readonly updated_at: string
  readonly custom_field_values: { readonly [key: string]: JsonValue } | null
}

export function endorsTimes(setup: VendorSetup, slot: number): Times {
  const person = ENDORS_PEOPLE[slot]
  const times = sampleTimes(setup.seed, slot, setup.startedAt, 2.2)
  return person === undefined
    ? times
    : {
        created: Math.min(times.created, setup.startedAt - 45 * DAY_MS),
        updated: setup.startedAt - person.minutesAgo * MINUTE_MS,
      }
}

export function endorsClient(setup: VendorSetup, slot: number, addedAt: number | null): EndorsClient {
  const random = createPrng(mix(setup.seed, slot))
  const invented = inventPerson(random)
  const known = ENDORS_PEOPLE[slot]
  const { created, updated } = addedAt === null ? endorsTimes(setup, slot) : { created: addedAt, updated: addedAt }
  const maybe = (probability: number, value: string): string | null => (random.chance(probability) ? value : null)
  const email = known?.email ?? maybe(0.93, invented.email)
  const domain = (known?.email ?? invented.email).split('@')[1] ?? 'example.com'
  const row = {
    id: uuidOfSlot(setup.seed, slot),
    first_name: known?.first ?? invented.first,
    last_name: known?.last ?? maybe(0.97, invented.last),
    email,
    company: known?.company ?? maybe(0.9, invented.company),
    phone: known?.phone ?? maybe(0.85, invented.phone),
    website: maybe(0.6, `https://${domain}`),
    notes: maybe(0.4, random.pick(NOTES)),
    job_title: maybe(0.7, random.pick(JOB_TITLES)),
    location: maybe(0.75, `${invented.region.city}, ${invented.region.country}`),
    product: maybe(0.2, random.pick(PRODUCTS)),
    service: maybe(0.2, random.pick(SERVICES)),
    tags: known?.tags ?? someTags(random),
    status: known?.status ?? status(random.next()),
    profile_image_url: random.chance(0.35) ? `${setup.origin()}/media/avatars/${random.below(24)}.png` : null,
    last_activity_at: maybe(0.8, isoMilliseconds(updated)),
    created_at: isoMilliseconds(created),
    updated_at: isoMilliseconds(updated),
    custom_field_values: random.chance(0.25) ? customFields(random) : null,
  }
  return known === undefined ? row : { ...row, profile_image_url: slot % 4 === 2 ? row.profile_image_url : null }
}

function status(share: number): string {
  if (share < 0.72) {
    return 'active'
  }
  return share < 0.89 ? 'paused' : 'inactive'
}

function someTags(random: Prng): string[] {
  const count = random.below(4)
  return [...new Set(Array.from({ length: count }, () => random.pick(TAGS)))]
}

function customFields(random: Prng): { readonly [key: string]: JsonValue } {
  return {
    language: random.pick(['en', 'fr', 'es', 'de']),
    newsletter: random.chance(0.5),
    orders: random.below(40),
  }
}
