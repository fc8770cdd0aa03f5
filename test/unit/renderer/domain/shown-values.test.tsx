import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { fieldText } from '../../../../renderer/domain/field-diff.tsx'
import { WebLink } from '../../../../renderer/domain/web-link.tsx'
import { statusView } from '../../../../renderer/store/projection/status-view.ts'
import { ShownText } from '../../../../renderer/ui/shown-text.tsx'

describe('a status that is called like something every object has', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])('%s is a word', (value) => {
    expect(statusView(value, [])).toEqual({ id: value, label: value, tone: 'plain', color: null })
    expect(structuredClone(statusView(value, [])), 'it can go from the worker to the page').toMatchObject({ id: value })
    expect(fieldText('status', value, {})).toBe(value)
  })
})

describe('values of strangers', () => {
  it('show what is hidden in them, with a word on it', () => {
    const html = renderToStaticMarkup(<ShownText text={'Ann\u202etxt.exe'} />)
    expect(html).toContain('title="U+202E: turns the direction of the text"')
    expect(html).toContain('[U+202E]')
    expect(html).toMatch(/^<bdi/)
    expect(renderToStaticMarkup(<ShownText text="<b>Ann</b>" />)).toBe('&lt;b&gt;Ann&lt;/b&gt;')
  })

  it('are cut where they are endless', () => {
    expect(fieldText('notes', 'x'.repeat(1_000_000))?.length).toBeLessThan(20_100)
    expect(
      fieldText(
        'tags',
        Array.from({ length: 100_000 }, (_, n) => `t${n}`),
      )?.length,
    ).toBeLessThan(20_100)
  })

  it('say the host of a link as the network knows it where its letters look like others', () => {
    expect(renderToStaticMarkup(<WebLink text={'https://p\u0430ypal.com/login'} />)).toContain(
      '>https://xn--pypal-4ve.com/',
    )
    expect(renderToStaticMarkup(<WebLink text="https://site.example/a?b" />)).toContain('>https://site.example/a?b</a>')
    expect(renderToStaticMarkup(<WebLink text="https://site.example/" />)).toContain('dir="ltr"')
  })
})
