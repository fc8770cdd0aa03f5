import { expect, type Page } from '@playwright/test'

/** Sees whatever a payload could bring about in a window. */
export interface HostileWatch {
  /** Fails where anything ran, opened, moved or was asked for. */
  readonly expectNothing: () => Promise<void>
}

export async function watchForHarm(page: Page): Promise<HostileWatch> {
  const happened: string[] = []
  const origin = new URL(page.url()).origin
  const address = page.url().replace(/#.*/, '')
  page.on('dialog', (dialog) => {
    happened.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('popup', (popup) => happened.push(`a window: ${popup.url()}`))
  page.on('download', (download) => happened.push(`a download: ${download.url()}`))
  page.on('framenavigated', (frame) => {
    if (frame.url().replace(/#.*/, '') !== address) happened.push(`a navigation: ${frame.url()}`)
  })
  page.context().on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${origin}/`) && !url.startsWith('blob:') && !url.startsWith('data:')) {
      happened.push(`a request: ${url}`)
    }
  })
  await page.evaluate(() => {
    Object.assign(globalThis, {
      owned: () => {
        document.documentElement.dataset.owned = 'yes'
      },
    })
  })
  return {
    expectNothing: async () => {
      expect(happened).toEqual([])
      expect(await page.evaluate(() => document.documentElement.dataset.owned ?? 'nothing ran')).toBe('nothing ran')
      expect(await page.evaluate(harmInDocument)).toEqual([])
    },
  }
}

/** Runs in the page: elements and attributes that only a payload could have made, and text that hides something. */
function harmInDocument(): readonly string[] {
  const found: string[] = []
  const foreign = 'iframe, frame, object, embed, base, form[action], meta[http-equiv], marquee, foreignObject, animate'
  for (const element of document.querySelectorAll(foreign)) found.push(`<${element.localName}>`)
  for (const script of document.querySelectorAll('script')) {
    if (new URL(script.src, location.href).origin !== location.origin) found.push(`<script src=${script.src}>`)
  }
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on')) found.push(`${element.localName} ${name}`)
      if (/^(href|src|action|xlink:href)$/.test(name) && /^\s*(javascript|vbscript|file|data:text)/i.test(value)) {
        found.push(`${element.localName} ${name}=${value}`)
      }
      if (name === 'style' && /url\(|expression|position:\s*fixed;.*inset/i.test(value)) found.push(`style ${value}`)
    }
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is looked for
  const hidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2060-\u206f\u3164\ufeff]/
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.nodeValue ?? ''
    const match = hidden.exec(text)
    if (match !== null && node.parentElement?.closest('textarea, style') === null) {
      found.push(`hidden U+${match[0].charCodeAt(0).toString(16)} in "${text.slice(0, 60)}"`)
    }
  }
  return found
}
