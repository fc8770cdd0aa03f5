/**
 * Awaits `work` for at most `limitMs`. Afterwards it rejects with what was waited for and with whatever `look` can still
 * tell of the state of things: a bench must never stand still without a word.
 */
export async function within<T>(
  limitMs: number,
  what: string,
  work: Promise<T>,
  look: () => Promise<string> | string = () => '',
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const seen = Promise.race([
        Promise.resolve(look()).catch((cause: unknown) => `(could not look: ${String(cause)})`),
        new Promise<string>((done) => setTimeout(() => done('(looking took too long)'), 5_000)),
      ])
      void seen.then((text) => reject(new Error(`${what}: not done after ${limitMs / 1000} s. ${text}`)))
    }, limitMs)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
