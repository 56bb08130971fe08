// Files of ssh2 that its types leave out.

declare module 'ssh2/lib/client.js' {
  import { Client } from 'ssh2'
  export default Client
}

declare module 'ssh2/lib/agent.js' {
  import { BaseAgent, createAgent } from 'ssh2'
  const parts: { readonly BaseAgent: typeof BaseAgent; readonly createAgent: typeof createAgent }
  export default parts
}

declare module 'ssh2/lib/protocol/keyParser.js' {
  import { utils } from 'ssh2'
  const parts: Pick<typeof utils, 'parseKey'>
  export default parts
}
