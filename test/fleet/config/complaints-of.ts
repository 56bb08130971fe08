import { checkFile } from '../../../src/fleet/config/check-file.ts'
import { ConfigError, renderConfigError } from '../../../src/fleet/config/config-error.ts'
import { readYaml } from '../../../src/fleet/config/read-yaml.ts'

/** What is wrong with a file by its text alone, in lines without the name of the file. */
export async function complaintsOf(text: string): Promise<readonly string[]> {
  try {
    await checkFile(await readYaml(text, 'mirrors.yml'))
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return renderConfigError(error).map((line) => line.replace(/^mirrors\.yml:/, ''))
  }
}
