import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closingWith } from '../../../../electron/host/electron/desktop/can-hide.ts'
import { contextTemplate } from '../../../../electron/host/electron/desktop/context-menu.ts'
import { createDesktopEvents } from '../../../../electron/host/electron/desktop/desktop-events.ts'
import { safeFileName } from '../../../../electron/host/electron/desktop/file-name.ts'
import { autostartEntry, createLoginItem } from '../../../../electron/host/electron/desktop/login-item.ts'
import { createQuickSearchKeys } from '../../../../electron/host/electron/desktop/quick-search-keys.ts'
import { createRecentClients, setJumpList } from '../../../../electron/host/electron/desktop/recent-clients.ts'
import { createSpelling } from '../../../../electron/host/electron/desktop/spelling.ts'
import type { Log } from '../../../../electron/host/host.ts'
import type { DesktopEvent } from '../../../../shared/model/desktop.ts'
import { testCreateClock } from '../../../support/test-create-clock.ts'
import { testFolder } from '../../../support/test-folder.ts'

const LOG: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

describe('what the desktop tells', () => {
  it('waits for a listener, in order, and is told once', () => {
    const events = createDesktopEvents()
    const heard: DesktopEvent[] = []
    events.tell({ kind: 'quick-add' })
    events.tell({ kind: 'action', actionId: 'sync-all' })
    const stop = events.listen((event) => heard.push(event))
    events.tell({ kind: 'quick-search' })
    stop()
    events.tell({ kind: 'open', route: '#/conflicts' })
    expect(heard.map((event) => event.kind)).toEqual(['quick-add', 'action', 'quick-search'])
    events.listen((event) => heard.push(event))
    expect(heard.at(-1)).toEqual({ kind: 'open', route: '#/conflicts' })
    expect(heard).toHaveLength(4)
  })

  it('does not fill the memory', () => {
    const events = createDesktopEvents()
    for (let n = 0; n < 1_000; n++) events.tell({ kind: 'action', actionId: String(n) })
    const heard: DesktopEvent[] = []
    events.listen((event) => heard.push(event))
    expect(heard).toHaveLength(50)
    expect(heard.at(-1)).toEqual({ kind: 'action', actionId: '999' })
  })
})

describe('closing the window', () => {
  it.each([
    ['off', 'win32', undefined, 'ends'],
    ['refused', 'linux', 'KDE', 'ends'],
    ['on', 'win32', undefined, 'hides'],
    ['on', 'darwin', undefined, 'hides'],
    ['on', 'linux', 'KDE', 'hides'],
    ['on', 'linux', 'ubuntu:GNOME', 'hides'],
    // Plain GNOME shows no icons and does not say so.
    ['on', 'linux', 'GNOME', 'minimizes'],
    ['on', 'linux', 'sway', 'minimizes'],
    ['on', 'linux', undefined, 'minimizes'],
  ] as const)('with the icon %s on %s (%s) %s', (tray, platform, desktop, outcome) => {
    expect(closingWith(tray, platform, desktop)).toBe(outcome)
  })
})

