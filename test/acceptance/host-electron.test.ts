import { createElectronHost } from '../../electron/host/electron/create-electron-host.ts'
import { openProfileFolder } from '../../electron/host/profile-folder.ts'
import { createStandInSession, StandInNetRequest, type StandInSession } from '../electron-stand-in/stand-in-net.ts'
import { createStandInSafeStorage } from '../electron-stand-in/stand-in-safe-storage.ts'
import { describeHost } from './host-suite.ts'

/** One keychain and one network stack, as on one machine; every profile and every restart uses them. */
const safeStorage = createStandInSafeStorage()
const sessions = new Map<string, StandInSession>()

describeHost('electron, with a stand-in for Electron', async (profileFolder) =>
  createElectronHost<StandInSession>({
    request: (options) => new StandInNetRequest(options),
    session: (name) => {
      const session = sessions.get(name) ?? createStandInSession(name)
      sessions.set(name, session)
      return session
    },
    safeStorage,
    shell: { openExternal: async () => undefined },
    isOnline: () => true,
    platform: 'linux',
    version: '0.0.0',
    profileFolder: await openProfileFolder(profileFolder),
    tell: () => undefined,
  }),
)
