export const id = 891;
export const ids = [891];
export const modules = {

/***/ 70929:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ parseRetryAfter)
/* harmony export */ });
/** Milliseconds to wait: RFC 9110's seconds or date. `now` in milliseconds. */
function parseRetryAfter(value, now) {
    if (value === undefined)
        return undefined;
    const text = value.trim();
    if (/^\d{1,9}$/.test(text))
        return Number(text) * 1000;
    const date = /^[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}


/***/ }),

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

/***/ 42572:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ createGatherer)
/* harmony export */ });
/** Joins parts in memory that is used again: what the last call gave must have been written, or copied. */
function createGatherer() {
    let memory = Buffer.alloc(0);
    return (parts) => {
        let length = 0;
        for (const part of parts)
            length += part.length;
        if (memory.length < length)
            memory = Buffer.allocUnsafeSlow(length);
        let at = 0;
        for (const part of parts) {
            memory.set(part, at);
            at += part.length;
        }
        return memory.subarray(0, length);
    };
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

/***/ 19003:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Q: () => (/* binding */ HttpClient)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/transport/http-client/route-agent.js
var route_agent = __webpack_require__(56848);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
// EXTERNAL MODULE: ./build/base/bytes.js
var bytes = __webpack_require__(25771);
// EXTERNAL MODULE: ./build/transport/connection/chunk-queue.js
var chunk_queue = __webpack_require__(34284);
// EXTERNAL MODULE: ./build/transport/route/target.js
var target = __webpack_require__(64019);
// EXTERNAL MODULE: ./build/transport/route/tunnel.js
var tunnel = __webpack_require__(40720);
;// CONCATENATED MODULE: ./build/transport/http-client/answer-head.js

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d{2})(?: |$)/;
const HEADER_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\0\r\n]*?)[ \t]*$/;
/**
 * Reads the head of the answer to a GET: everything before the empty line, in Latin-1.
 * @throws MirrorError `protocol`; what a lenient reader would guess at is refused.
 */
function parseAnswerHead(text) {
    const [first = '', ...lines] = text.split('\r\n');
    const [, minor, digits] = STATUS_LINE.exec(first) ?? [];
    if (digits === undefined)
        throw malformed('its answer has no status line');
    const headers = new Map();
    for (const line of lines) {
        const [, name, value] = HEADER_LINE.exec(line) ?? [];
        if (name === undefined || value === undefined)
            throw malformed('a header is malformed');
        const key = name.toLowerCase();
        const before = headers.get(key);
        headers.set(key, before === undefined ? value : `${before}, ${value}`);
    }
    const status = Number(digits);
    const framing = framingOf(status, headers);
    const connection = (headers.get('connection') ?? '').toLowerCase();
    const isPersistent = minor === '1' ? !/\bclose\b/.test(connection) : /\bkeep-alive\b/.test(connection);
    // One that says its length in two ways may have been tampered with (RFC 9112, 6.1).
    const isClear = !(headers.has('transfer-encoding') && headers.has('content-length'));
    return { status, headers, framing, keepsAlive: isPersistent && isClear && framing.kind !== 'until-close' };
}
function framingOf(status, headers) {
    if (status < 200 || status === 204 || status === 304)
        return { kind: 'length', bytes: 0 };
    const encoding = headers.get('transfer-encoding');
    if (encoding !== undefined) {
        if (encoding.toLowerCase() !== 'chunked')
            throw malformed('its transfer encoding is not known here');
        return { kind: 'chunked' };
    }
    const length = headers.get('content-length');
    if (length === undefined)
        return { kind: 'until-close' };
    const [said = '', ...others] = length.split(',').map((part) => part.trim());
    const bytes = Number(said);
    const isSafe = /^\d+$/.test(said) && Number.isSafeInteger(bytes);
    if (!isSafe || others.some((other) => other !== said))
        throw malformed('its content length is no number');
    return { kind: 'length', bytes };
}
/** @returns an error without the server's name; whoever knows it adds it. */
function malformed(why) {
    return new errors/* MirrorError */.En(why, { code: 'protocol' });
}

;// CONCATENATED MODULE: ./build/transport/http-client/body-decoder.js

