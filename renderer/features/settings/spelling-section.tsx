import { IconX } from '@tabler/icons-react'
import { useHostState } from '../../state/host-state.ts'
import { NativeSelect } from '../../ui/form-field.tsx'
import { SettingRow, SettingsSection } from '../../ui/settings-section.tsx'
import { Switch } from '../../ui/switch.tsx'
import { Tag } from '../../ui/tag.tsx'
import styles from './settings.module.css'
import type { SettingsChange } from './use-settings-change.ts'

const MOST = 8
const NAMES_OF_LANGUAGES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' })

/** Of notes only: names, addresses and keys are never checked. */
export function SpellingSection(props: SettingsChange & { readonly kind: 'system' | 'download' }) {
  const { settings, set, kind } = props
  const offered = useHostState((state) => state.desktop?.spellcheckLanguages) ?? []
  const chosen = settings.spellcheckLanguages
  const free = offered.filter((code) => !chosen.includes(code))
  const canChoose = kind === 'download' && settings.spellcheck && offered.length > 0
  return (
    <SettingsSection title="Spelling">
      <SettingRow
        label="Check spelling in notes"
        text={
          kind === 'system'
            ? 'The system checks, with its own dictionaries and languages. Nothing leaves this computer.'
            : 'Dictionaries are fetched once per language from a server of the Chromium project (Google), which then knows this computer’s address and the language. What you write is never sent.'
        }
      >
        <Switch
          label="Check spelling in notes"
          labelHidden
          checked={settings.spellcheck}
          onChange={(spellcheck) => set({ spellcheck })}
        />
      </SettingRow>
      {canChoose && (
        <SettingRow
          label="Languages"
          text={
            chosen.length === 0 ? (
              'The language of the system, until you add others.'
            ) : (
              <span className={styles.languages}>
                {chosen.map((code) => (
                  <Tag key={code}>
                    {languageName(code)}
                    <button
                      type="button"
                      className={styles.removeLanguage}
                      aria-label={`Remove ${languageName(code)}`}
                      onClick={() => set({ spellcheckLanguages: chosen.filter((each) => each !== code) })}
                    >
                      <IconX size={12} aria-hidden />
                    </button>
                  </Tag>
                ))}
              </span>
            )
          }
        >
          {chosen.length < MOST && (
            <span className={styles.select}>
              <NativeSelect
                aria-label="Add a language"
                value=""
                onChange={(event) => set({ spellcheckLanguages: [...chosen, event.currentTarget.value] })}
              >
                <option value="">Add a language</option>
                {free.map((code) => (
                  <option key={code} value={code}>
                    {languageName(code)}
                  </option>
                ))}
              </NativeSelect>
            </span>
          )}
        </SettingRow>
      )}
    </SettingsSection>
  )
}

function languageName(code: string): string {
  try {
    return NAMES_OF_LANGUAGES.of(code) ?? code
  } catch {
    return code
  }
}
