import type { HostApi } from '../../../shared/ipc/host-contract.ts'
import type { Handlers } from '../../../shared/ipc/rpc.ts'
import { err, ok } from '../../../shared/result.ts'
import type { KeyRing } from '../lock/key-ring.ts'
import type { SourceRegistry } from '../sources/source-registry.ts'

export type VaultCalls = Pick<Handlers<HostApi>, 'vault.choose'>

/** The choice of a vault for the keys of sources. */
export function createVaultHandlers(deps: {
  readonly registry: Pick<SourceRegistry, 'sealAnew'>
  readonly keys: KeyRing
  readonly view: () => ReturnType<KeyRing['view']>
  /** Keys are sealed elsewhere now, or could be opened again. */
  readonly onChosen: () => void
}): VaultCalls {
  const { registry, keys } = deps
  return {
    'vault.choose': async ({ choice, consent }) => {
      const before = keys.choice()
      const { choices } = await deps.view()
      if (!choices.includes(choice)) return err({ code: 'bad-input', field: 'choice', rule: 'not-offered' })
      if (choice === 'key-file' && !consent) return err({ code: 'bad-input', field: 'consent', rule: 'required' })
      await keys.choose(choice)
      const sealed = await registry.sealAnew()
      if (!sealed.ok) {
        // Each key opens with what sealed it: nothing is lost by staying with what was.
        await keys.choose(before)
        return sealed
      }
      deps.onChosen()
      return ok(null)
    },
  }
}
