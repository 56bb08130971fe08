import { describe, expect, it } from 'vitest'
import { renderSummary } from '../../src/action/summary.ts'
import { MirrorError } from '../../src/base/errors.ts'
import {
  ID_A,
  ID_B,
  makeChanges,
  makeDestination,
  makeRejected,
  makeResult,
  NO_ID,
} from '../support/results.ts'

const HOSTILE = 'x|y](http://evil.example)<img src=x>`${a}`\n# big\n| --- |\u001b[31m\u202e'

describe('renderSummary', () => {
  it('begins with the verdict', () => {
    const result = makeResult([makeDestination({ status: 'mirrored', changed: makeChanges(2) })])
    expect(renderSummary(result, {})).toMatch(/^## ✅ Mirrored: 2 created at 1 destination/)
    expect(renderSummary(makeResult([makeDestination({ status: 'failed' })]), {})).toMatch(/^## ❌ /)
  })

  it('lists changed refs with linked ids of branches', () => {
    const destination = makeDestination({
      destination: 'git@gitlab.com:me/project.git',
      status: 'mirrored',
      changed: [
        { ref: 'refs/heads/main', action: 'update', old: ID_A, new: ID_B },
        { ref: 'refs/tags/v1', action: 'delete', old: ID_A, new: NO_ID },
      ],
    })
    const text = renderSummary(makeResult([destination]), {})
    expect(text).toContain(`](https://gitlab.com/me/project/-/commit/${ID_A})`)
    expect(text).toContain(`](https://gitlab.com/me/project/-/commit/${ID_B})`)
    const tag = text.split('\n').find((line) => line.includes('tags'))
    expect(tag).toContain('aaaaaaaaaa')
    expect(tag).not.toContain('https://')
    expect(tag).toContain('–')
  })

  it('says what was rejected, why, and what to do', () => {
    const destination = makeDestination({ status: 'rejected', rejected: [makeRejected()] })
    const row = renderSummary(makeResult([destination]), {})
      .split('\n')
      .find((line) => line.includes('protected'))
    expect(row).toMatch(/refs.heads.main/)
    expect(row).toContain('update')
    expect(row).toContain('Allow force pushes')
  })

  it('says the same advice once, and points to it in the rows below', () => {
    const rejected = ['a', 'b', 'c'].map((name) => makeRejected({ ref: `refs/heads/${name}` }))
    const unknown = makeRejected({ ref: 'refs/heads/d', advice: undefined })
    const destination = makeDestination({ status: 'rejected', rejected: [...rejected, unknown, unknown] })
    const rows = renderSummary(makeResult([destination]), {})
      .split('\n')
      .filter((line) => line.includes('❌ <code>'))
    expect(rows.map((line) => line.split('|').at(-2)!.trim())).toEqual([
      'Allow force pushes for this branch.',
      '″',
      '″',
      '',
      '',
    ])
  })

  it('shows the hint of an error once', () => {
    const error = new MirrorError('no access', { code: 'auth', hint: 'Renew the token.', side: 'source' })
    const text = renderSummary(makeResult([makeDestination({ status: 'failed', error })], { error }), {})
    expect(text.match(/Renew the token/g)).toHaveLength(1)
  })

  it('lets nothing from outside become Markdown or HTML', () => {
    const error = new MirrorError(HOSTILE, { code: 'server', serverText: HOSTILE, hint: HOSTILE })
    const destination = makeDestination({
      destination: `https://h.example/${HOSTILE}`,
      status: 'failed',
      changed: [{ ref: `refs/heads/${HOSTILE}`, action: 'create', old: NO_ID, new: ID_A }],
      rejected: [makeRejected({ ref: `refs/heads/${HOSTILE}`, reason: HOSTILE, advice: HOSTILE })],
      warnings: [HOSTILE],
      error,
    })
    const text = renderSummary(makeResult([destination], { source: HOSTILE }), {})
    expect(text).not.toMatch(/<img|\]\(http:\/\/evil|\u001b|\u202e/)
    expect(text).not.toMatch(/^# big/m)
    for (const line of text.split('\n').filter((line) => line.startsWith('| '))) {
      // Cells and the two ends: four columns, or nine for the figures.
      expect([6, 11]).toContain(line.split('|').length)
    }
  })

  it('cuts long tables and says how much is missing', () => {
    const destination = makeDestination({ status: 'mirrored', changed: makeChanges(1000) })
    const text = renderSummary(makeResult([destination]), {})
    expect(text).toContain('| … and 700 more |')
    expect(text.match(/`aaaaaaaaaa`/g)).toHaveLength(300)
  })

  it('stays below the limit of the runner, whatever the result', () => {
    const long = 'ü'.repeat(900)
    const destinations = Array.from({ length: 40 }, (_, index) =>
      makeDestination({
        destination: `https://h.example/${index}`,
        status: 'rejected',
        changed: makeChanges(500, `refs/heads/${long}`),
        rejected: Array.from({ length: 500 }, () => makeRejected({ reason: long, advice: long })),
        warnings: Array.from({ length: 100 }, () => long),
      }),
    )
    const text = renderSummary(makeResult(destinations), {})
    expect(Buffer.byteLength(text)).toBeLessThan(900_000)
    expect(text).toMatch(/^## ❌ /)
  })

  it('gives the figures of every destination', () => {
    const figures = { ...makeDestination().figures, packBytes: 1_447_258, objects: 4321, pushes: 2 }
    const text = renderSummary(makeResult([makeDestination({ figures })]), {})
    expect(text).toContain('1.4 MB')
    expect(text).toContain('4,321')
    expect(text).toContain('400 ms')
    expect(text).not.toContain('LFS')
  })

  it('gives what was carried of LFS in a column of its own where there was any', () => {
    const { figures } = makeDestination()
    const seconds = { ...figures.seconds, lfs: 12.4 }
    const carried = { ...figures, lfsObjects: 1002, lfsBytes: 24_000_000, seconds }
    const text = renderSummary(makeResult([makeDestination({ figures: carried }), makeDestination()]), {})
    expect(text).toContain('| Pushes | Carried | List | LFS | Negotiate |')
    expect(text).toContain('| 1,002 LFS objects, 24 MB | 100 ms | 12 s |')
    expect(text).toContain('| – | 100 ms | 0 ms |')
  })
})
