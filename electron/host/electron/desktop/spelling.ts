import type { Session } from 'electron'

export type SpellingSession = Pick<
  Session,
  'setSpellCheckerEnabled' | 'setSpellCheckerLanguages' | 'availableSpellCheckerLanguages'
>

/** How the spelling of what is typed is checked. */
export interface Spelling {
  readonly follow: (wanted: { readonly isOn: boolean; readonly languages: readonly string[] }) => void
  /** Languages to choose from; none where the system chooses. */
  readonly languages: () => readonly string[]
}

/**
 * Off until the user asks: on Windows and Linux Electron fetches a dictionary from a server of Google's for each
 * language, and without a question nothing of this app speaks to anyone but the user's own sources.
 */
export function createSpelling(session: SpellingSession, platform: string, locale: () => string): Spelling {
  let known = ''
  return {
    languages: () => (platform === 'darwin' ? [] : session.availableSpellCheckerLanguages),
    follow: ({ isOn, languages }) => {
      const wanted = `${isOn} ${languages.join(' ')}`
      if (wanted === known) return
      known = wanted
      // Languages first: switched on with others, theirs would be fetched.
      if (isOn && platform !== 'darwin') session.setSpellCheckerLanguages([...usable(languages, session, locale())])
      session.setSpellCheckerEnabled(isOn)
    },
  }
}

/** Those that there are dictionaries for; without a choice, that of the system. Another one would throw. */
function usable(languages: readonly string[], session: SpellingSession, locale: string): readonly string[] {
  const available = session.availableSpellCheckerLanguages
  const chosen = languages.filter((language) => available.includes(language))
  if (chosen.length > 0) return chosen
  const language = locale.split('-')[0] ?? locale
  const own = [locale, language].find((name) => available.includes(name))
  const near = own ?? available.find((name) => name.startsWith(`${language}-`))
  return near === undefined ? [] : [near]
}
