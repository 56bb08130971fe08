import { OPTION_SPECS, type OptionName, type OptionValues } from '../options/names.ts'

/** The action's inputs as the runner hands them over, none checked. */
export function readInputs(env: NodeJS.ProcessEnv): OptionValues {
  const values: Partial<Record<OptionName, string>> = {}
  for (const { name, kind } of OPTION_SPECS) {
    const value = env[`INPUT_${name.toUpperCase()}`] ?? ''
    // Spaces may belong to a passphrase.
    values[name] = kind === 'secret' ? value : value.trim()
  }
  return values
}

/**
 * Tells the token that the runner gives to every workflow. It is named by an input of its own; where that is
 * missing (another runner), a token of the same kind is taken for it.
 */
export function isWorkflowToken(values: OptionValues, env: NodeJS.ProcessEnv): (token: string) => boolean {
  const own = values['workflow-token']?.trim() ?? ''
  if (own !== '') return (token) => token === own
  return (token) => token.startsWith('ghs_') || (token !== '' && token === env['GITHUB_TOKEN'])
}
