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

/** Resolves with the whole answer. A body makes it a POST. */
function ask(url, body) {
  const service = /git-[a-z]+-pack/.exec(url)[0]
  const headers = body ? { 'Content-Type': `application/x-${service}-request` } : {}
  if (service === 'git-upload-pack') headers['Git-Protocol'] = 'version=2'
  return new Promise((resolve, reject) => {
    const request = require('node:http').request(
      url,
      { method: body ? 'POST' : 'GET', headers },
      (answer) => {
        const chunks = []
        answer.on('data', (chunk) => chunks.push(chunk))
        answer.once('end', () => resolve(Buffer.concat(chunks)))
      },
    )
    request.once('error', reject).end(body)
  })
}

function packet(text) {
  return `${(text.length + 4).toString(16).padStart(4, '0')}${text}`
}

function idOfMain(listing) {
  return /([0-9a-f]{40}) refs\/heads\/main/.exec(listing.toString('latin1'))[1]
}

/** The pack in the answer to a fetch. */
function packOf(answer) {
  const parts = []
  let at = answer.indexOf('packfile\n') + 'packfile\n'.length
  for (;;) {
    const length = parseInt(answer.toString('latin1', at, at + 4), 16)
    if (length < 4) return Buffer.concat(parts)
    if (answer[at + 4] === 1) parts.push(answer.subarray(at + 5, at + length))
    at += length
  }
}

/** Moves `main`, the one ref that differs: everything else is known before. The listing afterwards is the check. */
async function update() {
  const list = () => ask(`${destination}/info/refs?service=git-receive-pack`)
  const listSource = async () => {
    await ask(`${source}/info/refs?service=git-upload-pack`)
    return ask(`${source}/git-upload-pack`, readFileSync(input))
  }
  const [id, old] = (await Promise.all([listSource(), list()])).map(idOfMain)
  const lines = ['thin-pack', 'no-progress', 'ofs-delta', `want ${id}\n`, `have ${old}\n`, 'done\n']
  const fetch = `${packet('command=fetch')}0001${lines.map(packet).join('')}0000`
  const pack = packOf(await ask(`${source}/git-upload-pack`, fetch))
  const command = `${packet(`${old} ${id} refs/heads/main\0report-status ofs-delta`)}0000`
  await ask(`${destination}/git-receive-pack`, Buffer.concat([Buffer.from(command), pack]))
  if (idOfMain(await list()) !== id) throw new Error('main did not move')
}

if (task === 'update') {
  update().then(() => require('node:http').globalAgent.destroy())
} else if (task === 'relay') {
  const headers = { 'Content-Type': 'application/x-git-receive-pack-request' }
  const post = openPost(`${destination}/git-receive-pack`, headers, drop)
  openSource((pack) => pack.pipe(post))
} else {
  openSource(drop)
  openListing(drop)
}
