import { type NamedSpec, OPTION_SPECS } from '../options/names.ts'
import type { OptionGroup } from '../options/table.ts'
import { FLAGS, mannerOf, variableOf, VERB_TEXTS } from './terminal/arguments.ts'
import { DEFAULT_VERB, VERBS } from './verbs.ts'

const LINE_WIDTH = 100

/** Columns before the words of an option. */
const NAME_WIDTH = 28

const TITLES: Readonly<Record<Exclude<OptionGroup, 'access'>, string>> = {
  what: 'What is mirrored',
  how: 'How',
  fleet: 'Many mirrors of one file',
}

/** What `--help` prints, from the tables of verbs and options. */
export function renderHelp(): string {
  const parts = [
    'Mirrors a Git repository to other servers, without a clone.',
    renderUsage(),
    wrap(
      'SOURCE and DESTINATION are https://, http://, ssh://, git:// or file:// addresses, git@host:path, or ' +
        'absolute paths.',
      0,
    ),
    ...(['what', 'how'] as const).map((group) => renderGroup(TITLES[group], optionsOf(group))),
    `${renderGroup(TITLES.fleet, optionsOf('fleet'))}\n${renderVerbTexts()}`,
    renderAccess(),
    renderFlags(),
    'Exit status: 0 mirrored, 1 failed or rejected, 2 wrong use.',
  ]
  return `${parts.join('\n\n')}\n`
}

function renderUsage(): string {
  const program = 'node dist/index.js'
  const plain = `Usage: ${program} ${VERBS[DEFAULT_VERB]!.usage} [options]`
  const others = Object.entries(VERBS).filter(([name]) => name !== DEFAULT_VERB)
  if (others.length === 0) return plain
  return [plain, ...others.map(([name, verb]) => entry(`${program} ${name} ${verb.usage}`, verb.help))].join(
    '\n',
  )
}

function optionsOf(group: OptionGroup): readonly NamedSpec[] {
  return OPTION_SPECS.filter((spec) => spec.group === group && !/^(position|never)$/.test(mannerOf(spec)))
}

function renderVerbTexts(): string {
  return VERB_TEXTS.map(({ name, value, help }) => entry(`--${name} ${value}`, help)).join('\n')
}

function renderGroup(title: string, specs: readonly NamedSpec[]): string {
  return [title, ...specs.map((spec) => entry(nameOf(spec), withDefault(spec)))].join('\n')
}

function nameOf(spec: NamedSpec): string {
  if (spec.kind === 'switch') return spec.default === 'true' ? `--no-${spec.name}` : `--${spec.name}`
  return `--${spec.name} ${spec.value ?? 'TEXT'}`
}

function withDefault(spec: NamedSpec): string {
  if (spec.kind === 'switch' || spec.default === '') return spec.help
  return `${spec.help}; default: ${spec.default.replaceAll('\n', ' and ')}`
}

/** Keys, tokens and what goes with them. */
function renderAccess(): string {
  const specs = optionsOf('access')
  const secrets = specs.filter((spec) => mannerOf(spec) === 'secret')
  const width = Math.max(...secrets.map(({ name }) => variableOf(name).length)) + 2
  const texts = specs.filter((spec) => mannerOf(spec) === 'text')
  const files = specs.filter((spec) => mannerOf(spec) === 'file')
  return [
    'Keys and tokens are never arguments. Each has an environment variable and an option that names a file:',
    ...secrets.map(({ name }) => `  ${variableOf(name).padEnd(width)}--${name}-file PATH`),
    ...files.map(({ name, help }) => entry(`--${name}-file PATH`, help)),
    ...texts.map((spec) => entry(nameOf(spec), withDefault(spec))),
  ].join('\n')
}

function renderFlags(): string {
  const entries = FLAGS.map((flag) =>
    entry(`--${flag.name}${'short' in flag ? `, -${flag.short}` : ''}`, flag.help),
  )
  const texts = VERB_TEXTS.map(({ name, value, help }) => entry(`--${name} ${value}`, help))
  return ['Output and verbs', ...texts, ...entries].join('\n')
}

/** A name and its words beside it, or below it where it is long. */
function entry(name: string, text: string): string {
  const lines = wrap(text, NAME_WIDTH)
  const start = `  ${name}`
  return start.length < NAME_WIDTH - 1 ? start.padEnd(NAME_WIDTH) + lines.trimStart() : `${start}\n${lines}`
}

/** Words in lines that end before `LINE_WIDTH`, each with so many spaces before them. */
function wrap(text: string, indent: number): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > LINE_WIDTH) {
      lines.push(line)
      line = ''
    }
    line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((one) => ' '.repeat(indent) + one).join('\n')
}