/** Of the line before a chunk, and of one trailer. */
const LINE_LIMIT_BYTES = 8 * 1024;
const LF = 10;
/** Finds the body in what comes behind the head of an answer. No byte is copied. */
class BodyDecoder {
    /** The body is complete. One that ends with the connection never is. */
    isDone;
    #onBody;
    #isChunked;
    /** Bytes of the body, or of its chunk, that are still to come. */
    #left;
    /** Between chunks: the line so far. */
    #line = '';
    #place;
    constructor(framing, onBody) {
        this.#onBody = onBody;
        this.#isChunked = framing.kind === 'chunked';
        this.#left = framing.kind === 'length' ? framing.bytes : framing.kind === 'chunked' ? 0 : Infinity;
        this.#place = this.#isChunked ? 'size' : 'data';
        this.isDone = !this.#isChunked && this.#left === 0;
    }
    /** @returns how many bytes of `bytes` belong to the answer. @throws MirrorError `protocol`. */
    take(bytes) {
        let at = 0;
        while (at < bytes.length && !this.isDone) {
            at += this.#place === 'data' ? this.#takeData(bytes, at) : this.#takeLine(bytes, at);
        }
        return at;
    }
    #takeData(bytes, at) {
        const part = bytes.subarray(at, at + Math.min(this.#left, bytes.length - at));
        this.#left -= part.length;
        if (this.#left === 0) {
            if (this.#isChunked)
                this.#place = 'after-data';
            else
                this.isDone = true;
        }
        this.#onBody(part);
        return part.length;
    }
    #takeLine(bytes, at) {
        const end = bytes.indexOf(LF, at);
        const part = bytes.subarray(at, end < 0 ? undefined : end + 1);
        this.#line += Buffer.from(part.buffer, part.byteOffset, part.length).toString('latin1');
        if (this.#line.length > LINE_LIMIT_BYTES)
            throw malformed('a line between chunks is too long');
        if (end >= 0) {
            const line = this.#line;
            this.#line = '';
            if (!line.endsWith('\r\n'))
                throw malformed('a line between chunks ends in the wrong way');
            this.#readLine(line.slice(0, -2));
        }
        return part.length;
    }
    #readLine(line) {
        switch (this.#place) {
            case 'size': {
                const digits = /^([0-9a-f]{1,13})[ \t]*(?:;.*)?$/i.exec(line)?.[1];
                if (digits === undefined)
                    throw malformed('the size of a chunk is no number');
                this.#left = Number.parseInt(digits, 16);
                this.#place = this.#left === 0 ? 'trailers' : 'data';
                break;
            }
            case 'after-data':
                if (line !== '')
                    throw malformed('a chunk is longer than it says');
                this.#place = 'size';
                break;
            default:
                if (line === '')
                    this.isDone = true;
        }
    }
}

;// CONCATENATED MODULE: ./build/transport/http-client/download.js








/** Bytes of an answer's head. */
const HEAD_LIMIT_BYTES = 64 * 1024;
const HEAD_END = '\r\n\r\n';
const CLOSED_TEXT = 'other side closed';
/**
 * One GET whose body is handed on as it was read: Node's own client copies each piece, and the first copy waits for a
 * collection of all garbage. For 0.9 GB that was 1 of 3 s of processor and more than half of the memory.
 */
class Download {
    /** Resolves with the head of the answer. @throws as `HttpClient.request`. */
    answer;
    /** It went out on a connection that had served another request. */
    reused = false;
    /** A byte of an answer came. */
    answered = false;
    #options;
    #chunks;
    #whenOver;
    #tellOver = () => undefined;
    #resolve = () => undefined;
    #reject = () => undefined;
    #socket;
    #over = false;
    /** What came of the head. */
    #start;
    #head;
    #body;
    #onAbort = () => this.end(this.#options.request.signal.reason);
    #onData = (chunk) => {
        try {
            this.#take(chunk);
        }
        catch (error) {
            this.end(this.#explain(error));
        }
    };
    #onEnd = () => {
        if (this.#head?.framing.kind === 'until-close')
            this.#complete();
        else
            this.#onClose();
    };
    #onClose = () => this.end(this.#explain(new Error(CLOSED_TEXT)));
    #onError = (cause) => this.end(this.#explain(cause));
    /** @throws MirrorError `usage` for what cannot stand in a header. */
    constructor(options) {
        this.#options = options;
        const { signal } = options.request;
        const head = encodeHead(options.request);
        this.#chunks = new chunk_queue/* ChunkQueue */.T({
            pause: () => this.#socket?.pause(),
            resume: () => this.#socket?.resume(),
            cancel: () => this.end(new Error('the answer was given up')),
        });
        this.#whenOver = new Promise((resolve) => (this.#tellOver = resolve));
        this.answer = new Promise((resolve, reject) => {
            this.#resolve = resolve;
            this.#reject = reject;
        });
        signal.addEventListener('abort', this.#onAbort, { once: true });
        void this.#open(head);
    }
    /** Ends everything: `reason` is thrown by whatever waits. Harmless after the end. */
    end(reason) {
        if (this.#over)
            return;
        this.#chunks.fail(reason);
        this.#reject(reason);
        this.#finish();
        this.#socket?.destroy();
    }
    async #open(head) {
        const { route, connector, shelf, fresh } = this.#options;
        const kept = fresh ? undefined : shelf.take(route.key);
        this.reused = kept !== undefined;
        try {
            const socket = kept ?? (await connector.open(route));
            if (this.#over)
                return void socket.destroy();
            this.#socket = socket;
            socket.on('data', this.#onData);
            socket.on('end', this.#onEnd);
            socket.on('close', this.#onClose);
            socket.on('error', this.#onError);
            socket.write(head, 'latin1');
        }
        catch (error) {
            this.end(error);
        }
    }
    #take(chunk) {
        this.answered = true;
        this.#options.request.onActivity?.(chunk.length);
        const rest = this.#head === undefined ? this.#takeHead(chunk) : chunk;
        if (rest === undefined || this.#body === undefined)
            return;
        const taken = this.#body.take(rest);
        if (!this.#body.isDone)
            return;
        // Nothing was asked for that could come behind an answer.
        this.#complete(taken === rest.length);
    }
    /** @returns what came behind the head; undefined: it is not complete. */
    #takeHead(chunk) {
        const bytes = this.#start === undefined ? chunk : Buffer.concat([this.#start, chunk]);
        const end = bytes.indexOf(HEAD_END);
        if (end > HEAD_LIMIT_BYTES || (end < 0 && bytes.length > HEAD_LIMIT_BYTES))
            throw malformed('the head of its answer is too long');
        this.#start = end < 0 ? bytes : undefined;
        if (end < 0)
            return undefined;
        const head = parseAnswerHead(bytes.toString('latin1', 0, end));
        const rest = bytes.subarray(end + HEAD_END.length);
        // An interim answer: the real one comes behind it.
        if (head.status < 200)
            return head.status === 101 ? refuseSwitch() : this.#takeHead(rest);
        this.#head = head;
        this.#body = new BodyDecoder(head.framing, (part) => this.#chunks.push(part));
        this.#resolve(this.#makeAnswer(head));
        return rest;
    }
    #makeAnswer({ status, headers }) {
        const chunks = this.#chunks;
        return {
            status,
            peer: this.#options.route.proxy ? undefined : this.#socket?.remoteAddress,
            bytes: new bytes/* ByteReader */.kP(chunks),
            header: (name) => headers.get(name.toLowerCase()),
            get over() {
                return chunks.over;
            },
            whenOver: this.#whenOver,
        };
    }
    #complete(isClean = false) {
        if (this.#over)
            return;
        const socket = this.#socket;
        // It may serve another one before all of this is read.
        this.#socket = undefined;
        this.#chunks.end();
        socket.off('data', this.#onData);
        socket.off('end', this.#onEnd);
        socket.off('close', this.#onClose);
        socket.off('error', this.#onError);
        const { shelf, route } = this.#options;
        if (isClean && this.#head?.keepsAlive === true)
            shelf.put(route.key, socket);
        else
            socket.destroy();
        this.#finish();
    }
    #finish() {
        this.#over = true;
        this.#options.request.signal.removeEventListener('abort', this.#onAbort);
        this.#options.onOver();
        this.#tellOver();
    }
    #explain(cause) {
        const { request, route } = this.#options;
        const through = route.proxy ? ` (through the proxy ${route.proxy.url.host})` : '';
        const place = `${(0,target/* addressOf */.c)(request.url).host}${through}`;
        if (cause instanceof errors/* MirrorError */.En) {
            if (cause.code !== 'protocol')
                return cause;
            return (0,errors/* withDetails */.FE)(cause, {}, `${place} does not speak HTTP/1.1: ${cause.message}`);
        }
        const words = cause instanceof Error ? cause.message : String(cause);
        return new errors/* MirrorError */.En(`the connection to ${place} ended before the answer was complete: ${words}`, {
            code: 'cut',
            retryable: true,
            hint: route.proxy && (0,tunnel/* proxyHint */.CJ)(route.proxy),
            cause,
        });
    }
}
function refuseSwitch() {
    throw malformed('it switches to another protocol');
}
function encodeHead({ url, headers }) {
    const lines = [`GET ${url.pathname}${url.search} HTTP/1.1`];
    for (const [name, value] of Object.entries({ host: url.host, connection: 'keep-alive', ...headers })) {
        try {
            (0,external_node_http_.validateHeaderName)(name);
            (0,external_node_http_.validateHeaderValue)(name, value);
        }
        catch (cause) {
            const message = cause instanceof Error ? cause.message : String(cause);
            throw new errors/* MirrorError */.En(`a header cannot be sent: ${message}`, { code: 'usage', cause });
        }
        lines.push(`${name}: ${value}`);
    }
    return `${lines.join('\r\n')}${HEAD_END}`;
}

// EXTERNAL MODULE: ./build/transport/connection/gather.js
var connection_gather = __webpack_require__(42572);
// EXTERNAL MODULE: ./build/transport/connection/connection.js
var connection = __webpack_require__(22079);
;// CONCATENATED MODULE: ./build/transport/http-client/pump-body.js



/** Bytes below which a slice costs more to write than to copy. */
const SMALL_SLICE_BYTES = 16 * 1024;
/**
 * Sends a request at the pace of the server: what came together goes as one chunk, in one system call.
 * @throws what the body throws; MirrorError `local` when it is longer or shorter than announced. The request is
 *   then left unfinished.
 */
async function pumpBody(body, options) {
    const { request, socket, length, onWritten } = options;
    const gather = (0,connection_gather/* createGatherer */.V)();
    let sent = 0;
    let written = true;
    for (let next = await body.next(); !next.done;) {
        const slices = (0,connection/* listSlices */.aj)(next.value);
        const bytes = slices.reduce((sum, slice) => sum + slice.length, 0);
        sent += bytes;
        if (length !== undefined && sent > length)
            throw lengthError();
        const copied = written && slices.length > 1 && bytes < slices.length * SMALL_SLICE_BYTES;
        // A request uncorks its socket before it hands on what it gathered.
        socket.cork();
        request.cork();
        for (const slice of copied ? [gather(slices)] : slices)
            request.write(slice);
        request.uncork();
        socket.uncork();
        // Of the socket: a request that was corked may call for a drain that never comes.
        if (socket.writableNeedDrain)
            await new Promise((resolve) => socket.once('drain', resolve));
        onWritten?.(bytes);
        written = socket.writableLength === 0 && request.writableLength === 0;
        next = await body.next(copied || written);
    }
    if (length !== undefined && sent < length)
        throw lengthError();
    request.end();
}
function lengthError() {
    return new errors/* MirrorError */.En('the body is longer or shorter than was announced', { code: 'local' });
}

;// CONCATENATED MODULE: ./build/transport/http-client/start-request.js



/** Bytes of an answer's head. */
const start_request_HEAD_LIMIT_BYTES = 64 * 1024;
/** Begins a request, the body of which is still to be sent. @throws MirrorError `usage`. */
function startRequest({ request, route, agent }) {
    const { method, url, body } = request;
    const path = url.pathname + url.search;
    // Plain http goes to a proxy as a request for the whole address (RFC 9112, absolute-form).
    const proxy = route.tunnel ? undefined : route.proxy;
    // As git does for every request: even a fresh connection is closed by us, not by the server.
    const headers = { host: url.host, connection: 'keep-alive', ...request.headers };
    if (proxy?.authorization !== undefined)
        headers['proxy-authorization'] = proxy.authorization;
    if (body instanceof Uint8Array)
        headers['content-length'] = String(body.length);
    const options = {
        method,
        path: proxy ? url.origin + path : path,
        headers,
        agent,
        route,
        maxHeaderSize: start_request_HEAD_LIMIT_BYTES,
    };
    try {
        return (0,external_node_http_.request)(options);
    }
    catch (cause) {
        const { code, message } = cause;
        if (code !== 'ERR_INVALID_CHAR')
            throw cause;
        throw new errors/* MirrorError */.En(`a header cannot be sent: ${message}`, { code: 'usage', cause });
    }
}

// EXTERNAL MODULE: ./build/transport/http-client/upload.js
var upload = __webpack_require__(75400);
;// CONCATENATED MODULE: ./build/transport/http-client/exchange.js








const exchange_CLOSED_TEXT = 'other side closed';
/** One request and its answer. */
class Exchange {
    /** Resolves with the head of the answer. @throws as `HttpClient.request`. */
    answer;
    #options;
    #sending;
    #upload;
    #chunks;
    #whenOver;
    #tellOver = () => undefined;
    #resolve = () => undefined;
    #reject = () => undefined;
    #incoming;
    #over = false;
    #socket;
    #readBefore = 0;
    #onAbort = () => this.end(this.#options.request.signal.reason);
    /** @throws MirrorError `usage` for what cannot stand in a header. */
    constructor(options) {
        const { body, signal, onActivity } = options.request;
        this.#options = options;
        this.#sending = startRequest(options);
        this.#chunks = new chunk_queue/* ChunkQueue */.T({
            pause: () => this.#incoming?.pause(),
            resume: () => this.#incoming?.resume(),
            cancel: () => this.end(new Error('the answer was given up')),
        });
        this.#whenOver = new Promise((resolve) => {
            this.#tellOver = resolve;
        });
        this.answer = new Promise((resolve, reject) => {
            this.#resolve = resolve;
            this.#reject = reject;
        });
        signal.addEventListener('abort', this.#onAbort, { once: true });
        this.#sending.once('socket', (socket) => {
            this.#socket = socket;
            this.#readBefore = socket.bytesRead;
        });
        this.#sending.on('response', (incoming) => this.#takeHead(incoming));
        this.#sending.on('information', () => onActivity?.(0));
        this.#sending.on('error', (cause) => this.#fail(cause));
        this.#sending.on('close', () => this.#fail(new Error(exchange_CLOSED_TEXT)));
        if (body && !(body instanceof Uint8Array))
            this.#upload = this.#startUpload(new upload/* Upload */._(body));
        else
            this.#sending.end(body);
    }
    /** It went out on a connection that had served another request. */
    get reused() {
        return this.#sending.reusedSocket;
    }
    /** A byte of an answer came, whole or not. */
    get answered() {
        return this.#socket !== undefined && this.#socket.bytesRead > this.#readBefore;
    }
    /** Ends everything: `reason` is thrown by whatever waits. Harmless after the end. */
    end(reason) {
        if (this.#over)
            return;
        this.#chunks.fail(reason);
        this.#reject(reason);
        this.#finish(reason);
        this.#sending.destroy();
    }
    /** Not before there is a connection: a body whose server cannot be reached is not asked for anything. */
    #startUpload(upload) {
        const request = this.#sending;
        const length = request.getHeader('content-length');
        request.once('socket', (socket) => {
            pumpBody(upload, {
                request,
                socket,
                length: length === undefined ? undefined : Number(length),
                onWritten: this.#options.request.onActivity,
            }).catch((reason) => this.end(reason));
        });
        return upload;
    }
    #takeHead(incoming) {
        const { request, route } = this.#options;
        const status = incoming.statusCode;
        request.onActivity?.(0);
        if (status === 407 && route.proxy) {
            this.end((0,tunnel/* refusedByProxy */.SR)(route.proxy, status));
            return;
        }
        this.#incoming = incoming;
        incoming.on('data', (chunk) => {
            request.onActivity?.(chunk.length);
            this.#chunks.push(chunk);
        });
        incoming.on('end', () => this.#complete());
        if (status >= 300)
            this.#upload?.stop();
        this.#resolve(this.#makeAnswer(status, incoming));
    }
    #makeAnswer(status, { headers, socket }) {
        const chunks = this.#chunks;
        return {
            status,
            peer: this.#options.route.proxy ? undefined : socket.remoteAddress,
            bytes: new bytes/* ByteReader */.kP(chunks),
            header(name) {
                const value = headers[name];
                return Array.isArray(value) ? value.join(', ') : value;
            },
            get over() {
                return chunks.over;
            },
            whenOver: this.#whenOver,
        };
    }
    #complete() {
        if (this.#over)
            return;
        this.#chunks.end();
        this.#finish(new Error('the server has answered'));
        // What is left of a body would come before the next request.
        if (!this.#sending.writableFinished)
            this.#sending.destroy();
    }
    #finish(reason) {
        this.#over = true;
        this.#upload?.fail(reason);
        this.#options.request.signal.removeEventListener('abort', this.#onAbort);
        this.#options.onOver();
        this.#tellOver();
    }
    #fail(cause) {
        // The whole answer has arrived; later errors of the socket do not matter.
        if (this.#incoming?.complete)
            return;
        // What came before the failure may not have been handed out yet.
        while (this.#incoming?.read())
            ;
        this.end(this.#explain(cause));
    }
    #explain(cause) {
        if (cause instanceof errors/* MirrorError */.En)
            return cause;
        const { request, route } = this.#options;
        const through = route.proxy ? ` (through the proxy ${route.proxy.url.host})` : '';
        const place = `${(0,target/* addressOf */.c)(request.url).host}${through}`;
        if (cause.code?.startsWith('HPE_')) {
            const message = `${place} does not speak HTTP/1.1: ${cause.message}`;
            return new errors/* MirrorError */.En(message, { code: 'protocol', cause });
        }
        // Node's own error for an end that comes too early, and not the system's.
        const closed = cause.code === 'ECONNRESET' && cause.syscall === undefined;
        return new errors/* MirrorError */.En(`the connection to ${place} ended before the answer was complete: ${closed ? exchange_CLOSED_TEXT : cause.message}`, { code: 'cut', retryable: true, hint: route.proxy && (0,tunnel/* proxyHint */.CJ)(route.proxy), cause });
    }
}

// EXTERNAL MODULE: ./build/transport/http-client/http-connections.js + 4 modules
var http_connections = __webpack_require__(76685);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
// EXTERNAL MODULE: ./build/transport/address/authority.js
var authority = __webpack_require__(20364);
// EXTERNAL MODULE: ./build/transport/address/loopback.js
var loopback = __webpack_require__(4076);
;// CONCATENATED MODULE: ./build/transport/route/proxy.js




/**
 * The proxy for `url` by the environment, as curl and git read it: `http_proxy`, `https_proxy`, `all_proxy`
 * and `no_proxy`, lower case first. This machine itself is never reached through a proxy.
 * @throws MirrorError `usage` naming the variable when its value is no address of an HTTP proxy.
 */
function findProxy(url, env) {
    const host = (0,loopback/* bareHost */.n)(url.hostname);
    if ((0,loopback/* isLoopback */.U)(host) || isExempt(host, effectivePort(url), env['no_proxy'] || env['NO_PROXY'] || ''))
        return;
    const scheme = url.protocol.slice(0, -1);
    const names = [`${scheme}_proxy`, `${scheme.toUpperCase()}_PROXY`, 'all_proxy', 'ALL_PROXY'];
    const variable = names.find((name) => env[name]);
    return variable === undefined ? undefined : parseProxy(env[variable], variable);
}
function parseProxy(text, variable) {
    const address = text.trim();
    const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`);
    if (!url?.hostname || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
        throw new errors/* MirrorError */.En(`${variable} does not hold the address of an HTTP proxy`, {
            code: 'usage',
            hint: `Set ${variable} to http://host:port, or unset it. SOCKS proxies are not supported.`,
        });
    }
    const login = `${(0,authority/* decodePercentOrKeep */.i6)(url.username)}:${(0,authority/* decodePercentOrKeep */.i6)(url.password)}`;
    url.username = '';
    url.password = '';
    return {
        url,
        authorization: login === ':' ? undefined : `Basic ${Buffer.from(login, 'utf8').toString('base64')}`,
        variable,
    };
}
function isExempt(host, port, list) {
    for (const entry of list.split(/[\s,]+/)) {
        if (entry === '*')
            return true;
        if (entry !== '' && matchesEntry(host, port, entry.toLowerCase()))
            return true;
    }
    return false;
}
function matchesEntry(host, port, entry) {
    const subnet = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(entry);
    if (subnet)
        return isInSubnet(host, subnet[1], Number(subnet[2]));
    const withPort = (0,external_node_net_.isIP)(entry) ? undefined : /^(.+):(\d+)$/.exec(entry);
    if (withPort && Number(withPort[2]) !== port)
        return false;
    const name = (0,loopback/* bareHost */.n)((withPort ? withPort[1] : entry).replace(/^\*?\./, ''));
    return host === name || (!(0,external_node_net_.isIP)(host) && host.endsWith(`.${name}`));
}
function isInSubnet(host, network, prefix) {
    const version = (0,external_node_net_.isIP)(host);
    if (version === 0 || (0,external_node_net_.isIP)(network) !== version || prefix > (version === 4 ? 32 : 128))
        return false;
    const family = version === 4 ? 'ipv4' : 'ipv6';
    const list = new external_node_net_.BlockList();
    list.addSubnet(network, prefix, family);
    return list.check(host, family);
}
function effectivePort(url) {
    if (url.port !== '')
        return Number(url.port);
    return url.protocol === 'https:' ? 443 : 80;
}

