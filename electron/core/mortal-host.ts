import type { Host, JournalFiles } from '../host/host.ts'

/** Something that was under way when its profile was closed wants to write. */
export class ProfileClosed extends Error {
  override readonly name = 'ProfileClosed'
}

/**
 * The same machine, whose disk takes nothing any more once `isOver`: what a closed profile has still under way ends as
 * it would in a process that was killed, and never writes beside the profile that is opened next.
 */
export function mortalHost(host: Host, isOver: () => boolean): Host {
  const living = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isOver()) throw new ProfileClosed()
    return work()
  }
  const folder = (files: JournalFiles): JournalFiles => ({
    ...files,
    open: (name) =>
      living(async () => {
        const file = await files.open(name)
        return { ...file, append: (bytes) => living(() => file.append(bytes)) }
      }),
    replace: (name, bytes) => living(() => files.replace(name, bytes)),
    remove: (name) => living(() => files.remove(name)),
    setAside: (name) => living(() => files.setAside(name)),
  })
  return {
    ...host,
    files: {
      ...host.files,
      write: (name, value) => living(() => host.files.write(name, value)),
      remove: (name) => living(() => host.files.remove(name)),
      setAside: (name) => living(() => host.files.setAside(name)),
    },
    journal: folder(host.journal),
    backups: folder(host.backups),
  }
}
