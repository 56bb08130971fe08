// Marks the ways through a module: each block, each arm of a choice, each second half of `&&`, `||` and `??`.
import { stripTypeScriptTypes } from 'node:module'
import { parseSync } from 'vite'
import { insertAll } from '../instrument/insert.mjs'

/** @param first number of the first way. @returns JavaScript on the same lines, and how many ways it has. */
export function markWays(name, text, first) {
  const { program, errors } = parseSync(name, text, { lang: 'ts' })
  if (errors.length > 0) throw new Error(`${name}: ${errors[0].message}`)
  const wraps = []
  let count = 0
  const mark = () => `$way(${first + count++})`
  const block = ({ start, end }) =>
    wraps.push({ start: start + 1, end: end - 1, before: `;${mark()};`, after: '' })
  const statement = ({ start, end }) => wraps.push({ start, end, before: `{${mark()};`, after: '}' })
  const value = ({ start, end }) => wraps.push({ start, end, before: `(${mark()},(`, after: '))' })
  const body = (node) => {
    if (node && node.type !== 'BlockStatement') statement(node)
  }
  walk(program, (node) => {
    switch (node.type) {
      case 'BlockStatement':
        if (node.body.length > 0) block(node)
        break
      case 'IfStatement':
        body(node.consequent)
        if (node.alternate?.type !== 'IfStatement') body(node.alternate)
        break
      case 'ForStatement':
      case 'ForOfStatement':
      case 'ForInStatement':
      case 'WhileStatement':
        if (node.body.type !== 'EmptyStatement') body(node.body)
        break
      case 'ConditionalExpression':
        value(node.consequent)
        value(node.alternate)
        break
      case 'LogicalExpression':
        value(node.right)
        break
      case 'ArrowFunctionExpression':
        if (node.body.type !== 'BlockStatement') value(node.body)
        break
      case 'SwitchCase':
        if (node.consequent.length > 0 && node.consequent[0].type !== 'BlockStatement') {
          const [{ start }, { end }] = [node.consequent[0], node.consequent.at(-1)]
          wraps.push({ start, end, before: `${mark()};`, after: '' })
        }
        break
    }
  })
  return { code: stripTypeScriptTypes(`const $way = globalThis.$way;${insertAll(text, wraps)}`), count }
}

/** Types are passed over: they are taken away. */
function walk(node, visit) {
  if (!node || typeof node.type !== 'string') return
  if (node.type.startsWith('TS') && !/^TS(As|Satisfies|NonNull)/.test(node.type)) return
  visit(node)
  for (const [key, value] of Object.entries(node)) {
    if (
      key === 'typeAnnotation' ||
      key === 'returnType' ||
      key === 'typeParameters' ||
      key === 'typeArguments'
    )
      continue
    for (const child of Array.isArray(value) ? value : [value]) walk(child, visit)
  }
}
