import type { StandInFrame } from '../stand-in-contents.ts'
import { originOf } from './addresses.ts'

/** The frames of a page, as main sees them. */
export interface Frames {
  readonly get: (id: string) => StandInFrame | null
  readonly attached: (id: string, parentId: string) => void
  readonly navigated: (id: string, parentId: string | null, url: string) => void
  readonly removed: (id: string) => void
}

export function createFrames(): Frames {
  const frames = new Map<string, { frame: StandInFrame; parentId: string | null; isGone: boolean }>()
  const get = (id: string): StandInFrame | null => frames.get(id)?.frame ?? null
  const set = (id: string, parentId: string | null, url: string): void => {
    // Another document in a frame is another frame to main: what held the old one finds it gone.
    const before = frames.get(id)
    if (before !== undefined) before.isGone = true
    const entry = { parentId, isGone: false } as { frame: StandInFrame; parentId: string | null; isGone: boolean }
    entry.frame = {
      url,
      origin: originOf(url),
      get parent() {
        return parentId === null ? null : get(parentId)
      },
      get top() {
        return parentId === null ? entry.frame : (get(parentId)?.top ?? null)
      },
      isDestroyed: () => entry.isGone,
    }
    frames.set(id, entry)
  }
  return {
    get,
    attached: (id, parentId) => set(id, parentId, 'about:blank'),
    // A frame in a process of its own is told of without its parent.
    navigated: (id, parentId, url) => set(id, parentId ?? frames.get(id)?.parentId ?? null, url),
    removed: (id) => {
      const entry = frames.get(id)
      if (entry !== undefined) entry.isGone = true
      frames.delete(id)
    },
  }
}
