import type { Service } from '../connection/connection.ts'

/**
 * The line that the server's shell, or what stands in its place, runs: the program and the path in single
 * quotes, which is the one form that every host parses (gitprotocol-pack, "SSH Transport"; J7).
 *
 * @param version asked for in the line itself, in words of every shell; only a shell takes them
 */
export function buildCommand(service: Service, path: string, version?: 2): string {
  const command = `${service} ${quotePath(path.startsWith('/~') ? path.slice(1) : path)}`
  return version === undefined ? command : `env GIT_PROTOCOL=version=${version} ${command}`
}

// `!` is quoted as git does it, for the shells of the csh family.
function quotePath(path: string): string {
  return `'${path.replace(/['!]/g, "'\\$&'")}'`
}
