import { bulkContests } from './bulk.ts'
import { signedChain, withPassports } from './chain.ts'
import { coldChainContest } from './cold-chain.ts'
import { credentialContest, sameSuiteContest } from './credential.ts'
import { httpContest } from './http.ts'
import { issueContest } from './issue.ts'
import { openIssuing } from './issuing.ts'
import { naiveStack } from './naive.ts'
import { jsonReport, textReport } from './report.ts'
import { type MeasuredRow, run } from './row.ts'
import { statusContest } from './status.ts'
import { wholeProcessRow } from './whole-process.ts'

const SIZES = {
  quick: {
    rounds: 1,
    passports: 3,
    theirs: 2,
    cold: 2,
    chains: 1,
    issues: 4,
    checks: 10,
    processes: 1,
  },
  usual: {
    rounds: 7,
    passports: 1000,
    theirs: 50,
    cold: 120,
    chains: 3,
    issues: 1920,
    checks: 5000,
    processes: 15,
  },
  full: {
    rounds: 5,
    passports: 10_000,
    theirs: 50,
    cold: 60,
    chains: 3,
    issues: 1920,
    checks: 5000,
    processes: 15,
  },
}

const asked = new Set(process.argv.slice(2))
const size = asked.has('--quick') ? SIZES.quick : asked.has('--full') ? SIZES.full : SIZES.usual
const tell = (line: string) => process.stderr.write(`${line}\n`)

tell('signing two chains…')
const chain = await signedChain('eddsa-jcs-2022', size.passports)
const theirs = await signedChain('eddsa-rdfc-2022', size.theirs)
const naive = naiveStack({ ...theirs, now: new Date(theirs.clock.now() * 1000) })
const issuing = await openIssuing(chain)
const rows: MeasuredRow[] = []
for (const contest of [
  credentialContest(withPassports(chain, 500), naive, theirs),
  coldChainContest(withPassports(chain, size.cold), naive, withPassports(theirs, size.chains)),
  ...bulkContests(chain, naive, withPassports(theirs, size.chains)),
  issueContest(issuing, { ours: size.issues, library: Math.ceil(size.issues / 12) }),
  await httpContest(chain, issuing, { ours: size.issues, library: Math.ceil(size.issues / 12) }),
  statusContest(chain, naive, theirs, {
    ours: size.checks,
    library: Math.ceil(size.checks / 100),
  }),
  sameSuiteContest(naive, theirs),
]) {
  tell(`${contest.row}  ${contest.name}…`)
  rows.push(await run(contest, size.rounds))
}
await issuing.dispose()
tell('7  a whole process…')
rows.push(await wholeProcessRow(chain, theirs, size.processes))
process.stdout.write(asked.has('--json') ? `${jsonReport(rows)}\n` : textReport(rows))
