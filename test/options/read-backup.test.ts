import { describe, expect, it } from 'vitest'
import { type BackupOptions, readBackup } from '../../src/options/read-backup.ts'
import type { OptionValues } from '../../src/options/names.ts'

function read(values: OptionValues): BackupOptions | undefined {
  return readBackup({ label: (name) => name, values })
}

describe('readBackup', () => {
  it('keeps nothing unless it is asked to', () => {
    expect(read({})).toBeUndefined()
    expect(read({ backup: 'False' })).toBeUndefined()
  })

  it('knows two namespaces of its own, and keeps for 30 days', () => {
    expect(read({ backup: 'true' })).toEqual({
      prefixes: ['refs/kalandra/backup/', 'refs/tags/kalandra-backup/'],
      keepDays: 30,
    })
    expect(read({ backup: 'true', 'backup-keep': 'unlimited' })?.keepDays).toBe(Number.POSITIVE_INFINITY)
  })

  it('takes a namespace with or without its slash, and no other beside it', () => {
    for (const backup of ['refs/backup', 'refs/backup/', 'refs/backup//']) {
      expect(read({ backup })?.prefixes).toEqual(['refs/backup/'])
    }
  })

  it.each(['yes', 'backup', 'heads/backup', 'refs/', 'refs/a..b', 'refs/*', 'refs/a/*', 'refs/.x'])(
    'refuses %s and says what to write',
    (backup) => {
      expect(() => read({ backup })).toThrow(/^backup: /)
    },
  )

  it('refuses days that are none', () => {
    expect(() => read({ backup: 'true', 'backup-keep': '0' })).toThrow(/^backup-keep: "0"/)
  })
})
