import type { ContextMenuParams, MenuItemConstructorOptions, WebContents } from 'electron'
import { outsideLink } from '../../outside-link.ts'
import type { ElectronPieces } from '../electron-pieces.ts'
import { plainLabel } from './menu-template.ts'

type Item = MenuItemConstructorOptions
type Asked = Pick<
  ContextMenuParams,
  'isEditable' | 'editFlags' | 'selectionText' | 'linkURL' | 'misspelledWord' | 'dictionarySuggestions'
>

export interface ContextChoices {
  readonly replace: (word: string) => void
  readonly learn: (word: string) => void
  readonly copy: (text: string) => void
}

const MOST_SUGGESTIONS = 5

/** What a right click offers on text and links. Empty where there is nothing to offer. */
export function contextTemplate(asked: Asked, platform: string, choices: ContextChoices): Item[] {
  const groups: Item[][] = []
  const { misspelledWord: word, editFlags: can } = asked
  if (asked.isEditable && word !== '') {
    const suggestions = asked.dictionarySuggestions.slice(0, MOST_SUGGESTIONS)
    groups.push(
      suggestions.length === 0
        ? [{ label: 'No suggestions', enabled: false }]
        : suggestions.map((each) => ({ label: plainLabel(each, platform), click: () => choices.replace(each) })),
      [{ label: 'Add to dictionary', click: () => choices.learn(word) }],
    )
  }
  // An address within the page is no use to anyone else.
  const link = asked.linkURL === '' ? null : outsideLink(asked.linkURL)
  if (link !== null) {
    groups.push([{ label: linkLabel(link), click: () => choices.copy(link.replace(/^(mailto|tel):/, '')) }])
  }
  if (asked.isEditable) {
    groups.push(
      [
        { role: 'undo', enabled: can.canUndo },
        { role: 'redo', enabled: can.canRedo },
      ],
      [
        { role: 'cut', enabled: can.canCut },
        { role: 'copy', enabled: can.canCopy },
        { role: 'paste', enabled: can.canPaste },
        { role: 'selectAll', enabled: can.canSelectAll },
      ],
    )
  } else if (asked.selectionText.trim() !== '') {
    groups.push([{ role: 'copy', enabled: can.canCopy }])
  }
  return groups.flatMap((items, index) => (index === 0 ? items : [{ type: 'separator' as const }, ...items]))
}

function linkLabel(link: string): string {
  if (link.startsWith('mailto:')) return 'Copy email address'
  return link.startsWith('tel:') ? 'Copy phone number' : 'Copy link'
}

/** Shows it on the page's own right clicks. Where the page has a menu of its own, none of this is called. */
export function attachContextMenu(
  contents: WebContents,
  electron: Pick<ElectronPieces, 'BrowserWindow' | 'clipboard' | 'Menu'>,
  platform: string,
): void {
  contents.on('context-menu', (_event, params) => {
    const template = contextTemplate(params, platform, {
      replace: (word) => contents.replaceMisspelling(word),
      learn: (word) => void contents.session.addWordToSpellCheckerDictionary(word),
      copy: (text) => void electron.clipboard.writeText(text).catch(() => undefined),
    })
    const window = electron.BrowserWindow.fromWebContents(contents)
    if (template.length === 0 || window === null) return
    const menu = electron.Menu.buildFromTemplate(template)
    menu.popup(params.frame === null ? { window } : { window, frame: params.frame })
  })
}
