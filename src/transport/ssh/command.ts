/**
 * The line that the server's shell, or what stands in its place, runs: the program and the path in single
 * quotes, which is the one form that every host parses (gitprotocol-pack, "SSH Transport"; J7).
 *
 * @param options `words`: arguments behind the path, which need no quotes; `version`: asked for in the line itself,
 * in words of every shell; only a shell takes them
 */
export function buildCommand(
  program: string,
  path: string,
  { version, words = [] }: { readonly version?: 2 | undefined; readonly words?: readonly string[] } = {},
): string {
  const command = [program, quotePath(path.startsWith('/~') ? path.slice(1) : path), ...words].join(' ')
  return version === undefined ? command : `env GIT_PROTOCOL=version=${version} ${command}`
}

// `!` is quoted as git does it, for the shells of the csh family.
function quotePath(path: string): string {
  return `'${path.replace(/['!]/g, "'\\$&'")}'`
}
