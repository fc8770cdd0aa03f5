import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import plist from 'plist'
import { NtExecutable, NtExecutableResource, Resource } from 'resedit'

/**
 * What electron-builder unpacks of Electron, without its program: the files that it renames, rewrites and counts, with
 * the fuse wire as Electron 45 ships it. Nothing of it runs.
 */
export type DistributionPlatform = 'linux' | 'darwin' | 'win32'

/** Found by @electron/fuses in the program; version 1, nine fuses, as they are before anybody flips them. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSES_AS_SHIPPED = '101100011'
const LOCALES = ['de', 'en-GB', 'en-US', 'fr', 'ja']

export function makeDistribution(folder: string, platform: DistributionPlatform): string {
  const put = (path: string, content: string | Uint8Array): void => {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content, { mode: 0o755 })
  }
  if (platform === 'darwin') {
    macApp(put)
    return folder
  }
  put('version', '45.4.1')
  put('LICENSE', 'MIT')
  put('LICENSES.chromium.html', '<html></html>')
  for (const name of ['icudtl.dat', 'resources.pak', 'snapshot_blob.bin', 'v8_context_snapshot.bin']) put(name, name)
  for (const locale of LOCALES) put(`locales/${locale}.pak`, locale)
  mkdirSync(join(folder, 'resources'), { recursive: true })
  if (platform === 'linux') {
    put('electron', program(Buffer.from('\x7fELF', 'latin1')))
    put('chrome-sandbox', 'sandbox')
    put('chrome_crashpad_handler', 'crashpad')
  } else {
    put('electron.exe', windowsProgram())
  }
  return folder
}

function fuseWire(): Buffer {
  return Buffer.concat([
    Buffer.from(FUSE_SENTINEL, 'latin1'),
    Buffer.from([1, FUSES_AS_SHIPPED.length]),
    Buffer.from(FUSES_AS_SHIPPED, 'latin1'),
  ])
}

function program(head: Buffer): Buffer {
  return Buffer.concat([head, Buffer.alloc(4096), fuseWire(), Buffer.alloc(64)])
}

/** A program of Windows that does nothing, with the version that electron-builder rewrites. */
function windowsProgram(): Buffer {
  const executable = NtExecutable.createEmpty(false, false)
  const resources = NtExecutableResource.from(executable, true)
  const language = { lang: 1033, codepage: 1200 }
  const version = Resource.VersionInfo.createEmpty()
  version.setStringValues(language, { ProductName: 'Electron', FileDescription: 'Electron' })
  version.outputToResourceEntries(resources.entries)
  resources.outputResource(executable)
  executable.setExtraData(program(Buffer.alloc(0)))
  return Buffer.from(executable.generate())
}

function macApp(put: (path: string, content: string | Uint8Array) => void): void {
  const contents = 'Electron.app/Contents'
  const info = (name: string, id: string, more: Record<string, string> = {}): string =>
    plist.build({
      CFBundleExecutable: name,
      CFBundleDisplayName: name,
      CFBundleName: name,
      CFBundleIdentifier: id,
      CFBundlePackageType: 'APPL',
      LSMinimumSystemVersion: '13.0',
      ...more,
    })
  put(
    `${contents}/Info.plist`,
    info('Electron', 'com.github.Electron', {
      CFBundleIconFile: 'electron.icns',
      NSMicrophoneUsageDescription: 'This app needs access to the microphone',
      NSCameraUsageDescription: 'This app needs access to the camera',
    }),
  )
  put(`${contents}/MacOS/Electron`, 'program')
  put(`${contents}/Resources/electron.icns`, 'icns')
  for (const locale of LOCALES) put(`${contents}/Resources/${locale.replace('-', '_')}.lproj/locale.pak`, locale)
  const framework = `${contents}/Frameworks/Electron Framework.framework`
  put(`${framework}/Electron Framework`, program(Buffer.from([0xcf, 0xfa, 0xed, 0xfe])))
  for (const locale of LOCALES)
    put(`${framework}/Versions/A/Resources/${locale.replace('-', '_')}.lproj/locale.pak`, locale)
  for (const suffix of ['', ' (GPU)', ' (Plugin)', ' (Renderer)']) {
    const name = `Electron Helper${suffix}`
    put(`${contents}/Frameworks/${name}.app/Contents/Info.plist`, info(name, 'com.github.Electron.helper'))
    put(`${contents}/Frameworks/${name}.app/Contents/MacOS/${name}`, 'program')
  }
}
