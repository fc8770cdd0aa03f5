import type { BrowserContext } from '@playwright/test'

export interface ConsoleWatch {
  readonly follow: (context: BrowserContext) => void
  /** Every message of any kind, for a search in it. */
  readonly everything: () => string
  /** Errors and warnings that no test asked for. */
  readonly problems: () => readonly string[]
  /** Declares a message that the test itself provokes, such as the browser's own word on a server that was stopped. */
  readonly expect: (pattern: RegExp) => void
}

/** Listens to the console of every page of a context. A healthy app says nothing there. */
export function createConsoleWatch(): ConsoleWatch {
  const messages: string[] = []
  const problems: string[] = []
  const expected: RegExp[] = []
  return {
    follow: (context) => {
      context.on('console', (message) => {
        const text = `${message.type()}: ${message.text()} (${message.location().url})`
        messages.push(text)
        if (message.type() === 'error' || message.type() === 'warning') problems.push(text)
      })
      context.on('weberror', (error) => {
        const text = `uncaught: ${error.error().stack ?? error.error().message}`
        messages.push(text)
        problems.push(text)
      })
    },
    everything: () => messages.join('\n'),
    problems: () => problems.filter((text) => !expected.some((pattern) => pattern.test(text))),
    expect: (pattern) => expected.push(pattern),
  }
}
