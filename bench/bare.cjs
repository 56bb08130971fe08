// The least that a Node program does on the same road: bytes go from one side to the other, or nowhere, unseen.
// CommonJS without types, so that nothing but the road costs processor time.
const { openSync, readFileSync } = require('node:fs')

const [task, source, destination, input, keyFile] = process.argv.slice(2)

/** Calls back with what the source answers to the request in the file `input`. */
function openSource(take) {
  if (source.startsWith('http')) {
    const type = 'application/x-git-upload-pack-request'
    const headers = { 'Content-Type': type, 'Git-Protocol': 'version=2' }
    openPost(`${source}/git-upload-pack`, headers, take).end(readFileSync(input))
  } else if (source.startsWith('ssh:')) openSsh(take)
  else {
    const env = { ...process.env, GIT_PROTOCOL: 'version=2' }
    take(start(['upload-pack', source], { env, stdio: [openSync(input, 'r'), 'pipe', 'inherit'] }).stdout)
  }
}

function start(args, options) {
  return require('node:child_process').spawn('git', args, options)
}

function openPost(url, headers, take) {
  return require('node:http').request(url, { method: 'POST', headers }, take)
}

function openSsh(take) {
  const { username, hostname: host, port, pathname } = new URL(source)
  const client = new (require('ssh2').Client)()
  client.on('ready', () => {
    client.exec(`GIT_PROTOCOL=version=2 git-upload-pack '${pathname}'`, (error, channel) => {
      if (error) throw error
      channel.once('close', () => client.end())
      channel.stderr.resume()
      channel.end(readFileSync(input))
      take(channel)
    })
  })
  client.connect({ host, port: Number(port), username, privateKey: readFileSync(keyFile) })
}

/** Calls back with what the destination shows when it is asked for its refs. */
function openListing(take) {
  if (destination.startsWith('http')) {
    require('node:http').get(`${destination}/info/refs?service=git-receive-pack`, take)
  } else {
    const child = start(['receive-pack', destination], { stdio: ['pipe', 'pipe', 'inherit'] })
    child.stdin.end('0000')
    take(child.stdout)
  }
}

function drop(stream) {
  stream.resume()
}

if (task === 'relay') {
  const headers = { 'Content-Type': 'application/x-git-receive-pack-request' }
  const post = openPost(`${destination}/git-receive-pack`, headers, drop)
  openSource((pack) => pack.pipe(post))
} else {
  openSource(drop)
  openListing(drop)
}
