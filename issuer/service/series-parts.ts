import { sharedPart } from '@battery-passport/contexts'
import { BoundedCache } from '@battery-passport/keys'

/** How many different parts are kept: product data and supply chain of so many models together. */
const MOST = 64

/**
 * What the passports of one series repeat: a part that is asked for again is the same object, so that
 * it is not validated and written anew for each passport.
 */
export class SeriesParts {
  private readonly known = new BoundedCache<object>(MOST)

  /** The same as JSON, frozen. */
  of<T extends object>(part: T): T
  of(part: object): object {
    const text = JSON.stringify(part)
    const known = this.known.get(text)
    if (known !== undefined) return known
    const own: object = sharedPart(JSON.parse(text))
    this.known.set(text, own)
    return own
  }
}
