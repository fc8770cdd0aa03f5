import type { PowerMonitor } from 'electron'

/**
 * The system goes down, or the session ends (macOS, Linux): asked to wait a moment, it lets the app end in order. Without
 * this, macOS would take the app's own waiting at its end for a refusal, and break the log-off off. Electron's
 * declarations know no argument of this event, its documentation does: whatever comes is looked at first.
 */
export function endWithSystem(monitor: Pick<PowerMonitor, 'on'>, quit: () => void): void {
  monitor.on('shutdown', (...args: unknown[]) => {
    const [event] = args
    if (isPreventable(event)) event.preventDefault()
    quit()
  })
}

function isPreventable(event: unknown): event is { preventDefault(): void } {
  return (
    typeof event === 'object' &&
    event !== null &&
    'preventDefault' in event &&
    typeof event.preventDefault === 'function'
  )
}
