import type { Target } from '../target.ts'
import { JSON_TARGETS } from './json.ts'
import { PACK_TARGETS } from './packs.ts'
import { SSH_TARGETS } from './ssh.ts'
import { TEXT_TARGETS } from './texts.ts'
import { WIRE_TARGETS } from './wire.ts'

/** Every parser that takes a stranger's bytes. */
export const TARGETS: readonly Target[] = [
  ...WIRE_TARGETS,
  ...PACK_TARGETS,
  ...SSH_TARGETS,
  ...TEXT_TARGETS,
  ...JSON_TARGETS,
]
