import type { Service } from '../connection/connection.ts'

/**
 * The line that the server's shell, or what stands in its place, runs: the program and the path in single
 * quotes, which is the one form that every host parses (gitprotocol-pack, "SSH Transport"; J7).
 */
export function buildCommand(service: Service, path: string): string {
  return `${service} ${quotePath(path.startsWith('/~') ? path.slice(1) : path)}`
}

// `!` is quoted as git does it, for the shells of the csh family.
function quotePath(path: string): string {
  return `'${path.replace(/['!]/g, "'\\$&'")}'`
}
