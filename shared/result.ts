/**
 * The outcome of something that may fail in a way the caller must handle.
 * Expected failures travel as values; a throw is a bug (see ARCHITECTURE.md, "Errors").
 */
export type Result<T, E> = Ok<T> | Err<E>

export interface Ok<T> {
  readonly ok: true
  readonly value: T
}

export interface Err<E> {
  readonly ok: false
  readonly error: E
}

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value }
}

export function err<E>(error: E): Err<E> {
  return { ok: false, error }
}
