import { binding } from './families/binding.ts'
import { chain } from './families/chain.ts'
import { context } from './families/context.ts'
import { custody } from './families/custody.ts'
import { dids } from './families/dids.ts'
import { independence } from './families/independence.ts'
import { json } from './families/json.ts'
import { jwt } from './families/jwt.ts'
import { keys } from './families/keys.ts'
import { limits } from './families/limits.ts'
import { policy } from './families/policy.ts'
import { presentation } from './families/presentation.ts'
import { proof } from './families/proof.ts'
import { score } from './families/score.ts'
import { shape } from './families/shape.ts'
import { status } from './families/status.ts'
import { suites } from './families/suites.ts'
import { syntax } from './families/syntax.ts'
import { time } from './families/time.ts'
import { timestamps } from './families/timestamps.ts'
import { trust } from './families/trust.ts'
import { unicode } from './families/unicode.ts'
import { web } from './families/web.ts'
import { withdrawal } from './families/withdrawal.ts'
import type { Family } from './studio.ts'

/** Every family of the corpus, by the name of its folder. */
export const FAMILIES: Readonly<Record<string, Family>> = {
  json,
  syntax,
  unicode,
  shape,
  context,
  proof,
  suites,
  jwt,
  keys,
  dids,
  web,
  time,
  status,
  withdrawal,
  chain,
  trust,
  independence,
  binding,
  custody,
  score,
  policy,
  presentation,
  limits,
  timestamps,
}
