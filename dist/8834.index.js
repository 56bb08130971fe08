export const id = 8834;
export const ids = [8834];
export const modules = {

/***/ 68834:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openSshStore: () => (/* binding */ openSshStore)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/transport/connection/idle-watch.js
var idle_watch = __webpack_require__(92735);
// EXTERNAL MODULE: ./build/transport/address/remote-url.js
var remote_url = __webpack_require__(60531);
// EXTERNAL MODULE: ./build/transport/ssh/command.js
var command = __webpack_require__(79442);
// EXTERNAL MODULE: ./build/transport/connection/duplex.js + 2 modules
var duplex = __webpack_require__(38073);
// EXTERNAL MODULE: ./build/transport/connection/text-tail.js
var text_tail = __webpack_require__(36583);
// EXTERNAL MODULE: ./build/transport/ssh/account.js + 20 modules
var ssh_account = __webpack_require__(889);
;// CONCATENATED MODULE: ./build/transport/ssh/run-command.js




/** Bytes of a program's answer. */
const OUTPUT_LIMIT_BYTES = 1024 * 1024;
function openSshCommands(url, options) {
    const account = (0,ssh_account/* createSshAccount */.g)(url, options);
    return {
        async run(command, signal) {
            signal.throwIfAborted();
            const pool = await account.pool();
            const tail = (0,text_tail/* createTextTail */.g)(undefined);
            const channel = await pool.open({ command, env: {}, signal, onText: tail.write });
            const onAbort = () => channel.close();
            signal.addEventListener('abort', onAbort, { once: true });
            try {
                channel.writable.end();
                const stdout = await readOutput(channel.readable, () => channel.close());
                const { exitCode } = await channel.ended;
                signal.throwIfAborted();
                return { stdout, stderr: tail.text(), exitCode };
            }
            finally {
                signal.removeEventListener('abort', onAbort);
            }
        },
        async open(command, { signal, onActivity }) {
            signal.throwIfAborted();
            const pool = await account.pool();
            const tail = (0,text_tail/* createTextTail */.g)(undefined);
            const channel = await pool.open({ command, env: {}, signal, onText: tail.write, onActivity });
            return (0,duplex/* connectDuplex */.r)({
                readable: channel.readable,
                writable: channel.writable,
                ended: channel.ended,
                text: tail.text,
                leave: channel.leave,
                kill: () => channel.close(),
                onActivity,
                signal,
            });
        },
        missing: () => account.missing(),
        dispose: () => account.dispose(),
    };
}
async function readOutput(readable, close) {
    const parts = [];
    let length = 0;
    for await (const part of readable) {
        length += part.length;
        if (length > OUTPUT_LIMIT_BYTES) {
            close();
            throw new errors/* MirrorError */.En('the server’s program says more than any real one', { code: 'limit' });
        }
        parts.push(part);
    }
    return Buffer.concat(parts).toString();
}

// EXTERNAL MODULE: ./build/lfs/api/endpoint.js
var endpoint = __webpack_require__(76022);
// EXTERNAL MODULE: ./build/lfs/api/http-store.js + 4 modules
var http_store = __webpack_require__(83257);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
// EXTERNAL MODULE: ./build/lfs/api/batch-messages.js
var batch_messages = __webpack_require__(14448);
// EXTERNAL MODULE: ./build/lfs/api/href.js
var api_href = __webpack_require__(12178);
;// CONCATENATED MODULE: ./build/lfs/stores/ssh-access.js




/** A token that ends so soon is asked for anew. */
const EXPIRY_MARGIN_MS = 5000;
const QUOTE_LIMIT_LENGTH = 200;
/**
 * The way in that `git-lfs-authenticate` gives over ssh (git-lfs, "docs/api/authentication.md"): an address and headers
 * for one operation, asked for again before they expire and when they were refused.
 * @throws MirrorError where the server refuses; `NoSshAccess` where it does not know the program.
 */
function createSshAccess(options) {
    const held = new Map();
    return async (operation, renew) => {
        for (let mayKeep = !renew;; mayKeep = true) {
            const asked = held.get(operation);
            const known = await asked?.catch(() => undefined);
            // Somebody else has asked meanwhile: one answer serves for all.
            if (held.get(operation) !== asked)
                continue;
            const isGood = known !== undefined && (known.expires ?? Infinity) - Date.now() > EXPIRY_MARGIN_MS;
            if (isGood && mayKeep)
                return known.access;
            const asking = ask(options, operation);
            held.set(operation, asking);
            return (await asking).access;
        }
    };
}
/** The server has no `git-lfs-authenticate`, or none for this repository. */
class NoSshAccess extends Error {
    name = 'NoSshAccess';
    /** The server's shell finds no such program. */
    isMissing;
    constructor(words, isMissing) {
        super(words);
        this.isMissing = isMissing;
    }
}
/** Whether a shell has said that there is no `program`: that holds for all repositories of the account. */
function isMissingProgram(program, exitCode, words) {
    return exitCode === 127 && words.includes(program) && /not found/i.test(words);
}
async function ask(options, operation) {
    const sentAt = Date.now();
    const { stdout, stderr, exitCode } = await options.run(operation);
    const words = stderr.trim();
    if (isUnknownProgram(exitCode, words))
        throw new NoSshAccess(words, isMissingProgram('git-lfs-authenticate', exitCode, words));
    if (exitCode !== 0)
        throw refused(options, { exitCode, words });
    const answer = (0,batch_messages/* readAction */.f0)(stdout, sentAt);
    const token = answer?.header['authorization'];
    // A host that has none for this kind of key says so with an empty one.
    if (answer === undefined || (token !== undefined && /^\w*\s*$/.test(token)))
        throw refused(options, { exitCode, words });
    const { href, header, expires } = answer;
    const endpoint = href === '' ? options.guess : URL.parse(href);
    const isWeb = endpoint?.protocol === 'https:' || endpoint?.protocol === 'http:';
    if (endpoint === null || !isWeb) {
        throw new errors/* MirrorError */.En(`git-lfs-authenticate at ${options.host} names something that is no web address`, {
            code: 'protocol',
            side: options.side,
        });
    }
    return { access: { endpoint, header, publicOnly: !(await (0,api_href/* isPrivateHost */.Sf)(options.host)) }, expires };
}
function isUnknownProgram(exitCode, words) {
    if (exitCode === 127)
        return true;
    return /git-lfs-authenticate/.test(words)
        ? /not found|no such file|unrecogni[sz]ed|not recogni[sz]ed|unknown|invalid command|not supported|unsupported/i.test(words)
        : exitCode !== 0 &&
            /(unrecogni[sz]ed|unknown|invalid|disallowed) .{0,20}command|command not found/i.test(words);
}
function refused({ host, side }, { exitCode, words }) {
    const quote = (0,printable/* printableLine */.oy)(words, QUOTE_LIMIT_LENGTH).trim();
    const how = exitCode === undefined ? 'without a status' : `with status ${exitCode}`;
    const what = exitCode === 0 ? 'gives no token for LFS' : `ended ${how}`;
    return new errors/* MirrorError */.En(`git-lfs-authenticate at ${host} ${what}${quote === '' ? '' : `: ${quote}`}`, {
        code: 'auth',
        side,
        serverText: words === '' ? undefined : words,
        hint: 'The key may not use LFS there: some hosts give no LFS to deploy keys, or none with the rights to write. A token over https may.',
    });
}

// EXTERNAL MODULE: ./build/base/bytes.js
var bytes = __webpack_require__(25771);
// EXTERNAL MODULE: ./build/protocol/pkt-line.js
var pkt_line = __webpack_require__(52309);
;// CONCATENATED MODULE: ./build/lfs/stores/transfer-channel.js



/** Lines of one answer: a batch of a hundred objects has a few hundred. */
const LINES_LIMIT = 10_000;
const FLUSH_LENGTH = 0;
const DELIM_LENGTH = 1;
/**
 * One talk with `git-lfs-transfer` (git-lfs, "docs/proposals/ssh_adapter.md"): packets, one request after the other.
 * It is not told from Git's own packets by their lengths, but a packet with data may begin with any bytes.
 */
class TransferChannel {
    #connection;
    #side;
    #reader;
    /** The request for version 1 was not sent yet, or not answered yet. */
    #version = 'to-send';
    constructor(connection, side) {
        this.#connection = connection;
        this.#side = side;
        this.#reader = connection.greeting;
    }
    /**
     * Reads the greeting. One that offers version 1 is believed: the request for it goes with the first one.
     * @throws MirrorError `protocol`, `cut`.
     */
    static async open(connection, side) {
        const channel = new TransferChannel(connection, side);
        const capabilities = await channel.#readLines();
        if (!capabilities.lines.includes('version=1'))
            throw channel.#unusable('it does not speak version 1');
        return channel;
    }
    /** The other side has gone. */
    get over() {
        return this.#connection.over?.() === true;
    }
    /** Sends a request and reads an answer of lines. @throws MirrorError; what `data` threw. */
    async ask(request) {
        await this.#send(request);
        const { status, args, more } = await this.#readAnswer();
        return { status, args, lines: more ? (await this.#readLines()).lines : [] };
    }
    /** Sends a request and reads an answer with data. The next request may be sent when all of it was read. */
    async askData(request) {
        await this.#send(request);
        const { status, args, more } = await this.#readAnswer();
        return { status, args, data: more ? this.#readData() : noData() };
    }
    /** Ends the talk politely; its end is not waited for where the connection can do without. Never throws. */
    async close() {
        await this.#connection.turn((0,bytes/* concatBytes */.Id)([(0,pkt_line/* encodePacket */.Py)('quit\n'), pkt_line/* FLUSH */.ZM])).catch(() => undefined);
        if (this.#connection.leave)
            this.#connection.leave();
        else
            await this.#connection.close();
    }
    abort(reason) {
        this.#connection.abort(reason);
    }
    async #send(request) {
        const { command, args = [], lines, data } = request;
        const words = (0,pkt_line/* encodePackets */._k)([`${command}\n`, ...args.map((arg) => `${arg}\n`)]);
        const isFirst = this.#version === 'to-send';
        const head = isFirst ? (0,bytes/* concatBytes */.Id)([(0,pkt_line/* encodePacket */.Py)('version 1\n'), pkt_line/* FLUSH */.ZM, words]) : words;
        if (isFirst)
            this.#version = 'to-read';
        if (data === undefined) {
            const body = lines === undefined ? [] : [pkt_line/* DELIM */.A$, (0,pkt_line/* encodePackets */._k)(lines.map((line) => `${line}\n`))];
            this.#reader = await this.#connection.turn((0,bytes/* concatBytes */.Id)([head, ...body, pkt_line/* FLUSH */.ZM]));
            return;
        }
        this.#reader = await this.#connection.turn(encodeData((0,bytes/* concatBytes */.Id)([head, pkt_line/* DELIM */.A$]), data));
    }
    async #readAnswer() {
        if (this.#version === 'to-read') {
            const { status, more } = await this.#readHead();
            if (status !== 200)
                throw this.#unusable(`it answers version 1 with ${status}`);
            if (more)
                await this.#readLines();
            this.#version = 'agreed';
        }
        return await this.#readHead();
    }
    async #readHead() {
        const { lines, end } = await this.#readLines();
        const status = Number(/^status (\d{3})$/.exec(lines[0] ?? '')?.[1]);
        if (Number.isNaN(status))
            throw this.#unusable('its answer begins with no status');
        return { status, args: lines.slice(1), more: end === 'delim' };
    }
    async #readLines() {
        const lines = [];
        for (;;) {
            const packet = await this.#readPacket();
            if (packet === 'flush' || packet === 'delim')
                return { lines, end: packet };
            if (lines.length === LINES_LIMIT)
                throw this.#unusable('its answer has too many lines');
            lines.push((0,bytes/* toText */.fE)(packet).replace(/\n$/, ''));
        }
    }
    async *#readData() {
        for (;;) {
            const packet = await this.#readPacket();
            if (packet === 'flush')
                return;
            if (packet === 'delim')
                throw this.#unusable('its data holds a delimiter');
            yield packet;
        }
    }
    async #readPacket() {
        const header = await this.#reader.read(pkt_line/* PACKET_HEADER_BYTES */.D0);
        if (header === undefined) {
            throw new errors/* MirrorError */.En('git-lfs-transfer ended before its answer', {
                code: 'cut',
                side: this.#side,
                retryable: true,
            });
        }
        const length = (0,pkt_line/* parseLength */.wh)(header);
        if (length === FLUSH_LENGTH)
            return 'flush';
        if (length === DELIM_LENGTH)
            return 'delim';
        if (length < pkt_line/* PACKET_HEADER_BYTES */.D0)
            throw this.#unusable('its answer is no packet');
        if (length === pkt_line/* PACKET_HEADER_BYTES */.D0)
            return new Uint8Array(0);
        const payload = await this.#reader.read(length - pkt_line/* PACKET_HEADER_BYTES */.D0);
        if (payload === undefined)
            throw this.#unusable('its answer ends within a packet');
        return payload;
    }
    #unusable(why) {
        return new errors/* MirrorError */.En(`git-lfs-transfer cannot be used: ${why}`, { code: 'protocol', side: this.#side });
    }
}
async function* encodeData(head, data) {
    yield head;
    for await (const slice of data) {
        for (let at = 0; at < slice.length; at += pkt_line/* LARGEST_PAYLOAD_BYTES */.Wr)
            yield (0,pkt_line/* encodePacket */.Py)(slice.subarray(at, at + pkt_line/* LARGEST_PAYLOAD_BYTES */.Wr));
    }
    yield pkt_line/* FLUSH */.ZM;
}
async function* noData() { }

