import { test } from '@playwright/test'
import { findElectron } from './support/find-electron.ts'

/**
 * Stands for the project `electron` where there is no Electron to run it in: one line that says why, counted as skipped
 * and never as passed.
 */
test(`every spec, in real Electron: ${findElectron().reason}`, () => {
  test.skip(true, findElectron().reason ?? '')
})
