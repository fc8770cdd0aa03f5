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
    case 'unknown-connector':
      return 'This connector is not part of this version.'
    case 'needs-key-again':
      return 'The address changed. Enter the key again, so that the old one is not sent to a new place.'
    case 'too_big':
    case 'too-long':
      return `${label} is too long.`
    default:
      return `${label} cannot be used as it is. Check it.`
  }
}

/** A field of a client broke `rule`. */
export function fieldProblemText(rule: string, label: string): string {
  switch (rule) {
    case 'required':
    case 'blank':
      return `${label} is needed.`
    case 'needs-at':
      return 'An e-mail address needs an @, as in ana@example.com'
    case 'needs-local-part':
      return 'Something is missing before the @'
    case 'needs-domain':
      return 'Something is missing after the @, as in ana@example.com'
    case 'needs-dot':
      return 'The part after @ needs a dot, as in example.com'
    case 'has-space':
      return `${label} has a space in it; addresses have none`
    case 'needs-digits':
      return `${label} needs digits, as in +34 612 555 018`
    case 'needs-http':
      return `${label} begins with https://`
    case 'too-many':
      return 'At most 100 tags fit'
    case 'not-an-email':
    case 'bad-email':
    case 'invalid-email':
      return `${label} is not an e-mail address. It looks like ana@example.com.`
    case 'not-a-phone':
      return `${label} is not a phone number.`
    case 'not-a-url':
      return `${label} is not an address. It begins with https://.`
    case 'unknown-status':
    case 'not-an-option':
    case 'bad-status':
      return `${label} is not one of the values that this source knows. Choose from the list.`
    case 'email-or-first-name':
    case 'needs-email-or-first-name':
      return 'Enter an e-mail address or a first name; this source needs one of them.'
    case 'too-long':
    case 'too_big':
      return `${label} is too long.`
    default:
      return `${label} cannot be used as it is. Correct it.`
  }
}
