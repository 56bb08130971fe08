import type { RefspecSet } from '../plan/refspec.ts'
import { quote, usageError } from './values.ts'
import type { EndpointReader } from './read-endpoint.ts'

/** Namespaces that nobody has, and the one that is meant. */
const MISTAKEN: Readonly<Record<string, string>> = {
  head: 'heads',
  branch: 'heads',
  branches: 'heads',
  tag: 'tags',
  remote: 'remotes',
  note: 'notes',
}
const KNOWN = ['heads', 'tags', 'notes', 'remotes']

/**
 * Looks for slips in the names of namespaces: `refs/head/*` matches nothing, and a run that mirrors nothing looks
 * like one that had nothing to do.
 * @throws MirrorError `usage` for a namespace that nobody can mean. What is only near to a known one is noted.
 */
export function checkNamespaces(reader: EndpointReader, refspecs: RefspecSet): void {
  const written = refspecs.exclude.filter((name) => !refspecs.reserved?.includes(name))
  const names = [...refspecs.include.flatMap(({ source, destination }) => [source, destination]), ...written]
  for (const name of new Set(names)) {
    const [, namespace = '', ...rest] = name.split('/')
    if (rest.length === 0 || KNOWN.includes(namespace)) continue
    const meant = findMeant(namespace)
    if (meant === undefined) continue
    const better = ['refs', meant, ...rest].join('/')
    if (MISTAKEN[namespace.toLowerCase()] ?? KNOWN.includes(namespace.toLowerCase())) {
      throw usageError(
        reader,
        'refs',
        `"${quote(name)}" is in no namespace of Git's`,
        `Write ${quote(better)}.`,
      )
    }
    reader.note(
      'warning',
      `${reader.label('refs')}: ${quote(name)} is taken as it is; is ${quote(better)} meant?`,
    )
  }
}

function findMeant(namespace: string): string | undefined {
  const lower = namespace.toLowerCase()
  if (Object.hasOwn(MISTAKEN, lower)) return MISTAKEN[lower]
  return KNOWN.find((known) => isOneSlipAway(lower, known))
}

/** One letter more, less, another, or two that changed places. */
function isOneSlipAway(given: string, known: string): boolean {
  let start = 0
  while (start < given.length && given[start] === known[start]) start++
  const rest = [given.slice(start), known.slice(start)] as const
  return (
    rest[0].slice(1) === rest[1] ||
    rest[0] === rest[1].slice(1) ||
    rest[0].slice(1) === rest[1].slice(1) ||
    (rest[0].slice(2) === rest[1].slice(2) && rest[0][0] === rest[1][1] && rest[0][1] === rest[1][0])
  )
}