;// CONCATENATED MODULE: ./build/transport/route/route.js


/** The way to `url` by the proxies of the environment. @throws MirrorError `usage`. */
function findRoute(url, env, publicOnly = false) {
    const proxy = findProxy(url, env);
    const tunnel = url.protocol === 'https:' ? proxy : undefined;
    const first = proxy && !tunnel ? proxy.url : url;
    const key = `${first.origin} ${tunnel?.url.origin ?? ''}${publicOnly ? ' public' : ''}`;
    return { target: (0,target/* addressOf */.c)(first), proxy, tunnel, publicOnly, server: (0,target/* addressOf */.c)(url), key };
}

;// CONCATENATED MODULE: ./build/transport/http-client/http-client.js






/** Speaks HTTP/1.1 with kept connections, without any time limit but the connector's. */
class HttpClient {
    #env;
    #connections;
    /** The connections are shared, and outlive this client. */
    #shared;
    #fresh;
    #running = new Set();
    #ending = new AbortController();
    /** `shared`: what keeps its connections. Default: they end with it. */
    constructor(options, shared) {
        this.#env = options.env;
        this.#shared = shared !== undefined;
        this.#connections = shared ?? (0,http_connections/* createHttpConnections */.C)(options);
        this.#fresh = new route_agent/* RouteAgent */.J(this.#connections.connector, { keepAlive: false });
    }
    /**
     * Resolves when the head of the answer is here, whatever its status and even if the body has not been sent
     * completely. An answer of 300 or more stops the body; so does the end of any answer.
     * @throws MirrorError `connect`, `timeout`, `cut`, `protocol`, `usage`; what the body threw; the signal's
     *   reason.
     */
    async request(request) {
        const route = findRoute(request.url, this.#env, request.publicOnly);
        const { slots } = this.#connections;
        const giveBack = slots && !request.fresh ? await this.#takeSlot(slots, route, request.signal) : undefined;
        const exchange = this.#start(request, route, giveBack);
        try {
            return await exchange.answer;
        }
        catch (error) {
            const unheard = exchange.reused && !exchange.answered;
            if (!request.repeatable || !unheard || !isCut(error) || request.signal.aborted)
                throw error;
            return await this.#start({ ...request, fresh: true }, route).answer;
        }
    }
    /**
     * A GET for many bytes, which are handed on in the memory that they were read into: whoever has written them may give it
     * back (`releaseMemory`). Sent once more when a kept connection turns out to be dead.
     * @throws as `request`
     */
    async download(request) {
        const route = findRoute(request.url, this.#env, request.publicOnly);
        // A proxy that is sent the whole address frames the answer in its own way.
        if (route.proxy && !route.tunnel)
            return await this.request({ ...request, method: 'GET', repeatable: true });
        const { slots } = this.#connections;
        const giveBack = slots && (await this.#takeSlot(slots, route, request.signal));
        const download = this.#startDownload(request, { route, fresh: false, onOver: giveBack });
        try {
            return await download.answer;
        }
        catch (error) {
            const unheard = download.reused && !download.answered;
            if (!unheard || !isCut(error) || request.signal.aborted)
                throw error;
            return await this.#startDownload(request, { route, fresh: true }).answer;
        }
    }
    /** A request on a connection of its own will go to `url` soon: the connection is opened now. */
    openAhead(url, publicOnly) {
        this.#fresh.openAhead(findRoute(url, this.#env, publicOnly));
    }
    /** Ends every request, and the connections that are its own, at once. Never throws. */
    async dispose() {
        const reason = new errors/* MirrorError */.En('the connection was given up', { code: 'cancelled' });
        this.#ending.abort(reason);
        for (const exchange of this.#running)
            exchange.end(reason);
        this.#fresh.destroy();
        if (!this.#shared)
            await this.#connections.dispose();
    }
    async #takeSlot(slots, route, signal) {
        const giveBack = await slots.take(route.key, AbortSignal.any([signal, this.#ending.signal]));
        // Not before the connection is back with its agent: the next request would open another.
        return () => void setImmediate(giveBack);
    }
    #startDownload(request, how) {
        const { connector, downloads } = this.#connections;
        try {
            request.signal.throwIfAborted();
            const download = new Download({
                ...how,
                request,
                connector,
                shelf: downloads,
                onOver: () => {
                    this.#running.delete(download);
                    how.onOver?.();
                },
            });
            this.#running.add(download);
            return download;
        }
        catch (error) {
            how.onOver?.();
            throw error;
        }
    }
    #start(request, route, onOver) {
        try {
            request.signal.throwIfAborted();
            const exchange = new Exchange({
                request,
                route,
                agent: request.fresh ? this.#fresh : this.#connections.kept,
                onOver: () => {
                    this.#running.delete(exchange);
                    onOver?.();
                },
            });
            this.#running.add(exchange);
            return exchange;
        }
        catch (error) {
            onOver?.();
            throw error;
        }
    }
}
function isCut(error) {
    return error instanceof errors/* MirrorError */.En && error.code === 'cut';
}


/***/ }),

/***/ 76685:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  C: () => (/* binding */ createHttpConnections),
  B: () => (/* binding */ shareHttpConnections)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
;// CONCATENATED MODULE: ./build/transport/route/last-words.js
/** How long a write that failed waits for the reading side to end by itself, in milliseconds. */
const LAST_WORDS_MS = 10_000;
/**
 * Makes a write that fails wait until the reading side has ended. A server that answers early and closes
 * resets the connection; Node would destroy the socket at the first refused write and lose the answer that
 * already lies in the receive buffer (F6).
 */
function keepLastWords(socket) {
    const writer = socket;
    const write = writer._write.bind(socket);
    const writeMany = writer._writev.bind(socket);
    writer._write = (chunk, encoding, done) => write(chunk, encoding, holdError(socket, done));
    writer._writev = (chunks, done) => writeMany(chunks, holdError(socket, done));
}
function holdError(socket, done) {
    return (error) => {
        if (error && !socket.readableEnded && !socket.destroyed)
            awaitEnd(socket, () => done(error));
        else
            done(error);
    };
}
function awaitEnd(socket, then) {
    const finish = () => {
        clearTimeout(timer);
        socket.off('end', finish);
        socket.off('close', finish);
        then();
    };
    const timer = setTimeout(finish, LAST_WORDS_MS);
    socket.once('end', finish);
    socket.once('close', finish);
}

// EXTERNAL MODULE: ./build/transport/route/private-address.js
var private_address = __webpack_require__(60982);
// EXTERNAL MODULE: ./build/transport/route/target.js
var route_target = __webpack_require__(64019);
// EXTERNAL MODULE: ./build/transport/route/tunnel.js
var route_tunnel = __webpack_require__(40720);
// EXTERNAL MODULE: ./build/transport/connection/tcp.js
var tcp = __webpack_require__(20484);
;// CONCATENATED MODULE: ./build/transport/route/connector.js






/** Opens the sockets of one remote. */
class Connector {
    #options;
    #ending = new AbortController();
    #sessions = new Map();
    #authorities;
    constructor(options) {
        this.#options = options;
    }
    /**
     * A socket to the target of `route`, through its tunnel if there is one.
     * @throws MirrorError `connect` or `timeout`, with the proxy's name where it is the proxy that fails; the reason of
     *   `end`.
     */
    async open(route) {
        const { limit } = this.#options;
        const late = AbortSignal.timeout(limit);
        const signal = AbortSignal.any([late, this.#ending.signal]);
        try {
            const socket = await this.#open(route, signal);
            keepLastWords(socket);
            return socket;
        }
        catch (error) {
            if (!late.aborted || this.#ending.signal.aborted || isMirrorTimeout(error))
                throw error;
            throw lateError(route, limit);
        }
    }
    /** Ends attempts that are under way. */
    end(reason) {
        this.#ending.abort(reason);
    }
    async #open(route, signal) {
        const { target, tunnel, server } = route;
        if (route.publicOnly && (0,private_address/* isPrivateAddress */.C0)(server.host))
            throw (0,private_address/* privateError */.sI)(server.host);
        const first = tunnel ? (0,route_target/* addressOf */.c)(tunnel.url) : target;
        let socket = await this.#connect(route, first, signal);
        // Each layer ends with the one below it.
        const tcp = socket;
        const abort = () => void tcp.destroy();
        signal.addEventListener('abort', abort, { once: true });
        try {
            if (tunnel) {
                if (first.secure)
                    socket = await this.#secure(socket, first).catch((0,route_tunnel/* blameProxy */.Qt)(tunnel));
                await (0,route_tunnel/* openTunnel */.X)(socket, tunnel, authority(target));
            }
            if (!target.secure)
                return socket;
            return await this.#secure(socket, target).catch((0,route_tunnel/* blameProxy */.Qt)(tunnel ? undefined : route.proxy));
        }
        catch (error) {
            tcp.destroy();
            signal.throwIfAborted();
            throw error;
        }
        finally {
            signal.removeEventListener('abort', abort);
        }
    }
    async #connect(route, { host, port }, signal) {
        const { limit } = this.#options;
        const lookup = route.publicOnly && !route.proxy ? private_address/* lookupPublic */.kS : undefined;
        return await (0,tcp/* connectTcp */.Q)({ host, port, limit, signal, lookup }).catch((0,route_tunnel/* blameProxy */.Qt)(route.proxy));
    }
    async #secure(socket, { host, port }) {
        // A run over plain http never loads node:tls.
        const { connectTls, loadAuthorities } = await __webpack_require__.e(/* import() */ 8313).then(__webpack_require__.bind(__webpack_require__, 18313));
        const key = `${host}:${port}`;
        this.#authorities ??= loadAuthorities(this.#options.env);
        const context = await this.#authorities;
        const tls = await connectTls(socket, { host, port, context, session: this.#sessions.get(key) });
        tls.on('session', (session) => this.#sessions.set(key, session));
        return tls;
    }
}
function lateError({ server, proxy }, limit) {
    const place = proxy ? `${server.host} through the proxy ${proxy.url.host}` : server.host;
    return new errors/* MirrorError */.En(`no connection to ${place}, port ${server.port}, within ${limit / 1000} seconds`, {
        code: 'timeout',
        retryable: true,
        hint: proxy ? (0,route_tunnel/* proxyHint */.CJ)(proxy) : 'Check the address, and that a firewall lets this machine through.',
    });
}
function authority({ host, port }) {
    return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
function isMirrorTimeout(error) {
    return error instanceof errors/* MirrorError */.En && error.code === 'timeout';
}

// EXTERNAL MODULE: ./build/transport/http-client/route-agent.js
var route_agent = __webpack_require__(56848);
// EXTERNAL MODULE: ./build/base/deadline.js
var deadline = __webpack_require__(68606);
;// CONCATENATED MODULE: ./build/transport/http-client/slots.js

/**
 * Milliseconds after which a request that waits goes out beyond the limit: what holds the others back may be waiting
 * for this very one, as a pack that flows from a server waits for the push to it.
 */
const SLOT_WAIT_MS = 2_000;
/** How many requests to one place may run at once. */
class Slots {
    #limit;
    #wait;
    #taken = new Map();
    #queues = new Map();
    constructor(limit, wait = SLOT_WAIT_MS) {
        this.#limit = limit;
        this.#wait = wait;
    }
    /** Waits for a turn at `place`. Returns how to give it back, once. @throws the signal's reason. */
    async take(place, signal) {
        if ((this.#taken.get(place) ?? 0) >= this.#limit)
            await this.#await(place, signal);
        this.#taken.set(place, (this.#taken.get(place) ?? 0) + 1);
        let held = true;
        return () => {
            if (!held)
                return;
            held = false;
            this.#release(place);
        };
    }
    async #await(place, signal) {
        signal.throwIfAborted();
        const queue = this.#queues.get(place) ?? new Set();
        this.#queues.set(place, queue);
        let wake = () => undefined;
        const turn = new Promise((resolve) => {
            wake = resolve;
        });
        queue.add(wake);
        signal.addEventListener('abort', wake, { once: true });
        try {
            await (0,deadline/* within */.u)(turn, this.#wait);
        }
        finally {
            signal.removeEventListener('abort', wake);
            // Nobody wakes it any more, or the turn that it was woken with goes to the next.
            if (!queue.delete(wake) && signal.aborted)
                this.#wakeNext(place);
        }
        signal.throwIfAborted();
    }
    #release(place) {
        const left = (this.#taken.get(place) ?? 1) - 1;
        if (left > 0)
            this.#taken.set(place, left);
        else
            this.#taken.delete(place);
        if (left < this.#limit)
            this.#wakeNext(place);
    }
    #wakeNext(place) {
        const queue = this.#queues.get(place);
        const next = queue?.values().next().value;
        if (queue && next) {
            queue.delete(next);
            next();
        }
        else
            this.#queues.delete(place);
    }
}

;// CONCATENATED MODULE: ./build/transport/http-client/socket-shelf.js
/** Milliseconds that an idle connection is kept. */
const KEEP_IDLE_MS = 30_000;
/** Connections that wait for their next request, by the key of their route. Idle ones keep no process alive. */
class SocketShelf {
    #kept = new Map();
    #drop = new WeakMap();
    /** The one that was put there last: its server is the least likely to have closed it. */
    take(key) {
        const socket = [...(this.#kept.get(key) ?? [])].at(-1);
        if (socket === undefined)
            return undefined;
        this.#forget(key, socket);
        socket.setTimeout(0);
        socket.ref();
        return socket;
    }
    /** Nobody else listens to `socket`. One that ends, or that the server says anything on, is closed. */
    put(key, socket) {
        if (socket.destroyed || !socket.readable || !socket.writable)
            return void socket.destroy();
        const sockets = this.#kept.get(key) ?? new Set();
        this.#kept.set(key, sockets);
        sockets.add(socket);
        const drop = () => {
            this.#forget(key, socket);
            socket.destroy();
        };
        this.#drop.set(socket, drop);
        for (const event of ['data', 'end', 'close', 'timeout'])
            socket.once(event, drop);
        socket.setTimeout(KEEP_IDLE_MS);
        socket.unref();
        socket.resume();
    }
    destroy() {
        for (const [key, sockets] of this.#kept) {
            for (const socket of sockets) {
                this.#forget(key, socket);
                socket.destroy();
            }
        }
    }
    #forget(key, socket) {
        const drop = this.#drop.get(socket);
        if (drop)
            for (const event of ['data', 'end', 'close', 'timeout'])
                socket.off(event, drop);
        const sockets = this.#kept.get(key);
        sockets?.delete(socket);
        if (sockets?.size === 0)
            this.#kept.delete(key);
    }
}

;// CONCATENATED MODULE: ./build/transport/http-client/http-connections.js





function createHttpConnections(options, socketsPerHost) {
    const connector = new Connector(options);
    const kept = new route_agent/* RouteAgent */.J(connector, { keepAlive: true });
    const downloads = new SocketShelf();
    return {
        connector,
        kept,
        downloads,
        slots: socketsPerHost === undefined ? undefined : new Slots(socketsPerHost),
        async dispose() {
            connector.end(new errors/* MirrorError */.En('the connection was given up', { code: 'cancelled' }));
            kept.destroy();
            downloads.destroy();
        },
    };
}
/** Variables that say how servers are reached and whom to trust. */
const VARIABLES = [
    'http_proxy',
    'https_proxy',
    'all_proxy',
    'no_proxy',
    'GIT_SSL_CAINFO',
    'SSL_CERT_FILE',
    'NODE_EXTRA_CA_CERTS',
];
/** The shared ones for an environment and a limit: one for all remotes that reach and trust servers the same way. */
function shareHttpConnections(connections, options) {
    const { env, limit } = options;
    const names = VARIABLES.flatMap((name) => [name, name.toUpperCase()]);
    const key = JSON.stringify(['http', limit, names.map((name) => env[name] ?? '')]);
    return connections.share(key, () => createHttpConnections(options, connections.socketsPerHost));
}


/***/ }),

/***/ 56848:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ RouteAgent)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37067);

/** Milliseconds that an idle connection is kept; less if the server says so. */
const KEEP_IDLE_MS = 30_000;
/** Milliseconds that a connection may wait for its request: servers close those on which nothing comes. */
const LONGEST_AHEAD_MS = 5000;
/** Node's agent on connections that a Connector opens. It keeps them, if at all, for requests of the same route. */
class RouteAgent extends node_http__WEBPACK_IMPORTED_MODULE_0__.Agent {
    #connector;
    #ahead;
    constructor(connector, { keepAlive }) {
        super({ keepAlive, maxSockets: Infinity, timeout: KEEP_IDLE_MS });
        this.#connector = connector;
    }
    /** Opens the connection of a request that will be made soon. A failure is met by that request, which opens another. */
    openAhead(route) {
        this.#dropAhead();
        const socket = this.#connector.open(route);
        socket.catch(() => undefined);
        this.#ahead = { key: route.key, openedAt: performance.now(), socket };
    }
    destroy() {
        this.#dropAhead();
        super.destroy();
    }
    getName(options) {
        return routeOf(options).key;
    }
    createConnection(options, onCreated) {
        this.#open(routeOf(options)).then((socket) => onCreated(null, socket), (error) => onCreated(error, undefined));
    }
    async #open(route) {
        const ahead = this.#ahead;
        const isYoung = ahead !== undefined && performance.now() - ahead.openedAt < LONGEST_AHEAD_MS;
        if (ahead?.key === route.key && isYoung) {
            this.#ahead = undefined;
            const socket = await ahead.socket.catch(() => undefined);
            if (socket?.readyState === 'open')
                return socket;
            socket?.destroy();
        }
        return await this.#connector.open(route);
    }
    #dropAhead() {
        void this.#ahead?.socket.then((socket) => socket.destroy()).catch(() => undefined);
        this.#ahead = undefined;
    }
}
function routeOf(options) {
    return options.route;
}


/***/ }),

/***/ 75400:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ Upload)
/* harmony export */ });
/* harmony import */ var _connection_connection_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(22079);

