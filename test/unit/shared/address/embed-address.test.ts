import { describe, expect, it } from 'vitest'
import { EMBED_SOURCES, embedAddress, isPlayerUrl } from '../../../../shared/address/embed-address.ts'

const GOOD = [
  'https://customer.cloudflarestream.com/.../iframe',
  'https://customer-f33zs165nr7gyfy4.cloudflarestream.com/6b9e68b07dfee8cc2d116e4c51d6a957/iframe',
  'https://customer-f33zs165nr7gyfy4.cloudflarestream.com/eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln_-/iframe?poster=x',
]

const BAD: readonly (readonly [string, string])[] = [
  ['plain http', 'http://customer.cloudflarestream.com/x/iframe'],
  ['a script', 'javascript:alert(1)//customer.cloudflarestream.com/x/iframe'],
  ['data', 'data:text/html,<script>1</script>'],
  ['our own scheme', 'app://clientele/x/iframe'],
  ['a blob', 'blob:https://customer.cloudflarestream.com/x/iframe'],
  ['another host', 'https://evil.example/x/iframe'],
  ['the domain without a customer', 'https://cloudflarestream.com/x/iframe'],
  ['the domain as a beginning', 'https://customer.cloudflarestream.com.evil.example/x/iframe'],
  ['the domain as an end without a dot', 'https://evilcloudflarestream.com/x/iframe'],
  ['two labels in front', 'https://a.b.cloudflarestream.com/x/iframe'],
  ['a dot at the end', 'https://customer.cloudflarestream.com./x/iframe'],
  ['a user', 'https://customer.cloudflarestream.com@evil.example/x/iframe'],
  ['a user at the right host', 'https://evil@customer.cloudflarestream.com/x/iframe'],
  ['a user and a password', 'https://a:b@customer.cloudflarestream.com/x/iframe'],
  ['a port', 'https://customer.cloudflarestream.com:8443/x/iframe'],
  ['the usual port, written', 'https://customer.cloudflarestream.com:443/x/iframe'],
  ['a backslash for the slash', 'https://customer.cloudflarestream.com\\@evil.example/x/iframe'],
  ['a backslash in the path', 'https://customer.cloudflarestream.com/x\\iframe'],
  ['a fragment for the slash', 'https://evil.example#.cloudflarestream.com/x/iframe'],
  ['a query for the slash', 'https://evil.example?.cloudflarestream.com/x/iframe'],
  ['Cyrillic letters', 'https://customer.\u0441loudflarestream.com/x/iframe'],
  ['wide letters', 'https://customer.\uff43loudflarestream.com/x/iframe'],
  ['an ideographic full stop', 'https://customer\u3002cloudflarestream.com/x/iframe'],
  ['punycode', 'https://xn--customer-9za.cloudflarestream.com/x/iframe'],
  ['capitals, which no vendor writes', 'https://CUSTOMER.cloudflarestream.com/x/iframe'],
  ['an encoded host', 'https://customer%2ecloudflarestream.com/x/iframe'],
  ['a tab in the host', 'https://customer\t.cloudflarestream.com/x/iframe'],
  ['a line break', 'https://customer.cloudflarestream.com/x/\niframe'],
  ['white space in front', ' https://customer.cloudflarestream.com/x/iframe'],
  ['a right-to-left mark', 'https://customer.cloudflarestream.com/\u202ex/iframe'],
  ['another page of the service', 'https://customer.cloudflarestream.com/x/manifest/video.m3u8'],
  ['a way up', 'https://customer.cloudflarestream.com/x/../login/y/iframe'],
  ['no path', 'https://customer.cloudflarestream.com/'],
  ['an address without end', `https://customer.cloudflarestream.com/${'x'.repeat(5000)}/iframe`],
  ['a label that ends in a hyphen', 'https://customer-.cloudflarestream.com/x/iframe'],
  ['no scheme', '//customer.cloudflarestream.com/x/iframe'],
  ['nothing', ''],
]

describe('players of testimonials', () => {
  it.each(GOOD)('%s may be shown in a frame', (url) => {
    expect(embedAddress(url)).toEqual({ url, host: new URL(url).hostname })
  })

  it.each(BAD)('%s may not: %s', (_what, url) => {
    expect(embedAddress(url)).toBeNull()
  })

  it('its own files belong to a player, other hosts do not', () => {
    expect(isPlayerUrl('https://customer.cloudflarestream.com/embed/sdk.latest.js')).toBe(true)
    expect(isPlayerUrl('https://embed.cloudflarestream.com/embed/iframe.js?videoId=x')).toBe(true)
    expect(isPlayerUrl('https://evil.example/embed.js')).toBe(false)
    expect(isPlayerUrl('wss://customer.cloudflarestream.com/')).toBe(false)
  })

  it('the policy names the same hosts', () => {
    expect(EMBED_SOURCES).toEqual(['https://*.cloudflarestream.com'])
  })
})
