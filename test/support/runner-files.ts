export interface WorkflowCommand {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

/** The commands in a step's output, as the runner finds them: at the start of a line, not between stop marks. */
export function parseCommands(stdout: string): readonly WorkflowCommand[] {
  const commands: WorkflowCommand[] = []
  let stop: string | undefined
  for (const line of stdout.split(/\r?\n/)) {
    const parts = /^\s*::([^\s:]+)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)$/.exec(line)
    if (!parts) continue
    const [, name = '', properties = '', message = ''] = parts
    if (stop !== undefined) {
      if (name === stop) stop = undefined
      continue
    }
    if (name === 'stop-commands') stop = message
    commands.push({ name, properties: parseProperties(properties), message: decode(message) })
  }
  return commands
}

function parseProperties(text: string): Record<string, string> {
  const pairs = text.split(',').flatMap((pair) => {
    const at = pair.indexOf('=')
    return at < 0 ? [] : [[pair.slice(0, at).trim(), decode(pair.slice(at + 1))] as const]
  })
  return Object.fromEntries(pairs)
}

function decode(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%')
}

/** GITHUB_OUTPUT and GITHUB_STATE: `name=value`, or `name<<MARK`, lines, `MARK`. @throws Error as the runner does. */
export function parseFileCommands(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!
    if (line === '') continue
    const heredoc = /^([^=]*?)<<(.+)$/.exec(line)
    if (heredoc) {
      const end = lines.indexOf(heredoc[2]!, index + 1)
      if (end < 0) throw new Error(`no ${heredoc[2]} after ${line}`)
      values[heredoc[1]!] = lines.slice(index + 1, end).join('\n')
      index = end
    } else {
      const at = line.indexOf('=')
      if (at < 1) throw new Error(`neither name=value nor name<<mark: ${line}`)
      values[line.slice(0, at)] = line.slice(at + 1)
    }
  }
  return values
}
