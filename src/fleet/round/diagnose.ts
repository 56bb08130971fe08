import type { MirrorResult } from '../../report/result.ts'
import type { Job } from './job.ts'

/** Asks GitHub why it refused, where it did; nothing is loaded where it did not. */
export async function diagnoseRefusals(
  { pairs }: Job,
  result: MirrorResult,
  signal: AbortSignal,
): Promise<MirrorResult> {
  const [pair] = pairs
  const errors = [result.error, ...result.destinations.map(({ error }) => error)]
  const isRefused = errors.some((error) => error?.code === 'auth' || error?.code === 'not-found')
  if (!isRefused || pair === undefined || signal.aborted) return result
  const { addDiagnosis } = await import('../../hosts/github-diagnosis.ts')
  const destinations = pairs.flatMap(({ options }) => options.destinations)
  return await addDiagnosis(result, { ...pair.options, destinations }, signal)
}
