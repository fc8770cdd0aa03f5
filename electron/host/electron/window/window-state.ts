import { z } from 'zod'
import type { Clock } from '../../../../shared/clock.ts'
import { routeTextSchema } from '../../../../shared/model/desktop.ts'
import type { Log, ProfileFiles } from '../../host.ts'

const pixels = z.number().int().min(-100_000).max(100_000)
const size = z.number().int().min(100).max(100_000)

/** The window as it was left, in `window.json` of the profile. */
export const windowStateSchema = z.object({
  v: z.literal(1),
  width: size,
  height: size,
  /** Null where the system tells no place (Wayland). */
  x: pixels.nullable(),
  y: pixels.nullable(),
  mode: z.enum(['normal', 'maximized', 'full-screen']),
  /** Where one was in the app. Gone back to only after an end that was none. */
  route: routeTextSchema.nullable(),
  endedWell: z.boolean(),
  /** It was said once that the app goes on beside the clock. */
  saidTray: z.boolean(),
  /** There was an icon to bring it back: started with the session, it may stay out of sight. */
  canHide: z.boolean(),
  /** Of the settings, which are read only after the window is there: it must not open white for who wants it dark. */
  theme: z.enum(['system', 'light', 'dark']).default('system'),
})
export interface WindowState extends z.infer<typeof windowStateSchema> {}

export const FIRST_WINDOW_STATE: WindowState = {
  v: 1,
  width: 1440,
  height: 900,
  x: null,
  y: null,
  mode: 'normal',
  route: null,
  endedWell: true,
  saidTray: false,
  canHide: false,
  theme: 'system',
}

const NAME = 'window.json'
/** A window that is dragged changes many times a second. */
const PAUSE_MS = 1_000

export interface WindowStateKeeper {
  readonly get: () => WindowState
  /** Written after a pause, or by `flush`. */
  readonly change: (part: Partial<WindowState>) => void
  readonly flush: () => Promise<void>
}

/** What cannot be read is as if it had never been: a window in the middle of the screen is no loss. */
export async function openWindowState(deps: {
  readonly files: Pick<ProfileFiles, 'read' | 'write'>
  readonly clock: Clock
  readonly log: Pick<Log, 'warn'>
}): Promise<WindowStateKeeper> {
  const read = windowStateSchema.safeParse(await deps.files.read(NAME).catch(() => null))
  let state = read.success ? read.data : FIRST_WINDOW_STATE
  let cancel: (() => void) | null = null

  const write = async (): Promise<void> => {
    cancel?.()
    cancel = null
    // A full disk keeps nobody from closing the window.
    await deps.files.write(NAME, state).catch(() => deps.log.warn('window-state.not-kept'))
  }

  return {
    get: () => state,
    change: (part) => {
      state = { ...state, ...part }
      cancel ??= deps.clock.schedule(PAUSE_MS, () => {
        cancel = null
        void write()
      })
    },
    flush: async () => {
      if (cancel !== null) await write()
    },
  }
}
