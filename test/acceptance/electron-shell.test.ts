import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DesktopStatus, MenuLine } from '../../shared/model/desktop.ts'
import { StandInElectron } from '../electron-stand-in/stand-in-electron.ts'
import { displayAt } from '../electron-stand-in/stand-in-machine.ts'
import { testFolder } from '../support/test-folder.ts'
import { testStartShell } from '../support/test-start-shell.ts'

const ID = 'cli_0123456789abcdef'
const LINK = `clientele://client/${ID}`
const LINE: MenuLine = {
  menu: 'file',
  actionId: 'new-client',
  label: 'New client',
  accelerator: 'CmdOrCtrl+N',
  enabled: true,
  checked: null,
  startsGroup: false,
}
const STATUS: DesktopStatus = { sentence: 'Up to date', tone: 'calm', conflicts: 0 }
const KDE = { XDG_CURRENT_DESKTOP: 'KDE' }

describe('the window', () => {
  it('opens as it was left, and whole on what displays there are now', async () => {
    const first = await testStartShell()
    first.window().setBounds({ x: 300, y: 200, width: 1_000, height: 700 })
    first.window().maximize()
    await first.quit()

    const second = await first.again()
    expect(second.window().options).toMatchObject({ x: 300, y: 200, width: 1_000, height: 700 })
    expect(second.window().isMaximized()).toBe(true)
    second.window().unmaximize()
    await second.quit()

    // The display it was on is smaller by now, and has another one before it.
    const electron = new StandInElectron()
    electron.machine.displays = [displayAt(1, { x: 0, y: 0, width: 1_280, height: 800 })]
    const third = await first.again({ electron })
    expect(third.window().options).toMatchObject({ x: 280, y: 100, width: 1_000, height: 700 })
    expect(third.window().isMaximized()).toBe(false)
  })

  it('has a place in the middle of the screen, chosen by the system, the first time and after a damaged file', async () => {
    const folder = await testFolder()
    await mkdir(join(folder, 'profile'))
    for (const text of ['', '{"v":1,"width":"wide"}', '{"v":1,"width":1e9,"height":5,"x":0,"y":0,"mode":"normal"}']) {
      await writeFile(join(folder, 'profile', 'window.json'), text)
      const shell = await testStartShell({ folder })
      expect(shell.window().options).toMatchObject({ width: 1_440, height: 900 })
      expect(shell.window().options.x).toBeUndefined()
      await shell.quit()
    }
  })

  it('keeps no place where the system tells none (Wayland)', async () => {
    const shell = await testStartShell()
    shell.window().setBounds({ x: 0, y: 0, width: 1_100, height: 650 })
    await shell.quit()
    const { options } = (await shell.again()).window()
    expect(options).toMatchObject({ width: 1_100, height: 650 })
    expect(options.x).toBeUndefined()
  })

  it('opens before the core is there, and lets its page in when it is', async () => {
    const { gate, open } = testGate()
    const shell = await testStartShell({ coreAfter: () => gate })
    await expect.poll(() => shell.electron.windows.at(-1)?.loaded).toEqual(['app://clientele/'])
    expect(shell.electron.windows.at(-1)?.shown).toBe(1)
    expect(shell.host).toThrow()
    open()
    await shell.running
    expect(shell.host().kind).toBe('electron')
  })

  it('says so where the core cannot start, and where the work is kept', async () => {
    const shell = await testStartShell({ coreAfter: () => Promise.reject(new Error('The journal cannot be read')) })
    await expect(shell.running).rejects.toThrow('The journal cannot be read')
    expect(shell.electron.errors[0]).toContain('The journal cannot be read')
    expect(shell.electron.errors[0]).toContain(join(shell.folder, 'profile'))
  })
})

