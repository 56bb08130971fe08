import type { setbacks } from './setbacks.ts'

export type Setbacks = typeof setbacks

/** Loads what most runs never need; the second time costs nothing. */
export async function loadSetbacks(): Promise<Setbacks> {
  return (await import(/* webpackChunkName: "setbacks" */ './setbacks.ts')).setbacks
}
