/** The page's own address. Scheme and host are part of the key of its database: changing them would orphan it. */
export const APP_SCHEME = 'app'
export const APP_HOST = 'clientele'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`
export const APP_URL = `${APP_ORIGIN}/`

/** Does this address belong to our page? Node gives such addresses the origin `null`: scheme and host are compared. */
export function isAppUrl(text: string): boolean {
  try {
    const url = new URL(text)
    return url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST && url.username === '' && url.password === ''
  } catch {
    return false
  }
}
