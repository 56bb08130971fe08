export const id = 7060;
export const ids = [7060];
export const modules = {

/***/ 34284:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ ChunkQueue)
/* harmony export */ });
/** Bytes that wait for the reader before the producer is made to wait, and below which it goes on. */
const QUEUE_HIGH_BYTES = 512 * 1024;
const QUEUE_LOW_BYTES = 128 * 1024;
/** Chunks that were taken and are still in the array; cutting them off one by one would move all others each time. */
const MOST_TAKEN_CHUNKS = 256;
const DEFAULT_LIMITS = { high: QUEUE_HIGH_BYTES, low: QUEUE_LOW_BYTES };
/**
 * Chunks between a producer that pushes them and the reader that pulls them; none is copied. Several reads may wait
 * at once. A producer that cannot wait at once may push on after it was paused.
 */
class ChunkQueue {
    /** Bytes pushed and not yet taken. */
    waiting = 0;
    #producer;
    #limits;
    #chunks = [];
    /** Index of the next chunk; those before it were taken. */
    #next = 0;
    #paused = false;
    #end;
    #reads = [];
    constructor(producer, limits = DEFAULT_LIMITS) {
        this.#producer = producer;
        this.#limits = limits;
    }
    [Symbol.asyncIterator]() {
        return this;
    }
    /** Nothing more will come from the server. */
    get over() {
        return this.#end !== undefined;
    }
    /** Hands `chunk` to the read that waits longest, or keeps it; after the end it is dropped. */
    push(chunk) {
        const read = this.#end ? undefined : this.#reads.shift();
        if (read)
            read.resolve({ done: false, value: chunk });
        if (read || this.#end) {
            this.#producer.taken?.();
            return;
        }
        this.#chunks.push(chunk);
        this.waiting += chunk.length;
        if (this.waiting >= this.#limits.high && !this.#paused) {
            this.#paused = true;
            this.#producer.pause();
        }
    }
    /** A clean end behind what is here. The first end or failure stays. */
    end() {
        this.#finish({ failed: false });
    }
    /** What is here can still be read, then `reason` is thrown by every read. */
    fail(reason) {
        this.#finish({ failed: true, reason });
    }
    takeNow() {
        const chunk = this.#chunks[this.#next];
        if (!chunk)
            return undefined;
        this.#next++;
        this.waiting -= chunk.length;
        if (this.#next === this.#chunks.length)
            this.#clear();
        else if (this.#next >= MOST_TAKEN_CHUNKS) {
            this.#chunks.splice(0, this.#next);
            this.#next = 0;
        }
        this.#producer.taken?.();
        if (this.#paused && this.waiting <= this.#limits.low) {
            this.#paused = false;
            this.#producer.resume();
        }
        return chunk;
    }
    next() {
        const chunk = this.takeNow();
        if (chunk)
            return Promise.resolve({ done: false, value: chunk });
        return new Promise((resolve, reject) => {
            if (this.#end)
                this.#settle({ resolve, reject });
            else
                this.#reads.push({ resolve, reject });
        });
    }
    /** Gives up what waits and what still comes. */
    return() {
        this.#clear();
        this.waiting = 0;
        if (!this.#end) {
            this.end();
            this.#producer.cancel?.();
        }
        this.#producer.taken?.();
        return Promise.resolve({ done: true, value: undefined });
    }
    #clear() {
        this.#chunks = [];
        this.#next = 0;
    }
    #finish(end) {
        if (this.#end)
            return;
        this.#end = end;
        for (const read of this.#reads.splice(0))
            this.#settle(read);
    }
    #settle({ resolve, reject }) {
        if (this.#end?.failed)
            reject(this.#end.reason);
        else
            resolve({ done: true, value: undefined });
    }
}


/***/ }),

/***/ 38073:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  r: () => (/* binding */ connectDuplex)
});

// EXTERNAL MODULE: ./build/base/bytes.js
var bytes = __webpack_require__(25771);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/transport/connection/connection.js
var connection = __webpack_require__(22079);
;// CONCATENATED MODULE: ./build/transport/connection/body-writer.js

/** A longer buffer is written in slices of this size, so that a slow link shows that it moves. */
const LONGEST_WRITE_BYTES = 256 * 1024;
/**
 * Writes bodies one after the other, at the pace of the stream. Errors of the stream end the writing and are
 * not reported: the other side's last words, or their absence, say more.
 */
