export const id = 60;
export const ids = [60];
export const modules = {

/***/ 4284:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ ChunkQueue),
/* harmony export */   b: () => (/* binding */ Inbox)
/* harmony export */ });
/** Bytes that wait for the reader before the server is made to wait. */
const HIGH = 512 * 1024;
const LOW = 128 * 1024;
/** Chunks between a producer that pushes them and can be made to wait, and the reader that pulls them; none is copied. */
class ChunkQueue {
    #source;
    #chunks = [];
    #length = 0;
    #paused = false;
    #ended = false;
    #failure;
    #waiting = [];
    constructor(source) {
        this.#source = source;
    }
    [Symbol.asyncIterator]() {
        return this;
    }
    /** Nothing more will come from the server. */
    get over() {
        return this.#ended || this.#failure !== undefined;
    }
    push(chunk) {
        if (this.over)
            return;
        const waiting = this.#waiting.shift();
        if (waiting) {
            waiting.resolve({ done: false, value: chunk });
            return;
        }
        this.#chunks.push(chunk);
        this.#length += chunk.length;
        if (this.#length >= HIGH && !this.#paused) {
            this.#paused = true;
            this.#source.pause();
        }
    }
    end() {
        this.#ended = true;
        for (const waiting of this.#waiting.splice(0))
            waiting.resolve({ done: true, value: undefined });
    }
    /** What is here can still be read, then `reason` is thrown. The first reason stays. */
    fail(reason) {
        if (this.over)
            return;
        this.#failure = { reason };
        for (const waiting of this.#waiting.splice(0))
            waiting.reject(reason);
    }
    takeNow() {
        const chunk = this.#chunks.shift();
        this.#length -= chunk?.length ?? 0;
        if (this.#paused && this.#length <= LOW) {
            this.#paused = false;
            this.#source.resume();
        }
        return chunk;
    }
    next() {
        const chunk = this.takeNow();
        if (chunk)
            return Promise.resolve({ done: false, value: chunk });
        if (this.#failure)
            return Promise.reject(this.#failure.reason);
        if (this.#ended)
            return Promise.resolve({ done: true, value: undefined });
        return new Promise((resolve, reject) => {
            this.#waiting.push({ resolve, reject });
        });
    }
    return() {
        this.#chunks.length = 0;
        this.#length = 0;
        if (!this.over) {
            this.end();
            this.#source.cancel();
        }
        return Promise.resolve({ done: true, value: undefined });
    }
}
/** Chunks between a producer that cannot wait and one reader; several reads may wait at once. */
class Inbox {
    /** Bytes put in and not yet taken. */
    waiting = 0;
    #onTaken;
    #chunks = [];
    #next = 0;
    #waiters = [];
    #end;
    #refused = false;
    /** `onTaken`: bytes were taken, or dropped because nobody wants them any more. */
    constructor(onTaken) {
        this.#onTaken = onTaken;
    }
    [Symbol.asyncIterator]() {
        return this;
    }
    put(chunk) {
        if (this.#end)
            return;
        const waiter = this.#waiters.shift();
        if (waiter)
            waiter.resolve({ done: false, value: chunk });
        else if (!this.#refused) {
            this.waiting += chunk.length;
            this.#chunks.push(chunk);
            return;
        }
        this.#onTaken();
    }
    /** Nothing more comes: with a reason, reads past the last chunk throw it. The first call counts. */
    end(reason) {
        if (this.#end)
            return;
        this.#end = { reason };
        for (const waiter of this.#waiters.splice(0))
            this.#settle(waiter);
    }
    takeNow() {
        const chunk = this.#chunks[this.#next];
        if (chunk)
            this.#take(chunk);
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
                this.#waiters.push({ resolve, reject });
        });
    }
    return() {
        this.#refused = true;
        this.#chunks = [];
        this.#next = 0;
        this.waiting = 0;
        for (const waiter of this.#waiters.splice(0))
            waiter.resolve({ done: true, value: undefined });
        this.#onTaken();
        return Promise.resolve({ done: true, value: undefined });
    }
    #take(chunk) {
        this.#next++;
        this.waiting -= chunk.length;
        if (this.#next === this.#chunks.length) {
            this.#chunks = [];
            this.#next = 0;
        }
        else if (this.#next >= 256) {
            this.#chunks.splice(0, this.#next);
            this.#next = 0;
        }
        this.#onTaken();
    }
    #settle({ resolve, reject }) {
        if (this.#end?.reason !== undefined && !this.#refused)
            reject(this.#end.reason);
        else
            resolve({ done: true, value: undefined });
    }
}


/***/ }),

/***/ 7867:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  r: () => (/* binding */ connectDuplex)
});

// EXTERNAL MODULE: ./build/base/bytes.js
var bytes = __webpack_require__(5771);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(5145);
// EXTERNAL MODULE: ./build/transport/connection/connection.js
var connection = __webpack_require__(2079);
;// CONCATENATED MODULE: ./build/transport/connection/body-writer.js

/** A longer buffer is written in slices of this size, so that a slow link shows that it moves. */
const LARGE = 256 * 1024;
/**
 * Writes bodies one after the other, at the pace of the stream. Errors of the stream end the writing and are
 * not reported: the other side's last words, or their absence, say more.
 */
class BodyWriter {
    #writable;
    #onWritten;
    #queue = [];
    #body;
    #busy = false;
    #over = false;
    #wake;
    constructor(writable, onActivity) {
        this.#writable = writable;
        this.#onWritten = (error) => {
            if (!error)
                onActivity?.();
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
        else if (body instanceof Uint8Array && body.length > LARGE)
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
    /** Gives up whatever is on its way. */
    stop() {
        if (this.#over)
            return;
        this.#over = true;
        if (this.#body)
            giveUp(this.#body);
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
        for (const slice of (0,connection/* listSlices */.aj)(slices))
            if (slice.length > 0)
                this.#writable.write(slice, this.#onWritten);
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
    for (let at = 0; at < bytes.length; at += LARGE)
        yield bytes.subarray(at, at + LARGE);
}
function dropBody(body) {
    if (!(body instanceof Uint8Array))
        giveUp(body[Symbol.asyncIterator]());
}
function giveUp(slices) {
    // Not awaited: a generator that waits for its own source returns when that source does.
    void Promise.resolve(slices.return?.()).catch(() => undefined);
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
            this.#options.onChunk?.();
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
            this.#options.onChunk?.();
            return result;
        }
        const error = await this.#options.explainEnd?.(undefined);
        if (error)
            throw error;
        return result;
    }
}

;// CONCATENATED MODULE: ./build/base/deadline.js
/** The value of `promise`, or undefined when it takes longer than `limit` milliseconds. */
async function within(promise, limit) {
    let timer;
    const late = new Promise((resolve) => {
        timer = setTimeout(resolve, limit, undefined);
    });
    try {
        return await Promise.race([promise, late]);
    }
    finally {
        clearTimeout(timer);
    }
}

;// CONCATENATED MODULE: ./build/transport/connection/duplex.js





/** Milliseconds that the other side has for a polite end, and for the one after it was killed. */
const CLOSE_LIMIT = 10_000;
const KILL_LIMIT = 5_000;
/** A kept-open connection over a pair of streams. */
function connectDuplex(options) {
    const { kill, leave, signal, text, onActivity, describeEnd, closeLimit = CLOSE_LIMIT } = options;
    const ended = options.ended.catch(() => ({}));
    let failure;
    let closing;
    const writer = new BodyWriter(options.writable, onActivity);
    const source = new ChunkSource(options.readable, { onChunk: onActivity, explainEnd });
    const greeting = new bytes/* ByteReader */.kP(source);
    async function explainEnd(thrown) {
        if (describeEnd) {
            const end = await within(ended, closeLimit);
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
        if ((await within(over, closeLimit)) === undefined)
            kill();
        const how = await within(ended, KILL_LIMIT);
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
        async turn(body) {
            writer.send(body);
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

/***/ 902:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ readChunks)
/* harmony export */ });
/* harmony import */ var _chunk_queue_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4284);

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

/***/ 484:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ connectTcp)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5145);


/**
 * A connected socket that sends small packets at once. Half-closing it leaves its reading side open.
 * @throws MirrorError `connect`, retryable unless the name does not exist; `timeout`, retryable; the signal's reason.
 */
function connectTcp(options) {
    const { host, port, limit, signal, onread } = options;
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
        const socket = (0,node_net__WEBPACK_IMPORTED_MODULE_0__.connect)({ host, port, noDelay: true, keepAlive: true, ...(onread && { onread }) });
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

/***/ 7060:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DAEMON_PORT: () => (/* binding */ DAEMON_PORT),
/* harmony export */   createDaemonRemote: () => (/* binding */ createDaemonRemote)
/* harmony export */ });
/* harmony import */ var _protocol_pkt_line_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2309);
/* harmony import */ var _connection_duplex_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7867);
/* harmony import */ var _address_remote_url_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3766);
/* harmony import */ var _connection_stream_chunks_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(902);
/* harmony import */ var _connection_tcp_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(484);





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
