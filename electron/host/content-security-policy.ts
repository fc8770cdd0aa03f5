import { EMBED_SOURCES } from '../../shared/address/embed-address.ts'

/**
 * What the page may load: its own files, pictures and video that came through the host, nothing of the network but the
 * players of testimonials, each in a sandboxed frame after a click.
 * Sent as a header by both hosts, because `frame-ancestors` does not work in a meta tag.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  // hls.js feeds the video element through a blob address.
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  `frame-src ${EMBED_SOURCES.join(' ')}`,
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types clientele-worker',
].join('; ')

/** Headers of every reply that is part of the page. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=()',
}