/**
 * A request body that can be stopped from outside while its own source still waits: a server that has
 * answered shall not have to wait for a source that has stalled.
 */
class Upload {
    #slices;
    #stopped = false;
    #reject;
    constructor(body) {
        this.#slices = body[Symbol.asyncIterator]();
    }
    [Symbol.asyncIterator]() {
        return this;
    }
    /** `written`: as for a body (`TurnBody`). */
    next(written) {
        return new Promise((resolve, reject) => {
            // Whoever pulls a stopped body waits for `fail`: an end would make a cut body look whole.
            this.#reject = reject;
            if (this.#stopped)
                return;
            this.#slices.next(written).then((result) => {
                if (this.#stopped)
                    return;
                if (result.done)
                    this.#stopped = true;
                resolve(result);
            }, (reason) => {
                if (this.#stopped)
                    return;
                this.#stopped = true;
                reject(reason);
            });
        });
    }
    return() {
        this.stop();
        return Promise.resolve({ done: true, value: undefined });
    }
    /** Pulls no more and tells the source so. */
    stop() {
        if (this.#stopped)
            return;
        this.#stopped = true;
        (0,_connection_connection_js__WEBPACK_IMPORTED_MODULE_0__/* .giveUp */ .Ht)(this.#slices);
    }
    /** Stops, and makes whoever waits for the next slice throw `reason`. */
    fail(reason) {
        this.stop();
        this.#reject?.(reason);
    }
}


/***/ }),

/***/ 60982:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C0: () => (/* binding */ isPrivateAddress),
/* harmony export */   kS: () => (/* binding */ lookupPublic),
/* harmony export */   sI: () => (/* binding */ privateError)
/* harmony export */ });
/* harmony import */ var node_dns__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(40610);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77030);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45145);



