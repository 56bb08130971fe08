// The servers of load.ts in a process of their own, so that they do not take its time: started by it.
import { startReplayServer } from '../../test/serve/load/replay-server.ts'
import { startTransfers } from '../../test/serve/load/transfers.ts'

const [bytes = 0, bytesPerSecond = 0] = process.argv.slice(2).map(Number)
const replay = await startReplayServer()
const transfers = await startTransfers(4, { bytes, bytesPerSecond })

process.on('message', () => {
  process.send?.({ listed: [...replay.listed] })
})
process.once('disconnect', () => {
  void Promise.all([replay[Symbol.asyncDispose](), transfers[Symbol.asyncDispose]()]).then(() =>
    process.exit(),
  )
})
process.send?.({ url: replay.url, mirrors: transfers.mirrors, names: transfers.names })
