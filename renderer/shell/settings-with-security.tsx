import { SecuritySection } from '../features/security/security-section.tsx'
import { SettingsPlace } from '../features/settings/settings-place.tsx'

/** Two features on one page; neither knows the other. */
export function SettingsWithSecurity() {
  return <SettingsPlace security={<SecuritySection />} />
}