describe('links and files from outside', () => {
  it('of the first command line wait for the page', async () => {
    const folder = await testFolder()
    await writeFile(join(folder, 'people.vcf'), 'BEGIN:VCARD')
    const shell = await testStartShell({ folder, args: ['people.vcf'] })
    await expect
      .poll(() => shell.heard.filter((event) => event.kind !== 'state'))
      .toEqual([{ kind: 'files', files: [{ name: 'people.vcf', kind: 'vcf', text: 'BEGIN:VCARD' }] }])
    expect(shell.electron.app.recent).toEqual([join(folder, 'people.vcf')])
    await shell.quit()
    const other = await shell.again({ args: [LINK] })
    expect(other.heard).toContainEqual({ kind: 'open', route: `#/clients/${ID}` })
  })

  it('of macOS come before the app is ready, and are kept', async () => {
    const electron = new StandInElectron({ platform: 'darwin' })
    const starting = testStartShell({ electron, platform: 'darwin' })
    // The first thing that the app does is to listen.
    await Promise.resolve()
    await new Promise((resolve) => setImmediate(resolve))
    const event = { isPrevented: false, preventDefault: () => undefined }
    while (electron.app.listenerCount('open-url') === 0) await new Promise((resolve) => setImmediate(resolve))
    electron.app.emit('open-url', event, LINK)
    const shell = await starting
    expect(shell.heard).toContainEqual({ kind: 'open', route: `#/clients/${ID}` })
  })

  it('of a second start are handed over, and the window comes to the front', async () => {
    const shell = await testStartShell()
    await writeFile(join(shell.folder, 'book.csv'), 'name\nAnn\n')
    // Chromium has put its own into the command line; what counts is what the second start said itself.
    const handed = { args: ['.', 'book.csv'], folder: shell.folder }
    shell.electron.app.emit('second-instance', {}, ['x', '--allow-file-access', 'evil.vcf'], '/', handed)
    await expect
      .poll(() => shell.heard.find((event) => event.kind === 'files'))
      .toMatchObject({
        files: [{ name: 'book.csv', kind: 'csv', text: 'name\nAnn\n' }],
      })
    await expect.poll(() => shell.window().shown).toBe(2)
    expect(shell.electron.windows).toHaveLength(1)
  })

  it('are refused aloud where they are none', async () => {
    const shell = await testStartShell()
    const event = { preventDefault: () => undefined }
    shell.electron.app.emit('open-url', event, `${LINK}?then=delete`)
    shell.electron.app.emit('open-file', event, join(shell.folder, 'gone.vcf'))
    await expect
      .poll(() => shell.heard.filter(({ kind }) => kind === 'refused'))
      .toEqual([
        { kind: 'refused', why: 'link' },
        { kind: 'refused', why: 'file-unreadable' },
      ])
    expect(shell.heard.filter(({ kind }) => kind === 'open' || kind === 'files')).toEqual([])
  })
})

