/** What a worker is asked to do: one line of JSON on its standard input. */
export type Order =
  /** Run every test without a mutant, and note which mutants each of them passes by. */
  | { readonly do: 'rehearse' }
  /** Run tests with one mutant, until one fails. */
  | { readonly do: 'try'; readonly mutant: number; readonly tests: readonly number[] }

/** What a worker says: one line of JSON each, on file descriptor 3, written before it goes on. */
export type Report =
  /** The tests in their order, and the mutants that were passed by while they were loaded. */
  | {
      readonly said: 'ready'
      readonly tests: readonly string[]
      readonly atLoad: readonly number[]
    }
  | { readonly said: 'test'; readonly test: number }
  | { readonly said: 'rehearsed'; readonly tests: readonly RehearsedTest[] }
  /** The test that failed; whether it passes again without the mutant. */
  | { readonly said: 'killed'; readonly test: number; readonly isClean: boolean }
  | { readonly said: 'survived' }

export interface RehearsedTest {
  /** What the hooks of its suites take before it begins: its share of that. */
  readonly before: number
  /** How many mutants it passes by itself, not its hooks: what passes few is made for them. */
  readonly passed: number
  readonly milliseconds: number
  readonly failure: string | null
  readonly mutants: readonly number[]
}
