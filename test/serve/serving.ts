import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describeApi } from '../../src/serve/http/openapi.ts'
import { ROUTES } from '../../src/serve/app.ts'
import { checkDist } from '../support/fresh-dist.ts'
import { makeBareRepository } from '../support/git.ts'
import { type HttpBackend, type HttpBackendOptions, startHttpBackend } from '../support/http-backend.ts'
import { addCommits } from '../support/repositories.ts'
import { ENTRY } from '../support/runner.ts'
import { type MainResult, startMain } from '../support/start-main.ts'
import { makeTempFolder } from '../support/temp.ts'

export const TOKEN = 'a-token-of-the-tests-0001'
export const HOOK_SECRET = "It's a Secret to Everybody"

export const ENV: NodeJS.ProcessEnv = {
  SERVE_TOKEN: TOKEN,
  HOOK_SECRET,
  HOST_TOKEN: 'a-token-of-a-host-0001',
}

export interface Serving extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  /** All lines so far. */
  readonly log: () => string
  readonly result: Promise<MainResult>
  kill(signal: NodeJS.Signals): void
  /** Asks with the token, and checks that the answer's status is in the description of the API. */
  call(method: string, path: string, more?: Call): Promise<Answer>
  /** Waits until a round has ended. */
  ended(round: string): Promise<RoundJson>
}

export interface Call {
  readonly body?: string | Uint8Array | object
  readonly headers?: Readonly<Record<string, string>>
  /** null: none is sent. */
  readonly token?: string | null
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly json: any
}

export interface RoundJson {
  readonly state: string
  readonly counts: Readonly<Record<string, number>>
  readonly results: readonly {
    readonly name: string
    readonly ok: boolean
    readonly skipped: string | null
  }[]
}

checkDist()

/** Starts `serve` as it is in dist/ or in `file`, and waits until it listens. */
export async function startServing(
  config: string,
  env: NodeJS.ProcessEnv = ENV,
  args: readonly string[] = [],
  file: string = ENTRY,
): Promise<Serving> {
  const main = startMain(
    ['serve', config, '--listen', '127.0.0.1:0', '--log-format', 'json', ...args],
    env,
    file,
  )
  let text = ''
  main.child.stdout!.on('data', (bytes: Buffer) => (text += bytes.toString()))
  const url = await new Promise<string>((resolve, reject) => {
    main.child.stdout!.on('data', () => {
      const found = /serving at (http:[^"\s]+)/.exec(text)?.[1]
      if (found !== undefined) resolve(found)
    })
    void main.result.then(({ stderr, stdout }) => reject(new Error(`it ended: ${stderr}${stdout}`)))
  })
  const call: Serving['call'] = async (method, path, more) => await ask(url, method, path, more)
  return {
    url,
    pid: main.child.pid!,
    log: () => text,
    result: main.result,
    kill: (signal) => void main.child.kill(signal),
    call,
    async ended(round) {
      for (;;) {
        const { json } = await call('GET', `/rounds/${round}`)
        if (json.state === 'done' || json.state === 'cancelled') return json
        await sleep(50)
      }
    },
    [Symbol.asyncDispose]: async () => await main[Symbol.asyncDispose](),
  }
}

const DOCUMENT = describeApi(ROUTES) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: object }>>>>
}

async function ask(url: string, method: string, path: string, more: Call = {}): Promise<Answer> {
  const { body, headers = {}, token = TOKEN } = more
  const isPlain = typeof body === 'string' || body instanceof Uint8Array || body === undefined
  const answer = await fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(isPlain ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isPlain ? (body as string) : JSON.stringify(body) }),
  })
  const text = await answer.text()
  checkStatus(method, path, answer.status)
  const isJson = /json/.test(answer.headers.get('content-type') ?? '')
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    json: isJson && text !== '' ? JSON.parse(text) : undefined,
  }
}

/** What the server answers must be what its description says. */
function checkStatus(method: string, path: string, status: number): void {
  const plain = path.split('?')[0]!
  const key = Object.keys(DOCUMENT.paths).find((pattern) =>
    new RegExp(`^${pattern.replace('{name}', '.+').replace('{id}', '[^/]+')}$`).test(plain),
  )
  const route =
    key === undefined ? undefined : DOCUMENT.paths[key]![method === 'HEAD' ? 'get' : method.toLowerCase()]
  if (route === undefined) {
    // Without a token nobody is told what there is; after many wrong ones, nothing at all.
    if (![401, 404, 405, 429].includes(status))
      throw new Error(`${method} ${path}: ${status}, which nothing describes`)
    return
  }
  if (!(String(status) in route.responses))
    throw new Error(`${method} ${path} answered ${status}: not described`)
}

export interface Setting extends AsyncDisposable {
  readonly folder: string
  readonly backend: HttpBackend
  /** The folder of a source or a copy: `a` or `a-copy`. */
  dir(name: string): string
  /** Writes the config; `server` and `mirrors` are YAML. */
  configure(more?: {
    readonly server?: string
    readonly mirrors?: string
    readonly top?: string
  }): Promise<string>
}

/** Repositories behind real git over http, one source and one copy for each name, and a config of them. */
export async function makeSetting(
  names: readonly string[],
  options: Partial<HttpBackendOptions> = {},
): Promise<Setting> {
  const folder = await makeTempFolder()
  const root = join(folder.path, 'repositories')
  for (const name of names.flatMap((one) => [one, `${one}-copy`]))
    await makeBareRepository({ parent: root, name: `${name}.git` })
  for (const name of names) await addCommits(join(root, `${name}.git`), 2)
  const backend = await startHttpBackend({ root, ...options })
  const pair = (name: string): string =>
    `  - { name: ${name}, source: '${backend.url}/${name}.git', destination: '${backend.url}/${name}-copy.git' }\n`
  return {
    folder: folder.path,
    backend,
    dir: (name) => join(root, `${name}.git`),
    async configure({ server = '', mirrors = names.map(pair).join(''), top = '' } = {}) {
      const path = join(folder.path, 'mirrors.yml')
      const text = `version: 1\n${top}server:\n  token: { env: SERVE_TOKEN }\n${server}mirrors:\n${mirrors}`
      await writeFile(path, text)
      return path
    },
    async [Symbol.asyncDispose]() {
      await backend[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

/** Waits until something is so, nearly as long as a test may take. */
export async function until(condition: () => boolean | Promise<boolean>, what = 'it'): Promise<void> {
  const limit = Date.now() + 50_000
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error(`${what} did not come to be`)
    await sleep(25)
  }
}
