/** An event of Electron's as listeners get it. */
export interface StandInEvent {
  defaultPrevented: boolean
  readonly preventDefault: () => void
}

export function standInEvent<T extends object>(facts: T): StandInEvent & T {
  const event = {
    ...facts,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true
    },
  }
  return event
}