/** This machine, its links and private networks (RFC 6890), with what lies behind carrier NAT and in test networks. */
const PRIVATE_V4 = [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
];
const PRIVATE_V6 = [
    ['::', 127],
    ['fc00::', 7],
    ['fe80::', 10],
    ['fec0::', 10],
];
/** An IPv4 address is in the bytes from the given one on: mapped, compatible, NAT64, 6to4. */
const HOLDS_V4 = [
    ['::ffff:0:0', 96, 12],
    ['::', 96, 12],
    ['64:ff9b::', 96, 12],
    ['2002::', 16, 2],
];
let ranges;
/** Whether an IP address belongs to this machine, to its links or to a private network. False for a name. */
function isPrivateAddress(address) {
    const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
    const version = (0,node_net__WEBPACK_IMPORTED_MODULE_1__.isIP)(bare);
    if (version === 0)
        return false;
    ranges ??= makeRanges();
    if (version === 4)
        return ranges.check(bare, 'ipv4');
    if (ranges.check(bare, 'ipv6'))
        return true;
    const holder = HOLDS_V4.find(([network, prefix]) => isInNetwork(bare, network, prefix));
    return holder !== undefined && ranges.check(readV4(bare, holder[2]), 'ipv4');
}
/** As `dns.lookup`, without private addresses. Where a name has no other: MirrorError `connect`. */
const lookupPublic = (hostname, options, callback) => {
    (0,node_dns__WEBPACK_IMPORTED_MODULE_0__.lookup)(hostname, { ...options, all: true }, (error, addresses) => {
        if (error)
            return callback(error, []);
        const open = addresses.filter(({ address }) => !isPrivateAddress(address));
        const [first] = open;
        if (first === undefined)
            return callback(privateError(hostname), []);
        if (options.all)
            callback(null, open);
        else
            callback(null, first.address, first.family);
    });
};
/** The error for a host that a public server sent us to and that is none itself. */
function privateError(host) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MirrorError */ .En(`${host} is on this machine or in a private network, and a public server redirects there`, {
        code: 'connect',
        hint: 'Such a redirect is not followed. If that server is meant, give its own address.',
    });
}
function makeRanges() {
    const list = new node_net__WEBPACK_IMPORTED_MODULE_1__.BlockList();
    for (const [network, prefix] of PRIVATE_V4)
        list.addSubnet(network, prefix, 'ipv4');
    for (const [network, prefix] of PRIVATE_V6)
        list.addSubnet(network, prefix, 'ipv6');
    return list;
}
function isInNetwork(address, network, prefix) {
    const list = new node_net__WEBPACK_IMPORTED_MODULE_1__.BlockList();
    list.addSubnet(network, prefix, 'ipv6');
    return list.check(address, 'ipv6');
}
function readV4(address, from) {
    // The parser of addresses writes IPv6 in one way, with no dots.
    const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
    const left = head === '' ? [] : head.split(':');
    const right = tail === undefined || tail === '' ? [] : tail.split(':');
    const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
    const bytes = [...left, ...zeros, ...right].flatMap((group) => {
        const value = Number.parseInt(group, 16);
        return [value >> 8, value & 0xff];
    });
    return bytes.slice(from, from + 4).join('.');
}


