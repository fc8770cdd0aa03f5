import { parseArgs } from 'node:util'
import { AT_LOGIN_FLAG } from './desktop/login-item.ts'
import { isLink } from './opening/deep-link.ts'

/** Folder of `--profile`, or null. Chromium's own flags are on the same command line: unknown ones are left alone. */
export function profileFlag(args: readonly string[]): string | null {
  const { values } = parseArgs({ args: ours(args), options: { profile: { type: 'string' } }, strict: false })
  return typeof values.profile === 'string' ? values.profile : null
}

/** Started by the system at the start of the session, not by the user. */
export function isAtLogin(args: readonly string[]): boolean {
  return ours(args).includes(AT_LOGIN_FLAG)
}

/** What stands behind a link may be written by whoever made the link: no flag is read there. */
function ours(args: readonly string[]): string[] {
  const link = args.findIndex(isLink)
  return args.slice(0, link < 0 ? args.length : link)
}
