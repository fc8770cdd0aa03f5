import { useMemo } from 'react'
import { useStoreQuery } from '../bridge/use-store-query.ts'
import { THIS_DEVICE } from '../domain/source-label.tsx'
import { useManifests, useSources, useSourcesKnown } from '../state/host-state.ts'
import type { ValuesInUse } from '../store/search/query/unused-values.ts'
import type { KnownValues } from './completion-values.ts'

/**
 * Statuses, sources and tags for the list below the box and for its notes. Asked of the store only while `wanted`, and not
 * again while it changes: a list that moves under the fingers helps nobody.
 */
export function useKnownValues(wanted: boolean): { readonly known: KnownValues; readonly inUse: ValuesInUse } {
  const vocabulary = useStoreQuery('clients.vocabulary', wanted ? {} : null, []).data
  const sources = useSources()
  const areSourcesKnown = useSourcesKnown()
  const manifests = useManifests()
  return useMemo(() => {
    const counts = new Map(vocabulary?.sources.map(({ sourceId, count }) => [sourceId, count]))
    const listed = sources.map((source) => {
      const isOnly = sources.filter((each) => each.connectorId === source.connectorId).length === 1
      const manifest = manifests.find((each) => each.connectorId === source.connectorId)
      return {
        value: isOnly && manifest !== undefined ? source.connectorId : source.name,
        name: source.name,
        connectorId: source.connectorId,
        label: manifest?.label ?? source.name,
        count: vocabulary === null ? null : (counts.get(source.sourceId) ?? 0),
      }
    })
    const onDevice = counts.get(null) ?? 0
    const device = { value: THIS_DEVICE.toLowerCase(), name: THIS_DEVICE, connectorId: '', count: onDevice }
    return {
      known: {
        statuses: vocabulary?.statuses ?? [],
        sources: onDevice > 0 ? [...listed, device] : listed,
        tags: vocabulary?.tags ?? [],
      },
      inUse: {
        status: vocabulary?.statuses.flatMap(({ status }) => [status.label, status.id]) ?? null,
        source: areSourcesKnown
          ? [...listed.flatMap(({ name, connectorId, label }) => [name, connectorId, label]), THIS_DEVICE]
          : null,
        tag: vocabulary === null || vocabulary.moreTags ? null : vocabulary.tags.map(({ tag }) => tag),
      },
    }
  }, [vocabulary, sources, areSourcesKnown, manifests])
}
