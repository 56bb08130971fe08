import { parse } from 'yaml'
import { OPTION_NAMES } from '../../../src/options/names.ts'
import { listFiles, readFile } from '../../repo/files.ts'

/** A block of YAML in a page of the documentation. */
export interface Block {
  /** `docs/fleet.md:124`: where its first line is. */
  readonly place: string
  readonly text: string
}

/** Every block of YAML that the README and the pages below docs/ and .github/ show. */
export function findBlocks(): readonly Block[] {
  const pages = ['README.md', ...listFiles('docs', /\.md$/), ...listFiles('.github', /\.md$/)]
  return pages.flatMap((page) => {
    const text = readFile(page)
    return [...text.matchAll(/^```ya?ml\n([^]*?)^```/gm)].map((match) => ({
      place: `${page}:${text.slice(0, match.index).split('\n').length + 1}`,
      text: match[1] ?? '',
    }))
  })
}

const ACTION = 'OWNER/kalandra@v1'

/**
 * The workflow that a block is or is a part of: a list of steps, a step's `with`, or some inputs get around them
 * what a page leaves out. Undefined for what is no workflow: a file of mirrors, a manifest of Kubernetes, a file of
 * GitLab CI or of Compose.
 * @throws Error with the place for a block that is none of these
 */
export function completeWorkflow({ place, text }: Block): string | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const depth = Math.min(...lines.map((line) => line.search(/\S/)))
  const block = lines.map((line) => line.slice(depth)).join('\n')
  const value = parse(block) as unknown
  if (Array.isArray(value)) return wrap(block, 'steps:', 6)
  const keys = Object.keys(value as object)
  if (['version', 'apiVersion', 'services'].includes(keys[0]!)) return undefined
  if (Object.values(value as object).every((job) => typeof job === 'object' && job && 'script' in job))
    return undefined
  if (keys.includes('jobs')) return `${block}\n`
  if (keys.join() === 'steps') return wrap(block, '', 4)
  if (keys[0] === 'with') return wrap(block, `steps:\n      - uses: ${ACTION}`, 8)
  if (keys.every((key) => OPTION_NAMES.some((name) => name === key)))
    return wrap(block, `steps:\n      - uses: ${ACTION}\n        with:`, 10)
  throw new Error(`${place}: neither a workflow, nor a part of one, nor a file that is known here:\n${text}`)
}

function wrap(block: string, head: string, depth: number): string {
  const job = 'on: push\npermissions: {}\njobs:\n  job:\n    runs-on: ubuntu-latest\n'
  const inside = block.split('\n').map((line) => `${' '.repeat(depth)}${line}`)
  return `${job}${head === '' ? '' : `    ${head}\n`}${inside.join('\n')}\n`
}