describe('menus', () => {
  it('are sound before the page has spoken, and say what was chosen after', async () => {
    const shell = await testStartShell({ platform: 'win32' })
    expect(shell.electron.menu?.describe().map(({ label }) => label)).toEqual([
      '&File',
      '&Edit',
      '&View',
      'windowMenu',
      '&Help',
    ])
    shell.host().desktop.setMenu([LINE])
    const line = shell.electron.menu?.find(['&File', 'New client'])
    line?.choose(undefined)
    expect(shell.heard.at(-1)).toEqual({ kind: 'action', actionId: 'new-client' })
  })

  it('do not do again what the page has done on the same keys', async () => {
    const shell = await testStartShell({ platform: 'darwin' })
    shell.host().desktop.setMenu([LINE])
    const line = shell.electron.menu?.find(['File', 'New client'])
    if (line === undefined) throw new Error('no line')
    const byKeys = (): unknown =>
      Reflect.apply(line.onClick ?? (() => undefined), undefined, [line, undefined, { triggeredByAccelerator: true }])
    byKeys()
    expect(shell.heard.filter(({ kind }) => kind === 'action')).toEqual([])
    // Without a window that has the focus no page has heard them.
    shell.window().hide()
    byKeys()
    expect(shell.heard.filter(({ kind }) => kind === 'action')).toHaveLength(1)
    expect(shell.window().isVisible()).toBe(true)
  })

  it('list the clients that were opened last, and forget them', async () => {
    const shell = await testStartShell({ platform: 'linux' })
    shell.host().desktop.addRecent({ clientId: ID, name: 'Ann & Lee' })
    await expect.poll(() => JSON.stringify(shell.electron.menu?.describe()), { timeout: 4_000 }).toContain('Ann && Lee')
    shell.electron.menu?.find(['&File', 'Open recent', 'Ann && Lee']).choose(undefined)
    expect(shell.heard.at(-1)).toEqual({ kind: 'open', route: `#/clients/${ID}` })
    shell.host().desktop.clearRecent()
    await expect.poll(() => JSON.stringify(shell.electron.menu?.describe())).not.toContain('Ann')
    const files = await readdir(join(shell.folder, 'profile'))
    for (const file of files.filter((name) => name.endsWith('.json')))
      expect(await readFile(join(shell.folder, 'profile', file), 'utf8')).not.toContain('Ann')
  })
})

describe('the icon beside the clock', () => {
  it('is there when it is wanted, says how things stand, and does what its lines say', async () => {
    const shell = await testStartShell({ env: KDE })
    expect(shell.electron.trays).toEqual([])
    shell.follow({ tray: true })
    const [tray] = shell.electron.trays
    shell.host().desktop.setStatus({ ...STATUS, sentence: '2 edits waiting', tone: 'busy' })
    expect(tray?.toolTip).toBe('2 edits waiting')
    expect(tray?.menu?.describe().map(({ label }) => label)).toEqual([
      '2 edits waiting',
      '',
      'Open Clientele',
      'Search clients…',
      'New client…',
      'Sync all',
      '',
      'Quit Clientele',
    ])
    for (const label of ['Search clients…', 'New client…', 'Sync all']) tray?.menu?.find([label]).choose(undefined)
    expect(shell.heard.filter(({ kind }) => kind !== 'state')).toEqual([
      { kind: 'quick-search' },
      { kind: 'quick-add' },
      { kind: 'action', actionId: 'sync-all' },
    ])
    shell.follow({ tray: false })
    expect(tray?.isGone).toBe(true)
  })

  it('keeps the app going when the window is closed, says so once, and brings it back', async () => {
    const shell = await testStartShell({ env: KDE, settings: { tray: true } })
    shell.window().close()
    expect(shell.window().isDestroyed()).toBe(false)
    expect(shell.window().isVisible()).toBe(false)
    expect(shell.electron.notifications.map(({ title }) => title)).toEqual(['Clientele goes on syncing'])
    shell.electron.trays[0]?.emit('click')
    expect(shell.window().isVisible()).toBe(true)
    shell.window().close()
    expect(shell.electron.notifications).toHaveLength(1)
    // Quitting closes it all the same.
    await shell.quit()
    expect(shell.stops()).toBe(1)
  })

  it('leaves the full screen of macOS before it hides', async () => {
    const shell = await testStartShell({ platform: 'darwin', settings: { tray: true } })
    shell.window().setFullScreen(true)
    shell.window().close()
    expect(shell.window().isFullScreen()).toBe(false)
    expect(shell.window().isVisible()).toBe(false)
    shell.electron.trays[0]?.menu?.find(['Open Clientele']).choose(undefined)
    await expect.poll(() => shell.window().isVisible()).toBe(true)
    expect(shell.electron.calls).toContain('focus')
  })

  it('is not the only way back where the system may show none', async () => {
    const shell = await testStartShell({ env: { XDG_CURRENT_DESKTOP: 'GNOME' }, settings: { tray: true } })
    expect(shell.host().desktop.state().closing).toBe('minimizes')
    shell.window().close()
    expect(shell.window().isDestroyed()).toBe(false)
    expect(shell.window().isMinimized()).toBe(true)
  })

  it('lets the window stay away when the session starts, and only then', async () => {
    const first = await testStartShell({ env: KDE, settings: { tray: true }, args: ['--at-login'] })
    // The first time nobody knows yet that there is an icon.
    expect(first.window().shown).toBe(1)
    await first.quit()
    const second = await first.again()
    expect(second.window().shown).toBe(0)
    expect(second.window().loaded).toHaveLength(1)
    second.electron.app.emit('second-instance', {}, [], '/', null)
    await expect.poll(() => second.window().shown).toBe(1)
    await second.quit()
    const third = await first.again({ settings: { tray: false } })
    // The icon was switched off meanwhile.
    await expect.poll(() => third.window().shown).toBe(1)
  })
})

