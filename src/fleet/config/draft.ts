import { parseRemoteUrl, type RemoteUrl } from '../../transport/address/remote-url.ts'
import { identity } from '../../transport/address/identity.ts'
import type { Complaints } from './complaints.ts'
import type { FillIn, TemplateValues } from './fill-in.ts'
import { type MirrorPart, type Part, settingOf } from './fleet-file.ts'
import { MOST_NAME_LENGTH } from './file-schema.ts'

/** A mirror of the file, or one that was found for an entry of it; its addresses are not filled in yet. */
export interface Draft extends MirrorPart {
  /** Unique, and stable. */
  readonly name: string
  readonly labels: readonly string[]
  readonly paused: boolean
  /** What stands for the braces of its texts; undefined: nothing was found, it stands in the file. */
  readonly template: TemplateValues | undefined
  /** Address of the repository that was found, for an entry without `source`. */
  readonly source?: string | undefined
  /** Mark of the repository that was found: equal as long as nothing is pushed to it. */
  readonly pushed?: string | undefined
  /** Where a list says that it goes. */
  readonly destination?: string | undefined
}

/** An entry with `discover`, from which drafts will come. */
export interface Discovery extends Part {
  /** The template of the names, as it stands in the file. */
  readonly name: string
}

/** A name is part of an address of the server: clients fold `a//b`, `a/../b` and `a/` into something else. */
const NAME = /^(?!.*\/\.{0,2}(?:\/|$))[A-Za-z0-9][A-Za-z0-9._/-]*$/

export function isDiscovery({ tree }: Part): boolean {
  return tree['discover'] !== undefined
}

/** The template of an entry's names: by default the path of each repository below its owner's. */
export function nameOfDiscovery({ tree }: Part): string {
  return typeof tree['name'] === 'string' ? tree['name'] : '{owner}/{path}'
}

export interface DraftInput {
  readonly fill: FillIn
  readonly complaints: Complaints
}

/** The draft of a mirror that stands in the file; undefined: complained about. */
export function draftMirror(input: DraftInput, part: MirrorPart): Draft | undefined {
  const { tree, path } = part
  const given = tree['name']
  if (typeof given === 'string') {
    const name = input.fill.text([...path, 'name'], given)
    return name === undefined ? undefined : makeDraft(input, part, { name, template: undefined })
  }
  const address = addressText(tree['source'])
  const filled = input.fill.text([...path, 'source'], address.text)
  const url = filled === undefined ? undefined : tryParse(filled)
  // A bad address is complained about where it is read for good.
  const name = url === undefined ? `mirror-${path.join('-')}` : defaultName(url)
  return makeDraft(input, part, { name, template: undefined })
}

/** A draft with its own name; undefined: complained about. */
export function makeDraft(
  { fill, complaints }: DraftInput,
  part: MirrorPart,
  given: Pick<Draft, 'name' | 'template' | 'source' | 'destination' | 'pushed'>,
): Draft | undefined {
  const { path, tree, defaults } = part
  const { name } = given
  if (!NAME.test(name) || name.length > MOST_NAME_LENGTH) {
    complaints.add(
      [...path, 'name'],
      `the name of a mirror has letters, digits and . _ - / and at most ${MOST_NAME_LENGTH} of them`,
      'Write another `name`',
    )
    return undefined
  }
  const labels = (settingOf(part, 'labels') ?? []) as string | readonly string[]
  const texts = (typeof labels === 'string' ? [labels] : labels).map((label) =>
    fill.text([...path, 'labels'], label, given.template),
  )
  return {
    path,
    tree,
    defaults,
    ...given,
    labels: texts.filter((label) => label !== undefined),
    paused: (settingOf(part, 'paused') ?? false) as boolean,
  }
}

/** The text of an address that stands alone or as `url`, and where it stands below its key. */
export function addressText(value: unknown): { readonly text: string; readonly below: readonly string[] } {
  if (typeof value === 'string') return { text: value, below: [] }
  return { text: (value as { readonly url: string }).url, below: ['url'] }
}

/** Host and path of a repository, in the letters of a name. */
export function defaultName(url: RemoteUrl): string {
  const letters = identity(url)
    .replace(/^file:\/*/, '')
    .replaceAll(/[^A-Za-z0-9._/-]+/g, '-')
  return letters.replace(/^[^A-Za-z0-9]+/, '') || 'mirror'
}

function tryParse(text: string): RemoteUrl | undefined {
  try {
    return parseRemoteUrl(text, 'source')
  } catch {
    return undefined
  }
}
