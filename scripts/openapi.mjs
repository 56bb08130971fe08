// Writes docs/openapi.json from the routes of the server; --check compares.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROUTES } from '../src/serve/app.ts'
import { describeApi } from '../src/serve/http/openapi.ts'

const path = join(import.meta.dirname, '..', 'docs', 'openapi.json')
const text = `${JSON.stringify(describeApi(ROUTES), undefined, 2)}\n`

if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== text) {
    console.error('docs/openapi.json is not what the code says: npm run schema')
    process.exit(1)
  }
} else writeFileSync(path, text)
