import { create } from 'zustand'
import type { AppError } from '../../shared/app-error.ts'
import { type AppLock, NO_LOCK } from '../../shared/model/app-lock.ts'
import type { Result } from '../../shared/result.ts'
import { forgetFirstScreens } from './first-screen.ts'

const REMEMBERED = 'clientele.encrypted'

/** Files that leave the app or come in, under a passphrase. */
export interface FileSeal {
  readonly seal: (text: string) => Promise<Result<{ readonly text: string }, AppError>>
  readonly open: (text: string, passphrase: string | null) => Promise<Result<{ readonly text: string }, AppError>>
}

export interface LockState {
  readonly lock: AppLock
  /** The core has said so. */
  readonly known: boolean
  /** Null until there is a line to the core. */
  readonly files: FileSeal | null
}

export const useLockState = create<LockState>(() => ({
  lock: NO_LOCK,
  known: false,
  files: null,
}))

/** Before the core has spoken, a profile that had a passphrase last time counts as locked. */
export function recallLock(): void {
  if (localStorage.getItem(REMEMBERED) !== null)
    useLockState.setState({ lock: { ...NO_LOCK, encrypted: true, locked: true } })
}

export function setLock(lock: AppLock): void {
  if (lock.encrypted) {
    localStorage.setItem(REMEMBERED, 'yes')
    forgetFirstScreens()
  } else localStorage.removeItem(REMEMBERED)
  useLockState.setState({ lock, known: true })
}

export function useLock(): AppLock {
  return useLockState((state) => state.lock)
}

/** Opening a file that is sealed under a passphrase: which one, and how it went so far. */
export interface FileQuestion {
  readonly fileName: string
  /** Null where it opens; else why not. */
  readonly tryPassphrase: (passphrase: string) => Promise<AppError | null>
  readonly giveUp: () => void
}

export const useFileQuestion = create<{ readonly question: FileQuestion | null }>(() => ({ question: null }))

/** Asks the user for the passphrase of a file until it opens. Null where the user gives up. */
export function askFilePassphrase(fileName: string, text: string, files: FileSeal): Promise<string | null> {
  return new Promise((resolve) => {
    const end = (opened: string | null): void => {
      useFileQuestion.setState({ question: null })
      resolve(opened)
    }
    useFileQuestion.setState({
      question: {
        fileName,
        tryPassphrase: async (passphrase) => {
          const reply = await files.open(text, passphrase)
          if (!reply.ok) return reply.error
          end(reply.value.text)
          return null
        },
        giveUp: () => end(null),
      },
    })
  })
}
