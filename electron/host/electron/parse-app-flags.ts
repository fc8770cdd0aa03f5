import { parseArgs } from 'node:util'

/** Folder of `--profile`, or null. Chromium's own flags are on the same command line: unknown ones are left alone. */
export function profileFlag(args: readonly string[]): string | null {
  const { values } = parseArgs({ args: [...args], options: { profile: { type: 'string' } }, strict: false })
  return typeof values.profile === 'string' ? values.profile : null
}
