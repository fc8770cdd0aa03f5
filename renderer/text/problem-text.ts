/** Sentences for input that cannot be used, shown under the field. Rules come from connectors, the store and the core. */

/** A field of the "Add source" form broke `rule`. */
export function settingProblemText(rule: string, label: string): string {
  switch (rule) {
    case 'required':
    case 'too_small':
      return `${label} is needed.`
    case 'not-a-url':
    case 'invalid_url':
      return `${label} is not an address. It looks like https://crm.example.com.`
    case 'needs-protocol':
      return `Begin with https://, as in https://crm.example.com.`
    case 'needs-https':
      return 'Begin with https://. Without it the key would travel unprotected; http:// is for this device only.'
    case 'has-credentials':
      return 'Leave user name and password out of the address. The key goes into its own field.'
    case 'not-a-host':
      return 'No server of a vendor has this address. Check it.'
    case 'not-a-number':
      return `${label} is a whole number.`
    case 'out-of-range':
      return `${label} is too small or too large.`
    case 'bad-header':
      return `${label} may hold only letters, digits and hyphens.`
    case 'bad-key':
      return `${label} holds characters that cannot be sent. Copy it again.`
    case 'taken':
    case 'name-taken':
      return 'Another source has this name. Choose another.'
    case 'fixed':
      return `${label} cannot be changed. Add another source instead.`
    case 'bad-path':
      return `${label} takes names with dots between, as in data.items.`
    case 'nothing-there':
      return `The source answers, but nothing stands at ${label}. Check the names and dots.`
    case 'not-a-list':
      return `No list stands at ${label}. It looks like data.items; leave it empty where the answer itself is the list.`
    case 'not-a-number-there':
      return `No whole number stands at ${label}. Check it, or leave it empty.`
    case 'not-a-text':
      return `No text stands at ${label}, but something with parts. Go on with a dot, as in company.name.`
    case 'too_big':
    case 'too-long':
      return `${label} is too long.`
    default:
      return `${label} cannot be used as it is. Check it.`
  }
}

/** A field of a client broke `rule` (shared/model/validate-fields.ts). The form shows it while one types, so it stays short. */
export function fieldProblemText(rule: string, label: string): string {
  switch (rule) {
    case 'required':
      return `${label} is needed.`
    case 'email-or-first-name':
      return 'Enter an e-mail address or a first name; this source needs one of them.'
    case 'needs-at':
      return 'An @ is missing, as in ana@example.com.'
    case 'needs-local-part':
      return 'The part before the @ is missing, as in ana@example.com.'
    case 'needs-domain':
      return 'The part after the @ is missing, as in ana@example.com.'
    case 'needs-dot':
      return 'The part after the @ needs a dot, as in ana@example.com.'
    case 'has-space':
      return `${label} holds a space. Take it out.`
    case 'needs-digits':
      return `${label} has no digits.`
    case 'needs-http':
      return 'Begin with https:// or http://.'
    case 'not-a-url':
      return `${label} is not an address. It looks like https://example.com.`
    case 'unknown-status':
      return `${label} is not one of the values that this source knows. Choose from the list.`
    case 'too-many':
      return `${label} holds too many entries. Take some out.`
    case 'too-long':
    case 'too_big':
      return `${label} is too long.`
    case 'choice-required':
      return 'Choose a side for every field first.'
    case 'changed-meanwhile':
      return `${label} changed again at the source a moment ago. Look at the new value and choose anew.`
    case 'unknown-candidate':
      return 'This client is no longer among those at the source. Choose another.'
    case 'already-sent':
      return 'It has been sent by now. Put the former value back from the timeline.'
    case 'not-kept':
      return 'What it was before is no longer kept. Put the former value back from the timeline.'
    case 'in-flight':
      return 'This edit is being sent. Wait for its answer.'
    default:
      return `${label} cannot be used as it is. Correct it.`
  }
}
