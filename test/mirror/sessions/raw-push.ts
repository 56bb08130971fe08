import { git, gitWith, runGit } from '../../support/git.ts'

export interface RawCommand {
  readonly ref: string
  readonly old: string
  readonly new: string
}

export interface RawReport {
  readonly unpack: string
  /** Of each ref `ok`, or the words after `ng`. */
  readonly refs: ReadonlyMap<string, string>
  /** What receive-pack and its hooks wrote beside the report. */
  readonly lines: readonly string[]
}

/** Hands commands, in their order and unchecked, to the `git receive-pack` of this machine, with all objects of `source`. */
export async function pushRaw(
  destination: string,
  source: string,
  commands: readonly RawCommand[],
  options: { readonly atomic?: boolean; readonly shallow?: readonly string[] } = {},
): Promise<RawReport> {
  const { stdout: pack } = await runGit(source, ['pack-objects', '--all', '--stdout', '-q'])
  const capabilities = `report-status${options.atomic ? ' atomic' : ''} agent=test`
  const lines = [
    ...(options.shallow ?? []).map((id) => `shallow ${id}`),
    ...commands.map(
      ({ ref, old, new: id }, index) => `${old} ${id} ${ref}${index === 0 ? `\0${capabilities}` : ''}`,
    ),
  ]
  const deletesOnly = commands.every((command) => /^0+$/.test(command.new))
  const input = Buffer.concat([
    ...lines.map((line) =>
      Buffer.from(`${(Buffer.byteLength(line) + 4).toString(16).padStart(4, '0')}${line}`),
    ),
    Buffer.from('0000'),
    ...(deletesOnly ? [] : [pack]),
  ])
  const { stdout, stderr } = await runGit(destination, ['receive-pack', '.'], { input })
  return { ...parseReport(stdout), lines: stderr.split('\n').filter((line) => line !== '') }
}

function parseReport(bytes: Buffer): Omit<RawReport, 'lines'> {
  const sections: string[][] = [[]]
  for (let at = 0; at < bytes.length;) {
    const length = Number.parseInt(bytes.toString('latin1', at, at + 4), 16)
    if (length === 0) sections.push([])
    else sections.at(-1)!.push(bytes.toString('utf8', at + 4, at + length).trimEnd())
    at += Math.max(4, length)
  }
  const report = sections[1] ?? []
  const refs = new Map<string, string>()
  let unpack = 'no report'
  for (const line of report) {
    const [word, name = '', ...rest] = line.split(' ')
    if (word === 'unpack') unpack = line.slice('unpack '.length)
    else refs.set(name, word === 'ok' ? 'ok' : rest.join(' '))
  }
  return { unpack, refs }
}

export interface ListedRef {
  readonly name: string
  readonly id: string
}

/** The refs of a repository as `git ls-remote` shows them: HEAD and peeled lines, too. */
export async function listRemote(dir: string): Promise<readonly ListedRef[]> {
  const text = await gitWith({}, dir, 'ls-remote', '.')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [id = '', name = ''] = line.split('\t')
      return { name, id }
    })
}

/** Symbolic refs but HEAD, and the branch that HEAD names. */
export async function readSymrefs(
  dir: string,
): Promise<{ readonly head: string; readonly symrefs: ReadonlyMap<string, string> }> {
  const text = await git(dir, 'for-each-ref', '--format=%(refname) %(symref)')
  const pairs = text.split('\n').map((line) => line.split(' '))
  const symrefs = pairs.flatMap(([name, target]) => (name && target ? [[name, target] as const] : []))
  return { head: await git(dir, 'symbolic-ref', 'HEAD'), symrefs: new Map(symrefs) }
}