class BodyWriter {
    #writable;
    #onWritten;
    /** Bytes that were handed to the stream, and how many of them were told of as written. */
    #handed = 0;
    #told = 0;
    #queue = [];
    #body;
    #busy = false;
    #over = false;
    #endsWhenSent = false;
    #wake;
    constructor(writable, onActivity) {
        this.#writable = writable;
        this.#onWritten = (error) => {
            if (error || !onActivity)
                return;
            const written = this.#handed - writable.writableLength;
            onActivity(written - this.#told);
            this.#told = written;
        };
        writable.on('drain', () => this.#wake?.());
        // The listener for errors is never taken off: one that comes after the end must not end the process.
        writable.on('error', () => this.stop());
        writable.on('close', () => this.stop());
    }
    /** Takes `body` and returns at once. A body that throws ends the input after what it gave. */
    send(body) {
        if (this.#over)
            dropBody(body);
        else if (body instanceof Uint8Array && body.length > LONGEST_WRITE_BYTES)
            this.send(sliceBytes(body));
        else if (body instanceof Uint8Array && !this.#busy)
            this.#write(body);
        else {
            this.#queue.push(body);
            if (!this.#busy)
                void this.#work();
        }
    }
    /** End of input, after what was written so far; a body that is on its way is given up. */
    end() {
        if (this.#over)
            return;
        this.stop();
        this.#writable.end();
    }
    /** End of input, as soon as all that was given to `send` is sent. */
    endWhenSent() {
        this.#endsWhenSent = true;
        if (!this.#busy)
            this.end();
    }
    /** Gives up whatever is on its way. */
    stop() {
        if (this.#over)
            return;
        this.#over = true;
        if (this.#body)
            (0,connection/* giveUp */.Ht)(this.#body);
        for (const body of this.#queue.splice(0))
            dropBody(body);
        this.#wake?.();
    }
    async #work() {
        this.#busy = true;
        for (let body = this.#queue.shift(); body && !this.#over; body = this.#queue.shift()) {
            if (body instanceof Uint8Array)
                this.#write(body);
            else
                await this.#pump(body);
        }
        this.#busy = false;
        if (this.#endsWhenSent)
            this.end();
    }
    async #pump(body) {
        const slices = body[Symbol.asyncIterator]();
        this.#body = slices;
        try {
            for (let next = await slices.next(); !next.done && !this.#over;) {
                this.#write(next.value);
                if (this.#writable.writableNeedDrain)
                    await this.#drained();
                if (this.#over)
                    return;
                next = await slices.next(this.#writable.writableLength === 0);
            }
        }
        catch {
            // Whoever made the body knows why it failed; the server learns of it by the end of input (G1).
            this.#body = undefined;
            this.end();
        }
        finally {
            this.#body = undefined;
        }
    }
    #write(slices) {
        if (this.#over)
            return;
        // All of them in one call to the system.
        this.#writable.cork();
        for (const slice of (0,connection/* listSlices */.aj)(slices)) {
            if (slice.length === 0)
                continue;
            this.#handed += slice.length;
            this.#writable.write(slice, this.#onWritten);
        }
        this.#writable.uncork();
    }
    #drained() {
        if (this.#over || this.#writable.destroyed)
            return undefined;
        return new Promise((resolve) => {
            this.#wake = resolve;
        });
    }
}
async function* sliceBytes(bytes) {
    for (let at = 0; at < bytes.length; at += LONGEST_WRITE_BYTES)
        yield bytes.subarray(at, at + LONGEST_WRITE_BYTES);
}
function dropBody(body) {
    if (!(body instanceof Uint8Array))
        (0,connection/* stopBody */.VO)(body);
}

;// CONCATENATED MODULE: ./build/transport/connection/chunk-source.js
/**
 * The chunks of a stream, for one reader, with two abilities that streams lack: whoever waits can be made to
 * fail from outside, and what is left can be drained beside a read that still waits.
 */
class ChunkSource {
    #chunks;
    #options;
    // Not Promise.race against one long-lived promise: that would keep every chunk until the end.
    #waiting = new Set();
    #failure;
    constructor(chunks, options = {}) {
        this.#chunks = chunks[Symbol.asyncIterator]();
        this.#options = options;
    }
    [Symbol.asyncIterator]() {
        return this;
    }
    next() {
        if (this.#failure)
            return Promise.reject(this.#failure.reason);
        return new Promise((resolve, reject) => {
            this.#waiting.add(reject);
            this.#pull().then((result) => {
                this.#waiting.delete(reject);
                resolve(result);
            }, (thrown) => {
                this.#waiting.delete(reject);
                reject(thrown);
            });
        });
    }
    takeNow() {
        // Those that wait come first.
        if (this.#failure || this.#waiting.size > 0)
            return undefined;
        const chunk = this.#chunks.takeNow?.();
        if (chunk)
            this.#options.onChunk?.(chunk.length);
        return chunk;
    }
    async return() {
        await this.#chunks.return?.();
        return { done: true, value: undefined };
    }
    /** Every read that waits, and every later one, throws `reason`; what still comes is dropped. The first reason
     *  stays. */
    fail(reason) {
        if (this.#failure)
            return;
        this.#failure = { reason };
        for (const reject of this.#waiting)
            reject(reason);
        this.#waiting.clear();
        void this.#discard();
    }
    /** Reads and drops what is left, to the end or to the first error. Never throws. */
    async drain() {
        try {
            while (!(await this.next()).done)
                ;
        }
        catch {
            // An end is an end.
        }
    }
    async #discard() {
        try {
            while (!(await this.#chunks.next()).done)
                ;
        }
        catch {
            // It was given up.
        }
    }
    async #pull() {
        let result;
        try {
            result = await this.#chunks.next();
        }
        catch (thrown) {
            throw (await this.#options.explainEnd?.(thrown)) ?? thrown;
        }
        if (!result.done) {
            this.#options.onChunk?.(result.value.length);
            return result;
        }
        const error = await this.#options.explainEnd?.(undefined);
        if (error)
            throw error;
        return result;
    }
}

// EXTERNAL MODULE: ./build/base/deadline.js
var deadline = __webpack_require__(68606);
;// CONCATENATED MODULE: ./build/transport/connection/duplex.js





/** Milliseconds that the other side has for a polite end, and for the one after it was killed. */
const CLOSE_LIMIT_MS = 10_000;
const KILL_LIMIT_MS = 5_000;
/** A kept-open connection over a pair of streams. */
function connectDuplex(options) {
    const { kill, leave, signal, text, onActivity, describeEnd, closeLimit = CLOSE_LIMIT_MS } = options;
    const ended = options.ended.catch(() => ({}));
    let failure;
    let closing;
    const writer = new BodyWriter(options.writable, onActivity);
    const source = new ChunkSource(options.readable, { onChunk: onActivity, explainEnd });
    const greeting = new bytes/* ByteReader */.kP(source);
    async function explainEnd(thrown) {
        if (describeEnd) {
            const end = await (0,deadline/* within */.u)(ended, closeLimit);
            const error = describeEnd({ ...end, text: text() });
            if (error)
                return error;
        }
        if (thrown === undefined)
            return undefined;
        if (thrown instanceof errors/* MirrorError */.En)
            return thrown;
        const message = thrown instanceof Error ? thrown.message : String(thrown);
        return new errors/* MirrorError */.En(`the connection broke off: ${message}`, {
            code: 'cut',
            retryable: true,
            cause: thrown,
        });
    }
    function abort(reason) {
        failure ??= {
            reason: reason ?? new errors/* MirrorError */.En('the connection was given up', { code: 'cancelled' }),
        };
        source.fail(failure.reason);
        writer.stop();
        kill(failure.reason);
    }
    async function end() {
        writer.end();
        const over = source.drain().then(() => ended);
        if ((await (0,deadline/* within */.u)(over, closeLimit)) === undefined)
            kill();
        const how = await (0,deadline/* within */.u)(ended, KILL_LIMIT_MS);
        return { ...how, text: text() };
    }
    const onAbort = () => abort(signal.reason);
    if (signal.aborted)
        onAbort();
    else
        signal.addEventListener('abort', onAbort, { once: true });
    let over = false;
    void ended.then(() => {
        over = true;
        signal.removeEventListener('abort', onAbort);
    });
    return {
        forgets: false,
        greeting,
        async turn(body, { last = false } = {}) {
            writer.send(body);
            if (last)
                writer.endWhenSent();
            if (failure)
                throw failure.reason;
            return greeting;
        },
        over: () => over,
        close: () => (closing ??= end()),
        ...(leave && {
            leave: () => {
                writer.end();
                leave();
            },
        }),
        abort,
    };
}


/***/ }),

/***/ 70902:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ readChunks)
/* harmony export */ });
/* harmony import */ var _chunk_queue_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(34284);

/** The chunks of a stream, as they come and without a copy. Its error, or its closing before its end, is thrown. */
function readChunks(stream) {
    const chunks = new _chunk_queue_js__WEBPACK_IMPORTED_MODULE_0__/* .ChunkQueue */ .T({
        pause: () => stream.pause(),
        resume: () => stream.resume(),
        cancel: () => stream.destroy(),
    });
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.once('end', () => chunks.end());
    stream.on('error', (error) => chunks.fail(error));
    stream.once('close', () => chunks.fail(new Error('the stream was closed before its end')));
    return chunks;
}


/***/ }),

/***/ 20484:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ connectTcp)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77030);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45145);


/**
 * A connected socket that sends small packets at once. Half-closing it leaves its reading side open.
 * @throws MirrorError `connect`, retryable unless the name does not exist; `timeout`, retryable; the signal's reason.
 */
function connectTcp(options) {
    const { host, port, limit, signal, onread, lookup } = options;
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
        const socket = (0,node_net__WEBPACK_IMPORTED_MODULE_0__.connect)({
            host,
            port,
            noDelay: true,
            keepAlive: true,
            ...(onread && { onread }),
            ...(lookup && { lookup }),
        });
        if (onread)
            socket.pause();
        const settle = (act) => {
            clearTimeout(timer);
            signal.removeEventListener('abort', onAbort);
            act();
        };
        const refuse = (error) => settle(() => {
            socket.destroy();
            reject(error);
        });
        const onAbort = () => refuse(signal.reason);
        const timer = setTimeout(() => refuse(lateError(options)), limit);
        signal.addEventListener('abort', onAbort, { once: true });
        // Stays for good: an error after `destroy` has nowhere else to go.
        socket.on('error', (cause) => refuse(connectError(options, cause)));
        socket.once('connect', () => settle(() => resolve(socket)));
    });
}
function lateError({ host, port, limit }) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`no connection to ${host}, port ${port}, within ${limit / 1000} seconds`, {
        code: 'timeout',
        retryable: true,
        hint: 'Check the address, and that a firewall lets this machine through.',
    });
}
function connectError({ host, port }, cause) {
    if (cause instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En)
        return cause;
    if (cause.code === 'ENOTFOUND') {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`there is no host named ${host}`, {
            code: 'connect',
            advice: 'unknown-host',
            hint: 'Check the spelling of the address, and the DNS of this machine.',
            cause,
        });
    }
    // One error for each address of the host has no message of its own.
    const why = cause.message === '' ? (cause.code ?? 'no address answered') : cause.message;
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`no connection to ${host}, port ${port}: ${why}`, {
        code: 'connect',
        retryable: true,
        advice: cause.code === 'EAI_AGAIN' ? 'unknown-host' : undefined,
        hint: 'Check that the server runs and that a firewall lets this machine through.',
        cause,
    });
}


