import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './root.ts'

/** The app as it was packed, where a workflow has packed it with the fuse that lets Playwright in. */
export const PACKED_PROGRAM = process.env.CLIENTELE_PROGRAM ?? null

/** Electron's program, where it is installed and could show a window; else why the specs cannot run in it. */
export type FoundElectron =
  | { readonly program: string; readonly reason: null }
  | { readonly program: null; readonly reason: string }

export function findElectron(): FoundElectron {
  const folder = join(ROOT, 'node_modules/electron')
  const named = join(folder, 'path.txt')
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const installed = join(
    override ?? join(folder, 'dist'),
    existsSync(named) ? readFileSync(named, 'utf8').trim() : 'electron',
  )
  const program = PACKED_PROGRAM ?? installed
  if (!existsSync(program)) {
    return missing("Electron's program is not installed here (npx install-electron downloads it)")
  }
  const hasDisplay =
    process.platform !== 'linux' || (process.env.DISPLAY ?? '') !== '' || (process.env.WAYLAND_DISPLAY ?? '') !== ''
  if (!hasDisplay)
    return missing('Electron is installed, but there is no display for its window (xvfb-run -a gives one)')
  return { program, reason: null }
}

function missing(reason: string): FoundElectron {
  return { program: null, reason }
}
