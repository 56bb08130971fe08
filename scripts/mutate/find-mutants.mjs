// The mutants of one file: small wrong changes of the kinds that Stryker makes, found in the syntax tree.
import { parseSync } from 'vite'
import { mutateRegex } from './regexes.mjs'

/** An operator, and what stands there instead. */
const SWAPPED = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '==': ['!='],
  '!=': ['=='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '+=': ['-='],
  '-=': ['+='],
  '*=': ['/='],
  '/=': ['*='],
  '&&=': ['||='],
  '||=': ['&&='],
  '??=': ['&&='],
  '<<': ['>>'],
  '>>': ['<<'],
  '>>>': ['<<'],
  '&': ['|'],
  '|': ['&'],
  '++': ['--'],
  '--': ['++'],
}
const COMPARING = new Set(['<', '<=', '>', '>=', '===', '!==', '==', '!='])
const METHODS = {
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  some: 'every',
  every: 'some',
  toUpperCase: 'toLowerCase',
  toLowerCase: 'toUpperCase',
  trimStart: 'trimEnd',
  trimEnd: 'trimStart',
  min: 'max',
  max: 'min',
}
/** What `x.method(…)` is left as `x`. */
const DROPPED = new Set([
  'trim',
  'filter',
  'slice',
  'subarray',
  'sort',
  'toSorted',
  'reverse',
  'toReversed',
  'substring',
])
/** Fields of a node that hold types, or names that are no expressions. */
const NOT_CODE = new Set([
  'typeAnnotation',
  'typeArguments',
  'typeParameters',
  'returnType',
  'implements',
  'superTypeArguments',
  'superTypeParameters',
  'decorators',
  'label',
])
const CASTS = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'])
const LOOPS = new Set([
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
])

/**
 * @param text a module in TypeScript
 * @returns `mutants` ({start, end, kind, text, block?}: what stands from `start` to `end` becomes `text`; a block is emptied),
 *   `loops` (bodies of loops), `statements` (places where an expression begins a statement).
 */
export function findMutants(name, text) {
  const { program, errors } = parseSync(name, text, { lang: 'ts' })
  if (errors.length > 0) throw new Error(`${name}: ${errors[0].message}`)
  const found = { mutants: [], loops: [], statements: [] }
  new Finder(text, found).visit(program, {})
  return found
}

class Finder {
  constructor(text, found) {
    this.text = text
    this.found = found
  }

  add(node, kind, text) {
    const { start, end } = node
    const known = this.found.mutants
    if (known.some((it) => it.start === start && it.end === end && it.text === text)) return
    if (this.text.slice(start, end) !== text) known.push({ start, end, kind, text })
  }

  source(node) {
    return this.text.slice(node.start, node.end)
  }

  /** `fixed`: this node must stay where it is (what is called, assigned to, or a link of an optional chain). */
  visit(node, { fixed = false, chained = false, parent }) {
    if (!node || typeof node.type !== 'string') return
    if (CASTS.has(node.type)) return this.visit(node.expression, { fixed, chained, parent })
    if (node.type.startsWith('TS') || node.declare || node.importKind === 'type') return
    if (/^(Import|ExportAll)/.test(node.type) && node.type !== 'ImportExpression') return
    this.mutate(node, { fixed, parent })
    for (const [key, value] of Object.entries(node)) {
      if (NOT_CODE.has(key) || isName(node, key)) continue
      const inside = contextOf(node, key, chained)
      for (const child of Array.isArray(value) ? value : [value])
        this.visit(child, { ...inside, parent: node })
    }
  }

  mutate(node, { fixed, parent }) {
    if (LOOPS.has(node.type)) this.found.loops.push(node.body)
    if (
      node.type === 'ExpressionStatement' &&
      /^(Program|BlockStatement|SwitchCase|StaticBlock)$/.test(parent.type)
    ) {
      this.found.statements.push(node)
    }
    this.mutateTest(node)
    this.mutateBlock(node, parent)
    if (!fixed) this[node.type]?.(node, parent)
  }

  mutateTest(node) {
    if (!node.test || node.type === 'SwitchCase') return
    if (!LOOPS.has(node.type)) this.add(node.test, 'condition', 'true')
    this.add(node.test, 'condition', 'false')
  }

