import {
  type CheckedMethod,
  type CheckedRulebook,
  checkMethod,
  checkRulebook,
  SHIPPED_METHODS,
  SHIPPED_RULEBOOKS,
} from '@battery-passport/rulebooks'

/** The method that is shipped, and its seven rulebooks. */
export function shippedMethod(): {
  readonly method: CheckedMethod
  readonly rulebooks: readonly CheckedRulebook[]
} {
  const rulebooks = SHIPPED_RULEBOOKS.map((document) => {
    const check = checkRulebook(document)
    if (!check.ok) throw new TypeError(JSON.stringify(check.faults))
    return check.rulebook
  })
  const check = checkMethod(SHIPPED_METHODS[0], rulebooks)
  if (!check.ok) throw new TypeError(JSON.stringify(check.faults))
  return { method: check.method, rulebooks }
}
