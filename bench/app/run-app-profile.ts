import type { Page } from '@playwright/test'
import { startVendor } from '../pull/vendor.ts'
import { type BenchOptions, sizeName } from '../support/options.ts'
import { profilePage, profileWorker } from '../support/profile.ts'
import { waitForClients } from '../support/run-app.ts'
import { Book } from './book.ts'
import { jumpToMiddle, scroll, typeWords } from './measures.ts'

/** Flame charts of the page's thread and of the store worker while somebody types and scrolls. */
export async function run({ sizes, sizesNamed, seed }: BenchOptions): Promise<void> {
  for (const size of sizesNamed ? sizes : [100_000]) {
    const limitMs = 120_000 + size * 1.2
    const vendor = await startVendor(size, seed)
    const book = new Book()
    try {
      await book.fill(vendor.baseUrl, size, limitMs)
      await book.opened(async (page) => {
        await waitForClients(page, size, limitMs)
        await profiled(page, `keys-${sizeName(size)}`, () => typeWords(page))
        await profiled(page, `scroll-${sizeName(size)}`, () => scroll(page, false))
        await profiled(page, `jump-${sizeName(size)}`, () => jumpToMiddle(page))
        await page.evaluate('document.activeElement?.blur()')
        await vendor.change(1_000)
        await profiled(page, `news-${sizeName(size)}`, async () => {
          await page.keyboard.press('r')
          await typeWords(page)
        })
      })
    } finally {
      vendor.stop()
      book.forget()
    }
  }
}

async function profiled(page: Page, name: string, work: () => Promise<unknown>): Promise<void> {
  let ofPage: readonly string[] = []
  const ofWorker = await profileWorker(page, `${name}-worker`, async () => {
    ofPage = await profilePage(page, `${name}-page`, work)
  })
  process.stdout.write(`${name}, page: ${ofPage.join(', ')}\n${name}, worker: ${ofWorker.join(', ')}\n`)
}