describe('keys, notifications and the rest', () => {
  it('brings the search up from any program, and says where the keys are taken', async () => {
    const electron = new StandInElectron()
    electron.machine.takenKeys.add('Alt+Space')
    const shell = await testStartShell({ electron, settings: { quickSearchKeys: 'Alt+Space' } })
    expect(shell.host().desktop.state().quickSearchKeys).toBe('refused')
    shell.follow({ quickSearchKeys: 'Ctrl+Shift+K' })
    expect(shell.heard.at(-1)).toMatchObject({ kind: 'state', state: { quickSearchKeys: 'on' } })
    shell.window().hide()
    electron.machine.shortcuts.get('Ctrl+Shift+K')?.()
    expect(shell.heard.at(-1)).toEqual({ kind: 'quick-search' })
    expect(shell.window().isVisible()).toBe(true)
    await shell.quit()
    expect(electron.machine.shortcuts.size).toBe(0)
  })

  it('shows one notification per matter, and a click leads there', async () => {
    const shell = await testStartShell()
    const notice = { tag: 'conflicts', title: '1 conflict', body: 'Ann', route: '#/conflicts' } as const
    shell.host().desktop.notify(notice)
    shell.host().desktop.notify({ ...notice, title: '2 conflicts' })
    shell.host().desktop.notify({ ...notice, tag: 'failed-edits', title: 'Not sent', route: '#/queue' })
    expect(shell.electron.notifications.map(({ title, isClosed }) => [title, isClosed])).toEqual([
      ['1 conflict', true],
      ['2 conflicts', false],
      ['Not sent', false],
    ])
    shell.window().hide()
    shell.electron.notifications[1]?.click()
    expect(shell.heard.at(-1)).toEqual({ kind: 'open', route: '#/conflicts' })
    expect(shell.window().isFocused()).toBe(true)
  })

  it('says where the system shows none', async () => {
    const shell = await testStartShell()
    shell.electron.notificationsFail = 'not signed'
    shell.host().desktop.notify({ tag: 'conflicts', title: 'x', body: 'y', route: '#/conflicts' })
    expect(shell.host().desktop.state().notifications).toBe('refused')
    expect(shell.heard.at(-1)).toMatchObject({ kind: 'state', state: { notifications: 'refused' } })
  })

  it('puts the number of conflicts where each system has it', async () => {
    const linux = await testStartShell()
    linux.host().desktop.setStatus({ ...STATUS, conflicts: 3 })
    expect(linux.electron.app.badgeCount).toBe(3)
    const windows = await testStartShell({ platform: 'win32' })
    windows.host().desktop.setStatus({ ...STATUS, conflicts: 1 })
    expect(windows.electron.calls).toContain('overlay 1 conflict to decide')
  })

  it('checks spelling only after it was asked to', async () => {
    const shell = await testStartShell()
    expect(shell.electron.session.hasSpellChecker).toBe(false)
    shell.follow({ spellcheck: true, spellcheckLanguages: ['de', 'xx'] })
    expect(shell.electron.session.hasSpellChecker).toBe(true)
    expect(shell.electron.session.spellLanguages).toEqual(['de'])
  })

  it('tells the core of sleep, waking and the lock of the screen, and how long nobody was there', async () => {
    const shell = await testStartShell()
    const { power } = shell.host()
    const heard: string[] = []
    const stop = power.listen((event) => heard.push(event))
    for (const event of ['suspend', 'resume', 'lock-screen', 'unlock-screen'])
      shell.electron.machine.powerMonitor.emit(event)
    stop()
    shell.electron.machine.powerMonitor.emit('suspend')
    expect(heard).toEqual(['suspend', 'resume', 'lock-screen', 'unlock-screen'])
    shell.electron.machine.idleSeconds = 90
    expect(power.idleSeconds()).toBe(90)
  })

  it('prints on paper, and into a file that the user chose in the dialog of the system', async () => {
    const shell = await testStartShell()
    const { desktop } = shell.host()
    expect(await desktop.print({ as: 'paper', name: 'Ann' })).toBe(true)
    expect(await desktop.print({ as: 'pdf', name: '../../Ann' })).toBe(false)
    const path = join(shell.folder, 'Ann.pdf')
    shell.electron.machine.saveTo = path
    expect(await desktop.print({ as: 'pdf', name: '../../Ann' })).toBe(true)
    expect(await readFile(path, 'utf8')).toContain('%PDF')
    expect(JSON.stringify(shell.electron.machine.saves)).toContain('Ann.pdf')
    expect(JSON.stringify(shell.electron.machine.saves)).not.toContain('..')
    shell.electron.machine.saveTo = join(shell.folder, 'nowhere', 'x.pdf')
    expect(await desktop.print({ as: 'pdf', name: 'Ann' })).toBe(false)
    expect(shell.electron.machine.messages.at(-1)?.message).toBe('The PDF was not written.')
  })

  it('drags a client out as a file that it names itself, and leaves none behind', async () => {
    const shell = await testStartShell()
    await shell.host().desktop.startDrag({ name: '../Ann/Lee', vcard: 'BEGIN:VCARD' })
    const [drag] = shell.window().webContents.drags
    expect(drag?.file).toBe(join(shell.folder, 'profile', 'dragged', '1', 'Ann Lee.vcf'))
    expect(await readFile(drag?.file ?? '', 'utf8')).toBe('BEGIN:VCARD')
    await shell.quit()
    expect(await readdir(join(shell.folder, 'profile'))).not.toContain('dragged')
  })
})

