import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { BAD_FILES, GOOD_FILES } from '../fleet/config/files.ts'
import { readFile, ROOT } from './files.ts'

const NODE = join(ROOT, 'node_modules/node/bin/node')
const node = existsSync(NODE) ? NODE : process.execPath

describe('kalandra.schema.json', () => {
  it('is what the code says: npm run schema', () => {
    const script = join(ROOT, 'scripts', 'config-schema.mjs')
    expect(() => execFileSync(node, [script, '--check'], { stdio: 'pipe' })).not.toThrow()
  })

  const validate = new Ajv({ strictTypes: false }).compile(
    JSON.parse(readFile('kalandra.schema.json')) as object,
  )

  it.each(GOOD_FILES)('takes what the code takes: $what', ({ text }) => {
    expect(validate(parse(text, { maxAliasCount: -1 })), JSON.stringify(validate.errors)).toBe(true)
  })

  it.each(BAD_FILES)('refuses what the code refuses: $what', ({ text }) => {
    expect(validate(parse(text))).toBe(false)
  })
})
