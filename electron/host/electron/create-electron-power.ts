import type { PowerMonitor } from 'electron'
import type { Power } from '../host.ts'

/** What is used of Electron's. */
export type PowerMonitorLike = Pick<PowerMonitor, 'getSystemIdleTime'> & {
  on(event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen', listener: () => void): unknown
  off(event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen', listener: () => void): unknown
}

/** Sleep, waking and the system's own lock. Call after the app is ready. */
export function createElectronPower(monitor: PowerMonitorLike): Power {
  return {
    listen: (listener) => {
      const suspend = (): void => listener('suspend')
      const resume = (): void => listener('resume')
      const lock = (): void => listener('lock-screen')
      const unlock = (): void => listener('unlock-screen')
      monitor.on('suspend', suspend)
      monitor.on('resume', resume)
      monitor.on('lock-screen', lock)
      monitor.on('unlock-screen', unlock)
      return () => {
        monitor.off('suspend', suspend)
        monitor.off('resume', resume)
        monitor.off('lock-screen', lock)
        monitor.off('unlock-screen', unlock)
      }
    },
    idleSeconds: () => {
      try {
        return monitor.getSystemIdleTime()
      } catch {
        // Some Linux sessions have nobody to ask.
        return null
      }
    },
  }
}
