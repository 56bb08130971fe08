import { join } from 'node:path'
import { makeBareRepository } from '../git.ts'
import { canConnect, findFreePort, startProcess } from '../servers/process.ts'
import { makeTempFolder } from '../temp.ts'
import { findBuilt } from './cache.ts'
import { type Endpoint, gitEndpoint, httpEndpoint } from './endpoint.ts'

/** Servers of dulwich (Git in Python) over http and git://. Each serves one connection at a time; everybody may write. */
export interface DulwichServer extends AsyncDisposable {
  /** A new empty bare repository `name.git`, over one of the transports. */
  create(name: string, transport: 'http' | 'git'): Promise<Endpoint>
  /** What the server has written. */
  output(): string
}

/** Starts dulwich on two ports of 127.0.0.1. */
export async function startDulwich(): Promise<DulwichServer> {
  const program = join(findBuilt('dulwich'), 'bin/python')
  const stack = new AsyncDisposableStack()
  try {
    const root = stack.use(await makeTempFolder()).path
    const [http, git] = [await findFreePort(), await findFreePort()]
    const server = stack.use(
      await startProcess({
        program,
        args: [join(import.meta.dirname, 'dulwich/serve.py'), root, `${http}`, `${git}`],
        env: { PATH: process.env['PATH'], HOME: root, PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' },
        cwd: root,
        ready: async () => (await Promise.all([http, git].map(canConnect))).every(Boolean),
      }),
    )
    const owned = stack.move()
    return {
      async create(name, transport) {
        const { path } = await makeBareRepository({ parent: root, name: `${name}.git` })
        return transport === 'git'
          ? gitEndpoint(`git://127.0.0.1:${git}/${name}.git`, path)
          : httpEndpoint(`http://127.0.0.1:${http}/${name}.git`, undefined, path)
      },
      output: () => server.output(),
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}
