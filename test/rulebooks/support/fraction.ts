/** An exact fraction, for expectations that are worked out apart from the code under test. */
export class Fraction {
  readonly over: bigint
  readonly under: bigint

  constructor(over: bigint | number, under: bigint | number = 1n) {
    const [n, d] = [BigInt(over), BigInt(under)]
    let [a, b] = [n < 0n ? -n : n, d]
    while (b !== 0n) [a, b] = [b, a % b]
    this.over = n / (a === 0n ? 1n : a)
    this.under = d / (a === 0n ? 1n : a)
  }

  plus(other: Fraction): Fraction {
    return new Fraction(this.over * other.under + other.over * this.under, this.under * other.under)
  }

  times(other: Fraction | number): Fraction {
    const factor = typeof other === 'number' ? new Fraction(other) : other
    return new Fraction(this.over * factor.over, this.under * factor.under)
  }

  dividedBy(other: Fraction | number): Fraction {
    const divisor = typeof other === 'number' ? new Fraction(other) : other
    return new Fraction(this.over * divisor.under, this.under * divisor.over)
  }

  isBelow(other: Fraction): boolean {
    return this.over * other.under < other.over * this.under
  }

  /** The integer at or below it (it is not negative). */
  floor(): number {
    return Number(this.over / this.under)
  }

  ceiling(): number {
    return Number((this.over + this.under - 1n) / this.under)
  }
}