  mutateBlock(node, parent) {
    const empty = { kind: 'block', text: '{}', block: true }
    if (node.type === 'BlockStatement' && node.body.length > 0) {
      const superclass = parent?.type === 'FunctionExpression' && /\bsuper\(/.test(this.source(node))
      if (!superclass) this.found.mutants.push({ start: node.start + 1, end: node.end - 1, ...empty })
    }
    if (
      node.type === 'SwitchCase' &&
      node.consequent.length > 0 &&
      node.consequent[0].type !== 'BlockStatement'
    ) {
      const [first, last] = [node.consequent[0], node.consequent.at(-1)]
      if (first.type !== 'VariableDeclaration') {
        this.found.mutants.push({ start: first.start, end: last.end, ...empty })
      }
    }
  }

  swapOperator(node, kind, from, to) {
    for (const operator of SWAPPED[node.operator] ?? []) {
      const between = this.text.slice(from, to)
      const at = from + between.indexOf(node.operator)
      const text =
        this.text.slice(node.start, at) + operator + this.text.slice(at + node.operator.length, node.end)
      this.add(node, kind, text)
    }
  }

  BinaryExpression(node) {
    const compares = COMPARING.has(node.operator)
    const texts = node.operator === '+' && [node.left, node.right].some(isText)
    if (!texts)
      this.swapOperator(node, compares ? 'comparison' : 'arithmetic', node.left.end, node.right.start)
    if (compares) this.both(node)
  }

  LogicalExpression(node) {
    // `??` before `||` wants parentheses, and has none where it stands alone.
    const { left, right } = node
    const [one, other] = [this.source(left), this.source(right)]
    for (const operator of SWAPPED[node.operator]) this.add(node, 'logic', `(${one}) ${operator} (${other})`)
    if (node.operator !== '??') this.both(node)
  }

  both(node) {
    this.add(node, 'condition', 'true')
    this.add(node, 'condition', 'false')
  }

  AssignmentExpression(node) {
    if (node.operator === '+=' && isText(node.right)) return
    this.swapOperator(node, 'assignment', node.left.end, node.right.start)
  }

  UpdateExpression(node) {
    const [from, to] = node.prefix ? [node.start, node.argument.start] : [node.argument.end, node.end]
    this.swapOperator(node, 'update', from, to)
  }

  UnaryExpression(node) {
    const inner = this.source(node.argument)
    if (node.operator === '!') this.add(node, 'negation', inner)
    if (node.operator === '-') this.add(node, 'sign', `+${inner}`)
  }

  Literal(node, parent) {
    if (node.regex) {
      for (const text of mutateRegex(node.regex)) this.add(node, 'regex', text)
    } else if (typeof node.value === 'boolean') {
      this.add(node, 'boolean', String(!node.value))
    } else if (typeof node.value === 'string' && parent.type !== 'ExpressionStatement') {
      this.add(node, 'string', node.value === '' ? "'mutated'" : "''")
    }
  }

  TemplateLiteral(node) {
    this.add(node, 'string', this.source(node) === '``' ? '`mutated`' : '``')
  }

  ArrayExpression(node) {
    this.add(node, 'array', node.elements.length > 0 ? '[]' : "['mutated']")
  }

  ObjectExpression(node) {
    if (node.properties.length > 0) this.add(node, 'object', '{}')
  }

  ArrowFunctionExpression(node) {
    if (node.body.type !== 'BlockStatement') this.add(node.body, 'arrow', 'undefined')
  }

  CallExpression(node) {
    const { callee } = node
    const method = callee.type === 'MemberExpression' && !callee.computed ? callee.property : undefined
    if (method === undefined) return
    if (DROPPED.has(method.name)) this.add(node, 'method', this.source(callee.object))
    if (Object.hasOwn(METHODS, method.name)) {
      const text = METHODS[method.name] + this.text.slice(method.end, node.end)
      this.add(node, 'method', this.text.slice(node.start, method.start) + text)
    }
  }

  ChainExpression(node) {
    if (node.expression.type === 'CallExpression') this.CallExpression(node.expression)
    for (let link = node.expression; link; link = link.object ?? link.callee ?? link.expression) {
      if (!link.optional) continue
      const before = (link.object ?? link.callee).end
      const at = this.text.indexOf('?.', before)
      const plain = /^\?\.[[(]/.test(this.text.slice(at)) ? '' : '.'
      this.add(node, 'chain', this.text.slice(node.start, at) + plain + this.text.slice(at + 2, node.end))
    }
  }
}

function isText(node) {
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string')
}

/** Names of properties and of members are no expressions, unless they stand in brackets. */
function isName(node, key) {
  if (key === 'key') return !node.computed
  if (key === 'property') return node.type !== 'MemberExpression' || !node.computed
  return key === 'source' && /^(Export|Import)/.test(node.type)
}

function contextOf(node, key, chained) {
  const link =
    key === 'object' || key === 'callee' || (node.type === 'ChainExpression' && key === 'expression')
  const inChain = link && (chained || node.type === 'ChainExpression')
  const assigned = key === 'left' && /^(Assignment|For)/.test(node.type)
  const held = node.type === 'UpdateExpression' || /^(delete|typeof)$/.test(node.operator)
  const tagged = node.type === 'TaggedTemplateExpression' && (key === 'tag' || key === 'quasi')
  return {
    fixed: key === 'callee' || inChain || assigned || tagged || (held && key === 'argument'),
    chained: inChain,
  }
}
