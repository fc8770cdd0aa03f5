import { createPrng, mix, type Prng } from '../prng.ts'
import { inventPerson } from '../sample/invent-person.ts'
import { DEPARTMENTS, JOB_TITLES } from '../sample/phrases.ts'
import type { Region } from '../sample/regions.ts'
import { uuidOfSlot } from '../sample/sample-ids.ts'
import { DAY_MS, isoMilliseconds, MINUTE_MS, sampleTimes, type Times } from '../sample/sample-times.ts'
import { SPOTT_PEOPLE, type SpottPerson } from '../sample/showcase.ts'
import type { VendorSetup } from './vendor.ts'

type SpottLocation = {
  readonly street1: string
  readonly street2: string | null
  readonly postalCode: string
  readonly city: string
  readonly region: string | null
  readonly state: string | null
  readonly country: string
  readonly rawCityCountry: string
  readonly latitude: number
  readonly longitude: number
  readonly formattedAddress: string
}

/** A client contact as the Spott page shows it. */
export type SpottContact = {
  readonly id: string
  readonly candidateId: string | null
  readonly firstName: string
  readonly lastName: string
  readonly avatarUrl: string | null
  readonly locations: readonly SpottLocation[]
  readonly client: {
    readonly company: {
      readonly id: string
      readonly name: string
      readonly logoUrl: string | null
      readonly linkedinUrl: string | null
    }
    readonly locations: readonly SpottLocation[]
  }
  readonly role: string | null
  readonly department: string | null
  readonly startDate: string | null
  readonly endDate: string | null
  readonly active: boolean
  readonly stage: SpottStage | null
  readonly mainContact: SpottOwner | null
  readonly createdAt: string
  readonly customAttributes: readonly {
    readonly attributeDefinitionId: string
    readonly label: string
    readonly aiFillOngoing: boolean
    readonly aiOverridden: boolean
    readonly isFilledByAI: boolean
    readonly value: { readonly text: string }
  }[]
  readonly modifiedAt: string
}

type SpottStage = {
  readonly id: string
  readonly order: number
  readonly name: string
  readonly colorHex: string
}
type SpottOwner = {
  readonly id: string
  readonly name: string
  readonly avatarUrl: string | null
  readonly deactivatedAt: string | null
}

/** With the share of 190 contacts that stands in each. */
const STAGES: readonly (SpottStage & { readonly share: number })[] = [
  { id: 'stage_new', order: 1, name: 'New lead', colorHex: '#8A8F9E', share: 41 / 190 },
  { id: 'stage_discovery', order: 2, name: 'Discovery', colorHex: '#3E9BD6', share: 58 / 190 },
  { id: 'stage_proposal', order: 3, name: 'Proposal', colorHex: '#8B6FD6', share: 37 / 190 },
  { id: 'stage_negotiation', order: 4, name: 'Negotiation', colorHex: '#D98A2B', share: 24 / 190 },
  { id: 'stage_won', order: 5, name: 'Won', colorHex: '#2FA36B', share: 30 / 190 },
]
const OWNERS: readonly string[] = ['Sara Lind', 'Omar Haddad', 'Petra Nyström']
/** The owner who has left: contacts of theirs name someone who is deactivated. */
const LEFT_OWNER = 'Petra Nyström'
/** Older than everyone on the design's board, so that its columns begin as drawn. */
const YOUNGEST_DAYS = 62

export function spottTimes(setup: VendorSetup, slot: number): Times {
  const times = sampleTimes(setup.seed, slot, setup.startedAt, YOUNGEST_DAYS)
  const person = SPOTT_PEOPLE[slot]
  if (person === undefined) {
    return times
  }
  const updated = setup.startedAt - person.minutesAgo * MINUTE_MS
  return { created: Math.min(times.created, updated), updated }
}

