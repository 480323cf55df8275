/**
 * The reasoning behind the material weights of the ESG method: what a kilowatt-hour of each
 * chemistry holds, from the formula of its cathode, and how a weight follows. The method states
 * the weights; a test holds them to this.
 */

/** Standard atomic weights, g/mol. */
const ATOMIC = { Li: 6.94, Ni: 58.69, Mn: 54.94, Co: 58.93, Al: 26.98, Fe: 55.85, P: 30.97, O: 16 }
type Element = keyof typeof ATOMIC

/** A typical cell of the chemistry. */
interface TypicalCell {
  /** The cathode material the figures stand for. */
  readonly cathode: string
  readonly moles: Partial<Readonly<Record<Element, number>>>
  /** Usable capacity of the cathode material, Ah/kg, and mean cell voltage, V. */
  readonly capacity: number
  readonly voltage: number
  /** Copper and aluminium of foils, housings and conductors, g/kWh of pack. */
  readonly copper: number
  readonly aluminium: number
}

const OXIDE_PACK = { copper: 650, aluminium: 1400 }
const PHOSPHATE_PACK = { copper: 750, aluminium: 1700 }

/** A typical cell and its pack, by chemistry. */
export const TYPICAL_CELLS: Readonly<Record<string, TypicalCell>> = {
  NMC: {
    cathode: 'LiNi0.6Mn0.2Co0.2O2',
    moles: { Li: 1, Ni: 0.6, Mn: 0.2, Co: 0.2, O: 2 },
    capacity: 175,
    voltage: 3.7,
    ...OXIDE_PACK,
  },
  NCA: {
    cathode: 'LiNi0.8Co0.15Al0.05O2',
    moles: { Li: 1, Ni: 0.8, Co: 0.15, Al: 0.05, O: 2 },
    capacity: 195,
    voltage: 3.7,
    ...OXIDE_PACK,
  },
  NMCA: {
    cathode: 'LiNi0.89Mn0.04Co0.05Al0.02O2',
    moles: { Li: 1, Ni: 0.89, Mn: 0.04, Co: 0.05, Al: 0.02, O: 2 },
    capacity: 200,
    voltage: 3.7,
    ...OXIDE_PACK,
  },
  LFP: {
    cathode: 'LiFePO4',
    moles: { Li: 1, Fe: 1, P: 1, O: 4 },
    capacity: 160,
    voltage: 3.2,
    ...PHOSPHATE_PACK,
  },
  LMFP: {
    cathode: 'LiMn0.6Fe0.4PO4',
    moles: { Li: 1, Mn: 0.6, Fe: 0.4, P: 1, O: 4 },
    capacity: 150,
    voltage: 3.8,
    ...PHOSPHATE_PACK,
  },
}

/** Capacity of graphite, Ah/kg. */
export const GRAPHITE_CAPACITY = 355
/** How much anode capacity a cell has for one of cathode capacity. */
export const ANODE_SURPLUS = 1.1

/** The elements that stand for a material of the method; phosphate is counted as phosphorus. */
const CATHODE_MATERIALS = [
  ['lithium', 'Li'],
  ['cobalt', 'Co'],
  ['nickel', 'Ni'],
  ['manganese', 'Mn'],
  ['phosphate', 'P'],
] as const

/** Cathode and anode active material, g/kWh. */
export function activeMasses(cell: TypicalCell): ReadonlyMap<string, number> {
  return new Map([
    ['cathode-active-material', 1e6 / (cell.capacity * cell.voltage)],
    ['anode-active-material', (ANODE_SURPLUS * 1e6) / (GRAPHITE_CAPACITY * cell.voltage)],
  ])
}

/** Raw materials that the chemistry has, g/kWh. */
export function rawMasses(cell: TypicalCell): ReadonlyMap<string, number> {
  const active = activeMasses(cell)
  const cathode = active.get('cathode-active-material') ?? 0
  const molar = Object.entries(ATOMIC).reduce(
    (sum, [element, weight]) => sum + weight * molesOf(cell, element),
    0,
  )
  const masses = new Map<string, number>()
  for (const [material, element] of CATHODE_MATERIALS) {
    const mass = (cathode * ATOMIC[element] * molesOf(cell, element)) / molar
    if (mass > 0) masses.set(material, mass)
  }
  masses.set('graphite', active.get('anode-active-material') ?? 0)
  masses.set('copper', cell.copper)
  masses.set('aluminium', cell.aluminium + (cathode * ATOMIC.Al * molesOf(cell, 'Al')) / molar)
  return masses
}

const molesOf = ({ moles }: TypicalCell, element: string) =>
  Object.entries(moles).find(([key]) => key === element)?.[1] ?? 0

/**
 * Weights in basis points: half by mass, half in equal parts, so that a material that weighs little
 * cannot vanish from the score; rounded to whole percents by largest remainder.
 */
export function weightsOf(masses: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const total = [...masses.values()].reduce((sum, mass) => sum + mass, 0)
  const exact = [...masses].map(([key, mass]) => ({
    key,
    percent: (50 * mass) / total + 50 / masses.size,
  }))
  const missing = 100 - exact.reduce((sum, { percent }) => sum + Math.floor(percent), 0)
  const rounded = [...exact]
    .sort((a, b) => (b.percent % 1) - (a.percent % 1))
    .map(({ key, percent }, rank) => [key, (Math.floor(percent) + (rank < missing ? 1 : 0)) * 100])
  return new Map(rounded.map(([key, weight]) => [String(key), Number(weight)]))
}
