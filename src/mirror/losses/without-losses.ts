import type { DestinationContext } from '../state/context.ts'
import { holdBackDiverged } from './hold-back-diverged.ts'
import { type SecuredRound, type SecureOptions, secureOldValues } from './secure-old-values.ts'

/**
 * What is left to push once what diverged is held back, and what keeps old values before it.
 * @throws MirrorError of the source; `guard` where all refs or none are to move.
 */
export async function withoutLosses(
  context: DestinationContext,
  round: SecureOptions,
): Promise<SecuredRound> {
  const { ledger, updates } = round
  const wanted = context.options.force ? updates : await holdBackDiverged(context, ledger, updates)
  return await secureOldValues(context, { ...round, updates: wanted })
}
