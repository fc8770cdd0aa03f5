const { readFileSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const plist = require('plist')

/** Questions of macOS for devices that the app never uses; Electron's own Info.plist brings them along. */
const UNUSED_DEVICES = [
  'NSAudioCaptureUsageDescription',
  'NSBluetoothAlwaysUsageDescription',
  'NSBluetoothPeripheralUsageDescription',
  'NSCameraUsageDescription',
  'NSMicrophoneUsageDescription',
]

/**
 * Before fuses and signing. electron-builder allows plain HTTP to any server on macOS, and `extendInfo` cannot undo it:
 * only this machine stays allowed, because Squirrel.Mac is handed updates over a server on it.
 * @param {{ electronPlatformName: string, appOutDir: string, packager: { appInfo: { productFilename: string } } }} context
 */
exports.default = async function afterPack(context) {
  if (context.electronPlatformName !== 'darwin') return
  const file = join(context.appOutDir, `${context.packager.appInfo.productFilename}.app`, 'Contents/Info.plist')
  const info = plist.parse(readFileSync(file, 'utf8'))
  info.NSAppTransportSecurity = { ...info.NSAppTransportSecurity, NSAllowsArbitraryLoads: false }
  for (const key of UNUSED_DEVICES) delete info[key]
  writeFileSync(file, plist.build(info))
}
