import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import styles from './security.module.css'
import { AT_REST } from './security-words.ts'

/** What is encrypted under the passphrase and what is not, with nothing left out. */
export function AtRestTable(props: { readonly encrypted: boolean; readonly underPassphrase: boolean }) {
  return (
    <table className={styles.table} aria-label="What is encrypted">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">{props.encrypted ? 'Encrypted' : 'Encrypted with a passphrase'}</th>
        </tr>
      </thead>
      <tbody>
        {AT_REST.map(({ what, state, text }) => {
          const isOn = state === 'yes' || (state === 'chosen' && props.underPassphrase)
          return (
            <tr key={what}>
              <th scope="row">
                {what}
                <span className={styles.what}>{text}</span>
              </th>
              <td className={isOn ? styles.yes : state === 'no' ? styles.no : undefined}>
                {isOn ? (
                  <IconCircleCheck size={16} aria-hidden />
                ) : state === 'no' ? (
                  <IconAlertTriangle size={16} aria-hidden />
                ) : (
                  <IconCircleDashed size={16} aria-hidden />
                )}
                {isOn ? 'Yes' : state === 'no' ? 'No' : 'If you choose'}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
