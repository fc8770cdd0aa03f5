import { expect, it } from 'vitest'
import { openChecked, outsideLink } from '../../../../electron/host/outside-link.ts'

it.each([
  'https://site.example/x?y#z',
  'mailto:a@b.example',
  'mailto:a@b.example?subject=Hello&body=x',
  'tel:+420123456',
  'tel:%2B420'.replace('%2B', '+'),
])('%s may be opened outside', (url) => {
  expect(outsideLink(url)).toBe(url)
})

it.each([
  ['plain http', 'http://site.example/'],
  ['a file', 'file:///etc/passwd'],
  ['a script', 'javascript:alert(1)'],
  ['a script behind white space', ' \tjava\nscript:alert(1)'],
  ['our own page', 'app://clientele/'],
  ['our own link', 'clientele://client/x'],
  ['a share', 'smb://share/x'],
  ['a handler of Windows', 'ms-msdt:/id PCWDiagnostic'],
  ['a search of Windows', 'search-ms:query=x&crumb=location:\\\\evil.example\\share'],
  ['credentials', 'https://user:secret@site.example'],
  ['a user', 'https://site.example@evil.example/'],
  ['an attachment', 'mailto:a@b.example?attach=/home/me/.ssh/id_rsa'],
  ['an attachment, other spelling', 'mailto:a@b.example?subject=x&Attachment=/etc/passwd'],
  ['an encoded attachment', 'mailto:a@b.example?%61ttach=/etc/passwd'],
  ['a header of its own', 'mailto:a@b.example%0D%0ABcc:evil@evil.example'],
  ['a number that is none', 'tel:$(reboot)'],
  ['a number with a quote', 'tel:"+1'],
  ['something without end', `https://site.example/${'x'.repeat(3000)}`],
  ['no address', '-V'],
  ['nothing', ''],
])('%s may not: %s', (_what, url) => {
  expect(outsideLink(url)).toBeNull()
})

it('is asked once more right before the system opens something', async () => {
  const opened: string[] = []
  const open = openChecked(async (url) => {
    opened.push(url)
  })
  await open('https://site.example/x')
  await expect(open('file:///etc/passwd')).rejects.toThrow(TypeError)
  expect(opened).toEqual(['https://site.example/x'])
})
