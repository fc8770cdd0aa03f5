import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import { z } from 'zod'
import { type DistributionPlatform, makeDistribution } from './stand-in-distribution.ts'

export interface Packed {
  /** Holds the program and `resources/`; on macOS the .app. */
  readonly folder: string
  readonly asar: string
  readonly resources: string
  /** Where the fuses are. */
  readonly program: string
}

const TARGETS = {
  linux: { platform: Platform.LINUX, arch: Arch.x64, folder: 'linux-unpacked' },
  darwin: { platform: Platform.MAC, arch: Arch.arm64, folder: 'mac-arm64' },
  win32: { platform: Platform.WINDOWS, arch: Arch.x64, folder: 'win-unpacked' },
} as const

/** Packs `projectDir` with the configuration that ships, as `electron-builder --dir` does, over the stand-in. */
export async function pack(projectDir: string, into: string, platform: DistributionPlatform): Promise<Packed> {
  const target = TARGETS[platform]
  const output = join(into, platform)
  await build({
    projectDir,
    targets: target.platform.createTarget('dir', target.arch),
    publish: 'never',
    config: {
      directories: { output },
      electronDist: makeDistribution(join(into, `distribution-${platform}`), platform),
      // codesign is there on macOS only.
      electronFuses: { resetAdHocDarwinSignature: false },
    },
  })
  const folder = join(output, target.folder)
  if (platform === 'darwin') {
    const resources = join(folder, 'Clientele.app/Contents/Resources')
    return { folder, resources, asar: join(resources, 'app.asar'), program: join(folder, 'Clientele.app') }
  }
  const resources = join(folder, 'resources')
  const program = join(folder, platform === 'linux' ? 'clientele' : 'Clientele.exe')
  return { folder, resources, asar: join(resources, 'app.asar'), program }
}

export interface LinuxPackage {
  /** Text of the .desktop entry. */
  readonly desktop: string
  /** Text of the mime types that are registered with it; null where the format has none. */
  readonly mimeTypes: string | null
  /** What fpm would be asked to pack: empty for an AppImage. */
  readonly args: readonly string[]
}

/**
 * What electron-builder would write into a package of Linux, up to the point where it calls the program that makes it
 * (fpm, mksquashfs), which is not to be had here.
 */
export async function describeLinuxPackage(
  projectDir: string,
  packed: Packed,
  into: string,
  format: 'deb' | 'rpm' | 'AppImage',
): Promise<LinuxPackage> {
  const prepackaged = join(into, `prepackaged-${format}`)
  // It writes beside the archive.
  cpSync(packed.folder, prepackaged, { recursive: true })
  let described: LinuxPackage | null = null
  await build({
    projectDir,
    prepackaged,
    targets: Platform.LINUX.createTarget(format, Arch.x64),
    publish: 'never',
    config: { directories: { output: join(into, `output-${format}`) } },
    effectiveOptionComputed: async (computed: unknown) => {
      described = linuxPackageOf(computed)
      return true
    },
  })
  if (described === null) throw new Error(`${format} was not described`)
  return described
}

const fpmSchema = z.tuple([z.array(z.string()), z.string()])
const appImageSchema = z.object({ desktop: z.string() })

function linuxPackageOf(computed: unknown): LinuxPackage {
  const fpm = fpmSchema.safeParse(computed)
  if (!fpm.success) return { desktop: appImageSchema.parse(computed).desktop, mimeTypes: null, args: [] }
  const [args, desktopFile] = fpm.data
  const mimeFile = args.find((arg) => arg.includes('=/usr/share/mime/packages/'))?.split('=')[0]
  return {
    desktop: readFileSync(desktopFile, 'utf8'),
    mimeTypes: mimeFile === undefined ? null : readFileSync(mimeFile, 'utf8'),
    args,
  }
}