describe('the name of a file', () => {
  it.each([
    ['Ann Lee', 'Ann Lee.vcf'],
    ['../../etc/passwd', 'etc passwd.vcf'],
    ['C:\\Windows\\x', 'C Windows x.vcf'],
    ['CON', 'client.vcf'],
    ['com1.txt', 'client.vcf'],
    ['...', 'client.vcf'],
    ['', 'client.vcf'],
    ['Ann\u202Efcv.exe', 'Annfcv.exe.vcf'],
    ['a\u0000b\nc', 'abc.vcf'],
  ])('%j becomes %j', (wish, name) => {
    expect(safeFileName(wish, '.vcf')).toBe(name)
  })

  it('is one name in one folder, whatever is wished for', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string()), (wish) => {
        const name = safeFileName(wish, '.pdf')
        expect(name).toMatch(/^[^/\\:*?"<>|\p{Cc}]+\.pdf$/u)
        expect(name.startsWith('.')).toBe(false)
        expect([...name].length).toBeLessThanOrEqual(84)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('spelling', () => {
  const session = () => {
    const calls: unknown[] = []
    return {
      calls,
      availableSpellCheckerLanguages: ['en-US', 'en-GB', 'de', 'lt'],
      setSpellCheckerEnabled: (isOn: boolean) => void calls.push(isOn),
      setSpellCheckerLanguages: (languages: string[]) => void calls.push(languages),
    }
  }

  it('asks for no dictionary before it is wanted', () => {
    const fake = session()
    createSpelling(fake, 'linux', () => 'de-AT').follow({ isOn: false, languages: [] })
    expect(fake.calls).toEqual([false])
  })

  it('takes languages that there are, and that of the system without a choice', () => {
    for (const [languages, locale, taken] of [
      [[], 'de-AT', ['de']],
      [[], 'en-AU', ['en-US']],
      [[], 'xx', []],
      [['lt', 'nonsense'], 'de', ['lt']],
    ] as const) {
      const fake = session()
      const spelling = createSpelling(fake, 'win32', () => locale)
      spelling.follow({ isOn: true, languages })
      spelling.follow({ isOn: true, languages })
      expect(fake.calls).toEqual([taken, true])
    }
  })

  it('leaves the choice to macOS', () => {
    const fake = session()
    const spelling = createSpelling(fake, 'darwin', () => 'de')
    spelling.follow({ isOn: true, languages: ['lt'] })
    expect(fake.calls).toEqual([true])
    expect(spelling.languages()).toEqual([])
  })
})

describe('a right click', () => {
  const noWords: string[] = []
  const none = {
    isEditable: false,
    selectionText: '',
    linkURL: '',
    misspelledWord: '',
    dictionarySuggestions: noWords,
    editFlags: {
      canCopy: true,
      canCut: true,
      canDelete: true,
      canEditRichly: false,
      canPaste: false,
      canRedo: false,
      canSelectAll: true,
      canUndo: true,
    },
  }
  const labels = (asked: Partial<typeof none>): unknown[] => {
    const ignore = { replace: () => undefined, learn: () => undefined, copy: () => undefined }
    return contextTemplate({ ...none, ...asked }, 'win32', ignore).map((each) => each.label ?? each.role ?? '-')
  }

  it('offers nothing on nothing, and copying on a selection', () => {
    expect(labels({})).toEqual([])
    expect(labels({ selectionText: ' ' })).toEqual([])
    expect(labels({ selectionText: 'Ann' })).toEqual(['copy'])
  })

  it('offers editing in a field, and words for one that is misspelled', () => {
    const editing = ['undo', 'redo', '-', 'cut', 'copy', 'paste', 'selectAll']
    expect(labels({ isEditable: true })).toEqual(editing)
    expect(
      labels({
        isEditable: true,
        misspelledWord: 'teh',
        dictionarySuggestions: ['the', 'tea & toast', '3', '4', '5', '6'],
      }),
    ).toEqual(['the', 'tea && toast', '3', '4', '5', '-', 'Add to dictionary', '-', ...editing])
    expect(labels({ isEditable: true, misspelledWord: 'zzz' }).slice(0, 2)).toEqual(['No suggestions', '-'])
  })

  it('offers a link of the web, and none of ours or of a script', () => {
    expect(labels({ linkURL: 'https://a.example/' })).toEqual(['Copy link'])
    expect(labels({ linkURL: 'mailto:a@b.example' })).toEqual(['Copy email address'])
    for (const linkURL of ['app://clientele/#/clients', 'javascript:alert(1)', 'file:///etc/passwd'])
      expect(labels({ linkURL })).toEqual([])
  })
})

describe('keys from any program', () => {
  const shortcuts = (isTaken: (keys: string) => boolean) => {
    const held = new Map<string, () => void>()
    return {
      held,
      register: (keys: string, run: () => void) => {
        if (keys === 'nonsense') throw new TypeError('conversion failure')
        if (isTaken(keys)) return false
        held.set(keys, run)
        return true
      },
      unregister: (keys: string) => void held.delete(keys),
      isRegistered: (keys: string) => held.has(keys),
    }
  }

  it('are held, exchanged, and given back', () => {
    const globalShortcut = shortcuts(() => false)
    let presses = 0
    const keys = createQuickSearchKeys({ globalShortcut, log: LOG, onPress: () => presses++ })
    expect(keys.state()).toBe('off')
    keys.follow('CmdOrCtrl+Shift+Space')
    keys.follow('Alt+Space')
    expect([...globalShortcut.held.keys()]).toEqual(['Alt+Space'])
    globalShortcut.held.get('Alt+Space')?.()
    expect([presses, keys.state()]).toEqual([1, 'on'])
    keys.follow(null)
    expect([globalShortcut.held.size, keys.state()]).toEqual([0, 'off'])
    keys.follow('Alt+Space')
    keys.release()
    expect(globalShortcut.held.size).toBe(0)
  })

  it.each(['Alt+Space', 'nonsense'])('are told to be refused (%s)', (wish) => {
    const globalShortcut = shortcuts(() => true)
    const keys = createQuickSearchKeys({ globalShortcut, log: LOG, onPress: () => undefined })
    keys.follow(wish)
    expect(keys.state()).toBe('refused')
  })
})

describe('recent clients', () => {
  it('are ten, the last first, each once, and told after a pause', async () => {
    const clock = testCreateClock()
    const told: string[][] = []
    const recent = createRecentClients({ clock, onChange: (list) => told.push(list.map((each) => each.clientId)) })
    for (let n = 0; n < 14; n++) recent.add({ clientId: `c${n}`, name: 'x' })
    recent.add({ clientId: 'c9', name: 'x' })
    expect(told).toEqual([])
    await clock.advance(1_000)
    expect(told).toEqual([['c9', 'c13', 'c12', 'c11', 'c10', 'c8', 'c7', 'c6', 'c5', 'c4']])
    recent.clear()
    await clock.advance(0)
    expect(told.at(-1)).toEqual([])
  })

  it('start the program with a link from the jump list, and stay out where the user took them out', () => {
    let list: unknown = null
    const app = {
      getJumpListSettings: () => ({
        minItems: 10,
        removedItems: [{ type: 'task' as const, args: '"--profile=C:\\My Book" clientele://client/cli_2' }],
      }),
      setJumpList: (categories: unknown) => {
        list = categories
        return 'ok' as const
      },
    }
    const restart = { program: 'C:\\Clientele.exe', args: ['--profile=C:\\My Book'] }
    const clients = [
      { clientId: 'cli_1', name: 'Ann' },
      { clientId: 'cli_2', name: 'Bo' },
    ]
    expect(setJumpList(app, clients, restart)).toBe('ok')
    expect(list).toMatchObject([
      {
        type: 'custom',
        items: [{ title: 'Ann', args: '"--profile=C:\\My Book" clientele://client/cli_1' }],
      },
      { type: 'recent' },
    ])
  })
})

describe('start with the session', () => {
  const app = (answer: { openAtLogin: boolean; status: 'enabled' | 'requires-approval' | 'not-registered' }) => {
    const calls: unknown[] = []
    return {
      calls,
      getLoginItemSettings: () => ({
        ...answer,
        wasOpenedAtLogin: false,
        executableWillLaunchAtLogin: false,
        launchItems: [],
      }),
      setLoginItemSettings: (wanted: { openAtLogin?: boolean }) => {
        calls.push(wanted)
        if (answer.status !== 'requires-approval') answer.openAtLogin = wanted.openAtLogin ?? false
      },
    }
  }
  const start = (platform: string, fake: ReturnType<typeof app>, configFolder = '/nowhere') => {
    let changes = 0
    const item = createLoginItem({
      app: fake,
      platform,
      configFolder,
      program: '/opt/Clientele/clientele',
      log: LOG,
      onChange: () => changes++,
    })
    return { item, changes: () => changes }
  }

  it('is never touched before it was switched on', () => {
    const fake = app({ openAtLogin: true, status: 'enabled' })
    start('win32', fake).item.follow(false)
    expect(fake.calls).toEqual([])
  })

  it('is asked of Windows with the flag that keeps the window away', () => {
    const fake = app({ openAtLogin: false, status: 'not-registered' })
    const { item } = start('win32', fake)
    item.follow(true)
    expect(fake.calls).toEqual([{ openAtLogin: true, args: ['--at-login'] }])
  })

  it('is refused where macOS wants the user to allow it first', async () => {
    const { item, changes } = start('darwin', app({ openAtLogin: true, status: 'requires-approval' }))
    item.follow(true)
    await expect.poll(item.state).toBe('refused')
    expect(changes()).toBe(1)
  })

  it('is a file on Linux, which goes again', async () => {
    const folder = await testFolder()
    const { item } = start('linux', app({ openAtLogin: false, status: 'not-registered' }), folder)
    const path = join(folder, 'autostart', 'app.clientele.desktop')
    item.follow(true)
    await expect.poll(item.state).toBe('on')
    expect(await readFile(path, 'utf8')).toContain('Exec="/opt/Clientele/clientele" --at-login')
    item.follow(false)
    await expect.poll(item.state).toBe('off')
    await expect(stat(path)).rejects.toThrow()
  })

  it('writes a path as the desktop reads it', () => {
    expect(autostartEntry('/home/a b/100%/"x"')).toContain('Exec="/home/a b/100%%/\\"x\\"" --at-login')
  })
})
