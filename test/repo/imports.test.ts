import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFiles, readFile } from './files.ts'

interface Import {
  readonly file: string
  readonly target: string
  readonly lazy: boolean
  /** Nothing of it is left when the program runs. */
  readonly types: boolean
}

/** A room may import from rooms before it and from itself. */
const ORDER = [
  'errors',
  'builtins',
  'memory',
  'bytes',
  'protocol',
  'transport',
  'mirror',
  'github',
  'action',
  'cli',
  'main',
]
const OWNERS: readonly (readonly [RegExp, RegExp])[] = [
  [/^ssh2($|\/)/, /^src\/transport\/(ssh-client|ssh-library|ssh2-parts\.d)\.ts$/],
  [/^@actions\/github($|\/)/, /^src\/github\//],
  [/(^|node_modules\/)@actions\/core($|\/)/, /^src\/action\/core\.ts$/],
  [/^node:child_process$/, /^src\/transport\/local(-[a-z]+)?\.ts$/],
]
/** What a run may never need: loaded when first used. */
const LAZY = [
  /^node:(crypto|fs\/promises)$/,
  /^\.\/ssh-library\.ts$/,
  /^ssh2($|\/)/,
  /^@actions\/github$/,
  /^\.\/action\/run\.ts$/,
  /^\.\/cli\/run\.ts$/,
  /^\.\/(http|http-tls)\.ts$/,
  /^node:(https|zlib)$/,
  /^\.\.\/github\//,
]

const files = listFiles('src', /\.ts$/)
const imports = files.flatMap(findImports)

function findImports(file: string): readonly Import[] {
  const text = readFile(file).replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '')
  const still = [...text.matchAll(/^(?:import|export)\s[^'"]*?from\s*'([^']+)'|^import\s*'([^']+)'/gm)]
  const lazy = [...text.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g)]
  return [
    ...still.map((match) => ({
      file,
      target: match[1] ?? match[2] ?? '',
      lazy: false,
      types: /^(import|export) type/.test(match[0]),
    })),
    ...lazy.map((match) => ({ file, target: match[1] ?? '', lazy: true, types: false })),
  ]
}

function roomOf(path: string): string {
  return (
    path
      .replace(/^src\//, '')
      .replace(/\.ts$/, '')
      .split('/')[0] ?? ''
  )
}

function show({ file, target }: Import): string {
  return `${file} imports ${target}`
}

it('finds imports of both kinds', () => {
  expect(imports.length).toBeGreaterThan(100)
  expect(imports.filter(({ lazy }) => lazy).length).toBeGreaterThan(3)
})

describe('imports', () => {
  // A package by one of its files is nobody's room.
  const own = imports.filter(({ target }) => target.startsWith('.') && !target.includes('/node_modules/'))

  it('run one way', () => {
    const wrong = own.filter(({ file, target }) => {
      const from = roomOf(file)
      const to = roomOf(posix.join(posix.dirname(file), target))
      if (!ORDER.includes(from) || !ORDER.includes(to)) return true
      if (to === 'github') return from !== 'github' && from !== 'action'
      if (from === 'cli' && to === 'action') return true
      return ORDER.indexOf(to) > ORDER.indexOf(from)
    })
    expect(wrong.map(show)).toEqual([])
  })

  it('name the file with its ending', () => {
    expect(own.filter(({ target }) => !target.endsWith('.ts')).map(show)).toEqual([])
  })

  it('give each large dependency one owner', () => {
    const wrong = imports.filter(({ file, target }) =>
      OWNERS.some(([dependency, owner]) => dependency.test(target) && !owner.test(file)),
    )
    expect(wrong.map(show)).toEqual([])
  })

  it('name no package without an owner, and builtin modules with node:', () => {
    const foreign = imports.filter(
      ({ target }) =>
        (!target.startsWith('.') || target.includes('/node_modules/')) &&
        !target.startsWith('node:') &&
        !OWNERS.some(([dependency]) => dependency.test(target)),
    )
    expect(foreign.map(show)).toEqual([])
  })

  it('load lazily what a run may not need', () => {
    const eager = imports.filter(
      ({ target, lazy, types }) => !lazy && !types && LAZY.some((pattern) => pattern.test(target)),
    )
    // What is itself loaded when it is needed may load at once what it needs.
    const late = /^src\/(github\/|transport\/(ssh|ssh-cipher|ssh-library|http-tls)\.ts|mirror\/spool\.ts)/
    expect(eager.filter(({ file }) => !late.test(file)).map(show)).toEqual([])
  })

  it('let nothing below print: neither console nor the streams of the process', () => {
    const printing = files
      .filter((file) => !/^src\/(main\.ts|cli|action)/.test(file))
      .filter((file) => /\bconsole\.|process\.(stdout|stderr)/.test(readFile(file)))
    expect(printing).toEqual([])
  })
})
