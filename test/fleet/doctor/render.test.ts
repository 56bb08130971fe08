import { expect, it } from 'vitest'
import { sayAt } from '../../../src/doctor/finding.ts'
import { MirrorError } from '../../../src/base/errors.ts'
import { renderPage } from '../../../src/fleet/doctor/render.ts'

it('has no secret on its page, whatever Markdown makes of its letters', () => {
  const error = new MirrorError('no entry with ghp_hidden_99*', { code: 'auth', side: 'source' })
  const say = sayAt('repository', 'https://h.example/a')
  const page = renderPage(
    {
      hosts: [{ finding: sayAt('host', 'h.example').failure('login', error), mirrors: ['a'] }],
      mirrors: [{ name: 'a', findings: [say.failure('login', error)], skipped: undefined }],
      discoveries: ['discover list: ghp_hidden_99* is wrong'],
    },
    { texts: ['ghp_hidden_99*'] },
  )
  expect(page).toContain('no entry with')
  expect(page).not.toContain('hidden')
})
