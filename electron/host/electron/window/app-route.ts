import { routeTextSchema } from '../../../../shared/model/desktop.ts'
import { APP_URL, isAppUrl } from '../app-address.ts'

/** The place in the app that an address of our page names, or null. */
export function routeOf(url: string): string | null {
  if (!isAppUrl(url)) return null
  const route = routeTextSchema.safeParse(new URL(url).hash)
  return route.success ? route.data : null
}

export function urlOfRoute(route: string | null): string {
  return route === null ? APP_URL : `${APP_URL}${route}`
}
