import { EOL } from 'node:os'
import { issue, issueCommand } from '../../node_modules/@actions/core/lib/command.js'
import {
  issueFileCommand,
  prepareKeyValueMessage,
} from '../../node_modules/@actions/core/lib/file-command.js'

/**
 * What the action needs of @actions/core (GitHub's "Workflow commands for GitHub Actions"). Texts are escaped as the
 * runner reads them, and outputs get delimiters that nobody can guess. Imported file by file: the package as a whole
 * loads an HTTP client for OpenID Connect and a runner of programs first, more than half of the start of a step.
 */
export const core = {
  /** Has the runner hide a text from now on. */
  setSecret: (text: string): void => issueCommand('add-mask', {}, text),
  info: (line: string): void => void process.stdout.write(`${line}${EOL}`),
  warning: (text: string): void => issueCommand('warning', {}, text),
  error: (text: string): void => issueCommand('error', {}, text),
  startGroup: (title: string): void => issue('group', title),
  endGroup: (): void => issue('endgroup'),
  /** @throws Error where the runner's file for outputs is missing. A runner that names none gets the older command. */
  setOutput(name: string, value: string): void {
    if (process.env['GITHUB_OUTPUT']) issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value))
    else issueCommand('set-output', { name }, value)
  },
}

export type Core = typeof core
