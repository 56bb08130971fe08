import type { AdvertisedRef } from '../protocol/advertisement.ts'
import type { ObjectId } from '../protocol/object-id.ts'
import { whyInvalidRefName } from '../protocol/ref-name.ts'
import type { DestinationRefs } from './plan-types.ts'
import type { Wish } from './wishes.ts'
import { printableLine } from '../base/printable.ts'
import type { RefAction, RejectedRef } from '../report/result.ts'

const TAGS = 'refs/tags/'

export function isTag(name: string): boolean {
  return name.startsWith(TAGS)
}

/** Why a ref cannot be created; undefined when nothing is known against it. */
export function weighCreate(wish: Wish): RejectedRef | undefined {
  return weighName(wish.name, 'create') ?? weighTag(wish, 'create')
}

/** Why a ref cannot or must not be moved. */
export function weighMove(wish: Wish, options: { readonly force: boolean }): RejectedRef | undefined {
  const action = isTag(wish.name) ? 'force' : 'update'
  if (isTag(wish.name) && !options.force && !wish.forced) {
    return {
      ...holdBack(wish.name, action, 'tags never move with force: false'),
      advice: 'Set force: true, or write a + before a refspec to let its refs move: +refs/tags/nightly',
    }
  }
  return weighName(wish.name, action) ?? weighTag(wish, action)
}

export interface DeletionFacts {
  readonly destination: DestinationRefs
  readonly headId: ObjectId | undefined
  /** Targets of symbolic refs, each with one that names it; HEAD apart. */
  readonly namedBy: ReadonlyMap<string, string>
  /** Branches out of scope, one for each id that they show; needed where the destination does not tell symbolic refs. */
  readonly outOfScope: ReadonlyMap<ObjectId, string>
}

/**
 * Whether a branch may be a symbolic ref to the default branch, at a destination that does not tell: such a ref always
 * shows its id. A tag is never one in practice.
 */
export function mayNameHead(ref: AdvertisedRef, { destination, headId }: DeletionFacts): boolean {
  const { symrefs, head } = destination
  if (symrefs !== undefined || head === undefined || ref.name === head) return false
  return ref.id === headId && !isTag(ref.name)
}

/** As `mayNameHead`: the branch out of scope that the ref may name. No later round would bring that one back. */
function mayName(ref: AdvertisedRef, { destination, outOfScope }: DeletionFacts): string | undefined {
  return destination.symrefs === undefined && !isTag(ref.name) ? outOfScope.get(ref.id) : undefined
}

/** Why a ref must not be deleted; a warning in each case, for what stays harms nothing. */
export function weighDelete(ref: AdvertisedRef, options: DeletionFacts): RejectedRef | undefined {
  const { symrefs, head } = options.destination
  const target = symrefs?.get(ref.name)
  if (target !== undefined) {
    return {
      ...holdBack(ref.name, 'delete', `it is a symbolic ref: deleting it would delete ${shown(target)}`),
      advice: 'Delete it at the destination itself (git symbolic-ref --delete), or leave it out of refs.',
      warning: true,
    }
  }
  const namedBy = options.namedBy.get(ref.name)
  if (namedBy !== undefined) {
    return {
      ...holdBack(ref.name, 'delete', `the symbolic ref ${shown(namedBy)} names it and would break`),
      advice:
        'Delete the symbolic ref at the destination first (git symbolic-ref --delete), or leave both out of refs.',
      warning: true,
    }
  }
  const named = mayNameHead(ref, options) ? head : mayName(ref, options)
  if (named !== undefined) {
    return {
      ...holdBack(
        ref.name,
        'delete',
        `it may be a symbolic ref to ${shown(named)}: deleting it would delete both`,
      ),
      advice:
        'The destination does not tell which refs are symbolic. It goes as soon as the two differ; or delete it there, or let the ssh server take version 2 (AcceptEnv GIT_PROTOCOL in its sshd_config).',
      warning: true,
    }
  }
  const invalid = whyInvalidRefName(ref.name)
  return invalid === undefined
    ? undefined
    : { ...holdBack(ref.name, 'delete', `it cannot be named in a push: ${invalid}`), warning: true }
}

/** A symbolic ref of the destination that will not show the value that the source wants of it. */
export function holdBackSymref(name: string, target: string, sourceName: string): RejectedRef {
  const reason = `it is a symbolic ref at the destination: writing it would move ${shown(target)}`
  return {
    ...holdBack(name, 'update', reason),
    advice: `Leave it out of refs (^${shown(sourceName)}), or make it a plain ref at the destination.`,
  }
}

export function holdBack(ref: string, action: RefAction, reason: string): RejectedRef {
  return { ref, action, reason, advice: undefined, warning: false }
}

function weighName(name: string, action: RefAction): RejectedRef | undefined {
  const invalid = whyInvalidRefName(name)
  if (invalid !== undefined) {
    return { ...holdBack(name, action, `it is no valid ref name: ${invalid}`), advice: LEAVE_OUT }
  }
  // receive-pack checks what follows refs/ as a name of its own, with a slash in it ("funny refname").
  if (!name.slice('refs/'.length).includes('/')) {
    return { ...holdBack(name, action, 'servers take no ref directly below refs/'), advice: LEAVE_OUT }
  }
  return undefined
}

/** A listing shows what an annotated tag points to: git takes no such object for a branch (G20). */
function weighTag({ name, source }: Wish, action: RefAction): RejectedRef | undefined {
  if (source.peeled === undefined || !name.startsWith('refs/heads/')) return undefined
  return {
    ...holdBack(
      name,
      action,
      `${shown(source.name)} is an annotated tag, and a branch can only name a commit`,
    ),
    advice: 'Map it to a name below refs/tags/, or map the branch that the tag was made on.',
  }
}

const LEAVE_OUT = 'Leave it out of refs with a line that begins with ^, or map it to another name.'

function shown(name: string): string {
  return printableLine(name, 200)
}
