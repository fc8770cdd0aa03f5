import {
  type Icon,
  IconChartBar,
  IconGitFork,
  IconLayoutKanban,
  IconPlugConnected,
  IconQuote,
  IconSettings,
  IconStackPush,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react'
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { PlaceName } from '../state/route.ts'
import { NAMES } from '../text/names.ts'
import { ClientsOrWelcome } from './clients-or-welcome.tsx'

export interface PlaceEntry {
  readonly place: PlaceName
  readonly label: string
  readonly icon: Icon
  /** Second key after G. */
  readonly goKey: string | null
  /** Groups stand 12 px apart; the last one at the bottom. */
  readonly group: 1 | 2 | 3 | 4
  /** A view of another place: that one is marked in the navigation, and this one has no link there. */
  readonly within?: PlaceName
  readonly Component: ComponentType | LazyExoticComponent<ComponentType>
}

/** The places in the order of the navigation. Only the list is there from the start; the others load when visited. */
export const PLACES: readonly PlaceEntry[] = [
  { place: 'clients', label: NAMES.clients, icon: IconUsers, goKey: 'C', group: 1, Component: ClientsOrWelcome },
  {
    place: 'removed',
    label: NAMES.removedClients,
    icon: IconTrash,
    goKey: null,
    group: 1,
    within: 'clients',
    Component: lazy(async () => ({ default: (await import('../features/tray/tray-place.tsx')).TrayPlace })),
  },
  {
    place: 'pipeline',
    label: NAMES.pipeline,
    icon: IconLayoutKanban,
    goKey: 'P',
    group: 1,
    Component: lazy(async () => ({
      default: (await import('../features/pipeline/pipeline-place.tsx')).PipelinePlace,
    })),
  },
  {
    place: 'testimonials',
    label: NAMES.testimonials,
    icon: IconQuote,
    goKey: 'T',
    group: 1,
    Component: lazy(async () => ({
      default: (await import('../features/testimonials/testimonials-place.tsx')).TestimonialsPlace,
    })),
  },
  {
    place: 'queue',
    label: NAMES.queue,
    icon: IconStackPush,
    goKey: 'Q',
    group: 2,
    Component: lazy(async () => ({ default: (await import('../features/queue/queue-place.tsx')).QueuePlace })),
  },
  {
    place: 'conflicts',
    label: NAMES.conflicts,
    icon: IconGitFork,
    goKey: 'X',
    group: 2,
    Component: lazy(async () => ({
      default: (await import('../features/conflicts/conflicts-place.tsx')).ConflictsPlace,
    })),
  },
  {
    place: 'insights',
    label: NAMES.insights,
    icon: IconChartBar,
    goKey: 'I',
    group: 3,
    Component: lazy(async () => ({
      default: (await import('../features/insights/insights-place.tsx')).InsightsPlace,
    })),
  },
  {
    place: 'sources',
    label: NAMES.sources,
    icon: IconPlugConnected,
    goKey: 'S',
    group: 3,
    Component: lazy(async () => ({ default: (await import('../features/sources/sources-place.tsx')).SourcesPlace })),
  },
  {
    place: 'settings',
    label: NAMES.settings,
    icon: IconSettings,
    goKey: null,
    group: 4,
    Component: lazy(async () => ({ default: (await import('./settings-with-security.tsx')).SettingsWithSecurity })),
  },
]
