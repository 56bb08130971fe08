import type { acts } from './acts.ts'

export type Acts = typeof acts

/** Loads what a run does beyond looking; the second time costs nothing. */
export async function loadActs(): Promise<Acts> {
  return (await import(/* webpackChunkName: "acts" */ './acts.ts')).acts
}
