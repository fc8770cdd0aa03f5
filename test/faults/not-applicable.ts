/** Faults that cannot happen to what is built, at most five, each with its reason. */
export const NOT_APPLICABLE: Readonly<Record<string, string>> = {
  F165: 'Clients of two sources are not merged yet: each record is its own client, so there is nothing to merge.',
  F166: 'As F165: nothing is merged, so nothing is un-merged.',
  F167: 'There is no automatic linking that a veto could contradict.',
  F187: 'There is no automatic linking, by look-alike addresses or otherwise.',
  F188: 'There is no linking by a shared key.',
}
