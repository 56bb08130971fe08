export const id = 222;
export const ids = [222];
export const modules = {

/***/ 4284:
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

/***/ 2572:
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

/***/ 6222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createHttpRemote: () => (/* binding */ createHttpRemote)
});

// EXTERNAL MODULE: ./build/base/deadline.js
var deadline = __webpack_require__(8606);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(5145);
;// CONCATENATED MODULE: ./build/transport/address/credentials.js

/** The user name that hosts expect beside a token when none is given. */
const DEFAULT_USERNAME = 'x-access-token';
/**
 * The login for an HTTP server: the token, else the password that stood in the address, which is empty where a token
 * stands in place of the user (`https://TOKEN:@host`). A user name alone is none, because the clone addresses that some
 * hosts print carry one and are readable without a login.
 */
function chooseLogin(credentials, address) {
    const password = credentials.token || address.password;
    if (password === undefined || (password === '' && !address.username))
        return undefined;
    const username = (password === '' ? address.username : undefined) ||
        credentials.username ||
        address.username ||
        DEFAULT_USERNAME;
    return { username, password };
}
/** The `Authorization` value of RFC 7617. @throws MirrorError `usage` for a user name with a colon. */
function encodeBasic(login) {
    if (login.username.includes(':')) {
        throw new errors/* MirrorError */.En('the user name holds a colon, which HTTP Basic cannot carry', {
            code: 'usage',
            hint: 'Give the user name alone, and the token or password separately.',
        });
    }
    return `Basic ${Buffer.from(`${login.username}:${login.password}`, 'utf8').toString('base64')}`;
}
/**
 * Whether a login for `home` may be sent to `target`: the same scheme, host and port, or the same host after
 * a step up from http to https on the usual ports. Any other place may belong to someone else.
 */
