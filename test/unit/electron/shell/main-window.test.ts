import { expect, it } from 'vitest'
import { createMainWindow } from '../../../../electron/host/electron/window/main-window.ts'
import { FIRST_WINDOW_STATE } from '../../../../electron/host/electron/window/window-state.ts'
import { NO_PAGES } from '../../../electron-stand-in/pages.ts'
import { StandInElectron } from '../../../electron-stand-in/stand-in-electron.ts'
import { testCreateClock } from '../../../support/test-create-clock.ts'

/** A window whose page never finishes loading. */
function start() {
  const never = new Promise<void>(() => undefined)
  const electron = new StandInElectron({
    pages: { ...NO_PAGES, open: (...args) => ({ ...NO_PAGES.open(...args), load: () => never }) },
  })
  const clock = testCreateClock()
  const main = createMainWindow({
    electron: electron.pieces,
    preload: '/built/preload.cjs',
    platform: 'linux',
    icon: null,
    state: {
      get: () => ({ ...FIRST_WINDOW_STATE, mode: 'maximized' }),
      change: () => undefined,
      flush: async () => undefined,
    },
    clock,
    crashes: { follow: () => undefined, route: () => null },
    closing: () => 'ends',
    onPutAway: () => undefined,
    onSessionEnd: () => undefined,
  })
  return { main, clock, window: () => electron.windows[0] }
}

it('a page that does not paint leaves no app without a window', async () => {
  const { main, clock, window } = start()
  void main.show()
  await clock.advance(4_000)
  expect(window()?.shown).toBe(0)
  await clock.advance(2_000)
  expect(window()?.shown).toBe(1)
  expect(window()?.isMaximized()).toBe(true)
})

it('a window that is closed before it was shown stays closed', async () => {
  const { main, clock, window } = start()
  void main.show()
  window()?.close()
  await clock.advance(10_000)
  expect(window()?.shown).toBe(0)
  expect(main.current()).toBeNull()
})

it('a window that is to stay out of sight is maximized when it is first seen, not before', async () => {
  const { main, clock, window } = start()
  void main.openHidden()
  await clock.advance(10_000)
  expect(window()?.shown).toBe(0)
  expect(window()?.isMaximized()).toBe(false)
  void main.show()
  expect(window()?.isMaximized()).toBe(true)
})