describe('an end that was none', () => {
  it('opens where one was after the whole program was gone, and at the start after an end in order', async () => {
    const first = await testStartShell()
    first.window().webContents.emit('did-navigate-in-page', {}, 'app://clientele/#/conflicts', true)
    first.window().webContents.emit('did-navigate-in-page', {}, 'https://evil.example/#/x', false)
    const kept = (): Promise<string> => readFile(join(first.folder, 'profile', 'window.json'), 'utf8')
    await expect.poll(kept, { timeout: 4_000 }).toContain('#/conflicts')
    // The process is gone, its lock with it.
    await writeFile(join(first.folder, 'profile', 'clientele.lock'), '{"pid":999999,"port":null}')
    const second = await first.again()
    expect(second.window().loaded).toEqual(['app://clientele/#/conflicts'])
    await second.quit()
    const third = await first.again()
    expect(third.window().loaded).toEqual(['app://clientele/'])
  })

  it('asks after the fourth crash in a row, and opens again or ends', async () => {
    const shell = await testStartShell()
    const { webContents } = shell.window()
    webContents.emit('did-navigate-in-page', {}, 'app://clientele/#/queue', true)
    const crash = async (loads: number): Promise<void> => {
      webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 })
      await expect.poll(() => shell.window().loaded.length).toBe(loads)
    }
    await crash(2)
    await crash(3)
    await crash(4)
    expect(shell.window().loaded.slice(1)).toEqual([
      'app://clientele/#/queue',
      'app://clientele/#/queue',
      'app://clientele/',
    ])
    shell.electron.machine.answers.push(0)
    await crash(5)
    expect(shell.electron.machine.messages.at(-1)).toMatchObject({ buttons: ['Open again', 'Quit'] })
    for (const loads of [6, 7, 8]) await crash(loads)
    shell.electron.machine.answers.push(1)
    webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 1 })
    await expect.poll(() => shell.electron.app.hasEnded).toBe(true)
    expect(shell.stops()).toBe(1)
  })

  it('does not spin where files of the program are damaged', async () => {
    const shell = await testStartShell()
    shell.window().webContents.emit('render-process-gone', {}, { reason: 'integrity-failure', exitCode: 1 })
    await expect.poll(() => shell.electron.app.hasEnded).toBe(true)
    expect(shell.electron.machine.messages.at(-1)?.detail).toMatch(/Install Clientele again/)
    expect(shell.window().loaded).toHaveLength(1)
  })

  it('asks about a page that hangs, waits, or loads it again without counting that as a crash', async () => {
    const shell = await testStartShell()
    const window = shell.window()
    window.emit('unresponsive')
    await expect.poll(() => shell.electron.machine.messages.length).toBe(1)
    expect(shell.electron.machine.messages[0]).toMatchObject({ buttons: ['Wait', 'Reload'] })
    expect(window.loaded).toHaveLength(1)
    let crashes = 0
    if (window.webContents.page === null) throw new Error('no page')
    Object.assign(window.webContents, {
      forcefullyCrashRenderer: () => {
        crashes += 1
        window.webContents.gone('killed')
      },
    })
    for (let n = 1; n <= 6; n++) {
      shell.electron.machine.answers.push(1)
      window.emit('unresponsive')
      await expect.poll(() => window.loaded.length).toBe(1 + n)
    }
    expect(crashes).toBe(6)
  })

  it('ends in order when the system goes down, which is asked to wait for it', async () => {
    const shell = await testStartShell({ platform: 'darwin', settings: { tray: true } })
    let waits = 0
    shell.electron.machine.powerMonitor.emit('shutdown', { preventDefault: () => waits++ })
    await expect.poll(() => shell.electron.app.hasEnded).toBe(true)
    expect([waits, shell.stops()]).toEqual([1, 1])
    const other = await testStartShell()
    other.electron.machine.powerMonitor.emit('shutdown')
    await expect.poll(() => other.electron.app.hasEnded).toBe(true)
  })

  it('is drawn in the theme of the settings, from the first moment of the next start', async () => {
    const shell = await testStartShell({ settings: { theme: 'dark' } })
    expect(shell.electron.machine.nativeTheme).toMatchObject({ themeSource: 'dark' })
    await shell.quit()
    const { gate, open } = testGate()
    const next = await shell.again({ coreAfter: () => gate })
    await expect.poll(() => next.electron.windows.length).toBe(1)
    expect(next.electron.machine.nativeTheme).toMatchObject({ themeSource: 'dark' })
    open()
    await next.running
  })

  it('throws away the databases of the page alone, when no page can open them any more', async () => {
    const shell = await testStartShell()
    expect(await shell.host().desktop.clearPageData()).toBeNull()
    expect(shell.electron.session.cleared).toEqual([{ origin: 'app://clientele', storages: ['indexdb'] }])
  })

  it('has everything on disk when Windows ends the session', async () => {
    const shell = await testStartShell({ platform: 'win32' })
    shell.window().emit('session-end')
    await expect.poll(shell.stops).toBe(1)
    const kept = (): Promise<string> => readFile(join(shell.folder, 'profile', 'window.json'), 'utf8').catch(() => '')
    await expect.poll(kept).toContain('"endedWell": true')
  })
})

/** Made before anyone waits at it, so that it can be opened at any time. */
function testGate(): { readonly gate: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  return { gate, open: () => open() }
}
