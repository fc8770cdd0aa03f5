import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLink, linkOfClient, routeOfLink } from '../../electron/host/electron/opening/deep-link.ts'
import { routeTextSchema } from '../../shared/model/desktop.ts'

const ID = 'cli_0123456789abcdef'
const LINK = `clientele://client/${ID}`

describe('a link of ours', () => {
  it('opens the client that it names', () => {
    expect(routeOfLink(LINK)).toBe(`#/clients/${ID}`)
    expect(routeOfLink(linkOfClient(ID))).toBe(`#/clients/${ID}`)
  })

  it.each([
    'clientele://client/',
    'clientele://client',
    'clientele:client/cli_0123456789abcdef',
    `clientele:///client/${ID}`,
    `clientele://client//${ID}`,
    `clientele://client/${ID}/`,
    `clientele://client/${ID}/edit`,
    `clientele://client/${ID}?do=delete`,
    `clientele://client/${ID}#x`,
    `clientele://client/%63li_0123456789abcdef`,
    `clientele://client/..%2fclient%2f${ID}`,
    `clientele://client/../client/${ID}`,
    `clientele://user@client/${ID}`,
    `clientele://user:pass@client/${ID}`,
    `clientele://client:443/${ID}`,
    `clientele://Client/${ID}`,
    `CLIENTELE://client/${ID}`,
    `clientele://delete/${ID}`,
    `clientele://client/CLI_0123456789abcdef`,
    `clientele://client/cli_0123456789abcde`,
    `clientele://client/cli_0123456789abcdef0`,
    `clientele://client/${ID}\n`,
    ` ${LINK}`,
    `clientele://client/javascript:alert(1)`,
    `https://client/${ID}`,
    '',
  ])('%j opens nothing', (text) => {
    expect(routeOfLink(text)).toBeNull()
  })

  it('is one only letter by letter, and then opens a place that the page knows', () => {
    const near = fc
      .tuple(fc.nat({ max: LINK.length }), fc.nat({ max: 3 }), fc.string({ maxLength: 4 }))
      .map(([at, cut, put]) => LINK.slice(0, at) + put + LINK.slice(at + cut))
    fc.assert(
      fc.property(
        fc.oneof(
          near,
          fc.string(),
          fc.webUrl().map((url) => url.replace(/^https?/, 'clientele')),
        ),
        (text) => {
          const route = routeOfLink(text)
          if (route === null) return
          expect(text).toMatch(/^clientele:\/\/client\/cli_[0-9a-z]{16}$/)
          expect(routeTextSchema.safeParse(route).success).toBe(true)
          expect(isLink(text)).toBe(true)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
