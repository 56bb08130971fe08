export const id = 3260;
export const ids = [3260];
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

/***/ 36583:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ createTextTail)
/* harmony export */ });
const TAIL_LIMIT_BYTES = 8 * 1024;
function createTextTail(onText) {
    const decoder = new TextDecoder();
    let tail = '';
    return {
        write(bytes) {
            const text = decoder.decode(bytes, { stream: true });
            if (text === '')
                return;
            tail = (tail + text).slice(-TAIL_LIMIT_BYTES);
            onText?.(text);
        },
        text: () => tail,
    };
}


/***/ }),

/***/ 63260:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createLocalRemote: () => (/* binding */ createLocalRemote)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/transport/connection/duplex.js + 2 modules
var duplex = __webpack_require__(38073);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/transport/local-git.js



/**
 * The git program. Windows looks into the current folder before it looks into PATH, and whoever wrote that folder
 * would be run: there, it is the first git.exe in a folder of PATH that is absolute. `exists` and `platform` are for
 * tests.
 * @throws MirrorError `local` on Windows where there is none.
 */
function findGit(env, platform = process.platform, exists = isFile) {
    if (platform !== 'win32')
        return 'git';
    // Windows takes names of variables in any case; a copy of its environment does not.
    const path = Object.entries(env).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '';
    const folders = path.split(';').map((folder) => folder.trim().replace(/^"(.*)"$/, '$1'));
    const found = folders
        .filter((folder) => /^(?:[a-z]:[\\/]|\\\\)/i.test(folder))
        .map((folder) => external_node_path_.win32.join(folder, 'git.exe'))
        .find(exists);
    if (found !== undefined)
        return found;
    throw noGitError();
}
/** The error for a machine without git. */
function noGitError(cause) {
    return new errors/* MirrorError */.En('there is no git program on this machine', { code: 'local', hint: GIT_HINT, cause });
}
const GIT_HINT = 'Repositories on this machine are read and written by its git: install it and see that PATH names its folder.';
function isFile(path) {
    try {
        (0,external_node_fs_.accessSync)(path);
        return true;
    }
    catch {
        return false;
    }
}

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

// EXTERNAL MODULE: ./build/transport/address/remote-url.js
var remote_url = __webpack_require__(60531);
// EXTERNAL MODULE: ./build/transport/connection/stream-chunks.js
var stream_chunks = __webpack_require__(70902);
// EXTERNAL MODULE: ./build/transport/connection/text-tail.js
var text_tail = __webpack_require__(36583);
;// CONCATENATED MODULE: ./build/transport/local.js








/** Milliseconds between one way to end git and the next, harder one. */
const KILL_DELAY_MS = 2_000;
/** Milliseconds that stderr may stay open after the program has ended: a hook's child can hold it. */
const STDERR_GRACE_MS = 500;
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
    // Without `--`: git before 2.9 takes it for the path, which begins with no dash here.
    const program = options.service.slice('git-'.length);
    const child = (0,external_node_child_process_.spawn)(findGit(env), [program, url.path], {
        env: scrubEnvironment(env, options.version),
        stdio: ['pipe', 'pipe', 'pipe'],
        windowsHide: true,
    });
    const tail = (0,text_tail/* createTextTail */.g)(options.onText);
    child.stderr.on('data', (bytes) => {
        options.onActivity?.(bytes.length);
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
            reject(cause.code === 'ENOENT'
                ? noGitError(cause)
                : new errors/* MirrorError */.En(`git did not start: ${cause.message}`, { code: 'local', hint: GIT_HINT, cause }));
        });
    });
}
function waitForEnd(child) {
    return new Promise((resolve) => {
        const settle = () => resolve({ exitCode: child.exitCode ?? undefined, exitSignal: child.signalCode ?? undefined });
        child.once('close', settle);
        child.once('exit', () => setTimeout(settle, STDERR_GRACE_MS).unref());
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
    const timers = [
        setTimeout(terminate, KILL_DELAY_MS),
        setTimeout(() => child.kill('SIGKILL'), 3 * KILL_DELAY_MS),
    ];
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