/***/ }),

/***/ 64019:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ addressOf)
/* harmony export */ });
/** Where an http or https address points, with brackets of IPv6 taken off. */
function addressOf(url) {
    const secure = url.protocol === 'https:';
    return {
        secure,
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    };
}


/***/ }),

/***/ 40720:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CJ: () => (/* binding */ proxyHint),
/* harmony export */   Qt: () => (/* binding */ blameProxy),
/* harmony export */   SR: () => (/* binding */ refusedByProxy),
/* harmony export */   X: () => (/* binding */ openTunnel)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);

/** Bytes of a proxy's answer. */
const MOST_HEAD_BYTES = 16 * 1024;
/**
 * Asks an HTTP proxy, on a connection to it, for a tunnel to `authority` (`host:port`), and resolves when the
 * socket speaks with the server itself (RFC 9110, CONNECT).
 * @throws MirrorError `connect` with the proxy's status; retryable for 5xx and when the proxy hangs up.
 */
async function openTunnel(socket, proxy, authority) {
    const login = proxy.authorization === undefined ? '' : `Proxy-Authorization: ${proxy.authorization}\r\n`;
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${login}\r\n`, 'latin1');
    const head = await readHead(socket, proxy);
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1]);
    if (status >= 200 && status < 300)
        return;
    throw refusedByProxy(proxy, Number.isNaN(status) ? undefined : status);
}
/** The error for a status that a proxy, not the server behind it, gave. */
function refusedByProxy(proxy, status) {
    const name = `the proxy ${proxy.url.host}`;
    if (status === undefined) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${name} does not answer as an HTTP proxy`, {
            code: 'connect',
            advice: 'proxy-unreachable',
            hint: proxyHint(proxy),
        });
    }
    if (status === 407) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${name} asks for a login (HTTP 407)`, {
            code: 'connect',
            status,
            hint: `Put the proxy's user and password into ${proxy.variable}: http://user:password@host:port.`,
        });
    }
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${name} refused the connection (HTTP ${status})`, {
        code: 'connect',
        status,
        retryable: status >= 500 || status === 429,
        hint: proxyHint(proxy),
    });
}
/** Makes an error of the way to a proxy say that it is the proxy's, and which variable names it. */
function blameProxy(proxy) {
    return (thrown) => {
        if (!proxy || !(thrown instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En))
            throw thrown;
        const message = `the proxy ${proxy.url.host} cannot be used: ${thrown.message}`;
        const hint = `${proxyHint(proxy)} Check that it runs, and its address.`;
        throw (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .withDetails */ .FE)(thrown, { hint, advice: thrown.advice ?? 'proxy-unreachable' }, message);
    };
}
/** What to do when the proxy itself is in the way. */
function proxyHint(proxy) {
    return `${proxy.variable} names this proxy; list the server in NO_PROXY if it needs none.`;
}
function readHead(socket, proxy) {
    return new Promise((resolve, reject) => {
        let head = Buffer.alloc(0);
        const settle = (act) => {
            socket.off('readable', onReadable);
            socket.off('close', onClose);
            socket.off('end', onClose);
            act();
        };
        const onClose = () => settle(() => reject(new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the proxy ${proxy.url.host} hung up`, {
            code: 'connect',
            retryable: true,
            advice: 'proxy-unreachable',
            hint: proxyHint(proxy),
        })));
        const onReadable = () => {
            for (let chunk = socket.read(); chunk; chunk = socket.read()) {
                head = Buffer.concat([head, chunk]);
            }
            const end = head.indexOf('\r\n\r\n');
            if (end < 0 && head.length < MOST_HEAD_BYTES)
                return;
            settle(() => {
                if (end >= 0 && end + 4 < head.length)
                    socket.unshift(head.subarray(end + 4));
                resolve(head.toString('latin1', 0, end < 0 ? MOST_HEAD_BYTES : end));
            });
        };
        socket.on('readable', onReadable);
        socket.once('close', onClose);
        socket.once('end', onClose);
    });
}


/***/ })

};
