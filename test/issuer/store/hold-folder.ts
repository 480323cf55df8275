import { openLevelStore } from '../../../issuer/store/level.ts'

/** Opens a store and keeps it; with a prefix it commits pairs of records and prints each id. */
const [folder = '', prefix = ''] = process.argv.slice(2)
const store = await openLevelStore(folder)
console.log('open')
setInterval(() => undefined, 1000)
for (let i = 1; prefix !== ''; i++) {
  const id = `${prefix}${i}`
  await store.commit(
    [
      { type: 'create', kind: 'passport', id, value: 'x'.repeat(2000) },
      { type: 'create', kind: 'status-index', id, value: '1' },
    ],
    { action: 'passport-issued', subject: id, at: '2026-11-23T12:00:00Z' },
  )
  console.log(id)
}
