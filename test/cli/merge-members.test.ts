import assert from 'node:assert/strict'
import { mergeMembers } from '../../cli/issuing/merge-members.ts'

describe('Product data that stand in two files', () => {
  it('are put together member by member, objects within them likewise', () => {
    const own = { maker: { legalName: 'Pack Maker SE (fictional)' }, weightKg: '452' }
    const given = { maker: { registeredIds: [1] }, weightKg: '452', voltage: '350' }
    assert.deepEqual(mergeMembers(own, given), {
      merged: {
        maker: { legalName: 'Pack Maker SE (fictional)', registeredIds: [1] },
        weightKg: '452',
        voltage: '350',
      },
      conflicts: [],
    })
  })

  it('must say the same where both speak: every difference is named, nothing is chosen', () => {
    const own = { maker: { name: 'A' }, parts: [1, 2], same: true }
    const given = { maker: { name: 'B' }, parts: [1], same: true }
    assert.deepEqual(mergeMembers(own, given).conflicts, [
      { pointer: '/maker/name', own: 'A', given: 'B' },
      { pointer: '/parts', own: [1, 2], given: [1] },
    ])
  })

  it('differ where one has an object and the other has none', () => {
    const [conflict, ...more] = mergeMembers({ maker: { name: 'A' } }, { maker: 'A' }).conflicts
    assert.equal(conflict?.pointer, '/maker')
    assert.deepEqual(more, [])
  })
})