;// CONCATENATED MODULE: ./build/lfs/stores/transfer-store.js



const OBJECTS_PER_BATCH = 100;
/** An LFS server behind `git-lfs-transfer` over ssh: each channel serves one object at a time. */
function openTransferStore(options) {
    return new TransferStore(options);
}
class TransferStore {
    label;
    #options;
    #idle = { download: [], upload: [] };
    /** What a batch said of an object, to be sent back with the request for it. */
    #tokens = new Map();
    constructor(options) {
        this.label = options.label;
        this.#options = options;
        const { greeted } = options;
        if (greeted)
            this.#idle[greeted.operation].push(greeted.channel);
    }
    /** It was spoken with. */
    isThere() {
        return Promise.resolve(true);
    }
    find(objects) {
        // `noop` for a download means that there is none.
        return this.#batch('download', objects, (action) => (action === 'download' ? 'there' : 'missing'));
    }
    prepare(objects) {
        return this.#batch('upload', objects, (action) => (action === 'upload' ? 'missing' : 'there'));
    }
    async *read(object) {
        const channel = await this.#lease('download');
        let isWhole = false;
        try {
            const { status, data } = await channel.askData({
                command: `get-object ${object.oid}`,
                args: this.#takeTokens('download', object),
            });
            if (status !== 200)
                throw await this.#refusal(status, data, `reading ${object.oid}`);
            yield* data;
            isWhole = true;
        }
        finally {
            // Of an object that was not read to its end, the rest would come before the next answer.
            if (isWhole)
                this.#idle.download.push(channel);
            else
                channel.abort(new Error('the object was given up'));
        }
    }
    async write(object, body) {
        const channel = await this.#lease('upload');
        let isDone = false;
        try {
            const size = `size=${object.size}`;
            const tokens = this.#takeTokens('upload', object);
            const put = await channel.ask({
                command: `put-object ${object.oid}`,
                args: [size, ...tokens],
                data: body,
            });
            if (put.status !== 200)
                throw this.#refused(put.status, put.lines, `writing ${object.oid}`);
            const verified = await channel.ask({ command: `verify-object ${object.oid}`, args: [size, ...tokens] });
            if (verified.status !== 200)
                throw this.#refused(verified.status, verified.lines, `verifying ${object.oid}`);
            isDone = true;
        }
        finally {
            if (isDone)
                this.#idle.upload.push(channel);
            else
                channel.abort(new Error('the object was given up'));
        }
    }
    async dispose() {
        const channels = [...this.#idle.download.splice(0), ...this.#idle.upload.splice(0)];
        await Promise.all(channels.map((channel) => channel.close()));
    }
    async #batch(operation, objects, kindOf) {
        const standings = [];
        for (let at = 0; at < objects.length; at += OBJECTS_PER_BATCH) {
            const some = objects.slice(at, at + OBJECTS_PER_BATCH);
            const channel = await this.#lease(operation);
            let answer;
            try {
                answer = await channel.ask({
                    command: 'batch',
                    args: [
                        'transfer=ssh',
                        'hash-algo=sha256',
                        ...(this.#options.ref === undefined ? [] : [`refname=${this.#options.ref}`]),
                    ],
                    lines: some.map(({ oid, size }) => `${oid} ${size}`),
                });
            }
            catch (error) {
                channel.abort(error);
                throw error;
            }
            this.#idle[operation].push(channel);
            if (answer.status !== 200)
                throw this.#refused(answer.status, answer.lines, `asking about ${some.length} LFS objects`);
            const actions = new Map();
            for (const line of answer.lines) {
                const [oid = '', , ...rest] = line.split(' ');
                if (!actions.has(oid))
                    actions.set(oid, rest);
            }
            for (const object of some) {
                const [action, ...extra] = actions.get(object.oid) ?? [];
                const tokens = extra.filter((word) => /^(id|token)=/.test(word));
                if (tokens.length > 0)
                    this.#tokens.set(`${operation} ${object.oid}`, tokens);
                standings.push({ kind: kindOf(action), object });
            }
        }
        return standings;
    }
    async #lease(operation) {
        for (let idle = this.#idle[operation].pop(); idle; idle = this.#idle[operation].pop())
            if (!idle.over)
                return idle;
        const connection = await this.#options.connect(operation);
        try {
            return await TransferChannel.open(connection, this.#options.side);
        }
        catch (error) {
            connection.abort(error);
            throw error;
        }
    }
    #takeTokens(operation, { oid }) {
        const key = `${operation} ${oid}`;
        const tokens = this.#tokens.get(key) ?? [];
        this.#tokens.delete(key);
        return tokens;
    }
    async #refusal(status, data, what) {
        const parts = [];
        for await (const part of data)
            if (parts.length < 4)
                parts.push(part);
        return this.#refused(status, [Buffer.concat(parts).toString()], what);
    }
    #refused(status, lines, what) {
        const words = (0,printable/* printableLine */.oy)(lines.join(' '), 200).trim();
        return new errors/* MirrorError */.En(`${what}: git-lfs-transfer answers ${status}${words === '' ? '' : `: ${words}`}`, {
            code: status === 404 ? 'not-found' : status === 403 ? 'auth' : 'http',
            side: this.#options.side,
            status,
            retryable: status >= 500,
            serverText: words === '' ? undefined : words,
        });
    }
}

