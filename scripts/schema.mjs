// Writes docs/result.schema.json, what `--json` prints, from the types of src/report/result-json.ts. With --check it
// changes nothing and exits 1 where they differ.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createGenerator } from 'ts-json-schema-generator'

const root = join(import.meta.dirname, '..')
const path = join(root, 'docs', 'result.schema.json')

const generator = createGenerator({
  path: join(root, 'src/report/result-json.ts'),
  tsconfig: join(root, 'tsconfig.json'),
  // The compiler that comes with the generator is an older one, which `npm run check` is not.
  skipTypeCheck: true,
  // New fields may come at any time.
  additionalProperties: true,
})
/** The result, and what else is read by machines. */
const TYPES = ['ResultJson', 'UpdatedRefEntry', 'RejectedRefEntry']
const definitions = Object.assign({}, ...TYPES.map((type) => generator.createSchema(type).definitions))
const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'What Kalandra prints with --json',
  description:
    'The result of a run. `UpdatedRefEntry` and `RejectedRefEntry` are the entries of the outputs `updated-refs` and ' +
    '`rejected-refs`.',
  $ref: '#/definitions/ResultJson',
  definitions,
}
const text = `${JSON.stringify(schema, undefined, 2)}\n`

function read() {
  try {
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n')
  } catch {
    return ''
  }
}

if (process.argv.includes('--check')) {
  if (read() !== text) {
    console.error('docs/result.schema.json does not say what src/report/result-json.ts says: npm run schema')
    process.exitCode = 1
  }
} else {
  mkdirSync(join(root, 'docs'), { recursive: true })
  writeFileSync(path, text)
}
