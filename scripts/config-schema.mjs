// Writes kalandra.schema.json from the schema with which config files are read; --check compares.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toJsonSchema } from '@valibot/to-json-schema'
import * as valibot from 'valibot'
import { makeFileSchema } from '../src/fleet/config/file-schema.ts'

const path = join(import.meta.dirname, '..', 'kalandra.schema.json')

export function renderSchema() {
  const schema = toJsonSchema(makeFileSchema(valibot), { target: 'draft-07', overrideSchema })
  const named = { ...schema, title: 'Kalandra: many mirrors in one file' }
  return `${JSON.stringify(named, undefined, 2)}\n`
}

/** What a mapping needs is ours: the library's objects know required keys only. */
function overrideSchema({ valibotSchema, jsonSchema }) {
  const { needs } = valibotSchema
  if (needs === undefined) return undefined
  const always = needs.filter(({ keys }) => keys.length === 1).flatMap(({ keys }) => keys)
  const others = needs.filter(({ keys }) => keys.length > 1)
  const { required: _, ...rest } = jsonSchema
  return {
    ...rest,
    ...(always.length === 0 ? {} : { required: always }),
    ...(others.length === 0 ? {} : { allOf: others.map(renderNeed) }),
  }
}

function renderNeed({ keys, exactly, unless }) {
  const branches = keys.map((key) => ({ required: [key] }))
  const need = { [exactly ? 'oneOf' : 'anyOf']: branches }
  if (unless === undefined) return need
  const [key, below] = unless
  const exempt = { required: [key], properties: { [key]: { required: [below] } } }
  return { anyOf: [need, exactly ? { ...exempt, not: { required: keys } } : exempt] }
}

const text = renderSchema()
if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== text) {
    console.error('kalandra.schema.json is not what the code says: npm run schema')
    process.exit(1)
  }
} else writeFileSync(path, text)