/***/ }),

/***/ 77060:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DAEMON_PORT: () => (/* binding */ DAEMON_PORT),
/* harmony export */   createDaemonRemote: () => (/* binding */ createDaemonRemote)
/* harmony export */ });
/* harmony import */ var _protocol_pkt_line_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(52309);
/* harmony import */ var _connection_duplex_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(38073);
/* harmony import */ var _address_remote_url_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(60531);
/* harmony import */ var _connection_stream_chunks_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70902);
/* harmony import */ var _connection_tcp_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(20484);





const DAEMON_PORT = 9418;
/** A repository behind `git daemon` (gitprotocol-pack, "Git Transport"). No credential, no encryption. */
function createDaemonRemote(url, options) {
    return {
        label: (0,_address_remote_url_js__WEBPACK_IMPORTED_MODULE_2__/* .printUrl */ .D1)(url),
        open: (open) => openDaemon(url, options.limits.connect, open),
        dispose: async () => { },
    };
}
async function openDaemon(url, limit, options) {
    const { service, version, signal, onActivity } = options;
    const socket = await (0,_connection_tcp_js__WEBPACK_IMPORTED_MODULE_4__/* .connectTcp */ .Q)({ host: url.host, port: url.port, limit, signal });
    const ended = new Promise((resolve) => {
        socket.once('close', () => resolve({}));
    });
    const connection = (0,_connection_duplex_js__WEBPACK_IMPORTED_MODULE_1__/* .connectDuplex */ .r)({
        readable: (0,_connection_stream_chunks_js__WEBPACK_IMPORTED_MODULE_3__/* .readChunks */ .z)(socket),
        writable: socket,
        ended,
        text: () => '',
        kill: () => socket.destroy(),
        onActivity,
        signal,
    });
    await connection.turn(encodeRequest(url, service, version));
    return connection;
}
function encodeRequest(url, service, version) {
    const host = url.host.includes(':') ? `[${url.host}]` : url.host;
    const port = url.port === DAEMON_PORT ? '' : `:${url.port}`;
    const extra = version === undefined ? '' : `\0version=${version}\0`;
    return (0,_protocol_pkt_line_js__WEBPACK_IMPORTED_MODULE_0__/* .encodePacket */ .Py)(`${service} ${url.path}\0host=${host}${port}\0${extra}`);
}


/***/ })

};
