import { chmod, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { git, GIT_ENV } from '../git.ts'
import { makeTempFolder } from '../temp.ts'
import { type HttpServer, makeHttpServer, passwordLine } from './http-server.ts'
import { canConnect, findFreePort, startProcess } from './process.ts'
import { findProgram } from './require-server.ts'

const MODULES = '/usr/lib/apache2/modules'
const NAMES = [
  'mpm_prefork',
  'cgi',
  'alias',
  'env',
  'setenvif',
  'headers',
  'auth_basic',
  'authn_core',
  'authn_file',
  'authz_core',
  'authz_user',
]

/**
 * Apache with mod_cgi and git http-backend, for the repositories that are below `root` now. Each `Place` is a
 * folder. Apache never serves as root: started by root it runs as `www-data`, and the repositories are opened
 * to everyone.
 */
export async function startApache(root: string): Promise<HttpServer> {
  const stack = new AsyncDisposableStack()
  try {
    const folder = stack.use(await makeTempFolder()).path
    const port = await findFreePort()
    await chmod(folder, 0o755)
    if (process.getuid?.() === 0) await openToEveryone(root)
    await writeFile(join(folder, 'users'), passwordLine())
    await writeFile(join(folder, 'gitconfig'), '[safe]\n\tdirectory = *\n')
    await writeFile(join(folder, 'apache.conf'), makeConfig({ root, folder, port }))
    const apache = stack.use(
      await startProcess({
        program: findProgram('apache2')!,
        args: ['-d', folder, '-f', join(folder, 'apache.conf'), '-DFOREGROUND'],
        env: GIT_ENV,
        ready: () => canConnect(port),
      }),
    )
    const owned = stack.move()
    return makeHttpServer(port, join(folder, 'access.log'), {
      pid: apache.pid,
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    })
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

async function openToEveryone(root: string): Promise<void> {
  for (
    let folder = root;
    folder !== dirname(folder) && /kalandra-test-/.test(folder);
    folder = dirname(folder)
  ) {
    await chmod(folder, 0o777)
  }
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) await chmod(path, 0o777)
    else if (entry.isFile()) await chmod(path, entry.name.endsWith('.sample') ? 0o755 : 0o666)
    if (entry.name === 'HEAD' && !path.includes('/logs/')) {
      await git(dirname(path), 'config', 'core.sharedRepository', '0666')
      await chmod(join(dirname(path), 'config'), 0o666)
    }
  }
}

function makeConfig({ root, folder, port }: { root: string; folder: string; port: number }): string {
  const backend = findProgram('git-http-backend')
  const alias = (name: string): string => `ScriptAlias /${name}/ ${backend}/`
  return `
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
${NAMES.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
${process.getuid?.() === 0 ? 'User www-data\nGroup www-data' : ''}
DefaultRuntimeDir ${folder}
PidFile ${folder}/pid
Mutex file:${folder} default
ErrorLog ${folder}/error.log
LogFormat "%m %U%q %>s %{Content-Length}i %{Transfer-Encoding}i %{Git-Protocol}i" requests
CustomLog ${folder}/access.log requests
StartServers 2
MinSpareServers 1
MaxSpareServers 2
MaxRequestWorkers 16
Timeout 600
SetEnv GIT_PROJECT_ROOT ${root}
SetEnv GIT_HTTP_EXPORT_ALL 1
SetEnv GIT_CONFIG_GLOBAL ${folder}/gitconfig
SetEnv GIT_CONFIG_SYSTEM /dev/null
SetEnvIf Git-Protocol ".*" GIT_PROTOCOL=$0
SetEnvIf Request_URI "^/old/" !GIT_PROTOCOL
${['plain', 'buffered', 'limited', 'private', 'private-push', 'old'].map(alias).join('\n')}
Redirect 301 /moved/ http://127.0.0.1:${port}/plain/
Redirect 307 /temporary/ http://127.0.0.1:${port}/plain/
<Location />
  Require all granted
</Location>
<Location /limited/>
  LimitRequestBody 1048576
</Location>
<Location /old/>
  RequestHeader unset Git-Protocol
</Location>
<Location /private/>
  AuthType Basic
  AuthName private
  AuthUserFile ${folder}/users
  Require valid-user
</Location>
<Location /private-push/>
  AuthType Basic
  AuthName push
  AuthUserFile ${folder}/users
  <RequireAny>
    <RequireAll>
      Require expr %{QUERY_STRING} !~ /git-receive-pack/ && %{REQUEST_URI} !~ /git-receive-pack/
    </RequireAll>
    Require valid-user
  </RequireAny>
</Location>
`
}