export function spottContact(setup: VendorSetup, slot: number, addedAt: number | null): SpottContact {
  const random = createPrng(mix(setup.seed, slot))
  const invented = inventPerson(random)
  const known = SPOTT_PEOPLE[slot]
  const { created, updated } = addedAt === null ? spottTimes(setup, slot) : { created: addedAt, updated: addedAt }
  const origin = setup.origin()
  const company = known?.company ?? invented.company
  const companyNumber = random.below(24)
  const locations = random.chance(0.6) ? [locationIn(invented.region, random)] : []
  const active = random.chance(0.93)
  return {
    id: uuidOfSlot(setup.seed, slot),
    candidateId: random.chance(0.15) ? `cand_${mix(setup.seed, slot).toString(36)}` : null,
    firstName: known?.first ?? invented.first,
    lastName: known?.last ?? invented.last,
    avatarUrl: random.chance(0.3) ? `${origin}/media/avatars/${random.below(24)}.png` : null,
    locations,
    client: {
      company: {
        id: `comp_${mix(setup.seed ^ 0xc0, slot).toString(36)}`,
        name: company,
        logoUrl: random.chance(0.5) ? `${origin}/media/logos/${companyNumber}.png` : null,
        linkedinUrl: random.chance(0.4) ? `https://linkedin.example/company/${companyNumber}` : null,
      },
      locations,
    },
    role: random.chance(0.85) ? random.pick(JOB_TITLES) : null,
    department: random.chance(0.6) ? random.pick(DEPARTMENTS) : null,
    startDate: random.chance(0.7) ? isoMilliseconds(created - random.below(900) * DAY_MS) : null,
    endDate: active ? null : isoMilliseconds(updated),
    active,
    stage: stageOf(random.next(), known),
    mainContact: ownerOf(setup, random, known),
    createdAt: isoMilliseconds(created),
    customAttributes: attributes(random, known, invented),
    modifiedAt: isoMilliseconds(updated),
  }
}

function stageOf(share: number, known: SpottPerson | undefined): SpottStage | null {
  let left = share
  for (const { share: part, ...stage } of STAGES) {
    left -= part
    if (known === undefined ? left < 0 : known.stage === stage.name) {
      return stage
    }
  }
  return null
}

function ownerOf(setup: VendorSetup, random: Prng, known: SpottPerson | undefined): SpottOwner | null {
  const chosen = random.chance(0.55) ? random.pick(OWNERS) : null
  const name = known === undefined ? chosen : known.owner
  if (name === null) {
    return null
  }
  const left = name === LEFT_OWNER
  return {
    id: `user_${OWNERS.indexOf(name) + 1}`,
    name,
    avatarUrl: left ? null : `${setup.origin()}/media/avatars/${OWNERS.indexOf(name) + 3}.png`,
    deactivatedAt: left ? isoMilliseconds(setup.startedAt - 120 * DAY_MS) : null,
  }
}

function attributes(
  random: Prng,
  known: SpottPerson | undefined,
  invented: { readonly email: string; readonly phone: string },
): SpottContact['customAttributes'] {
  const plain = { aiFillOngoing: false, aiOverridden: false, isFilledByAI: false }
  const score = random.chance(0.25) ? 35 + random.below(64) : null
  const fit = known === undefined ? score : known.fit
  const overridden = known === undefined && random.chance(0.2)
  const list = []
  if (fit !== null) {
    list.push({
      attributeDefinitionId: 'attr_fit',
      label: 'Fit',
      aiFillOngoing: false,
      aiOverridden: overridden,
      isFilledByAI: true,
      value: { text: String(fit) },
    })
  }
  // Spott documents no field for these: what there is of them, is an attribute of the customer's own making.
  if (known === undefined && random.chance(0.3)) {
    list.push({ ...plain, attributeDefinitionId: 'attr_email', label: 'E-mail', value: { text: invented.email } })
  }
  if (known === undefined && random.chance(0.2)) {
    list.push({ ...plain, attributeDefinitionId: 'attr_phone', label: 'Phone', value: { text: invented.phone } })
  }
  if (random.chance(0.2)) {
    list.push({
      ...plain,
      attributeDefinitionId: 'attr_budget',
      label: 'Budget',
      value: { text: `€ ${1 + random.below(90)},000` },
    })
  }
  if (random.chance(0.08)) {
    list.push({
      ...plain,
      aiFillOngoing: true,
      attributeDefinitionId: 'attr_summary',
      label: 'Summary',
      value: { text: '' },
    })
  }
  return list
}

function locationIn(region: Region, random: Prng): SpottLocation {
  const street = `${1 + random.below(180)} Linden Street`
  const postalCode = String(10_000 + random.below(80_000))
  return {
    street1: street,
    street2: random.chance(0.2) ? `${1 + random.below(5)}. floor` : null,
    postalCode,
    city: region.city,
    region: null,
    state: null,
    country: region.country,
    rawCityCountry: `${region.city}, ${region.country}`,
    latitude: Math.round((random.next() * 120 - 50) * 1e4) / 1e4,
    longitude: Math.round((random.next() * 340 - 170) * 1e4) / 1e4,
    formattedAddress: `${street}, ${postalCode} ${region.city}, ${region.country}`,
  }
}
