/**
 * Who may import whom. A folder is a permission: this table is checked file by file (`imports.test.ts`) and mirrored as
 * lint rules in `biome.json` (`biome-rules.ts`), so that an editor marks what the test would refuse.
 */
export interface ImportRule {
  /** Repo-relative path of a file, or of a folder with a trailing slash. `<x>` stands for one folder name. */
  readonly from: string
  /** What it may import of ours, in the same form; its own folder need not be named. */
  readonly ours: readonly string[]
  /** Packages, `node:*` for Node's own modules. */
  readonly packages: readonly string[]
  /** Said to whoever breaks it. */
  readonly because: string
}

const UI_PACKAGES = ['react', 'react-dom', '@mantine/core', '@mantine/hooks', '@tabler/icons-react']
/** Types of what the worker answers; nothing of the worker itself. */
const STORE_TYPES = 'renderer/store/store-contract.ts'
/** What a query means: pure functions of texts, which the box asks at every key and the worker at every query. */
const QUERY_LANGUAGE = [
  'renderer/store/search/parse-query.ts',
  'renderer/store/search/fold-text.ts',
  'renderer/store/search/query/',
]

/** The first rule that fits a file holds. */
export const IMPORT_TABLE: readonly ImportRule[] = [
  {
    from: 'shared/csv/',
    ours: ['shared/'],
    packages: ['papaparse'],
    because: 'what spreadsheets write is for a library to read; it runs in every process, as shared/ does',
  },
  {
    from: 'shared/',
    ours: [],
    packages: ['zod'],
    because: 'shared/ is the words and rules, without a runtime: it must run in every process',
  },
  {
    from: 'electron/preload.ts',
    ours: [],
    packages: ['electron'],
    because: 'a sandboxed preload is one small file that hands over ports',
  },
  {
    from: 'electron/main.ts',
    ours: [
      'electron/host/electron/',
      'electron/core/create-core.ts',
      'electron/connectors/registry.ts',
      'electron/start-sample-servers.ts',
      'shared/',
    ],
    packages: ['node:*', 'electron'],
    because: 'the root of the Electron host wires its own host only',
  },
  {
    from: 'electron/server.ts',
    ours: [
      'electron/host/node/',
      'electron/core/create-core.ts',
      'electron/connectors/registry.ts',
      'electron/start-sample-servers.ts',
      'shared/',
      'package.json',
    ],
    packages: ['node:*'],
    because: 'the root of the Node host wires its own host only, and must run without the electron package',
  },
  {
    from: 'electron/start-sample-servers.ts',
    ours: ['electron/core/sample/sample-data.ts', 'electron/simulator/start-simulator.ts', 'shared/'],
    packages: [],
    because: 'it joins the simulator to the core, which do not know each other',
  },
  {
    from: 'electron/start-sample-servers.ts',
    ours: ['electron/core/sample/sample-data.ts', 'electron/simulator/start-simulator.ts', 'shared/'],
    packages: [],
    because: 'only here the core, which asks for sample servers, meets the simulator, which knows no core',
  },
  {
    from: 'electron/simulate.ts',
    ours: ['electron/simulator/', 'shared/'],
    packages: ['node:*'],
    because: 'the simulated vendors stand for themselves',
  },
  {
    from: 'electron/simulator/',
    ours: ['shared/'],
    packages: ['node:*', 'zod'],
    because: 'a simulator that shares code with the connectors would share their misreadings of the vendor',
  },
  {
    from: 'electron/connectors/registry.ts',
    ours: ['electron/connectors/', 'shared/'],
    packages: ['zod'],
    because: 'the registry is the only list of connectors',
  },
  {
    from: 'electron/connectors/connector.ts',
    ours: ['shared/'],
    packages: ['zod'],
    because: 'the interface of connectors knows no connector',
  },
  ...['paging', 'reading', 'settings'].map((part) => ({
    from: `electron/connectors/${part}/`,
    ours: [
      'electron/connectors/connector.ts',
      'electron/connectors/paging/',
      'electron/connectors/reading/',
      'electron/connectors/settings/',
      'shared/',
    ],
    packages: ['zod'],
    because: 'what connectors share knows no single one of them',
  })),
  {
    from: 'electron/connectors/<x>/',
    ours: [
      'electron/connectors/connector.ts',
      'electron/connectors/paging/',
      'electron/connectors/reading/',
      'electron/connectors/settings/',
      'shared/',
    ],
    packages: ['zod'],
    because: 'a connector is knowledge of one vendor: no other connector, no engine, no machine',
  },
  {
    from: 'electron/core/',
    ours: ['electron/host/host.ts', 'electron/connectors/connector.ts', 'shared/'],
    packages: ['zod'],
    because: 'the core runs on any machine with any connectors: both come in from outside',
  },
  {
    from: 'electron/host/host.ts',
    ours: ['shared/'],
    packages: [],
    because: 'the interface of hosts knows no host',
  },
  {
    from: 'electron/host/electron/updates/electron-updater-engine.ts',
    ours: ['electron/host/*.ts', 'electron/host/electron/updates/', 'shared/'],
    packages: ['node:*', 'electron-updater'],
    because: 'only this file, which is read when updates are asked for, brings electron-updater along',
  },
  {
    from: 'electron/host/electron/updates/',
    ours: ['electron/host/*.ts', 'electron/host/electron/electron-pieces.ts', 'shared/'],
    packages: ['node:*', 'js-yaml', 'zod'],
    because: 'updates know the host they run on and nothing of the app',
  },
  {
    from: 'electron/host/electron/',
    ours: ['electron/host/*.ts', 'electron/host/media/', 'shared/'],
    packages: ['node:*', 'electron', 'zod'],
    because: 'the Electron host is a machine: it knows neither core nor connectors nor the other host',
  },
  {
    from: 'electron/host/node/',
    ours: ['electron/host/*.ts', 'electron/host/media/', 'shared/'],
    packages: ['node:*', 'ws', 'zod'],
    because: 'the Node host is a machine: it knows neither core nor connectors nor Electron',
  },
  {
    from: 'electron/host/',
    ours: ['electron/host/*.ts', 'shared/'],
    packages: ['node:*', 'zod'],
    because: 'what both hosts share must run in both',
  },
  {
    from: 'renderer/store/store-contract.ts',
    ours: ['renderer/store/contract/', 'shared/'],
    packages: ['zod'],
    because: 'the page reads this contract: nothing of the worker may come along',
  },
  {
    from: 'renderer/store/contract/',
    ours: ['shared/'],
    packages: [],
    because: 'parts of the contract are shapes, for the page too: nothing of the worker may come along',
  },
  {
    from: 'renderer/store/search/',
    ours: ['renderer/store/saved/saved-part.ts'],
    packages: [],
    because: 'search stands for itself: benches and the page take it without the rest of the app',
  },
  {
    from: 'renderer/store/',
    ours: ['shared/'],
    packages: ['zod', 'dexie', 'fflate'],
    because: 'the store is a worker: no React, no page state, no DOM',
  },
  {
    from: 'renderer/bridge/',
    // The worker is named as an address (`?worker&url`), never as a module.
    ours: ['renderer/state/', STORE_TYPES, 'renderer/store/worker.ts?worker&url', 'shared/'],
    packages: ['zod', 'react', 'zustand'],
    because: 'the bridge is the only way out of the page and knows no feature',
  },
  {
    from: 'renderer/state/',
    ours: [STORE_TYPES, 'shared/'],
    packages: ['react', 'zustand'],
    because: 'page state holds what dies with the window, and no view',
  },
  {
    from: 'renderer/text/',
    ours: [STORE_TYPES, 'shared/'],
    packages: [],
    because: 'texts are made from codes and numbers alone',
  },
  {
    from: 'renderer/ui/',
    ours: ['renderer/styles/', 'shared/display/'],
    packages: [...UI_PACKAGES, '@mantine/notifications', 'hls.js'],
    because: 'ui/ has no word of the domain: it could serve another app',
  },
  {
    from: 'renderer/styles/',
    ours: [],
    packages: ['@mantine/core', '@fontsource-variable/inter'],
    because: 'styles are tokens',
  },
  {
    from: 'renderer/domain/',
    ours: ['renderer/bridge/', 'renderer/state/', 'renderer/text/', 'renderer/ui/', STORE_TYPES, 'shared/'],
    packages: UI_PACKAGES,
    because: 'components of the domain are shared by features, so they know none',
  },
  {
    from: 'renderer/actions/',
    ours: ['renderer/bridge/', 'renderer/state/', 'renderer/text/', 'renderer/ui/', STORE_TYPES, 'shared/'],
    packages: ['react', '@tabler/icons-react'],
    because: 'an action is a value that menus, keys and the palette render',
  },
  {
    from: 'renderer/features/<x>/',
    ours: [
      'renderer/actions/',
      'renderer/bridge/',
      'renderer/domain/',
      'renderer/state/',
      'renderer/text/',
      'renderer/ui/',
      ...QUERY_LANGUAGE,
      STORE_TYPES,
      'shared/',
    ],
    packages: [...UI_PACKAGES, '@mantine/notifications', '@tanstack/react-virtual'],
    because: 'a feature is one place of the app: no other feature, no store',
  },
  {
    from: 'renderer/',
    ours: [
      'renderer/actions/',
      'renderer/bridge/',
      'renderer/domain/',
      'renderer/features/',
      'renderer/shell/',
      'renderer/state/',
      'renderer/styles/',
      'renderer/text/',
      'renderer/ui/',
      ...QUERY_LANGUAGE,
      STORE_TYPES,
      'shared/',
    ],
    packages: [...UI_PACKAGES, '@mantine/notifications', '@fontsource-variable/inter'],
    because: 'the shell puts the places together; data comes over the bridge',
  },
]

