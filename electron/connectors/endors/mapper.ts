import { remoteIdSchema } from '../../../shared/ids.ts'
import type { JsonValue } from '../../../shared/json.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import type { Testimonial } from '../../../shared/model/testimonial.ts'
import { addUnknownMembers, createExtraFields } from '../reading/extra-fields.ts'
import { type Media, readAvatar } from '../reading/read-avatar.ts'
import { cutText, firstText, saidFields } from '../reading/said-fields.ts'
import { readStamp } from '../reading/stamps.ts'
import { type EndorsClient, type EndorsTestimonial, endorsClientSchema } from './wire.ts'

const KNOWN = new Set(Object.keys(endorsClientSchema.shape))

export function endorsClientToRecord(wire: EndorsClient, raw: JsonValue, media: Media): RemoteRecord {
  const extras = createExtraFields()
  extras.add('product', wire.product)
  extras.add('service', wire.service)
  for (const [name, value] of Object.entries(wire.custom_field_values ?? {})) {
    extras.add(`custom_field_values.${name}`, value, { label: name })
  }
  const avatarUrl = readAvatar(wire.profile_image_url, { key: 'profile_image_url', media, extras })
  const createdAt = readStamp(wire.created_at, 'created_at', extras)
  const updatedAt = readStamp(wire.updated_at, 'updated_at', extras)
  const lastActivityAt = readStamp(wire.last_activity_at, 'last_activity_at', extras)
  addUnknownMembers(extras, raw, KNOWN)
  return {
    remoteId: remoteIdSchema.parse(wire.id),
    fields: saidFields({
      firstName: wire.first_name,
      lastName: wire.last_name,
      email: wire.email,
      company: wire.company,
      phone: wire.phone,
      website: wire.website,
      notes: wire.notes,
      jobTitle: wire.job_title,
      location: wire.location,
      tags: wire.tags,
      status: wire.status,
    }),
    fallbackName: cutText(firstText(wire.email, wire.company), 200),
    avatarUrl,
    createdAt,
    updatedAt,
    lastActivityAt,
    owner: null,
    extra: extras.list(),
    raw,
  }
}

export function endorsTestimonialToTestimonial(wire: EndorsTestimonial, media: Media): Testimonial {
  const asset = wire.active_asset ?? null
  const ignored = createExtraFields()
  return {
    testimonialId: wire.id.slice(0, 200),
    type: cutText(firstText(wire.type), 60) ?? 'text',
    name: cutText(wire.name, 300),
    text: cutText(wire.text_content, 20_000),
    rating: wire.rating ?? null,
    sourceCreatedAt: readStamp(wire.source_created_at, 'source_created_at', ignored),
    createdAt: readStamp(wire.created_at, 'created_at', ignored),
    video:
      asset === null
        ? null
        : {
            hlsUrl: mediaOrNull(asset.hlsUrl, 'hls', media),
            posterUrl: mediaOrNull(asset.posterUrl, 'image', media),
            embedUrl: httpsOrNull(asset.embedUrl),
            status: cutText(asset.status, 60),
            originalFilename: cutText(asset.originalFilename, 300),
            durationSeconds: secondsOrNull(asset.durationSeconds),
            trimStartSeconds: secondsOrNull(asset.trimStartSeconds),
            trimEndSeconds: secondsOrNull(asset.trimEndSeconds),
          },
  }
}

function mediaOrNull(url: string | null | undefined, kind: 'image' | 'hls', media: Media): string | null {
  if (url === null || url === undefined || url === '') return null
  const reference = media(url, kind)
  return reference !== null && reference.length <= 4096 ? reference : null
}

/** Shown in a frame or opened outside on request, so nothing but a page over https may stand there. */
function httpsOrNull(url: string | null | undefined): string | null {
  if (url === null || url === undefined || url.length > 2048) return null
  return /^https:\/\//i.test(url) ? url : null
}

function secondsOrNull(seconds: number | null | undefined): number | null {
  return typeof seconds === 'number' && seconds >= 0 ? seconds : null
}
