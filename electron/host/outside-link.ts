import { checkOutsideLink } from '../../shared/address/outside-link.ts'

/** The address if it may be handed to the system to open, else null. */
export function outsideLink(text: string): string | null {
  return checkOutsideLink(text, (address) => new URL(address))
}

/** The last look before an address leaves the app, whoever asked: a bug elsewhere must not open a program. */
export function openChecked(open: (url: string) => Promise<void>): (url: string) => Promise<void> {
  return async (text) => {
    const link = outsideLink(text)
    if (link === null) throw new TypeError('Not an address that may be opened')
    await open(link)
  }
}