/** The rule for a file, or null where none holds (tests, tools, configuration). */
export function ruleFor(file: string): ImportRule | null {
  return IMPORT_TABLE.find((rule) => matches(rule.from, file)) ?? null
}

/** `target` is a repo-relative file, or the name of a package as it was imported. */
export function isAllowed(rule: ImportRule, file: string, target: string, isPackage: boolean): boolean {
  if (isPackage) return rule.packages.some((name) => isPackageMatch(name, target))
  const own = ownFolder(rule.from, file)
  if (own !== null && target.startsWith(own)) return true
  return rule.ours.some((pattern) => matches(pattern, target))
}

function isPackageMatch(name: string, target: string): boolean {
  if (name === 'node:*') return target.startsWith('node:')
  return target === name || target.startsWith(`${name}/`)
}

function ownFolder(from: string, file: string): string | null {
  return from.endsWith('/') ? (pattern(from).exec(file)?.[0] ?? null) : null
}

function matches(text: string, file: string): boolean {
  return pattern(text).test(file)
}

/** A folder matches all below it, a file itself only, `*` and `<x>` anything but a slash. */
function pattern(text: string): RegExp {
  const escaped = text.replace(/[.?+&]/g, '\\$&').replace(/\*|<x>/g, '[^/]+')
  return new RegExp(`^${escaped}${text.endsWith('/') ? '' : '$'}`)
}
