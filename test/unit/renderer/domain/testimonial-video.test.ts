import { describe, expect, it } from 'vitest'
import { isVideo, saidAt, videoLength, videoState } from '../../../../renderer/domain/testimonial-video.ts'
import { type Testimonial, testimonialSchema } from '../../../../shared/model/testimonial.ts'

const video = {
  hlsUrl: '/media/a.m3u8',
  posterUrl: null,
  embedUrl: null,
  status: 'ready',
  originalFilename: null,
  durationSeconds: 40,
  trimStartSeconds: null,
  trimEndSeconds: null,
}
const testimonial = (change: Partial<Testimonial>): Testimonial =>
  testimonialSchema.parse({
    testimonialId: 't1',
    type: 'video',
    name: null,
    text: null,
    rating: null,
    sourceCreatedAt: null,
    createdAt: null,
    video,
    ...change,
  })

describe('videoState', () => {
  it('plays what is ready, or has a stream and no word about it', () => {
    expect(videoState(testimonial({})).kind).toBe('playable')
    expect(videoState(testimonial({ video: { ...video, status: null } })).kind).toBe('playable')
    expect(videoState(testimonial({ video: { ...video, status: 'READY' } })).kind).toBe('playable')
  })
  it('does not play what the vendor still works on, and keeps the vendor’s word', () => {
    expect(videoState(testimonial({ video: { ...video, status: 'inprogress' } }))).toEqual({
      kind: 'not-ready',
      status: 'inprogress',
    })
  })
  it('says that there is no stream', () => {
    expect(videoState(testimonial({ video: { ...video, hlsUrl: null } })).kind).toBe('missing')
    expect(videoState(testimonial({ video: null })).kind).toBe('missing')
  })
})

describe('a player of the vendor', () => {
  const player = 'https://customer-1.cloudflarestream.com/x/iframe'
  const state = (change: Partial<Record<'embedUrl' | 'hlsUrl' | 'status', string>>) =>
    videoState(testimonial({ video: { ...video, hlsUrl: null, ...change } }))
  it('is shown where there is no stream, and it is one that we know', () => {
    expect(state({ embedUrl: player })).toEqual({
      kind: 'embed',
      url: player,
      host: 'customer-1.cloudflarestream.com',
    })
    expect(state({ embedUrl: player, hlsUrl: '/media/a.m3u8' }).kind).toBe('playable')
    expect(state({ embedUrl: player, status: 'inprogress' }).kind).toBe('not-ready')
    expect(state({ embedUrl: 'https://customer-1.cloudflarestream.com.evil.example/x/iframe' }).kind).toBe('missing')
  })
})

describe('a card', () => {
  it('has a picture for a video without its file, and for an unknown kind with one', () => {
    expect(isVideo(testimonial({ video: null }))).toBe(true)
    expect(isVideo(testimonial({ type: 'reel' }))).toBe(true)
    expect(isVideo(testimonial({ type: 'text', video: null }))).toBe(false)
    expect(isVideo(testimonial({ type: 'audio-note', video: null }))).toBe(false)
  })
  it('shows the length of the trimmed part', () => {
    expect(videoLength(testimonial({ video: { ...video, trimStartSeconds: 2, trimEndSeconds: 12 } }))).toBe(10)
    expect(videoLength(testimonial({ video: { ...video, durationSeconds: null } }))).toBeNull()
  })
  it('takes the day it was said before the day it was taken in', () => {
    const said = '2026-05-01T10:00:00.000Z'
    expect(saidAt(testimonial({ sourceCreatedAt: said, createdAt: '2026-06-01T10:00:00Z' }))).toBe(Date.parse(said))
    expect(saidAt(testimonial({ createdAt: said }))).toBe(Date.parse(said))
    expect(saidAt(testimonial({ sourceCreatedAt: 'last spring' }))).toBeNull()
  })
})
