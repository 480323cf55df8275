/** What may name a chemistry in running text: an abbreviation as a word, or all words of a name. */
interface Designation {
  readonly code: string
  readonly abbreviations: readonly string[]
  readonly names: readonly (readonly string[])[]
  /** Words that make the name another chemistry's. */
  readonly without: readonly string[]
}

/** The cathode chemistries the mapping knows; digits after an abbreviation are the ratio (NMC 811). */
const DESIGNATIONS: readonly Designation[] = [
  {
    code: 'NMC',
    abbreviations: ['nmc', 'ncm'],
    names: [['nickel', 'manganese', 'cobalt']],
    without: ['aluminium', 'aluminum'],
  },
  {
    code: 'NCA',
    abbreviations: ['nca'],
    names: [
      ['nickel', 'cobalt', 'aluminium'],
      ['nickel', 'cobalt', 'aluminum'],
    ],
    without: ['manganese'],
  },
  {
    code: 'NMCA',
    abbreviations: ['nmca', 'ncma'],
    names: [
      ['nickel', 'manganese', 'cobalt', 'aluminium'],
      ['nickel', 'manganese', 'cobalt', 'aluminum'],
    ],
    without: [],
  },
  {
    code: 'LFP',
    abbreviations: ['lfp'],
    names: [['iron', 'phosphate']],
    without: ['manganese'],
  },
  {
    code: 'LMFP',
    abbreviations: ['lmfp'],
    names: [['manganese', 'iron', 'phosphate']],
    without: [],
  },
  {
    code: 'LMO',
    abbreviations: ['lmo'],
    names: [['lithium', 'manganese', 'oxide']],
    without: ['nickel', 'cobalt', 'iron', 'phosphate'],
  },
  {
    code: 'LCO',
    abbreviations: ['lco'],
    names: [['lithium', 'cobalt', 'oxide']],
    without: ['nickel', 'manganese', 'aluminium', 'aluminum'],
  },
]

/**
 * The chemistry code of a text such as `Nickel Cobalt Manganese (NCM)`: null if the text names
 * none that is known, or more than one. A wrong chemistry would put the wrong materials on the
 * scale, so nothing is guessed.
 */
export function chemistryCode(text: string): string | null {
  const words = new Set(text.toLowerCase().match(/[a-z]+/g) ?? [])
  const named = DESIGNATIONS.filter(
    ({ abbreviations, names, without }) =>
      abbreviations.some((word) => words.has(word)) ||
      (names.some((name) => name.every((word) => words.has(word))) &&
        !without.some((word) => words.has(word))),
  )
  const [designation] = named
  return named.length === 1 && designation !== undefined ? designation.code : null
}
