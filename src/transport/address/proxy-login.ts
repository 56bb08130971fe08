import { decodePercentOrKeep } from './authority.ts'

const PROXY_VARIABLES = new Set(['http_proxy', 'https_proxy', 'all_proxy'])

/** Passwords in the addresses of proxies that the environment names, as they stand there and decoded. */
export function listProxyPasswords(env: NodeJS.ProcessEnv): readonly string[] {
  const found = new Set<string>()
  for (const [name, value] of Object.entries(env)) {
    if (!value || !PROXY_VARIABLES.has(name.toLowerCase())) continue
    const userinfo = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)@/i.exec(value.trim())?.[1]
    const colon = userinfo?.indexOf(':') ?? -1
    if (userinfo === undefined || colon < 0) continue
    const password = userinfo.slice(colon + 1)
    for (const form of [password, decodePercentOrKeep(password)]) if (form !== '') found.add(form)
    const login = `${decodePercentOrKeep(userinfo.slice(0, colon))}:${decodePercentOrKeep(password)}`
    found.add(Buffer.from(login).toString('base64'))
  }
  return [...found]
}
