import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'

const PATH = join(import.meta.dirname, '../../docs/result.schema.json')

interface Schema {
  readonly definitions: Readonly<Record<string, object>>
}

export function readSchema(): Schema {
  return JSON.parse(readFileSync(PATH, 'utf8')) as Schema
}

/**
 * Compares values with a type of docs/result.schema.json, and finds fields that it does not declare: for us, where the
 * published schema leaves room for what is to come.
 * @throws Error with every difference
 */
export function expectSchema(value: unknown, type = 'ResultJson'): void {
  const validate = validatorOf(type)
  if (!validate(value)) throw new Error(JSON.stringify(validate.errors, undefined, 2))
}

const validators = new Map<string, ValidateFunction>()

function validatorOf(type: string): ValidateFunction {
  const known = validators.get(type)
  if (known) return known
  const { definitions } = readSchema()
  const closed = JSON.parse(JSON.stringify(definitions), (_, part: unknown) =>
    typeof part === 'object' && part !== null && 'properties' in part
      ? { ...part, additionalProperties: false }
      : part,
  ) as object
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile({
    $ref: `#/definitions/${type}`,
    definitions: closed,
  })
  validators.set(type, validate)
  return validate
}
