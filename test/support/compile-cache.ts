import { join } from 'node:path'

/** Where Node keeps what it compiled of the program: hundreds of tests start it, most of them from TypeScript. */
export const COMPILE_CACHE: NodeJS.ProcessEnv = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, '../../node_modules/.cache/compiled-for-tests'),
}
