import type { MenuItemConstructorOptions } from 'electron'

/** Roles only: the page draws its own commands. The edit menu is what makes copy and paste work on macOS. */
export function appMenu(platform: string, isPackaged: boolean): MenuItemConstructorOptions[] {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ]
  const develop: MenuItemConstructorOptions[] = [{ role: 'reload' }, { role: 'toggleDevTools' }, { type: 'separator' }]
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { label: 'View', submenu: isPackaged ? view : [...develop, ...view] },
    { role: 'windowMenu' },
  ]
}
