import { createNodeHost } from '../../electron/host/node/create-node-host.ts'
import { openProfileFolder } from '../../electron/host/profile-folder.ts'
import { describeHost } from './host-suite.ts'

describeHost('node', async (profileFolder) =>
  createNodeHost({ profileFolder: await openProfileFolder(profileFolder), version: '0.0.0', tell: () => undefined }),
)
