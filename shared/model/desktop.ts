import { z } from 'zod'

/** What the machine can do beyond a page: the words between the page, the core and the desktop under it. */

/** What this host can do. All false in a browser, where the page helps itself as far as a page can. */
export const desktopAbilitiesSchema = z.object({
  /** The system draws our menus. */
  menus: z.boolean(),
  tray: z.boolean(),
  /** Keys that work while another program has the focus. Never certain: Wayland and other programs may refuse. */
  globalShortcut: z.boolean(),
  notifications: z.boolean(),
  badge: z.boolean(),
  /** Files can be dragged from the window into other programs. */
  dragOut: z.boolean(),
  /** The system prints, or writes a PDF; without, the page's own print dialog does. */
  print: z.boolean(),
  recents: z.boolean(),
  /** `system`: by the system itself (macOS). `download`: dictionaries come from the network, so only when asked for. */
  spellcheck: z.enum(['none', 'system', 'download']),
  /** Started with the user's session. */
  loginItem: z.boolean(),
})
export interface DesktopAbilities extends z.infer<typeof desktopAbilitiesSchema> {}

export const NO_DESKTOP_ABILITIES: DesktopAbilities = {
  menus: false,
  tray: false,
  globalShortcut: false,
  notifications: false,
  badge: false,
  dragOut: false,
  print: false,
  recents: false,
  spellcheck: 'none',
  loginItem: false,
}

/** The menus that hold our actions; the system's own roles (copy, quit, …) are added by the host. */
export const menuNameSchema = z.enum(['file', 'edit', 'view', 'go', 'client', 'help'])
export type MenuName = z.infer<typeof menuNameSchema>

/** One action of the page as a line of a menu. The page runs it: the menu only says that it was chosen. */
export const menuLineSchema = z.object({
  menu: menuNameSchema,
  /** Id of the action in `renderer/actions/registry.ts`. */
  actionId: z.string().max(60),
  label: z.string().max(120),
  /** As Electron writes them (`CmdOrCtrl+Shift+O`); shown only, because the page hears the keys itself. */
  accelerator: z.string().max(40).nullable(),
  enabled: z.boolean(),
  /** Null where it is no switch. */
  checked: z.boolean().nullable(),
  /** A line is drawn above it. */
  startsGroup: z.boolean(),
})
export interface MenuLine extends z.infer<typeof menuLineSchema> {}

/** What tray, badge and dock say. Sentences are made by the page (renderer/text). */
export const desktopStatusSchema = z.object({
  /** The sentence of `Sync status`. */
  sentence: z.string().max(120),
  tone: z.enum(['calm', 'busy', 'offline', 'asks']),
  conflicts: z.number().int().min(0),
})
export interface DesktopStatus extends z.infer<typeof desktopStatusSchema> {}

/** Places of the page that may be opened from outside: `#/conflicts`, `#/clients/cli_…`. */
export const routeTextSchema = z
  .string()
  .max(200)
  .regex(/^#\/[a-z-]+(\/[A-Za-z0-9_-]+)?$/)

/** One notification. A later one with the same tag takes its place: that is how they are grouped. */
export const desktopNoticeSchema = z.object({
  tag: z.enum(['conflicts', 'failed-edits', 'sources', 'update']),
  title: z.string().max(120),
  body: z.string().max(400),
  /** Where a click leads. */
  route: routeTextSchema,
})
export interface DesktopNotice extends z.infer<typeof desktopNoticeSchema> {}

/**
 * What the page would tell now under a tag, and what it rests on: names of conflicts, edits, sources. The core tells
 * it where one of them has not been told before. No facts: nothing of this kind stands any more.
 */
export const noticeReportSchema = desktopNoticeSchema.extend({
  facts: z.array(z.string().max(80)).max(1000).readonly(),
})
export interface NoticeReport extends z.infer<typeof noticeReportSchema> {}

/** A file that the system asks the app to open. Its text is hostile until parsed. */
export const openedFileSchema = z.object({
  name: z.string().max(255),
  kind: z.enum(['vcf', 'csv', 'unsent-work']),
  text: z.string(),
})
export interface OpenedFile extends z.infer<typeof openedFileSchema> {}

/** How it turned out what was asked of the system: it may refuse, and the settings then say so. */
export const desktopStateSchema = z.object({
  /** `refused`: another program has the keys, or the system hands out none (Wayland without a portal). */
  quickSearchKeys: z.enum(['off', 'on', 'refused']),
  tray: z.enum(['off', 'on', 'refused']),
  /** What closing the window does now. `minimize`: there is a tray icon, but nobody can tell whether it is shown. */
  closing: z.enum(['ends', 'hides', 'minimizes']),
  /** `refused`: the last one could not be shown; on macOS an app that is not signed may show none. */
  notifications: z.enum(['ok', 'refused']),
  startAtLogin: z.enum(['off', 'on', 'refused']),
  /** Languages that spelling can be checked in; empty where the system chooses by itself. */
  spellcheckLanguages: z.array(z.string().max(40)).max(200),
})
export interface DesktopState extends z.infer<typeof desktopStateSchema> {}

export const NO_DESKTOP_STATE: DesktopState = {
  quickSearchKeys: 'off',
  tray: 'off',
  closing: 'ends',
  notifications: 'ok',
  startAtLogin: 'off',
  spellcheckLanguages: [],
}

/** What the desktop tells the page. */
export const desktopEventSchema = z.discriminatedUnion('kind', [
  /** A menu line or a tray line was chosen. */
  z.object({ kind: z.literal('action'), actionId: z.string().max(60) }),
  /** A deep link, a notification or a recent client was clicked. */
  z.object({ kind: z.literal('open'), route: routeTextSchema }),
  /** The global shortcut, or the tray: the search box of the window, ready to type. */
  z.object({ kind: z.literal('quick-search') }),
  z.object({ kind: z.literal('quick-add') }),
  /** What `desktop.state` answers has changed. */
  z.object({ kind: z.literal('state'), state: desktopStateSchema }),
  z.object({ kind: z.literal('files'), files: z.array(openedFileSchema) }),
  /** Something was refused that the user should hear of: a file too large, a link that is none. */
  z.object({ kind: z.literal('refused'), why: z.enum(['file-too-large', 'file-unreadable', 'file-kind', 'link']) }),
])
export type DesktopEvent = z.infer<typeof desktopEventSchema>
