import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GIT_ENV } from '../git.ts'
import { makeTempFolder } from '../temp.ts'
import { type HttpServer, makeHttpServer, passwordLine } from './http-server.ts'
import { canConnect, findFreePort, startProcess } from './process.ts'
import { findProgram } from './require-server.ts'

/** A second port of the same server, for https. */
export interface NginxTls {
  readonly port: number
  /** PEM. */
  readonly key: string
  readonly cert: string
}

/** nginx before fcgiwrap and git http-backend, for the repositories below `root`. Each `Place` is a folder. */
export async function startNginx(root: string, tls?: NginxTls): Promise<HttpServer> {
  const stack = new AsyncDisposableStack()
  try {
    const folder = stack.use(await makeTempFolder()).path
    const port = await findFreePort()
    const socket = join(folder, 'cgi')
    await mkdir(join(folder, 'tmp'))
    await writeFile(join(folder, 'users'), passwordLine())
    if (tls) {
      await writeFile(join(folder, 'key.pem'), tls.key, { mode: 0o600 })
      await writeFile(join(folder, 'cert.pem'), tls.cert)
    }
    await writeFile(join(folder, 'nginx.conf'), makeConfig({ root, folder, port, socket, tls: tls?.port }))
    stack.use(
      await startProcess({
        program: findProgram('fcgiwrap')!,
        args: ['-c', '4', '-s', `unix:${socket}`],
        env: GIT_ENV,
        ready: () => canConnect(socket),
      }),
    )
    const nginx = stack.use(
      await startProcess({
        program: findProgram('nginx')!,
        args: ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'],
        env: GIT_ENV,
        ready: () => canConnect(port),
      }),
    )
    const owned = stack.move()
    return makeHttpServer(port, join(folder, 'access.log'), {
      pid: nginx.pid,
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    })
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

interface ConfigOptions {
  readonly root: string
  readonly folder: string
  readonly port: number
  readonly socket: string
  readonly tls: number | undefined
}

function makeConfig({ root, folder, port, socket, tls }: ConfigOptions): string {
  const place = (name: string, ...lines: readonly string[]): string => `
    location ~ ^/${name}(?<repository>/.*)$ {
      ${lines.join('\n      ')}
      fastcgi_pass unix:${socket};
      fastcgi_read_timeout 600s;
      fastcgi_param SCRIPT_FILENAME ${findProgram('git-http-backend')};
      fastcgi_param GIT_PROJECT_ROOT ${root};
      fastcgi_param GIT_HTTP_EXPORT_ALL 1;
      fastcgi_param PATH_INFO $repository;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param QUERY_STRING $query_string;
      fastcgi_param CONTENT_TYPE $content_type;
      fastcgi_param CONTENT_LENGTH $content_length;
      fastcgi_param HTTP_CONTENT_ENCODING $http_content_encoding;
      fastcgi_param REMOTE_USER $remote_user;
      fastcgi_param REMOTE_ADDR $remote_addr;
    }`
  const streaming = ['fastcgi_request_buffering off;', 'fastcgi_buffering off;', 'client_max_body_size 0;']
  const version = 'fastcgi_param GIT_PROTOCOL $http_git_protocol;'
  const certificate = `ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;`
  const https = tls === undefined ? '' : `listen 127.0.0.1:${tls} ssl; ${certificate}`
  const users = `auth_basic_user_file ${folder}/users;`
  return `
${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off;
worker_processes 1;
pid ${folder}/pid;
events { worker_connections 1024; }
http {
  log_format requests '$request_method $request_uri $status $http_content_length $http_transfer_encoding $http_git_protocol';
  access_log ${folder}/access.log requests;
  client_body_temp_path ${folder}/tmp/body;
  fastcgi_temp_path ${folder}/tmp/fastcgi;
  proxy_temp_path ${folder}/tmp/proxy;
  scgi_temp_path ${folder}/tmp/scgi;
  uwsgi_temp_path ${folder}/tmp/uwsgi;
  map $request_uri $push_realm { default off; ~git-receive-pack push; }
  server {
    listen 127.0.0.1:${port};
    ${https}
    ${place('plain', ...streaming, version)}
    ${place('buffered', 'client_max_body_size 0;', version)}
    ${place('limited', 'fastcgi_request_buffering off;', 'client_max_body_size 1m;', version)}
    ${place('impatient', ...streaming, version, 'client_body_timeout 2s;')}
    ${place('impatient-buffered', 'client_max_body_size 0;', version, 'client_body_timeout 2s;')}
    ${place('private', ...streaming, version, 'auth_basic private;', users)}
    ${place('private-push', ...streaming, version, 'auth_basic $push_realm;', users)}
    ${place('old', ...streaming, 'fastcgi_param HTTP_GIT_PROTOCOL "";')}
    location /moved/ { rewrite ^/moved(.*)$ http://127.0.0.1:${port}/plain$1 permanent; }
    location ~ ^/temporary(?<rest>/.*)$ { return 307 http://127.0.0.1:${port}/plain$rest$is_args$args; }
  }
}
`
}
