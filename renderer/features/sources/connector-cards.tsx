import { useId } from 'react'
import type { Manifest } from '../../../shared/connector/manifest.ts'
import { SourceTile } from '../../domain/source-label.tsx'
import { cx } from '../../ui/cx.ts'
import radio from '../../ui/radio-card.module.css'
import { abilityText } from './source-form.ts'
import styles from './sources.module.css'

/** Which service: one card each, with what can be done there. */
export function ConnectorCards(props: {
  readonly manifests: readonly Manifest[]
  readonly value: string
  readonly onChange: (connectorId: string) => void
}) {
  const name = useId()
  return (
    <div>
      <div className={styles.groupLabel} id={`${name}-label`}>
        Connector
      </div>
      <div role="radiogroup" aria-labelledby={`${name}-label`} className={styles.cards}>
        {props.manifests.map((manifest) => {
          const checked = manifest.connectorId === props.value
          return (
            <label key={manifest.connectorId} className={cx(radio.card, styles.card)}>
              <input
                type="radio"
                name={name}
                value={manifest.connectorId}
                aria-label={manifest.label}
                aria-describedby={`${name}-${manifest.connectorId}`}
                checked={checked}
                data-autofocus={checked || undefined}
                onChange={() => props.onChange(manifest.connectorId)}
              />
              {/* A connector without a monogram of its own is yet to be made. */}
              <SourceTile connectorId={manifest.connectorId} name={manifest.monogram === null ? '+' : manifest.label} />
              <span className={styles.cardText} aria-hidden>
                <span className={styles.cardName}>{manifest.label}</span>
                <span id={`${name}-${manifest.connectorId}`} className={styles.hint}>
                  {abilityText(manifest)}
                </span>
              </span>
              <span className={styles.dot} aria-hidden />
            </label>
          )
        })}
      </div>
    </div>
  )
}
