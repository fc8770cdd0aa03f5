import type { AppUpdate } from '../../shared/model/app-update.ts'
import { NO_DESKTOP_ABILITIES, NO_DESKTOP_STATE } from '../../shared/model/desktop.ts'
import type { Desktop, Power, Updater } from './host.ts'

/** A machine without menus, tray and the like: a browser's page, or a test. */
export function createNoDesktop(): Desktop {
  return {
    abilities: NO_DESKTOP_ABILITIES,
    follow: () => undefined,
    state: () => NO_DESKTOP_STATE,
    setMenu: () => undefined,
    setStatus: () => undefined,
    notify: () => undefined,
    hasFocus: () => true,
    addRecent: () => undefined,
    clearRecent: () => undefined,
    startDrag: async () => undefined,
    print: async () => false,
    clearPageData: async () => null,
    listen: () => () => undefined,
  }
}

/** A machine that does not tell when it sleeps. */
export function createNoPower(): Power {
  return { listen: () => () => undefined, idleSeconds: () => null }
}

/** An installation that somebody else updates. */
export function createNoUpdater(why: Extract<AppUpdate, { state: 'unavailable' }>['why']): Updater {
  const state: AppUpdate = { state: 'unavailable', why }
  return {
    state: () => state,
    listen: () => () => undefined,
    follow: () => undefined,
    check: async () => state,
    fetch: async () => undefined,
    install: () => undefined,
    defer: () => undefined,
  }
}