function mayCarryLogin(home, target) {
    if (home.hostname !== target.hostname)
        return false;
    if (home.protocol === target.protocol)
        return home.port === target.port;
    return home.protocol === 'http:' && target.protocol === 'https:' && home.port === '' && target.port === '';
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
;// CONCATENATED MODULE: ./build/transport/http-client/route-agent.js

/** Milliseconds that an idle connection is kept; less if the server says so. */
const KEEP_IDLE_MS = 30_000;
/** Milliseconds that a connection may wait for its request: servers close those on which nothing comes. */
const LONGEST_AHEAD_MS = 5000;
/** Node's agent on connections that a Connector opens. It keeps them, if at all, for requests of the same route. */
class RouteAgent extends external_node_http_.Agent {
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

// EXTERNAL MODULE: ./build/base/bytes.js
var bytes = __webpack_require__(5771);
// EXTERNAL MODULE: ./build/transport/connection/chunk-queue.js
var chunk_queue = __webpack_require__(4284);
;// CONCATENATED MODULE: ./build/transport/route/target.js
/** Where an http or https address points, with brackets of IPv6 taken off. */
function addressOf(url) {
    const secure = url.protocol === 'https:';
    return {
        secure,
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    };
}

// EXTERNAL MODULE: ./build/transport/connection/gather.js
var connection_gather = __webpack_require__(2572);
// EXTERNAL MODULE: ./build/transport/connection/connection.js
var connection = __webpack_require__(2079);
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
const HEAD_LIMIT_BYTES = 64 * 1024;
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
        maxHeaderSize: HEAD_LIMIT_BYTES,
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

;// CONCATENATED MODULE: ./build/transport/route/tunnel.js

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
        return new errors/* MirrorError */.En(`${name} does not answer as an HTTP proxy`, {
            code: 'connect',
            advice: 'proxy-unreachable',
            hint: proxyHint(proxy),
        });
    }
    if (status === 407) {
        return new errors/* MirrorError */.En(`${name} asks for a login (HTTP 407)`, {
            code: 'connect',
            status,
            hint: `Put the proxy's user and password into ${proxy.variable}: http://user:password@host:port.`,
        });
    }
    return new errors/* MirrorError */.En(`${name} refused the connection (HTTP ${status})`, {
        code: 'connect',
        status,
        retryable: status >= 500 || status === 429,
        hint: proxyHint(proxy),
    });
}
/** Makes an error of the way to a proxy say that it is the proxy's, and which variable names it. */
function blameProxy(proxy) {
    return (thrown) => {
        if (!proxy || !(thrown instanceof errors/* MirrorError */.En))
            throw thrown;
        const message = `the proxy ${proxy.url.host} cannot be used: ${thrown.message}`;
        const hint = `${proxyHint(proxy)} Check that it runs, and its address.`;
        throw (0,errors/* withDetails */.FE)(thrown, { hint, advice: thrown.advice ?? 'proxy-unreachable' }, message);
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
        const onClose = () => settle(() => reject(new errors/* MirrorError */.En(`the proxy ${proxy.url.host} hung up`, {
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

;// CONCATENATED MODULE: ./build/transport/http-client/upload.js

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
        (0,connection/* giveUp */.Ht)(this.#slices);
    }
    /** Stops, and makes whoever waits for the next slice throw `reason`. */
    fail(reason) {
        this.stop();
        this.#reject?.(reason);
    }
}

;// CONCATENATED MODULE: ./build/transport/http-client/exchange.js








const CLOSED_TEXT = 'other side closed';
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
        this.#sending.on('close', () => this.#fail(new Error(CLOSED_TEXT)));
        if (body && !(body instanceof Uint8Array))
            this.#upload = this.#startUpload(new Upload(body));
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
            this.end(refusedByProxy(route.proxy, status));
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
        const place = `${addressOf(request.url).host}${through}`;
        if (cause.code?.startsWith('HPE_')) {
            const message = `${place} does not speak HTTP/1.1: ${cause.message}`;
            return new errors/* MirrorError */.En(message, { code: 'protocol', cause });
        }
        // Node's own error for an end that comes too early, and not the system's.
        const closed = cause.code === 'ECONNRESET' && cause.syscall === undefined;
        return new errors/* MirrorError */.En(`the connection to ${place} ended before the answer was complete: ${closed ? CLOSED_TEXT : cause.message}`, { code: 'cut', retryable: true, hint: route.proxy && proxyHint(route.proxy), cause });
    }
}

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

// EXTERNAL MODULE: external "node:dns"
var external_node_dns_ = __webpack_require__(610);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./build/transport/route/private-address.js



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
    const version = (0,external_node_net_.isIP)(bare);
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
    (0,external_node_dns_.lookup)(hostname, { ...options, all: true }, (error, addresses) => {
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
    return new errors/* MirrorError */.En(`${host} is on this machine or in a private network, and a public server redirects there`, {
        code: 'connect',
        hint: 'Such a redirect is not followed. If that server is meant, give its own address.',
    });
}
function makeRanges() {
    const list = new external_node_net_.BlockList();
    for (const [network, prefix] of PRIVATE_V4)
        list.addSubnet(network, prefix, 'ipv4');
    for (const [network, prefix] of PRIVATE_V6)
        list.addSubnet(network, prefix, 'ipv6');
    return list;
}
function isInNetwork(address, network, prefix) {
    const list = new external_node_net_.BlockList();
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

// EXTERNAL MODULE: ./build/transport/connection/tcp.js
var tcp = __webpack_require__(484);
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
        if (route.publicOnly && isPrivateAddress(server.host))
            throw privateError(server.host);
        const first = tunnel ? addressOf(tunnel.url) : target;
        let socket = await this.#connect(route, first, signal);
        // Each layer ends with the one below it.
        const tcp = socket;
        const abort = () => void tcp.destroy();
        signal.addEventListener('abort', abort, { once: true });
        try {
            if (tunnel) {
                if (first.secure)
                    socket = await this.#secure(socket, first).catch(blameProxy(tunnel));
                await openTunnel(socket, tunnel, authority(target));
            }
            if (!target.secure)
                return socket;
            return await this.#secure(socket, target).catch(blameProxy(tunnel ? undefined : route.proxy));
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
        const lookup = route.publicOnly && !route.proxy ? lookupPublic : undefined;
        return await (0,tcp/* connectTcp */.Q)({ host, port, limit, signal, lookup }).catch(blameProxy(route.proxy));
    }
    async #secure(socket, { host, port }) {
        // A run over plain http never loads node:tls.
        const { connectTls, loadAuthorities } = await __webpack_require__.e(/* import() */ 313).then(__webpack_require__.bind(__webpack_require__, 8313));
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
        hint: proxy ? proxyHint(proxy) : 'Check the address, and that a firewall lets this machine through.',
    });
}
function authority({ host, port }) {
    return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
function isMirrorTimeout(error) {
    return error instanceof errors/* MirrorError */.En && error.code === 'timeout';
}

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

;// CONCATENATED MODULE: ./build/transport/http-client/http-connections.js




function createHttpConnections(options, socketsPerHost) {
    const connector = new Connector(options);
    const kept = new RouteAgent(connector, { keepAlive: true });
    return {
        connector,
        kept,
        slots: socketsPerHost === undefined ? undefined : new Slots(socketsPerHost),
        async dispose() {
            connector.end(new errors/* MirrorError */.En('the connection was given up', { code: 'cancelled' }));
            kept.destroy();
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

// EXTERNAL MODULE: ./build/transport/address/authority.js
var address_authority = __webpack_require__(364);
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
    const login = `${(0,address_authority/* decodePercentOrKeep */.i6)(url.username)}:${(0,address_authority/* decodePercentOrKeep */.i6)(url.password)}`;
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
    return { target: addressOf(first), proxy, tunnel, publicOnly, server: addressOf(url), key };
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
        this.#connections = shared ?? createHttpConnections(options);
        this.#fresh = new RouteAgent(this.#connections.connector, { keepAlive: false });
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

// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(6815);
;// CONCATENATED MODULE: ./build/transport/http/challenge.js
/** Names of the schemes that a `WWW-Authenticate` header offers (RFC 9110, section 11.6.1), in lower case. */
function readSchemes(header) {
    if (header === undefined)
        return [];
    const bare = header.replace(/"(?:[^"\\]|\\.)*"/g, '""');
    // A scheme stands at the beginning of an item, and no `=` follows it.
    const found = bare.split(',').flatMap((item) => /^\s*([\w.-]+)(?=\s+[^\s=]|\s*$)/.exec(item)?.[1] ?? []);
    return [...new Set(found.map((name) => name.toLowerCase()))];
}
/** As hosts and standards write them. */
const NAMES = {
    negotiate: 'Negotiate (Kerberos)',
    ntlm: 'NTLM',
    bearer: 'Bearer',
    digest: 'Digest',
};
const HINTS = {
    negotiate: 'Turn Basic on beside it for this address (over https), or use the ssh address of the repository.',
    ntlm: 'Turn Basic on beside it for this address (over https), or use the ssh address of the repository.',
    digest: 'Turn Basic on beside it for this address (over https), or use the ssh address of the repository.',
    bearer: 'This is an address of an API or of a gateway more often than of a repository: give the one that git clone takes, or the ssh address.',
};
/** The error for a server that takes a login, and none that can be given here; undefined where it takes Basic or tells nothing. */
function otherLoginError(label, schemes) {
    if (schemes.length === 0 || schemes.includes('basic'))
        return undefined;
    const names = schemes.slice(0, 4).map((name) => NAMES[name] ?? name.slice(0, 40));
    return {
        message: `${label} takes no user name with token or password (Basic): it offers ${names.join(' and ')} only`,
        code: 'auth',
        advice: 'login-scheme',
        hint: HINTS[schemes.find((name) => name in HINTS) ?? 'negotiate'],
    };
}

;// CONCATENATED MODULE: ./build/transport/http/error-page.js


const MOST_PAGE_BYTES = 16 * 1024;
/** A page that stalls is given up after so many milliseconds. */
const PAGE_LIMIT_MS = 5000;
/** Characters of a server's line that an error quotes. */
const MOST_QUOTED_LENGTH = 200;
/** The first 16 KiB of an error page, as text; then the request is ended. Never throws. */
async function readPage(answer) {
    const parts = [];
    const timer = setTimeout(() => void answer.bytes.cancel(), PAGE_LIMIT_MS);
    try {
        for (let left = MOST_PAGE_BYTES; left > 0;) {
            const part = await answer.bytes.readSome(left);
            if (!part)
                break;
            parts.push(part);
            left -= part.length;
        }
    }
    catch {
        // What came is all there is: the status says enough.
    }
    finally {
        clearTimeout(timer);
    }
    await answer.bytes.cancel();
    const text = (0,bytes/* toText */.fE)(Buffer.concat(parts));
    return isHtml(answer, text) ? stripTags(text) : text;
}
/** The first line that says something, fit to quote: one line, no control characters, at most 200 characters. */
function quoteFirstLine(page) {
    const lines = (parsePackets(page) ?? page).split(/[\r\n]+/);
    for (const raw of lines) {
        const line = (0,printable/* printableLine */.oy)(raw, MOST_QUOTED_LENGTH);
        if (line !== '' && !line.startsWith('# service='))
            return line;
    }
    return undefined;
}
function isHtml(answer, text) {
    return (/\bhtml\b/i.test(answer.header('content-type') ?? '') || /^\s*<(!doctype|html|head|body)\b/i.test(text));
}
function stripTags(html) {
    return html
        .replace(/<(script|style|head)\b[^]*?(<\/\1\s*>|$)/gi, (block) => /<title[^>]*>([^<]*)/i.exec(block)?.[1] ?? '')
        .replace(/<!--[^]*?(-->|$)/g, '')
        .replace(/<\/?(p|div|br|h\d|li|tr|title|center|hr|pre)\b[^>]*>/gi, '\n')
        .replace(/<[^>]*>/g, ' ')
        .replace(/&(lt|gt|quot|#39|nbsp|amp);/g, (_, name) => ENTITIES[name] ?? ' ')
        .replace(/[ \t]+/g, ' ')
        .replace(/\s*\n\s*/g, '\n')
        .trim();
}
const ENTITIES = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
/** Azure puts pkt-lines into its error pages. */
function parsePackets(text) {
    const payloads = [];
    let at = 0;
    while (at < text.length) {
        const digits = text.slice(at, at + 4);
        if (!/^[0-9a-f]{4}$/i.test(digits))
            break;
        const length = Number.parseInt(digits, 16);
        payloads.push(text.slice(at + 4, at + Math.max(4, length)));
        at += Math.max(4, length);
    }
    return payloads.length > 0 ? `${payloads.join('\n')}\n${text.slice(at)}` : undefined;
}

;// CONCATENATED MODULE: ./build/transport/http/refusals.js




/** The error for an answer that is none of Git's. Reads its page, at most 16 KiB, and ends the request. */
async function refusalError(answer, asked) {
    const page = await readOwnPage(answer, asked);
    const now = Date.now();
    const retryAfter = parseRetryAfter(answer.header('retry-after'), now);
    const { message, ...details } = judge(answer, asked);
    const line = quoteFirstLine(page);
    const notes = [`HTTP ${answer.status}`, ...requestIds(answer)].join(', ');
    return new errors/* MirrorError */.En(`${message} (${notes})${line === undefined ? '' : `: ${line}`}`, {
        ...details,
        ...(details.retryable && { ...waitTooLong(retryAfter, now) }),
        status: answer.status,
        retryAfter,
        serverText: page === '' ? undefined : page,
    });
}
/** A server that asks for more patience than a run has is not asked again: the hint says when it may be. */
function waitTooLong(retryAfter, now) {
    if (retryAfter === undefined || retryAfter <= errors/* LONGEST_RETRY_AFTER_MS */.Q)
        return {};
    // No clock reaches further.
    const time = new Date(Math.min(now + retryAfter, 8.64e15)).toISOString().replace(/\.\d+Z$/, 'Z');
    return {
        retryable: false,
        advice: 'asks-to-wait',
        hint: `The server asks to wait ${Math.ceil(retryAfter / 1000)} seconds, longer than a run waits (${errors/* LONGEST_RETRY_AFTER_MS */.Q / 1000}): start again after ${time}.`,
    };
}
/** The page of the configured server. What another one says, to which it redirected, may be meant for nobody here. */
async function readOwnPage(answer, asked) {
    if (!asked.strayed)
        return await readPage(answer);
    await answer.bytes.cancel();
    return '';
}
/** The error for a 200 (or 203) of the wrong type: a login page, a bot wall, a dumb server. */
async function wrongTypeError(answer, asked) {
    const type = (0,printable/* printableLine */.oy)(answer.header('content-type') ?? 'no type', MOST_QUOTED_LENGTH);
    const page = await readOwnPage(answer, asked);
    const line = quoteFirstLine(page);
    const dumb = /^[0-9a-f]{40,64}\trefs\//m.test(page);
    const hint = dumb
        ? 'It offers only the dumb HTTP protocol, which cannot be mirrored from. Use its ssh or git address.'
        : 'Check the address: it must be the one that git clone takes, not a page for people.';
    const ids = requestIds(answer).map((id) => `, ${id}`);
    return new errors/* MirrorError */.En(`${asked.label} does not answer as a smart Git server (${type}${ids.join('')})${line === undefined ? '' : `: ${line}`}`, {
        code: 'protocol',
        status: answer.status,
        hint,
        serverText: page === '' ? undefined : page,
        advice: dumb ? 'dumb-http' : 'not-a-git-server',
    });
}
/** Whether an address is a page to log in at, where hosts send those who should have had a 401. */
function isLoginAddress(url) {
    if (/\/(info\/refs|git-(upload|receive)-pack)$/.test(url.pathname))
        return false;
    return /\/_?(sign_?in|log_?in)(\/|$)/i.test(url.pathname) || /^login\./i.test(url.hostname);
}
/** The error for a redirect to a login page, and for Azure's 203. */
function loginPageError(asked, status) {
    return new errors/* MirrorError */.En(`${asked.label} answers with a login page (HTTP ${status})`, {
        ...unauthorised(asked),
        status,
        advice: 'login-page',
    });
}
/** Milliseconds to wait: RFC 9110's seconds or date. */
function parseRetryAfter(value, now) {
    if (value === undefined)
        return undefined;
    const text = value.trim();
    if (/^\d{1,9}$/.test(text))
        return Number(text) * 1000;
    const date = /^[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
function judge(answer, asked) {
    const { label } = asked;
    const { status } = answer;
    const push = asked.service === 'git-receive-pack';
    const fresh = asked.freshToken && asked.loggedIn;
    if (status === 401) {
        const other = otherLoginError(label, readSchemes(answer.header('www-authenticate')));
        return other ?? { ...unauthorised(asked), message: unauthorisedMessage(asked) };
    }
    if (status === 403) {
        if (answer.header('retry-after') !== undefined) {
            return { message: `${label} asks to slow down`, code: 'http', retryable: true, advice: 'rate-limit' };
        }
        return {
            message: `${label} does not allow this ${asked.loggedIn ? 'credential' : 'anonymous client'} to ${push ? 'push' : 'read'}`,
            code: 'auth',
            retryable: fresh,
            advice: push ? 'no-write-permission' : 'no-read-permission',
            hint: push
                ? 'Give a token that may write to this repository. Archived repositories and pull mirrors take no push.'
                : 'Give a token that may read this repository.',
        };
    }
    if (status === 404 || status === 410) {
        return {
            message: `there is no repository at ${label}, or none that may be seen`,
            code: 'not-found',
            retryable: fresh && status === 404,
            hint: `Check the address${asked.loggedIn ? ', and that the token may see this repository' : '; a private repository needs a token'}.`,
        };
    }
    if (status >= 300 && status < 400) {
        const to = answer.header('location');
        return {
            message: `${label} redirects ${asked.service} to another address`,
            code: 'http',
            hint: to === undefined
                ? 'Use the address it redirects to.'
                : `Use the address it redirects to: ${(0,printable/* printableLine */.oy)(withoutQuery(to), MOST_QUOTED_LENGTH)}`,
        };
    }
    if (status === 411) {
        return {
            message: `${label} demands the length of the body before the body`,
            code: 'http',
            hint: 'The pack has to be stored before it is sent: use the spool transfer.',
        };
    }
    if (status === 413) {
        return {
            message: `${label} takes no body of this size`,
            code: 'too-large',
            hint: 'Push in smaller pieces, or raise the limit of the web server (nginx: client_max_body_size).',
        };
    }
    return { message: `${label} refused the request`, code: 'http', retryable: isPassing(status) };
}
function unauthorisedMessage({ label, loggedIn, strayed }) {
    if (loggedIn)
        return `${label} refused the credential`;
    return strayed ? `${label} redirects to a host that asks for a login` : `${label} asks for a login`;
}
function unauthorised(asked) {
    const what = asked.service === 'git-receive-pack' ? 'write to' : 'read';
    if (asked.strayed) {
        return {
            code: 'auth',
            hint: 'A credential goes to the configured host only: use the address that it redirects to.',
        };
    }
    if (!asked.loggedIn) {
        return {
            code: 'auth',
            hint: 'Give a token for this server. Some hosts answer like this when there is no such repository.',
        };
    }
    return {
        code: 'auth',
        retryable: asked.freshToken,
        advice: 'token-refused',
        hint: `Check that the token is whole, has not expired and may ${what} this repository, and that the user name is right.`,
    };
}
/** Statuses after which the same request may succeed. */
function isPassing(status) {
    return (status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501 && status !== 505));
}
function requestIds(answer) {
    const names = [
        ['x-github-request-id', 'request id'],
        ['cf-ray', 'Cloudflare ray'],
    ];
    return names.flatMap(([header, name]) => {
        const id = answer
            .header(header)
            ?.replace(/[^\w.:-]/g, '')
            .slice(0, 80);
        return id ? [`${name} ${id}`] : [];
    });
}
/** Sign-in addresses carry state that nobody has to see. */
function withoutQuery(address) {
    return address.replace(/^(\w+:\/\/)[^/@]*@/, '$1').replace(/[?#].*$/s, '');
}

;// CONCATENATED MODULE: ./build/transport/http/site.js






/** The headers of every request; no Accept-Encoding (F10), Git-Protocol to upload-pack alone (E2, F3). */
function commonHeaders(site, call, url) {
    const headers = { 'user-agent': site.userAgent };
    if (call.service === 'git-upload-pack' && call.version === 2)
        headers['git-protocol'] = 'version=2';
    if (site.authorization !== undefined && mayCarryLogin(site.home, url)) {
        if (url.protocol === 'https:')
            refuseUnverified(site.env);
        headers['authorization'] = site.authorization;
    }
    return headers;
}
/** @throws MirrorError `usage` where Node was told to take any certificate, so that anybody could ask for the login. */
function refuseUnverified(env) {
    if (env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0')
        return;
    throw new errors/* MirrorError */.En('NODE_TLS_REJECT_UNAUTHORIZED=0 turns off the check of certificates, and a login would be sent', {
        code: 'usage',
        hint: "Unset it. For a server with a certificate of its own, set NODE_EXTRA_CA_CERTS or SSL_CERT_FILE to a file with its authority's certificate.",
    });
}
/** The address fit to print: without user information, and without a query, which may hold a token. */
function printAddress(url) {
    return `${url.origin}${url.pathname}`;
}
/**
 * Passes an answer of 200 with the type of `suffix`; ends every other one.
 * @throws MirrorError that explains the answer.
 */
async function acceptAnswer(answer, where, suffix) {
    const asked = describeRequest(where.site, where.call, where.url);
    const { status } = answer;
    const location = redirectTarget(answer, where.url);
    if (status === 203 || (location && isLoginAddress(location))) {
        await answer.bytes.cancel();
        throw loginPageError(asked, status);
    }
    if (status !== 200)
        throw await refusalError(answer, asked);
    const type = answer.header('content-type')?.split(';')[0].trim().toLowerCase();
    if (type !== `application/x-${where.call.service}-${suffix}`)
        throw await wrongTypeError(answer, asked);
    const coding = answer.header('content-encoding')?.trim().toLowerCase();
    if (coding && coding !== 'identity') {
        await answer.bytes.cancel();
        throw new errors/* MirrorError */.En(`${asked.label} answers in ${(0,printable/* printableLine */.oy)(coding, MOST_QUOTED_LENGTH)}, which nobody asked for`, {
            code: 'protocol',
            hint: 'A web server or proxy in front of it compresses its answers: turn that off for this address.',
        });
    }
    return answer;
}
/** Where a 3xx answer points; undefined for any other answer. */
function redirectTarget(answer, from) {
    if (answer.status < 300 || answer.status > 399)
        return undefined;
    const location = answer.header('location');
    if (location === undefined)
        return undefined;
    const target = URL.parse(location, from.href);
    if (!target)
        return undefined;
    target.username = '';
    target.password = '';
    target.hash = '';
    return target;
}
function describeRequest(site, call, url) {
    const carried = mayCarryLogin(site.home, url);
    return {
        label: printAddress(url).replace(/\/(info\/refs|git-(upload|receive)-pack)$/, ''),
        service: call.service,
        loggedIn: site.authorization !== undefined && carried,
        strayed: !carried,
        freshToken: site.freshToken,
    };
}

;// CONCATENATED MODULE: ./build/transport/http/discovery.js





const MAX_REDIRECTS = 5;
/**
 * Asks `<base>/info/refs` for the refs of a service (gitprotocol-http, "Smart Clients") and follows up to
 * five redirects to an address that ends as the asked one does, never from https to http, and never from a public
 * host to a private one.
 * @throws MirrorError for every answer but a smart server's.
 */
async function discoverRefs(site, place, call) {
    const { base } = place;
    let { publicOnly } = place;
    let url = discoveryUrl(base, call.service);
    let permanent = true;
    for (let hops = 0;; hops++) {
        const answer = await site.client.request({
            method: 'GET',
            url,
            headers: { ...commonHeaders(site, call, url), accept: '*/*', pragma: 'no-cache' },
            repeatable: true,
            publicOnly,
            signal: call.signal,
            onActivity: call.onActivity,
        });
        const target = redirectTarget(answer, url);
        if (!target || isLoginAddress(target)) {
            await acceptAnswer(answer, { site, call, url }, 'advertisement');
            return { base: hops === 0 ? base : baseOf(url, call.service), permanent, publicOnly, answer };
        }
        await answer.bytes.cancel();
        checkRedirect(url, target, hops);
        baseOf(target, call.service);
        publicOnly ||= target.host !== url.host && isPublic(answer.peer ?? url.hostname);
        site.onNotice(`${printAddress(url)} redirects to ${printAddress(target)}`);
        permanent &&= answer.status === 301 || answer.status === 308;
        url = target;
    }
}
/** What a proxy was asked for by name may be anywhere: it counts as public. */
function isPublic(address) {
    return !isPrivateAddress(address) && !(0,loopback/* isLoopback */.U)(address);
}
/** The configured address as the text that `/info/refs` is put after. */
function baseAddress(home) {
    return home.href.replace(/\/+$/, '');
}
/** Git puts the path after a query as well, as remote-curl does. */
function discoveryUrl(base, service) {
    return new URL(`${base}/info/refs${base.includes('?') ? '&' : '?'}service=${service}`);
}
/** @throws MirrorError for an address that ends otherwise than a discovery does. */
function baseOf(url, service) {
    const tail = ['?', '&']
        .map((mark) => `/info/refs${mark}service=${service}`)
        .find((text) => url.href.endsWith(text));
    if (tail !== undefined)
        return url.href.slice(0, -tail.length).replace(/\/+$/, '');
    throw new errors/* MirrorError */.En(`the server redirects to ${printAddress(url)}, which is not the address of a repository`, {
        code: 'http',
        hint: 'Use the address that git clone takes.',
    });
}
function checkRedirect(from, to, hops) {
    if (to.protocol !== 'https:' && (to.protocol !== 'http:' || from.protocol === 'https:')) {
        throw new errors/* MirrorError */.En(`${printAddress(from)} redirects to ${to.protocol}//, which is not followed from https`, {
            code: 'http',
            hint: 'The server has to redirect to an https address.',
        });
    }
    if (hops >= MAX_REDIRECTS) {
        throw new errors/* MirrorError */.En(`${printAddress(from)} redirects more than ${MAX_REDIRECTS} times`, {
            code: 'http',
            hint: 'Use the address that git clone takes.',
        });
    }
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/transport/http/gather-body.js



/**
 * Pulls up to `limit` bytes to see whether that is all.
 * @throws what the body throws; the signal's reason.
 */
async function gatherBody(body, limit, signal) {
    const upload = new Upload(body);
    const abort = () => upload.fail(signal.reason);
    signal.throwIfAborted();
    signal.addEventListener('abort', abort, { once: true });
    try {
        const parts = [];
        for (let length = 0; length <= limit;) {
            const next = await upload.next();
            if (next.done)
                return { whole: (0,bytes/* concatBytes */.Id)(parts.flatMap(connection/* listSlices */.aj)) };
            parts.push(next.value);
            for (const slice of (0,connection/* listSlices */.aj)(next.value))
                length += slice.length;
        }
        return { rest: startWith(parts, upload) };
    }
    finally {
        signal.removeEventListener('abort', abort);
    }
}
/** No generator: its `return` would wait for a slice that is under way. */
function startWith(parts, rest) {
    const slices = {
        next(written) {
            const part = parts.shift();
            return part ? Promise.resolve({ done: false, value: part }) : rest.next(written);
        },
        return() {
            parts.length = 0;
            return rest.return();
        },
    };
    return { [Symbol.asyncIterator]: () => slices };
}

;// CONCATENATED MODULE: ./build/transport/http/turn.js





/** A longer body is streamed; git's http.postBuffer is the same. */
const LONGEST_BUFFERED_BYTES = 1024 * 1024;
/** Shorter requests are not worth compressing; git draws the line there too. */
const SHORTEST_COMPRESSED_BYTES = 1024;
/** Of a probe's answer; a whole one is empty. */
const PROBE_ANSWER_BYTES = 64 * 1024;
/** Refusals that the same request in another coding would get again. */
const REFUSES_IDENTITY_TOO = new Set([401, 402, 403, 404, 407, 408, 410, 413, 429]);
/**
 * POSTs one request to upload-pack, compressed when it is worth it (A7).
 * @throws MirrorError for every answer but a smart server's.
 */
async function postUploadPack(body, options, coding) {
    const gathered = await gather(body, options);
    if ('rest' in gathered)
        return await post(gathered.rest, options, lengthHeader(options));
    const { whole } = gathered;
    if (whole.length > SHORTEST_COMPRESSED_BYTES && !coding.refusesGzip) {
        const { gzip } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 8522, 19));
        const packed = await (0,external_node_util_.promisify)(gzip)(whole, { level: 1 });
        options.call.signal.throwIfAborted();
        const answer = await send(packed, options, { 'content-encoding': 'gzip' }, { repeatable: true });
        if (answer.status < 400 || answer.status > 499 || REFUSES_IDENTITY_TOO.has(answer.status)) {
            return await accept(answer, options);
        }
        await answer.bytes.cancel();
        coding.refusesGzip = true;
        options.site.onNotice(`the server answers ${answer.status} to a compressed request: sent again as it is`);
    }
    return await post(whole, options, {}, { repeatable: true });
}
/**
 * POSTs one push on a connection of its own. What ends within 1 MiB goes with Content-Length, the rest
 * chunked, after a probe that finds out whether the server would refuse the credential.
 * @throws MirrorError for every answer but a smart server's; what the body threw.
 */
async function postReceivePack(body, options) {
    const gathered = await gather(body, options);
    if ('whole' in gathered)
        return await post(gathered.whole, options, {}, { fresh: true });
    try {
        await probe(options);
    }
    catch (error) {
        (0,connection/* stopBody */.VO)(gathered.rest);
        throw error;
    }
    return await post(gathered.rest, options, lengthHeader(options), { fresh: true });
}
/** A lone flush, as remote-curl sends it: answered with nothing, or with the refusal that a pack would get. */
async function probe(options) {
    const answer = await send((0,bytes/* toBytes */.ZJ)('0000'), options, {}, { repeatable: true });
    const { status } = answer;
    if (status === 401 || status === 403 || status === 404 || (status >= 300 && status < 400)) {
        await accept(answer, options);
    }
    // Any other refusal may be of the probe alone.
    await answer.bytes.readAll(PROBE_ANSWER_BYTES).catch(() => answer.bytes.cancel());
}
async function gather(body, { call, length }) {
    if (body instanceof Uint8Array)
        return { whole: body };
    if (length !== undefined)
        return { rest: body };
    return await gatherBody(body, LONGEST_BUFFERED_BYTES, call.signal);
}
function lengthHeader({ length }) {
    return length === undefined ? {} : { 'content-length': String(length) };
}
async function post(body, options, headers, sending = {}) {
    return await accept(await send(body, options, headers, sending), options);
}
function send(body, options, headers, sending) {
    const { site, call } = options;
    const url = turnUrl(options);
    return site.client.request({
        method: 'POST',
        url,
        headers: {
            ...commonHeaders(site, call, url),
            'content-type': `application/x-${call.service}-request`,
            accept: `application/x-${call.service}-result`,
            ...headers,
        },
        body,
        ...sending,
        publicOnly: options.publicOnly,
        signal: call.signal,
        onActivity: call.onActivity,
    });
}
async function accept(answer, options) {
    return await acceptAnswer(answer, { ...options, url: turnUrl(options) }, 'result');
}
function turnUrl({ base, call }) {
    return new URL(`${base}/${call.service}`);
}

;// CONCATENATED MODULE: ./build/transport/http/http-remote.js









/** Milliseconds that `close` waits for the rest of an answer. */
const CLOSE_LIMIT_MS = 1000;
/** Milliseconds that a turn waits for the end of the answer before, so that its connection can be used. */
const REUSE_LIMIT_MS = 100;
/**
 * A repository behind Git's smart HTTP protocol (gitprotocol-http). `open` asks for the refs; each turn is a
 * POST. Connections are kept for all but pushes.
 */
function createHttpRemote(url, options) {
    const home = new URL(url.url);
    home.username = '';
    home.password = '';
    home.hash = '';
    const login = chooseLogin(options.credentials, url);
    const opening = { env: options.env, limit: options.limits.connect };
    const client = new HttpClient(opening, options.connections && shareHttpConnections(options.connections, opening));
    const site = {
        client,
        home,
        authorization: login && encodeBasic(login),
        userAgent: options.userAgent,
        env: options.env,
        freshToken: options.retryFreshToken ?? false,
        onNotice: (text) => options.onNotice?.(text),
    };
    const coding = { refusesGzip: false };
    let place = { base: baseAddress(home), publicOnly: false };
    return {
        label: printAddress(home),
        async open(open) {
            const connection = await openConnection({ site, place, coding }, open);
            place = connection.lastingPlace;
            return connection;
        },
        dispose: () => client.dispose(),
    };
}
async function openConnection({ site, place: asked, coding }, open) {
    const ending = new AbortController();
    const call = {
        service: open.service,
        version: open.version,
        signal: AbortSignal.any([open.signal, ending.signal]),
        onActivity: open.onActivity,
    };
    const { base, permanent, publicOnly, answer } = await discoverRefs(site, asked, call);
    const answers = new Set([answer]);
    return {
        lastingPlace: permanent ? { base, publicOnly } : asked,
        forgets: true,
        greeting: answer.bytes,
        async turn(body, { length } = {}) {
            const options = { site, call, base, publicOnly, length };
            try {
                await whenOver(answers);
                const answer = call.service === 'git-upload-pack'
                    ? await postUploadPack(body, options, coding)
                    : await postReceivePack(body, options);
                answers.add(answer);
                return answer.bytes;
            }
            catch (error) {
                if (!(body instanceof Uint8Array))
                    (0,connection/* stopBody */.VO)(body);
                throw error;
            }
        },
        prepare() {
            // Pushes alone go on a connection of their own.
            if (call.service === 'git-receive-pack')
                site.client.openAhead(new URL(base), publicOnly);
        },
        async close() {
            await Promise.all(Array.from(answers, settle));
            answers.clear();
            return { text: '' };
        },
        abort(reason) {
            ending.abort(reason ?? new errors/* MirrorError */.En('the connection was given up', { code: 'cancelled' }));
        },
    };
}
/** The last packet of an answer comes a little before its end. */
async function whenOver(answers) {
    const waiting = Array.from(answers).filter(({ over }) => !over);
    if (waiting.length === 0)
        return;
    await (0,deadline/* within */.u)(Promise.all(waiting.map((answer) => answer.whenOver)), REUSE_LIMIT_MS);
}
/** Reads what is left, so that the connection can be used again, or gives it up. */
async function settle({ bytes, over }) {
    if (over)
        return;
    const timer = setTimeout(() => void bytes.cancel(), CLOSE_LIMIT_MS);
    await bytes.drain().catch(() => undefined);
    clearTimeout(timer);
}


/***/ })

};
