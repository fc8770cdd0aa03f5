/** A client as the benches and the acceptance of the search engine know it. Empty texts where there is nothing. */
export interface BenchClient {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly company: string
  readonly email: string
  readonly phone: string
  readonly jobTitle: string
  readonly location: string
  readonly tags: readonly string[]
  readonly notes: string
}
