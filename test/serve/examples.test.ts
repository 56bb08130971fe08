import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import { describe, expect, it } from 'vitest'
import { readServerSettings } from '../../src/serve/config/settings.ts'
import { readFleetFile } from '../../src/fleet/config/fleet-file.ts'

const DOCS = join(import.meta.dirname, '../../docs')

async function check(text: string): Promise<void> {
  const file = await readFleetFile([{ text, name: 'mirrors.yml', folder: '/nowhere' }])
  const complaints = await Promise.resolve()
    .then(() => readServerSettings(file, {}))
    .then(
      () => [],
      (error: { readonly complaints: readonly { readonly text: string }[] }) =>
        error.complaints.map((one) => one.text),
    )
  // Secrets are not there; everything else has to be right.
  expect(complaints.filter((one) => !/is not set|can't be read/.test(one))).toEqual([])
}

describe('the examples of the documentation', () => {
  it('in docs/serve.md are configs and a compose file', async () => {
    const text = readFileSync(join(DOCS, 'serve.md'), 'utf8')
    const [config = '', compose = ''] = [...text.matchAll(/```yaml\n([^]*?)```/g)].map((match) => match[1])
    await check(config)
    expect(parse(compose).services.kalandra.command.slice(0, 2)).toEqual(['serve', '/config/mirrors.yml'])
  })

  it('in docs/kubernetes.yaml are whole, and the config in it is right', async () => {
    const documents = parseAllDocuments(readFileSync(join(DOCS, 'kubernetes.yaml'), 'utf8'))
    expect(documents.flatMap(({ errors }) => errors)).toEqual([])
    const parts = documents.map((document) => document.toJS())
    expect(parts.map(({ kind }) => kind)).toEqual(['Secret', 'ConfigMap', 'Deployment', 'Service', 'CronJob'])
    await check(parts[1].data['mirrors.yml'])
    const [container] = parts[2].spec.template.spec.containers
    expect(container.securityContext.readOnlyRootFilesystem).toBe(true)
  })
})
