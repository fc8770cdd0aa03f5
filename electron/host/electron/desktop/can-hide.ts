import type { DesktopState } from '../../../../shared/model/desktop.ts'

/** Desktops of Linux that show icons of programs without being extended first. */
const SHOW_ICONS = [
  'kde',
  'xfce',
  'mate',
  'x-cinnamon',
  'cinnamon',
  'lxqt',
  'lxde',
  'budgie',
  'deepin',
  'pantheon',
  'unity',
  'ubuntu',
]

/**
 * What closing the window does. With a tray icon it goes out of sight; but GNOME and others show no such icons, and do
 * not say so. There it is minimized, so that the icon is never the only way back.
 */
export function closingWith(
  tray: DesktopState['tray'],
  platform: string,
  currentDesktop: string | undefined,
): DesktopState['closing'] {
  if (tray !== 'on') return 'ends'
  if (platform !== 'linux') return 'hides'
  const names = (currentDesktop ?? '').toLowerCase().split(':')
  return names.some((name) => SHOW_ICONS.includes(name)) ? 'hides' : 'minimizes'
}
