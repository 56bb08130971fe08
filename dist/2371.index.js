export const id = 2371;
export const ids = [2371];
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

/***/ 44672:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createSshRemote: () => (/* binding */ createSshRemote)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _connection_duplex_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(38073);
/* harmony import */ var _address_remote_url_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(60531);
/* harmony import */ var _account_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(889);
/* harmony import */ var _command_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(79442);
/* harmony import */ var _ssh_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(53169);
/* harmony import */ var _connection_text_tail_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(36583);







/**
 * A repository behind ssh. The server's key is always verified. Without a key, the agent at SSH_AUTH_SOCK is asked.
 * HTTP proxies are not used, and ~/.ssh/config is not read.
 */
function createSshRemote(url, options) {
    const account = (0,_account_js__WEBPACK_IMPORTED_MODULE_3__/* .createSshAccount */ .g)(url, options);
    return {
        label: (0,_address_remote_url_js__WEBPACK_IMPORTED_MODULE_2__/* .printUrl */ .D1)(url),
        async open(open) {
            open.signal.throwIfAborted();
            const pool = account.pool();
            try {
                return await openSsh(url, await pool, open);
            }
            catch (error) {
                throw error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En ? noteLikelyPort(url, error) : error;
            }
        },
        dispose: () => account.dispose(),
    };
}
/** `git@host:2224/x` names the path `2224/x` to git, whatever its writer meant. */
function noteLikelyPort(url, error) {
    const port = /^(\d{1,5})\//.exec(url.path)?.[1];
    if (port === undefined || error.code === 'cancelled')
        return error;
    const path = url.path.slice(port.length);
    const host = url.host.includes(':') ? `[${url.host}]` : url.host;
    const note = `In this form of address ${port} is a part of the path: if it is the port, write ssh://${url.user}@${host}:${port}${path}.`;
    return (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .withDetails */ .FE)(error, { hint: error.hint === undefined ? note : `${error.hint} ${note}` });
}
async function openSsh(url, pool, options) {
    const { service, version, insists, signal, onText, onActivity } = options;
    const tail = (0,_connection_text_tail_js__WEBPACK_IMPORTED_MODULE_5__/* .createTextTail */ .g)(onText);
    const channel = await pool.open({
        command: (0,_command_js__WEBPACK_IMPORTED_MODULE_6__/* .buildCommand */ .O)(service, url.path, { version: insists ? version : undefined }),
        // Sent without asking for a reply: a server that refuses it answers with an older version (E1).
        env: version === undefined ? {} : { GIT_PROTOCOL: `version=${version}` },
        signal,
        onText: tail.write,
        onBanner: onText,
        onActivity,
    });
    return (0,_connection_duplex_js__WEBPACK_IMPORTED_MODULE_1__/* .connectDuplex */ .r)({
        readable: channel.readable,
        writable: channel.writable,
        ended: channel.ended,
        text: tail.text,
        leave: channel.leave,
        kill: () => (service === 'git-receive-pack' ? channel.giveUp() : channel.close()),
        onActivity,
        signal,
        describeEnd: (end) => {
            if (channel.received() > 0 || channel.broken())
                return undefined;
            const error = (0,_ssh_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .describeSilentEnd */ .ke)(end, { host: url.host, port: url.port, service });
            return error && noteLikelyPort(url, error);
        },
    });
}


/***/ })

};
