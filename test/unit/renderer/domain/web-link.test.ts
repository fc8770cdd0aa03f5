import { expect, it } from 'vitest'
import { webAddress } from '../../../../renderer/domain/web-link.tsx'

it('F178 javascript:, data: and file: in a website field are text; only https is a link', () => {
  expect(webAddress('https://atelier.example/about')).toBe('https://atelier.example/about')
  for (const text of [
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'vbscript:x',
    'blob:https://a.example/1',
    'http://plain.example',
    'https://user:pass@a.example',
    '//a.example',
    'a.example',
    '',
  ]) {
    expect(webAddress(text), text).toBeNull()
  }
})
