import { getInput } from '@actions/core'
import { OPTION_NAMES, type OptionName, type OptionValues } from '../mirror/option-names.ts'

/** The action's inputs as the runner hands them over, none checked. */
export function readInputs(): OptionValues {
  const values: Partial<Record<OptionName, string>> = {}
  for (const name of OPTION_NAMES) {
    // Spaces belong to a passphrase.
    values[name] = getInput(name, { trimWhitespace: !name.endsWith('-passphrase') })
  }
  return values
}

/**
 * Tells the token that the runner gives to every workflow. It is named by an input of its own; where that is
 * missing (another runner), a token of the same kind is taken for it.
 */
export function isWorkflowToken(values: OptionValues, env: NodeJS.ProcessEnv): (token: string) => boolean {
  const own = values['workflow-token'] ?? ''
  if (own !== '') return (token) => token === own
  return (token) => token.startsWith('ghs_') || (token !== '' && token === env['GITHUB_TOKEN'])
}