// EXTERNAL MODULE: ./build/lfs/stores/web-store.js
var web_store = __webpack_require__(63865);
;// CONCATENATED MODULE: ./build/lfs/stores/ssh-store.js











const AUTHENTICATE = 'git-lfs-authenticate';
const TRANSFER = 'git-lfs-transfer';
/** @throws MirrorError */
async function openSshStore(url, options) {
    const { remote, side, signal, ref } = options;
    const commands = openSshCommands(url, remote);
    try {
        const access = createSshAccess({
            side,
            host: url.host,
            guess: (0,endpoint/* guessEndpoint */.r)(url),
            async run(operation) {
                try {
                    return await commands.run((0,command/* buildCommand */.O)(AUTHENTICATE, url.path, { words: [operation] }), signal);
                }
                catch (error) {
                    signal.throwIfAborted();
                    throw (0,errors/* toMirrorError */.Ho)(error, { code: 'connect', side, retryable: true });
                }
            },
        });
        const operation = side === 'source' ? 'download' : 'upload';
        const label = (0,remote_url/* printUrl */.D1)(url);
        const connect = connectTransfer(url, commands, options);
        const missing = await commands.missing();
        // Both are asked at once: a program takes several round trips to say that it is not there.
        const greeting = greetTransfer(() => connect(operation), missing, options);
        greeting.catch(() => undefined);
        let channel;
        try {
            if (await isKnown(() => access(operation, false), missing)) {
                leaveWhenGreeted(greeting);
                return endWith((0,http_store/* openHttpStore */._)({ http: (0,web_store/* makeHttp */.fK)(options), label, access, ref }), commands);
            }
            channel = await greeting;
        }
        catch (error) {
            leaveWhenGreeted(greeting);
            throw error;
        }
        if (channel !== undefined) {
            const greeted = { operation, channel };
            return endWith(openTransferStore({ label, side, ref, connect, greeted }), commands);
        }
    }
    catch (error) {
        await commands.dispose();
        throw error;
    }
    await commands.dispose();
    return (0,web_store/* openWebStore */._L)(options, (0,endpoint/* guessEndpoint */.r)(url));
}
async function isKnown(ask, missing) {
    if (missing.has(AUTHENTICATE))
        return false;
    try {
        await ask();
        return true;
    }
    catch (error) {
        if (!(error instanceof NoSshAccess))
            throw error;
        if (error.isMissing)
            missing.add(AUTHENTICATE);
        return false;
    }
}
/**
 * Greets the program, if the server has it and speaks a version of its protocol that we do.
 * @throws MirrorError for a server that cannot be reached; the signal's reason.
 */
