/**
 * The line that the server's shell, or what stands in its place, runs: the program and the path in single
 * quotes, which is the one form that every host parses (gitprotocol-pack, "SSH Transport"; J7). `words`: arguments
 * behind the path, which need no quotes.
 */
export function buildCommand(program: string, path: string, ...words: readonly string[]): string {
  return [program, quotePath(path.startsWith('/~') ? path.slice(1) : path), ...words].join(' ')
}

// `!` is quoted as git does it, for the shells of the csh family.
function quotePath(path: string): string {
  return `'${path.replace(/['!]/g, "'\\$&'")}'`
}
