import { describe, expect, it } from 'vitest'
import {
  BACKUP_PREFIX,
  BACKUP_PREFIXES,
  BACKUP_TAG_PREFIX,
  backupName,
  findBackups,
  findExpired,
  formatBackupTime,
  freeBackupTime,
  isBackup,
  knownBackupPrefixes,
  parseBackupTime,
} from '../../../src/plan/ours/backups.ts'

const ID = 'a'.repeat(40)
const NOON = Date.UTC(2026, 10, 30, 12, 0, 0)

describe('names of backups', () => {
  it('hold the time in UTC and the ref', () => {
    expect(formatBackupTime(Date.UTC(2026, 10, 30, 17, 15, 0, 999))).toBe('20261130T171500Z')
    expect(backupName(BACKUP_PREFIX, '20261130T171500Z', 'refs/heads/a/b')).toBe(
      'refs/kalandra/backup/20261130T171500Z/heads/a/b',
    )
  })

  it('give back what was put in', () => {
    for (const ref of ['refs/heads/main', 'refs/tags/v1', 'refs/notes/commits', 'refs/heads/größe/x']) {
      for (const prefix of BACKUP_PREFIXES) {
        const name = backupName(prefix, '20261130T120000Z', ref)
        expect(isBackup(name, BACKUP_PREFIXES)).toBe(true)
        expect(findBackups([{ name, id: ID }], BACKUP_PREFIXES)).toEqual([
          { name, ref, id: ID, time: '20261130T120000Z' },
        ])
      }
    }
    expect(parseBackupTime('20261130T120000Z')).toBe(NOON)
    expect(parseBackupTime('20261340T120000Z')).toBeNaN()
    expect(parseBackupTime('x')).toBeNaN()
  })

  it('are told from everything else, other refs of ours included', () => {
    const names = [
      'refs/heads/kalandra/backup/20261130T120000Z/heads/x',
      'refs/kalandra/backup/20261130T120000Z',
      'refs/kalandra/backup/20261130T120000Z/',
      'refs/kalandra/backup/20261130/heads/x',
      'refs/kalandra/pieces/1-abc',
      'refs/tags/kalandra-backup/v1',
      'refs/backup/20261130T120000Z/heads/x',
    ]
    expect(names.filter((name) => isBackup(name, BACKUP_PREFIXES))).toEqual([])
    const known = knownBackupPrefixes({ prefixes: ['refs/backup/'] })
    expect(names.filter((name) => isBackup(name, known))).toEqual(['refs/backup/20261130T120000Z/heads/x'])
    expect(isBackup(`${BACKUP_TAG_PREFIX}20261130T120000Z/tags/v1`, known)).toBe(true)
  })
})

describe('findBackups', () => {
  it('sorts by time, then by ref', () => {
    const refs = ['20261130T120001Z/heads/a', '20261130T120000Z/heads/b', '20261130T120000Z/heads/a']
    for (const some of [refs, refs.toReversed()]) {
      const found = findBackups(
        some.map((rest) => ({ name: `${BACKUP_PREFIX}${rest}`, id: ID })),
        BACKUP_PREFIXES,
      )
      expect(found.map(({ time, ref }) => `${time} ${ref}`)).toEqual([
        '20261130T120000Z refs/heads/a',
        '20261130T120000Z refs/heads/b',
        '20261130T120001Z refs/heads/a',
      ])
    }
  })
})

describe('freeBackupTime', () => {
  it('is now, or the first second at which no name is taken', () => {
    const free = (taken: readonly string[]): string =>
      freeBackupTime(['refs/heads/x'], new Set(taken), { prefix: BACKUP_PREFIX, now: NOON })
    expect(free([])).toBe('20261130T120000Z')
    expect(free([`${BACKUP_PREFIX}20261130T120000Z/heads/other`])).toBe('20261130T120000Z')
    const two = ['20261130T120000Z', '20261130T120001Z'].map((time) => `${BACKUP_PREFIX}${time}/heads/x`)
    expect(free(two)).toBe('20261130T120002Z')
  })
})

describe('findExpired', () => {
  const backupAt = (time: string): { name: string; time: string; ref: string; id: string } => ({
    name: `${BACKUP_PREFIX}${time}/heads/x`,
    time,
    ref: 'refs/heads/x',
    id: ID,
  })
  const expired = (time: string, keepDays: number): boolean =>
    findExpired([backupAt(time)], { keepDays, now: NOON }).length === 1

  it('takes what is older than the days, to the second', () => {
    expect(expired('20261129T120000Z', 1)).toBe(false)
    expect(expired('20261129T115959Z', 1)).toBe(true)
    expect(expired('20261101T115959Z', 30)).toBe(false)
    expect(expired('20261031T115959Z', 30)).toBe(true)
  })

  it('leaves what lies in the future, what has no date, and everything where nothing expires', () => {
    expect(expired('20271130T120000Z', 1)).toBe(false)
    expect(expired('20269999T120000Z', 1)).toBe(false)
    expect(expired('19700101T000000Z', Number.POSITIVE_INFINITY)).toBe(false)
  })
})