async function greetTransfer(connect, missing, { side, signal }) {
    if (missing.has(TRANSFER))
        return undefined;
    const connection = await connect();
    try {
        return await TransferChannel.open(connection, side);
    }
    catch (error) {
        signal.throwIfAborted();
        if (error instanceof errors/* MirrorError */.En && error.code === 'cut') {
            const { exitCode, text } = await connection.close();
            if (isMissingProgram(TRANSFER, exitCode, text))
                missing.add(TRANSFER);
        }
        connection.abort(new Error('the server has no git-lfs-transfer'));
        signal.throwIfAborted();
        return undefined;
    }
}
/** It is not needed, and not waited for. */
function leaveWhenGreeted(greeting) {
    void greeting.then((channel) => channel?.close()).catch(() => undefined);
}
/** Channels to `git-lfs-transfer`, each with the idle limit of the run. */
function connectTransfer(url, commands, { remote, side, signal }) {
    return async (operation) => {
        const controller = new AbortController();
        const { idle } = remote.limits;
        const watch = new idle_watch/* IdleWatch */.Kt(idle, () => controller.abort(new errors/* MirrorError */.En(`git-lfs-transfer at ${url.host} was silent for ${Math.round(idle / 1000)} seconds`, {
            code: 'timeout',
            side,
            retryable: true,
        })));
        try {
            const connection = await commands.open((0,command/* buildCommand */.O)(TRANSFER, url.path, { words: [operation] }), {
                signal: AbortSignal.any([signal, controller.signal]),
                onActivity: (bytes) => watch.touch(bytes),
            });
            return {
                ...connection,
                close() {
                    watch.stop();
                    return connection.close();
                },
                leave() {
                    watch.stop();
                    connection.leave();
                },
                abort(reason) {
                    watch.stop();
                    connection.abort(reason);
                },
            };
        }
        catch (error) {
            watch.stop();
            throw error;
        }
    };
}
function endWith(store, commands) {
    return {
        label: store.label,
        isThere: () => store.isThere(),
        find: (objects) => store.find(objects),
        prepare: (objects) => store.prepare(objects),
        read: (object) => store.read(object),
        write: (object, body) => store.write(object, body),
        async dispose() {
            await store.dispose();
            await commands.dispose();
        },
    };
}


/***/ })

};
