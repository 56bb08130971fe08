export const id = 242;
export const ids = [242];
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

/***/ 6583:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ createTextTail)
/* harmony export */ });
const LIMIT = 8 * 1024;
function createTextTail(onText) {
    const decoder = new TextDecoder();
    let tail = '';
    return {
        write(bytes) {
            const text = decoder.decode(bytes, { stream: true });
            if (text === '')
                return;
            tail = (tail + text).slice(-LIMIT);
            onText?.(text);
        },
        text: () => tail,
    };
}


/***/ }),

/***/ 9242:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createLocalRemote: () => (/* binding */ createLocalRemote)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(5145);
// EXTERNAL MODULE: ./build/transport/connection/duplex.js + 3 modules
var duplex = __webpack_require__(7867);
;// CONCATENATED MODULE: ./build/transport/local-env.js
/**
 * What a git program of this machine may see of our environment. A list of what passes, not of what is held
 * back: secrets have any name, and the hooks of a repository run with this too. Of Git's own variables only
 * those pass that say where its configuration and programs are; an inherited `GIT_DIR` or
 * `GIT_QUARANTINE_PATH` would turn every push into a failure.
 */
const PASSING = new Set([
    'PATH',
    'HOME',
    'USER',
    'LOGNAME',
    'SHELL',
    'TMPDIR',
    'TMP',
    'TEMP',
    'TZ',
    'XDG_CONFIG_HOME',
    'LD_LIBRARY_PATH',
    'DYLD_LIBRARY_PATH',
    'SYSTEMROOT',
    'SYSTEMDRIVE',
    'WINDIR',
    'COMSPEC',
    'PATHEXT',
    'USERNAME',
    'USERPROFILE',
    'HOMEDRIVE',
    'HOMEPATH',
    'APPDATA',
    'LOCALAPPDATA',
    'PROGRAMDATA',
    'PROGRAMFILES',
    'PROGRAMFILES(X86)',
    'PROGRAMW6432',
    'GIT_CONFIG_GLOBAL',
    'GIT_CONFIG_SYSTEM',
    'GIT_CONFIG_NOSYSTEM',
    'GIT_EXEC_PATH',
]);
/** The environment of a local git program. `version`: the protocol that it is asked for (git(1), GIT_PROTOCOL). */
function scrubEnvironment(env, version) {
    const passed = Object.entries(env).filter(([name]) => PASSING.has(name.toUpperCase()));
    return {
        ...Object.fromEntries(passed),
        // Error texts are read, in English.
        LANG: 'C',
        LC_ALL: 'C',
        ...(version === undefined ? {} : { GIT_PROTOCOL: `version=${version}` }),
    };
}

// EXTERNAL MODULE: ./build/transport/address/remote-url.js + 1 modules
var remote_url = __webpack_require__(3766);
// EXTERNAL MODULE: ./build/transport/connection/stream-chunks.js
var stream_chunks = __webpack_require__(902);
// EXTERNAL MODULE: ./build/transport/connection/text-tail.js
var text_tail = __webpack_require__(6583);
;// CONCATENATED MODULE: ./build/transport/local.js







/** Milliseconds between one way to end git and the next, harder one. */
const KILL_DELAY = 2_000;
/** Milliseconds that stderr may stay open after the program has ended: a hook's child can hold it. */
const STDERR_GRACE = 500;
/** A repository of this machine, served by its own git program, without a shell (G24). */
function createLocalRemote(url, options) {
    return {
        label: (0,remote_url/* printUrl */.D1)(url),
        open: (open) => openLocal(url, options.env, open),
        dispose: async () => { },
    };
}
async function openLocal(url, env, options) {
    options.signal.throwIfAborted();
    const program = options.service.slice('git-'.length);
    const child = (0,external_node_child_process_.spawn)('git', [program, '--', url.path], {
        env: scrubEnvironment(env, options.version),
        stdio: ['pipe', 'pipe', 'pipe'],
        windowsHide: true,
    });
    const tail = (0,text_tail/* createTextTail */.g)(options.onText);
    child.stderr.on('data', (bytes) => {
        options.onActivity?.();
        tail.write(bytes);
    });
    for (const stream of child.stdio)
        stream?.on('error', () => { });
    const ended = waitForEnd(child);
    await spawned(child);
    return (0,duplex/* connectDuplex */.r)({
        readable: (0,stream_chunks/* readChunks */.z)(child.stdout),
        writable: child.stdin,
        ended,
        text: tail.text,
        kill: () => endChild(child, options.service),
        onActivity: options.onActivity,
        signal: options.signal,
        describeEnd: (end) => describeEnd(end, url),
    });
}
function spawned(child) {
    return new Promise((resolve, reject) => {
        child.once('spawn', resolve);
        child.on('error', (cause) => {
            reject(new errors/* MirrorError */.En(cause.code === 'ENOENT'
                ? 'there is no git program on this machine'
                : `git did not start: ${cause.message}`, {
                code: 'local',
                hint: 'Repositories on this machine are read and written by its git: install it and see that PATH names its folder.',
                cause,
            }));
        });
    });
}
function waitForEnd(child) {
    return new Promise((resolve) => {
        const settle = () => resolve({ exitCode: child.exitCode ?? undefined, exitSignal: child.signalCode ?? undefined });
        child.once('close', settle);
        child.once('exit', () => setTimeout(settle, STDERR_GRACE).unref());
    });
}
// Steps: the end of input makes receive-pack remove its quarantine, which no signal does; SIGTERM makes
// upload-pack end its pack-objects.
function endChild(child, service) {
    if (child.exitCode !== null || child.signalCode !== null)
        return;
    const terminate = () => {
        child.kill('SIGTERM');
        for (const stream of [child.stdin, child.stdout, child.stderr])
            stream.destroy();
    };
    if (service === 'git-upload-pack')
        terminate();
    else
        child.stdin.destroy();
    const timers = [setTimeout(terminate, KILL_DELAY), setTimeout(() => child.kill('SIGKILL'), 3 * KILL_DELAY)];
    for (const timer of timers)
        timer.unref();
    child.once('exit', () => timers.forEach(clearTimeout));
}
function describeEnd(end, url) {
    if (end.exitCode !== 128)
        return undefined;
    if (/dubious ownership/.test(end.text)) {
        return new errors/* MirrorError */.En(`git refuses ${url.path}: the folder belongs to another user`, {
            code: 'local',
            hint: `Run \`git config --global --add safe.directory '${url.path}'\` as the user that runs this.`,
            serverText: end.text,
        });
    }
    if (/does not appear to be a git repository|not a git repository/i.test(end.text)) {
        return new errors/* MirrorError */.En(`${url.path} is not a Git repository`, {
            code: 'not-found',
            hint: 'Give the absolute path of a repository; a new one is made with `git init --bare`.',
            serverText: end.text,
        });
    }
    return undefined;
}


/***/ })

};
