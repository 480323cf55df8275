/** What is granted, or asked for, in each dimension of a scope; `*` is everything. */
export interface ScopeLists {
  readonly rulebook: string
  readonly rulebookDigests?: readonly string[]
  readonly assuranceLevels: readonly string[]
  readonly engagementTypes: readonly string[]
  readonly subjectTypes: readonly string[]
  readonly stages: readonly string[]
  readonly materials: readonly string[]
  readonly countries: readonly string[]
}

/** The dimensions of a scope as a finding names them, the one that tells most first. */
export const SCOPE_DIMENSIONS: readonly {
  readonly name: string
  readonly of: (lists: ScopeLists) => readonly string[]
}[] = [
  { name: 'rulebook', of: ({ rulebook }) => [rulebook] },
  { name: 'edition of the rulebook', of: ({ rulebookDigests }) => rulebookDigests ?? [] },
  { name: 'assurance level', of: ({ assuranceLevels }) => assuranceLevels },
  { name: 'engagement type', of: ({ engagementTypes }) => engagementTypes },
  { name: 'subject type', of: ({ subjectTypes }) => subjectTypes },
  { name: 'stage', of: ({ stages }) => stages },
  { name: 'material', of: ({ materials }) => materials },
  { name: 'country', of: ({ countries }) => countries },
]
