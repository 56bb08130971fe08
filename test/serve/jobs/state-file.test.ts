import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { NO_RECORD, type MirrorRecord } from '../../../src/fleet/state/records.ts'
import { readStateFile } from '../../../src/fleet/state/state-file.ts'
import { StateFile } from '../../../src/serve/jobs/state-file.ts'
import { makeTempFolder } from '../../support/temp.ts'
import { FakeClock } from './fake-clock.ts'

const RECORD: MirrorRecord = {
  lastSuccess: 1000,
  lastRun: 2000,
  status: 'failed',
  error: { message: 'no', hint: 'try' },
  fingerprint: 'sha256:00',
  pushed: '2026-01-01T00:00:00Z',
  runs: [{ ended: 2000, status: 'failed', seconds: 1.5, bytes: 10, changed: 1 }],
}

function open(path: string) {
  const clock = new FakeClock()
  const warnings: string[] = []
  const records = new Map<string, MirrorRecord>()
  const onWarning = (text: string): void => void warnings.push(text)
  const file = new StateFile({
    path,
    clock,
    onWarning,
    collect: () => ({ mirrors: records, found: new Map([['github acme', 7]]) }),
  })
  return { clock, warnings, records, file }
}

describe('the state file', () => {
  it('gives back what was written', async () => {
    await using folder = await makeTempFolder()
    const path = join(folder.path, 'state.json')
    const { clock, records, file } = open(path)
    records.set('a', RECORD).set('b/c', NO_RECORD)
    file.touch()
    clock.pass(4999)
    expect(existsSync(path)).toBe(false)
    clock.pass(1)
    await file.settle()
    expect(readStateFile(path, (text) => expect(text).toBe(''))).toEqual({
      mirrors: records,
      found: new Map([['github acme', 7]]),
    })
    expect(existsSync(`${path}.next`)).toBe(false)
  })

  it('never says that something runs', async () => {
    await using folder = await makeTempFolder()
    const path = join(folder.path, 'state.json')
    const { records, file } = open(path)
    records.set('a', RECORD)
    file.flush()
    expect(readFileSync(path, 'utf8')).not.toMatch(/running|waiting|dirty/)
  })

  it('keeps the last word, whatever is still being written when the server stops', async () => {
    await using folder = await makeTempFolder()
    const path = join(folder.path, 'state.json')
    const { clock, records, file } = open(path)
    for (let index = 0; index < 1000; index++) records.set(`m${index}`, RECORD)
    file.touch()
    clock.pass(5000)
    // It has begun, and waits for its next turn.
    await Promise.resolve()
    await Promise.resolve()
    records.set('new', RECORD)
    file.flush()
    await file.settle()
    expect(readStateFile(path, () => undefined).mirrors).toEqual(records)
    expect(existsSync(`${path}.next`)).toBe(false)
    // Two in a row come one after the other, and the second one counts.
    file.touch()
    clock.pass(5000)
    records.delete('new')
    file.touch()
    clock.pass(5000)
    await file.settle()
    expect(readStateFile(path, () => undefined).mirrors).toEqual(records)
  })

  it('that cannot be written on the way is told once, and again when it could be in between', async () => {
    await using folder = await makeTempFolder()
    const path = join(folder.path, 'state.json')
    const { clock, warnings, records, file } = open(path)
    records.set('a', RECORD)
    const write = async (): Promise<void> => {
      file.touch()
      clock.pass(5000)
      await file.settle()
    }
    mkdirSync(`${path}.next`)
    await write()
    await write()
    expect(warnings).toHaveLength(1)
    rmdirSync(`${path}.next`)
    await write()
    expect(readStateFile(path, () => undefined).mirrors).toEqual(records)
    mkdirSync(`${path}.next`)
    await write()
    expect(warnings).toHaveLength(2)
  })

  it.each([
    ['cut', '{"version":1,"mirrors":{"a":{"ru'],
    ['empty', ''],
    ['of another version', '{"version":2,"mirrors":{}}'],
    ['of another shape', '{"version":1,"mirrors":{"a":{"runs":[{"ended":"now"}]}}}'],
    ['a list', '[]'],
    ['with a count that is none', '{"version":1,"mirrors":{},"found":{"github acme":"many"}}'],
    ['with a status that is none', '{"version":1,"mirrors":{"a":{"status":"running","runs":[]}}}'],
  ])('that is %s is put aside, with one warning', async (_, text) => {
    await using folder = await makeTempFolder()
    const path = join(folder.path, 'state.json')
    writeFileSync(path, text)
    const warnings: string[] = []
    expect(readStateFile(path, (line) => warnings.push(line)).mirrors.size).toBe(0)
    expect(warnings).toHaveLength(1)
    expect(readFileSync(`${path}.bad`, 'utf8')).toBe(text)
    expect(existsSync(path)).toBe(false)
  })

  it('that cannot be written is told once, and the old one stays', async () => {
    await using folder = await makeTempFolder()
    const path = join(folder.path, 'state.json')
    const { warnings, records, file } = open(path)
    records.set('a', RECORD)
    file.flush()
    mkdirSync(`${path}.last`)
    records.set('b', RECORD)
    file.flush()
    file.flush()
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('EISDIR')
    expect(readStateFile(path, () => undefined).mirrors.size).toBe(1)
  })
})
