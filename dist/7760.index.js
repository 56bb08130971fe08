export const id = 7760;
export const ids = [7760];
export const modules = {

/***/ 44225:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ releaseMemory),
/* harmony export */   p: () => (/* binding */ keepHeapSmall)
/* harmony export */ });
/* harmony import */ var node_v8__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(78877);

/** Versions whose V8 knows the flags of `keepHeapSmall`. */
const TRIED_NODES = /^v2[0-4]\./;
let isGuarded;
/**
 * Whether Node refuses to give away the memory that small buffers share: until 24.14 it does not, and every small
 * buffer of the process would be gone. Asks for more than there can be, so that nothing is given away either way: the
 * refusal comes first.
 */
function isPoolGuarded() {
    const pool = Buffer.allocUnsafe(1).buffer;
    try {
        pool.transfer?.(Number.MAX_SAFE_INTEGER);
    }
    catch (error) {
        return error instanceof TypeError;
    }
    return false;
}
function mayBePool({ byteLength }) {
    return byteLength === Buffer.poolSize && !(isGuarded ??= isPoolGuarded());
}
/**
 * Gives the memory behind `slices` back at once: what is outside of V8's heap would stay until the next collection
 * of all garbage. They are empty afterwards, and so is every other view of the same memory: none may be in use, by
 * the system either. Does nothing where Node cannot (20), and leaves alone what small buffers share.
 *
 * Without it a first mirror of 300 MB takes a quarter more memory at its peak, and over ssh a quarter more processor
 * time (Node 24.21, both servers on loopback, mean of three, with and without): http 101 and 127 MB, 1.7 and 1.7 s;
 * ssh 97 and 121 MB, 3.8 and 4.7 s.
 */
function releaseMemory(slices) {
    for (const slice of slices) {
        const memory = slice.buffer;
        if (memory.detached !== false || mayBePool(memory))
            continue;
        try {
            memory.transfer?.(0);
        }
        catch {
            // Shared by small buffers, and guarded.
        }
    }
}
let isHeapKeptSmall = false;
/**
 * Lets V8 look for garbage sooner than it would: on a machine with much memory it lets a heap grow to several times what
 * is in use, and the part for young objects to 48 MiB or more. To be called before much is made, by what lives long and
 * makes much that is soon garbage. The two flags are read whenever the heap may grow. Does nothing where they were not
 * tried: V8 complains of a flag that it does not know.
 *
 * With 60 a round of 1,000 mirrors takes 112 MB in place of 224, one of 3,000 takes 146 in place of 296, for half as much
 * processor time again (Node 24.21, a server that answers at once). With 120 a server of 2,000 mirrors that answers 200
 * webhooks a second takes 190 MB in place of 200 to 265; with 60 it takes 165, and pauses more often.
 *
 * Relaying 1,200 MB of LFS objects takes 97 MB with it, and 128 without.
 *
 * @param growingPercent how far a heap grows beyond what is in use before all of it is looked at; the first call counts
 */
function keepHeapSmall(growingPercent = 60) {
    if (isHeapKeptSmall || !TRIED_NODES.test(process.version))
        return;
    isHeapKeptSmall = true;
    (0,node_v8__WEBPACK_IMPORTED_MODULE_0__.setFlagsFromString)('--semi-space-growth-factor=1');
    (0,node_v8__WEBPACK_IMPORTED_MODULE_0__.setFlagsFromString)(`--heap-growing-percent=${growingPercent}`);
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

/***/ 889:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  g: () => (/* binding */ createSshAccount)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/transport/ssh-keys/known-hosts.js
var known_hosts = __webpack_require__(16903);
;// CONCATENATED MODULE: ./build/transport/ssh-keys/builtin-hosts.js

/**
 * Host keys of the big services, as they publish them. A test compares each fingerprint with the page that it
 * was published on. A host that changes its keys needs a new release here, or a line of `ssh-known-hosts` until then.
 */
const LINES = `
github.com,ssh.github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl
github.com,ssh.github.com ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEmKSENjQEezOmxkZMy7opKgwFB9nkt5YRrYMjNuG5N87uRgg6CLrbo5wAdT/y6v0mKV0U2w0WZ2YB/++Tpockg=
github.com,ssh.github.com ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQCj7ndNxQowgcQnjshcLrqPEiiphnt+VTTvDP6mHBL9j1aNUkY4Ue1gvwnGLVlOhGeYrnZaMgRK6+PKCUXaDbC7qtbW8gIkhL7aGCsOr/C56SJMy/BCZfxd1nWzAOxSDPgVsmerOBYfNqltV9/hWCqBywINIR+5dIg6JTJ72pcEpEjcYgXkE2YEFXV1JHnsKgbLWNlhScqb2UmyRkQyytRLtL+38TGxkxCflmO+5Z8CSSNY7GidjMIZ7Q4zMjA2n1nGrlTDkzwDCsw+wqFPGQA179cnfGWOWRVruj16z6XyvxvjJwbz0wQZ75XK5tKSb7FNyeIEs4TT4jk+S4dhPeAUC5y+bDYirYgM4GC7uEnztnZyaVWQ7B381AK4Qdrwt51ZqExKbQpTUNn+EjqoTwvqNj4kqx5QUCI0ThS/YkOxJCXmPUWZbhjpCg56i+2aB6CmK2JGhn57K5mj0MNdBXA4/WnwH6XoPWJzK5Nyu2zB3nAZp+S5hpQs+p1vN1/wsjk=
gitlab.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAfuCHKVTjquxvt6CM6tdG4SLp1Btn/nOeHHE5UOzRdf
gitlab.com ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBFSMqzJeV9rUzU4kWitGjeR4PWSa29SPqJ1fVkhtj3Hw9xjLVXVYrU9QlYWrOLXBpQ6KWjbjTDTdDkoohFzgbEY=
gitlab.com ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCsj2bNKTBSpIYDEGk9KxsGh3mySTRgMtXL583qmBpzeQ+jqCMRgBqB98u3z++J1sKlXHWfM9dyhSevkMwSbhoR8XIq/U0tCNyokEi/ueaBMCvbcTHhO7FcwzY92WK4Yt0aGROY5qX2UKSeOvuP4D6TPqKF1onrSzH9bx9XUf2lEdWT/ia1NEKjunUqu1xOB/StKDHMoX4/OKyIzuS0q/T1zOATthvasJFoPrAjkohTyaDUz2LN5JoH839hViyEG82yB+MjcFV5MU3N1l1QL3cVUCh93xSaua1N85qivl+siMkPGbO5xR/En4iEY6K2XPASUEMaieWVNTRCtJ4S8H+9
bitbucket.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIazEu89wgQZ4bqs3d63QSMzYVa0MuJ2e2gKTKqu+UUO
bitbucket.org ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBPIQmuzMBuKdWeF4+a2sjSSpBK0iqitSQ+5BM9KhpexuGt20JpTVM7u5BDZngncgrqDMbWdxMWWOGtZ9UgbqgZE=
bitbucket.org ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQDQeJzhupRu0u0cdegZIa8e86EG2qOCsIsD1Xw0xSeiPDlCr7kq97NLmMbpKTX6Esc30NuoqEEHCuc7yWtwp8dI76EEEB1VqY9QJq6vk+aySyboD5QF61I/1WeTwu+deCbgKMGbUijeXhtfbxSxm6JwGrXrhBdofTsbKRUsrN1WoNgUa8uqN1Vx6WAJw1JHPhglEGGHea6QICwJOAr/6mrui/oB7pkaWKHj3z7d1IC4KWLtY47elvjbaTlkN04Kc/5LFEirorGYVbt15kAUlqGM65pk6ZBxtaO3+30LVlORZkxOh+LKL/BvbZ/iRNhItLqNyieoQj/uh/7Iv4uyH/cV/0b4WDSd3DptigWq84lJubb9t/DnZlrJazxyDCulTmKdOR7vs9gMTo+uoIrPSb8ScTtvw65+odKAlBj59dhnVp9zd7QUojOpXlL62Aw56U4oO+FALuevvMjiWeavKhJqlR7i5n9srYcrNV7ttmDw7kf/97P5zauIhxcjX+xHv4M=
codeberg.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIVIC02vnjFyL+I4RHfvIGNtOgJMe769VTF1VR4EB3ZB
codeberg.org ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBL2pDxWr18SoiDJCGZ5LmxPygTlPu+cCKSkpqkvCyQzl5xmIMeKNdfdBpfbCGDPoZQghePzFZkKJNR/v9Win3Sc=
codeberg.org ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC8hZi7K1/2E2uBX8gwPRJAHvRAob+3Sn+y2hxiEhN0buv1igjYFTgFO2qQD8vLfU/HT/P/rqvEeTvaDfY1y/vcvQ8+YuUYyTwE2UaVU5aJv89y6PEZBYycaJCPdGIfZlLMmjilh/Sk8IWSEK6dQr+g686lu5cSWrFW60ixWpHpEVB26eRWin3lKYWSQGMwwKv4LwmW3ouqqs4Z4vsqRFqXJ/eCi3yhpT+nOjljXvZKiYTpYajqUC48IHAxTWugrKe1vXWOPxVXXMQEPsaIRc2hpK+v1LmfB7GnEGvF1UAKnEZbUuiD9PBEeD5a1MZQIzcoPWCrTxipEpuXQ5Tni4mN
ssh.dev.azure.com,vs-ssh.visualstudio.com ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7Hr1oTWqNqOlzGJOfGJ4NakVyIzf1rXYd4d7wo6jBlkLvCA4odBlL0mDUyZ0/QUfTTqeu+tm22gOsv+VrVTMk6vwRU75gY/y9ut5Mb3bR5BV58dKXyq9A9UeB5Cakehn5Zgm6x1mKoVyf+FFn26iYqXJRgzIZZcZ5V6hrE0Qg39kZm4az48o0AUbf6Sp4SLdvnuMa2sVNwHBboS7EJkm57XQPVU3/QpyNLHbWDdzwtrlS+ez30S3AdYhLKEOxAG8weOnyrtLJAUen9mTkol8oII1edf7mWWbWVf0nBmly21+nZcmCTISQBtdcyPaEno7fFQMDD26/s0lfKob4Kw8H
git.sr.ht ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMZvRd4EtM7R+IHVMWmDkVU3VLQTSwQDSAvW0t2Tkj60
git.sr.ht ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBCj6y+cJlqK3BHZRLZuM+KP2zGPrh4H66DacfliU1E2DHAd1GGwF4g1jwu3L8gOZUTIvUptqWTkmglpYhFp4Iy4=
git.sr.ht ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDZ+l/lvYmaeOAPeijHL8d4794Am0MOvmXPyvHTtrqvgmvCJB8pen/qkQX2S1fgl9VkMGSNxbp7NF7HmKgs5ajTGV9mB5A5zq+161lcp5+f1qmn3Dp1MWKp/AzejWXKW+dwPBd3kkudDBA1fa3uK6g1gK5nLw3qcuv/V4emX9zv3P2ZNlq9XRvBxGY2KzaCyCXVkL48RVTTJJnYbVdRuq8/jQkDRA8lHvGvKI+jqnljmZi2aIrK9OGT2gkCtfyTw2GvNDV6aZ0bEza7nDLU/I+xmByAOO79R1Uk4EYCvSc1WXDZqhiuO2sZRmVxa0pQSBDn1DB3rpvqPYW+UvKB3SOz
`;
let parsed;
/** The built-in lines, parsed once. */
function builtinKnownHosts() {
    return (parsed ??= (0,known_hosts/* parseKnownHosts */.uJ)(LINES, { name: 'the built-in keys', strict: true }));
}

// EXTERNAL MODULE: ./build/transport/ssh-keys/wire.js
var wire = __webpack_require__(41117);
;// CONCATENATED MODULE: ./build/transport/ssh-keys/check-host-key.js


/** Types of host keys in the order of OpenSSH's preference, each with the signatures it is asked to make. */
const SIGNATURES = new Map([
    ['ssh-ed25519', ['ssh-ed25519']],
    ['ecdsa-sha2-nistp256', ['ecdsa-sha2-nistp256']],
    ['ecdsa-sha2-nistp384', ['ecdsa-sha2-nistp384']],
    ['ecdsa-sha2-nistp521', ['ecdsa-sha2-nistp521']],
    // Not `ssh-rsa`, which signs with SHA-1 (RFC 8332).
    ['ssh-rsa', ['rsa-sha2-512', 'rsa-sha2-256']],
]);
function judgeHostKey(entries, at, key) {
    const type = (0,wire/* publicKeyType */.fi)(key);
    const isSame = (entry) => entry.type === type && entry.key.equals(key);
    const exact = entries.filter((entry) => (0,known_hosts/* matchesHost */.qC)(entry.hosts, (0,known_hosts/* hostForm */.rf)(at.host, at.port)));
    const bare = entries.filter((entry) => (0,known_hosts/* matchesHost */.qC)(entry.hosts, (0,known_hosts/* hostForm */.rf)(at.host, 22)));
    const revoked = [...new Set([...exact, ...bare])].filter((entry) => entry.marker === 'revoked' && isSame(entry));
    if (revoked.length > 0)
        return { kind: 'revoked', known: revoked };
    const plain = exact.filter(isPlain);
    if (plain.some(isSame))
        return { kind: 'known' };
    const changed = plain.filter((entry) => entry.type === type);
    if (changed.length > 0)
        return { kind: 'changed', known: changed };
    if (plain.length > 0)
        return { kind: 'other-type', known: plain };
    // As ssh does: where nothing is known of the port, the name alone may vouch for the key.
    if (bare.some((entry) => isPlain(entry) && isSame(entry)))
        return { kind: 'known' };
    const authorities = exact.filter((entry) => entry.marker === 'cert-authority');
    return authorities.length > 0 ? { kind: 'authority', known: authorities } : { kind: 'unknown' };
}
/**
 * The host key algorithms to offer, those of the known keys first: a server that has several keys then shows
 * one that can be checked. Sources that come first count first, so that a line of today overrules an older one.
 */
function orderHostKeyAlgorithms(entries, at) {
    const named = (name) => entries.filter((entry) => isPlain(entry) && (0,known_hosts/* matchesHost */.qC)(entry.hosts, name));
    const exact = named((0,known_hosts/* hostForm */.rf)(at.host, at.port));
    const known = exact.length > 0 ? exact : named((0,known_hosts/* hostForm */.rf)(at.host, 22));
    const types = new Set();
    for (const source of new Set(known.map((entry) => entry.source))) {
        for (const type of SIGNATURES.keys()) {
            if (known.some((entry) => entry.source === source && entry.type === type))
                types.add(type);
        }
    }
    for (const type of SIGNATURES.keys())
        types.add(type);
    return [...types].flatMap((type) => SIGNATURES.get(type) ?? []);
}
function isPlain(entry) {
    return entry.marker === undefined;
}

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
;// CONCATENATED MODULE: ./build/transport/ssh-keys/host-key-error.js



/** The error for a host key that the known hosts do not vouch for; undefined for one that they do. */
function hostKeyError(verdict, at) {
    if (verdict.kind === 'known')
        return undefined;
    const name = (0,known_hosts/* hostForm */.rf)(at.host, at.port);
    const type = (0,wire/* publicKeyType */.fi)(at.key);
    const shown = `${type} ${(0,wire/* fingerprint */.Rj)(at.key)}`;
    const line = `${name} ${type} ${Buffer.from(at.key).toString('base64')}`;
    const add = `If ${shown} is the fingerprint that the host publishes, add this line to ${at.inputName}: ${line}`;
    if (verdict.kind === 'unknown') {
        return untrusted(`the host key of ${name} is not known (${shown})`, add, 'host-key-unknown');
    }
    const places = verdict.known.map((entry) => `${entry.source}, line ${entry.line}`).join('; ');
    switch (verdict.kind) {
        case 'other-type':
            return untrusted(`the host key of ${name} (${shown}) is of another type than the known ones (${places})`, add, 'host-key-unknown');
        case 'changed':
            return untrusted(`THE HOST KEY OF ${name} HAS CHANGED: it shows ${shown}, known is another (${places}); someone may be in between`, `Ask the host whether it changed its key. ${add}`, 'host-key-changed');
        case 'revoked':
            return untrusted(`the host key of ${name} (${shown}) is revoked (${places})`, 'Do not connect; ask the host which key it uses now.', 'host-key-revoked');
        case 'authority':
            return untrusted(`for ${name} only a certificate authority is known (${places}), and host certificates cannot be checked here`, add, 'host-key-unknown');
    }
}
function untrusted(message, hint, advice) {
    return new errors/* MirrorError */.En(message, { code: 'host-key', hint, advice });
}

// EXTERNAL MODULE: ./build/transport/ssh-keys/private-key.js + 2 modules
var private_key = __webpack_require__(41523);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/base/deadline.js
var deadline = __webpack_require__(68606);
;// CONCATENATED MODULE: ./build/transport/ssh2/channel-state.js
/**
 * Whether the server had ended the channel. Reads a field of the library; changes nothing. The stream alone does
 * not tell: its end is pushed for a broken connection too. Where the field is missing, the stream has to do.
 */
function endedByServer(channel) {
    const state = channel.incoming?.state;
    return state === undefined ? channel.readableEnded : state !== 'open';
}

// EXTERNAL MODULE: ./build/base/memory.js
var memory = __webpack_require__(44225);
;// CONCATENATED MODULE: ./build/transport/ssh2/ciphers.js


/** SSH_MSG_CHANNEL_DATA (RFC 4254, section 5.2). */
const CHANNEL_DATA = 94;
/** Lengths of packet and padding, the message's number, the channel, the length of the data. */
const HEAD_LENGTH = 4 + 1 + 1 + 4 + 4;
/** Bytes of randomness that are fetched at once; a packet's padding takes 4 to 19 of them (RFC 4253, section 6). */
const PADDING_POOL_BYTES = 16 * 1024;
/**
 * Makes the AES-GCM of the ssh library (RFC 5647) cheaper, without a change to what is sent. To be called after
 * each exchange of keys.
 * - It makes a cipher for each packet, and Node spends more time on finding out that a key of bytes is no key
 *   object than OpenSSL spends on the packet.
 * - It copies what it sends into a packet before it encrypts it, and asks the system for each packet's padding.
 *   The copies are memory outside of the heap, and each 64 MiB of those start a collection of all garbage. What is
 *   encrypted is given back as soon as it is written to `socket`, which is the client's.
 *
 * A version of the library without the fields that are used here stays as it is.
 */
function speedUpCiphers(client, socket) {
    const protocol = client?._protocol;
    if (!isProtocol(protocol))
        return;
    const { _cipher: outgoing, _decipher: incoming } = protocol;
    if (isIncoming(incoming))
        incoming._decipherKey = (0,external_node_crypto_.createSecretKey)(incoming._decipherKey);
    if (!isOutgoing(outgoing))
        return;
    outgoing._encKey = (0,external_node_crypto_.createSecretKey)(outgoing._encKey);
    if (Object.hasOwn(protocol, 'channelData'))
        return;
    const write = (bytes) => {
        if (isWritable(socket))
            socket.write(bytes, () => (0,memory/* releaseMemory */.H)([bytes]));
    };
    protocol.channelData = (channel, data) => sendData(protocol, { channel, data, write });
}
/** As the library asks before it writes: a packet goes as a whole, or not at all. */
function isWritable(socket) {
    const { _readableState: state } = socket;
    return socket.writable && state?.ended === false;
}
/**
 * Whether what was read is copied when it is decrypted: its memory may then be read into again. AES does, in every
 * mode; chacha20-poly1305 keeps a packet where it lies until the bytes of its MAC are there, perhaps with the next read.
 */
function decryptsToCopies(client) {
    const { _protocol: protocol } = (client ?? {});
    const { _instance, _decipherSSLName, _decipherInstance } = protocol?._decipher ?? {};
    if (_instance !== undefined)
        return false;
    return isGcm(_decipherSSLName) || typeof _decipherInstance?.update === 'function';
}
/** Takes the place of the library's method, and leaves to it what it alone can do. */
function sendData(protocol, sending) {
    const { _cipher: outgoing } = protocol;
    const { channel, data } = sending;
    const plain = protocol._kexinit === undefined && protocol._packetRW.write.allocStart === 5;
    if (plain && data instanceof Uint8Array && isOutgoing(outgoing) && outgoing._encKey instanceof external_node_crypto_.KeyObject) {
        if (!outgoing._dead)
            encryptData(outgoing, outgoing._encKey, sending);
    }
    else {
        const { channelData } = Object.getPrototypeOf(protocol);
        channelData.call(protocol, channel, data);
    }
}
function encryptData(outgoing, key, { channel, data, write }) {
    const unpadded = HEAD_LENGTH - 4 + data.length;
    let padding = 16 - (unpadded & 15);
    if (padding < 4)
        padding += 16;
    const head = Buffer.allocUnsafe(HEAD_LENGTH);
    head.writeUInt32BE(unpadded + padding, 0);
    head[4] = padding;
    head[5] = CHANNEL_DATA;
    head.writeUInt32BE(channel, 6);
    head.writeUInt32BE(data.length, 10);
    const length = head.subarray(0, 4);
    const cipher = (0,external_node_crypto_.createCipheriv)(outgoing._encSSLName, key, outgoing._encIV);
    cipher.setAAD(length);
    outgoing._onWrite(length);
    outgoing._onWrite(cipher.update(head.subarray(4)));
    write(cipher.update(data));
    outgoing._onWrite(cipher.update(takeRandom(padding)));
    cipher.final();
    outgoing._onWrite(cipher.getAuthTag());
    incrementCounter(outgoing._encIV);
    outgoing.outSeqno = (outgoing.outSeqno + 1) >>> 0;
}
/** The last eight bytes of the nonce count the packets (RFC 5647, section 7.1). */
function incrementCounter(nonce) {
    for (let at = nonce.length - 1; at >= nonce.length - 8; at--) {
        nonce[at] = (nonce[at] + 1) & 0xff;
        if (nonce[at] !== 0)
            return;
    }
}
const pool = Buffer.allocUnsafe(PADDING_POOL_BYTES);
let used = PADDING_POOL_BYTES;
function takeRandom(length) {
    if (used + length > PADDING_POOL_BYTES) {
        (0,external_node_crypto_.randomFillSync)(pool);
        used = 0;
    }
    used += length;
    return pool.subarray(used - length, used);
}
function isProtocol(protocol) {
    const { channelData, _packetRW } = (protocol ?? {});
    return typeof channelData === 'function' && typeof _packetRW?.write?.allocStart === 'number';
}
// The native binding of the library, where somebody built it, keeps its key elsewhere and needs none of this.
function isOutgoing(cipher) {
    const { _encSSLName, _encKey, _encIV, _dead, _onWrite, outSeqno } = (cipher ?? {});
    return (isGcm(_encSSLName) &&
        (_encKey instanceof Uint8Array || _encKey instanceof external_node_crypto_.KeyObject) &&
        _encIV instanceof Uint8Array &&
        _encIV.length === 12 &&
        typeof _dead === 'boolean' &&
        typeof _onWrite === 'function' &&
        typeof outSeqno === 'number');
}
function isIncoming(decipher) {
    const { _decipherSSLName, _decipherKey } = (decipher ?? {});
    return isGcm(_decipherSSLName) && _decipherKey instanceof Uint8Array;
}
function isGcm(name) {
    return name === 'aes-128-gcm' || name === 'aes-256-gcm';
}

;// CONCATENATED MODULE: ./build/transport/ssh2/first-signature.js
/**
 * Sends the signature with the first request of the login (RFC 4252, section 7). The ssh library asks first whether
 * the key would do, which costs a round trip and tells nothing where there is one key. Later requests are asked
 * as before. A version of the library without the method that is used here asks each time.
 */
function signFirstRequest(client, options) {
    const protocol = client?._protocol;
    if (!first_signature_isProtocol(protocol))
        return;
    const { authPK } = protocol;
    protocol.authPK = (user, key, algorithm, given) => {
        protocol.authPK = authPK;
        const signFirst = (data, onSigned) => {
            const signature = options.sign(data);
            if (signature instanceof Error)
                authPK.call(protocol, user, key, algorithm);
            else
                onSigned(signature);
        };
        authPK.call(protocol, user, key, algorithm, given ?? signFirst);
    };
    const { _handlers: handlers } = protocol;
    const onFailure = handlers?.USERAUTH_FAILURE;
    if (!handlers || !onFailure)
        return;
    handlers.USERAUTH_FAILURE = (it, methods, partial) => {
        if (partial)
            options.onAccepted();
        onFailure(it, methods, partial);
    };
}
function first_signature_isProtocol(protocol) {
    return typeof protocol?.authPK === 'function';
}

;// CONCATENATED MODULE: ./build/transport/ssh2/receive-window.js
/** What the ssh library gives each channel, and what is kept where it cannot be enlarged. */
const DEFAULT_WINDOW_BYTES = 2 * 1024 * 1024;
const LARGEST_WINDOW_BYTES = 32 * 1024 * 1024;
/** Bytes a millisecond that the window is meant for: 3.2 Gbit/s. */
const TARGET_BYTES_PER_MS = 400_000;
/**
 * The window for a line on which an answer takes `roundTrip` milliseconds. Too small a window leaves a long line
 * idle; too large a one lets the server pile up what the line cannot take, and OpenSSH's gets slow at that: with
 * 32 MiB it gave a quarter of the speed of 2 MiB on a line without delay, and four times the speed at 50 ms.
 */
function chooseWindow(roundTrip) {
    return Math.min(LARGEST_WINDOW_BYTES, Math.max(DEFAULT_WINDOW_BYTES, Math.ceil(roundTrip * TARGET_BYTES_PER_MS)));
}
/**
 * Enlarges the receive window of a channel (RFC 4254, section 5.2), which the ssh library has no option
 * for: adds to its count and sends the grant itself. A version without the fields for that keeps its default.
 */
function enlargeWindow(channel, size) {
    if (!hasWindowFields(channel))
        return { size: DEFAULT_WINDOW_BYTES, topUp: () => { } };
    const { incoming, outgoing } = channel;
    // One eighth: often enough that the server never waits, seldom enough that the grants cost nothing.
    const step = size / 8;
    const topUp = (waiting) => {
        const bytes = size - waiting - incoming.window;
        if (bytes < step || incoming.state !== 'open' || outgoing.state.startsWith('clos'))
            return;
        incoming.window += bytes;
        channel._client._protocol.channelWindowAdjust(outgoing.id, bytes);
    };
    topUp(0);
    return { size, topUp };
}
function hasWindowFields(channel) {
    const { incoming, outgoing, _client: client } = (channel ?? {});
    return (typeof incoming?.window === 'number' &&
        typeof incoming.state === 'string' &&
        typeof outgoing?.id === 'number' &&
        typeof outgoing.state === 'string' &&
        typeof client?._protocol?.channelWindowAdjust === 'function');
}

;// CONCATENATED MODULE: ./build/transport/ssh2/strict-kex.js
/**
 * Whether both sides agreed to a strict key exchange (kex-strict-c-v00@openssh.com), without which packets can be
 * cut out unseen at the start where the cipher is chacha20-poly1305 or the MAC an etm one (CVE-2023-48795). Reads a
 * field of the library; changes nothing. Where it is missing, the answer is no.
 */
function isStrict(client) {
    const protocol = client
        ?._protocol;
    return protocol?._strictMode === true;
}

;// CONCATENATED MODULE: ./build/transport/ssh2/whole-packets.js
/** Packets that the server's window has to hold before more is sent. */
const WHOLE_PACKETS = 4;
/** Less is sent, too, after so many milliseconds: a server may wait for it before it opens its window again. */
const WINDOW_WAIT_MS = 20;
/**
 * Makes a channel of the ssh library wait until the server's window takes a few whole packets. A server that is slow
 * opens its window a little at a time, the library fills each little at once, and the packets stay tiny from then on
 * (RFC 1122, section 4.2.3.4 tells of the same in TCP): three times as many of them, each with its own cipher. A
 * version of the library without the fields that are used here stays as it is.
 */
function sendWholePackets(channel) {
    if (!hasSendFields(channel))
        return;
    const { outgoing, _write: write } = channel;
    // A small window never holds so much: a quarter of it is enough.
    const enough = Math.min(WHOLE_PACKETS * outgoing.packetSize, outgoing.window / 4);
    let timer;
    channel._write = (bytes, encoding, callback) => {
        clearTimeout(timer);
        const waits = outgoing.state === 'open' && outgoing.window < Math.min(enough, bytes.length);
        if (!waits)
            return write.call(channel, bytes, encoding, callback);
        channel._waitWindow = true;
        channel._chunk = bytes;
        channel._chunkcb = callback;
        timer = setTimeout(() => {
            if (!channel._waitWindow || channel._chunk !== bytes)
                return;
            channel._waitWindow = false;
            write.call(channel, bytes, encoding, callback);
        }, WINDOW_WAIT_MS);
    };
}
function hasSendFields(channel) {
    const { outgoing, _waitWindow, _write } = (channel ?? {});
    return (typeof outgoing?.window === 'number' &&
        typeof outgoing.packetSize === 'number' &&
        typeof outgoing.state === 'string' &&
        typeof _waitWindow === 'boolean' &&
        typeof _write === 'function');
}

;// CONCATENATED MODULE: ./build/transport/ssh2/window-grants.js
/**
 * Tells of each grant of the server to send more on a channel (RFC 4254, section 5.2), with its bytes. Replaces the
 * field in which the library counts what it may send by a pair of functions. Where the field is missing, no grant is
 * told of.
 */
function watchGrants(channel, onGrant) {
    if (!hasWindow(channel))
        return;
    let { window } = channel.outgoing;
    Object.defineProperty(channel.outgoing, 'window', {
        configurable: true,
        enumerable: true,
        get: () => window,
        set(next) {
            const granted = next - window;
            window = next;
            if (granted > 0)
                onGrant(granted);
        },
    });
}
function hasWindow(channel) {
    const { outgoing } = (channel ?? {});
    return typeof outgoing?.window === 'number';
}

;// CONCATENATED MODULE: ./build/transport/ssh2/tuning.js







const TUNED = {
    speedUpCiphers: speedUpCiphers,
    decryptsToCopies: decryptsToCopies,
    signFirstRequest: signFirstRequest,
    isStrict: isStrict,
    enlargeWindow: enlargeWindow,
    sendWholePackets: sendWholePackets,
    watchGrants: watchGrants,
    endedByServer: endedByServer,
};
const PLAIN = {
    speedUpCiphers() { },
    decryptsToCopies: () => false,
    signFirstRequest() { },
    isStrict: () => false,
    enlargeWindow: () => ({ size: DEFAULT_WINDOW_BYTES, topUp() { } }),
    sendWholePackets() { },
    watchGrants() { },
    endedByServer: (channel) => channel.readableEnded,
};
/** All of it for the version of the library that it was tried with, nothing for any other. */
function chooseTuning(library) {
    return library.tried ? TUNED : PLAIN;
}

// EXTERNAL MODULE: ./build/transport/connection/tcp.js
var tcp = __webpack_require__(20484);
;// CONCATENATED MODULE: ./build/transport/ssh2/large-reads.js
/** Bytes that are read at once. */
const BUFFER_LENGTH = 256 * 1024;
/** Bytes that may come before and with the line that names the server (RFC 4253, section 4.2). */
const LONGEST_GREETING_BYTES = 8 * 1024;
const NAME_LINE = /^SSH-[^\n]*\n/m;
/**
 * Reads in large pieces into memory that is used again: what decrypts them makes copies. Before the first keys
 * are there, the ssh library keeps parts of what it was given.
 */
function createReading() {
    let buffer = Buffer.allocUnsafeSlow(BUFFER_LENGTH);
    let reused = false;
    let socket;
    let greeted = false;
    let warned = false;
    let held = Buffer.alloc(0);
    /**
     * The library loses a part of what comes before the protocol when there are more than two: the lines before the one
     * that names the server are the first, and the rest up to that one's end the second.
     */
    function greet(piece) {
        held = Buffer.concat([held, piece]);
        const text = held.toString('latin1', 0, LONGEST_GREETING_BYTES);
        const waits = warned ? !NAME_LINE.test(text) : beginsLine(text);
        if (!waits || held.length >= LONGEST_GREETING_BYTES)
            flush();
    }
    function flush() {
        if (held.length === 0)
            return;
        const bytes = held;
        held = Buffer.alloc(0);
        greeted ||= NAME_LINE.test(bytes.toString('latin1')) || bytes.length >= LONGEST_GREETING_BYTES;
        warned = true;
        socket?.emit('data', bytes);
    }
    return {
        onread: {
            buffer: () => (reused ? buffer : (buffer = Buffer.allocUnsafeSlow(BUFFER_LENGTH))),
            callback(length, bytes) {
                const piece = Buffer.from(bytes.buffer, bytes.byteOffset, length);
                if (greeted)
                    socket?.emit('data', piece);
                else
                    greet(piece);
                return true;
            },
        },
        start(given) {
            socket = given;
            given.once('end', flush);
        },
        reuse() {
            // Not the one that holds what came unencrypted.
            if (!reused)
                buffer = Buffer.allocUnsafeSlow(BUFFER_LENGTH);
            reused = true;
        },
    };
}
/** Whether the last line of `text` is the beginning of the one that names the server. */
function beginsLine(text) {
    const line = text.slice(text.lastIndexOf('\n') + 1);
    return line !== '' && (line.startsWith('SSH-') || 'SSH-'.startsWith(line)) && !NAME_LINE.test(text);
}

;// CONCATENATED MODULE: ./build/transport/ssh2/agent.js
/**
 * An agent for the library that says of RSA keys themselves which signature they make. Left alone, the library
 * signs with SHA-1 unless the server announced something better (RFC 8308), which not every server does.
 */
function createAgent(ssh2, source) {
    const identities = new Map();
    class Agent extends ssh2.BaseAgent {
        getIdentities(callback) {
            source.list((error, found = []) => {
                if (error)
                    return callback(error);
                const keys = found.map((identity) => {
                    const named = nameSignature(identity);
                    identities.set(named, identity);
                    return named;
                });
                callback(undefined, keys);
            });
        }
        sign(key, data, ...rest) {
            const callback = rest.at(-1);
            const identity = identities.get(key);
            const asked = (rest.length > 1 ? rest[0] : {});
            source.sign(identity?.key ?? key, data, identity?.hash ?? asked.hash, callback);
        }
    }
    return new Agent();
}
function nameSignature({ key, hash }) {
    if (hash === undefined)
        return key;
    const type = hash === 'sha256' ? 'rsa-sha2-256' : 'rsa-sha2-512';
    return Object.create(key, { type: { value: type, enumerable: true } });
}

;// CONCATENATED MODULE: ./build/transport/ssh/signer.js



/** An agent that holds the one key that was given. */
function keyAgent(ssh2, auth, offer) {
    const key = ssh2.parseKey(auth.key.text, auth.key.passphrase);
    if (key instanceof Error) {
        throw auth.key.passphrase === undefined ? (0,private_key/* damagedKey */.Bb)(auth.input, key) : (0,private_key/* wrongPassphrase */.Eq)(auth.input);
    }
    offer.keys.push(`${auth.key.type} ${auth.key.fingerprint}`);
    const hashes = key.type === 'ssh-rsa' ? ['sha256', 'sha512', undefined] : [undefined];
    // One alone comes twice: what was signed unasked is asked about when it was refused, for the error.
    const identities = (hashes.length === 1 ? [...hashes, ...hashes] : hashes).map((hash) => ({ key, hash }));
    const agent = createAgent(ssh2, {
        list: (callback) => callback(undefined, identities),
        sign: (identity, data, hash, callback) => {
            offer.known = true;
            // The library's types leave out that it returns an error instead of throwing it.
            const signature = identity.sign(data, hash);
            if (signature instanceof Error)
                callback(signature);
            else
                callback(undefined, signature);
        },
    });
    return { agent, signFirst: (data) => key.sign(data, hashes[0]) };
}
/** The user's ssh-agent. */
function systemAgent(ssh2, auth, offer) {
    const system = ssh2.createAgent(auth.socketPath);
    const agent = createAgent(ssh2, {
        list: (callback) => system.getIdentities((error, keys) => {
            if (error)
                return callback(error);
            // A certificate is another name of a key that the agent lists too, and the library cannot offer it.
            const identities = (keys ?? [])
                .map((key) => ({ key: key }))
                .filter(({ key }) => !(0,private_key/* isCertificate */.Yn)(key.type));
            offer.keys.push(...identities.map(({ key }) => `${key.type} ${(0,wire/* fingerprint */.Rj)(key.getPublicSSH())}`));
            // One signature a key: servers count each offer, and an agent may hold many keys.
            callback(undefined, identities.map(({ key }) => ({ key, hash: key.type === 'ssh-rsa' ? 'sha256' : undefined })));
        }),
        sign: (identity, data, hash, callback) => {
            offer.known = true;
            system.sign(identity, data, hash === undefined ? {} : { hash }, callback);
        },
    });
    return { agent };
}

;// CONCATENATED MODULE: ./build/transport/ssh/connect.js




/** Milliseconds in which a near server is connected to. */
const NEAR_CONNECT_MS = 5;
/**
 * Connects to a server while the library and the key are loaded.
 * @throws MirrorError `connect`, `timeout`; `usage` for a key or its passphrase; the signal's reason.
 */
async function connectToLogIn(to, offer) {
    const { host, port, auth, limit, signal } = to;
    const reading = createReading();
    // A key that its passphrase does not open is not worth a connection.
    const isLocked = auth.kind === 'key' && auth.key.passphrase !== undefined;
    const opened = isLocked ? await loadSigner(auth, offer) : undefined;
    const connecting = (0,tcp/* connectTcp */.Q)({ host, port, limit, signal, onread: reading.onread });
    const signing = opened ?? loadBeside(connecting, auth, offer);
    const [signer, socket] = await both(signing, connecting);
    reading.start(socket);
    return { ...signer, socket, reading };
}
/** As `Promise.all`; a socket that nobody gets is closed. */
async function both(made, connecting) {
    try {
        return await Promise.all([made, connecting]);
    }
    catch (error) {
        connecting.then((socket) => socket.destroy()).catch(() => undefined);
        throw error;
    }
}
/** Loads the library while a far server is connected to: both take about as long. */
async function loadBeside(connecting, auth, offer) {
    // Node compiles at once what is imported: all connections that are to be made should be on their way.
    await Promise.race([connecting, (0,external_node_timers_promises_.setTimeout)(NEAR_CONNECT_MS, undefined, { ref: false })]);
    return await loadSigner(auth, offer);
}
async function loadSigner(auth, offer) {
    const ssh2 = await loadLibrary();
    return { ssh2, ...(auth.kind === 'key' ? keyAgent(ssh2, auth, offer) : systemAgent(ssh2, auth, offer)) };
}
let library;
function loadLibrary() {
    library ??= (async () => {
        // Its WASM glue reads `__dirname`, which a bundle of ES modules lacks.
        Object.assign(globalThis, { __dirname: import.meta.dirname });
        return (await Promise.all(/* import() */[__webpack_require__.e(6297), __webpack_require__.e(5968)]).then(__webpack_require__.bind(__webpack_require__, 5968))).sshLibrary;
    })();
    return library;
}

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: ./build/transport/connection/gather.js
var connection_gather = __webpack_require__(42572);
// EXTERNAL MODULE: ./build/transport/connection/chunk-queue.js
var chunk_queue = __webpack_require__(34284);
;// CONCATENATED MODULE: ./build/transport/ssh/channel.js




/** Milliseconds that a program has to end once its input has. */
const GIVE_UP_LIMIT_MS = 1_500;
/**
 * Wraps a channel of the ssh library, whose own stream ends cleanly when the connection breaks, and whose
 * writes never call back after the channel was closed.
 */
function wrapChannel(options) {
    const { channel, tuning, onText, onActivity, send } = options;
    const { promise: ended, resolve: resolveEnded } = withResolvers();
    const { promise: gone, resolve: resolveGone } = withResolvers();
    const window = tuning.enlargeWindow(channel, options.window);
    tuning.sendWholePackets(channel);
    if (onActivity)
        tuning.watchGrants(channel, () => onActivity(0));
    let how = {};
    let received = 0;
    let broken;
    // What waits in the paused stream waits, too: without it, each chunk that is taken would let another one in.
    const topUp = () => window.topUp(inbox.waiting + channel.readableLength);
    const inbox = new chunk_queue/* ChunkQueue */.T({
        pause() {
            if (!broken)
                channel.pause();
        },
        resume: () => channel.resume(),
        taken: topUp,
    }, { high: window.size, low: window.size / 2 });
    channel.on('data', (chunk) => {
        received += chunk.length;
        inbox.push(chunk);
    });
    const endInbox = () => (broken ? inbox.fail(broken) : inbox.end());
    channel.once('end', endInbox);
    channel.on('error', () => { });
    const writable = wrapWriting(channel, send);
    channel.once('exit', (code, signal) => {
        how = code === null ? { exitSignal: signal } : { exitCode: code };
    });
    channel.stderr.on('data', (bytes) => {
        onActivity?.(bytes.length);
        onText(bytes);
        topUp();
    });
    channel.stderr.on('error', () => { });
    // Standard error is always read, so that its closing tells of the channel's even while the other stream waits.
    channel.stderr.once('close', () => {
        finish();
        resolveGone(undefined);
    });
    function finish() {
        writable.destroy();
        resolveEnded(how);
    }
    function close() {
        try {
            channel.close();
        }
        catch {
            // The connection broke a moment ago.
        }
        finish();
    }
    return {
        readable: inbox,
        writable,
        ended,
        gone,
        received: () => received,
        broken: () => broken !== undefined,
        close,
        leave() {
            if (writable.writableFinished)
                finish();
            else
                writable.once('finish', finish);
        },
        giveUp() {
            try {
                channel.end();
            }
            catch {
                return close();
            }
            const timer = setTimeout(close, GIVE_UP_LIMIT_MS);
            void ended.then(() => clearTimeout(timer));
        },
        cut(reason) {
            if (!tuning.endedByServer(channel))
                broken = reason;
            channel.resume();
            finish();
            resolveGone(undefined);
            // Two turns let the resumed stream hand over what it still holds; its own end may never come.
            setImmediate(() => setImmediate(endInbox));
        },
    };
}
function wrapWriting(channel, send) {
    const write = (bytes, callback) => {
        try {
            send((onWritten) => channel.write(bytes, onWritten), callback);
        }
        catch (error) {
            callback(error);
        }
    };
    // Encrypting copies what was joined before the next parts come.
    const gather = (0,connection_gather/* createGatherer */.V)();
    const writable = new external_node_stream_.Writable({
        highWaterMark: 256 * 1024,
        write: (chunk, _encoding, callback) => write(chunk, callback),
        // A copy costs less than the packets of ssh that small parts would make.
        writev: (chunks, callback) => write(gather(chunks.map(({ chunk }) => chunk)), callback),
        final(callback) {
            channel.end();
            callback();
        },
    });
    writable.on('error', () => { });
    return writable;
}
function withResolvers() {
    let resolve;
    const promise = new Promise((settle) => {
        resolve = settle;
    });
    return { promise, resolve };
}

// EXTERNAL MODULE: ./build/transport/ssh/ssh-errors.js
var ssh_errors = __webpack_require__(53169);
;// CONCATENATED MODULE: ./build/transport/ssh/session.js





/** Waits until the client is logged in. @throws MirrorError within the handshake limit. */
async function awaitLogin(parts, signal) {
    const { client, watch, place } = parts;
    await watch.waitFor(signal, (resolve) => client.once('ready', () => {
        watch.setLoggedIn();
        resolve();
    }), () => watch.fail((0,ssh_errors/* lateSession */.$_)(place)));
    return createSession(parts);
}
function createSession(parts) {
    const { socket, watch, place, tuning } = parts;
    const channels = new Set();
    const milliseconds = parts.roundTrip();
    const window = milliseconds === undefined ? DEFAULT_WINDOW_BYTES : chooseWindow(milliseconds);
    watch.onClosed((reason) => {
        for (const channel of channels)
            channel.cut(reason);
        channels.clear();
    });
    return {
        dead: watch.dead,
        exec(command, { env, signal, onText, onActivity }) {
            let given = true;
            return watch.waitFor(signal, (resolve, reject) => {
                parts.client.exec(command, { env: { ...env } }, (error, raw) => {
                    if (error)
                        return reject((0,ssh_errors/* refusedChannel */.uN)(error, place));
                    const send = (write, callback) => sendAtOnce(socket, write, callback);
                    const channel = wrapChannel({ channel: raw, window, tuning, onText, onActivity, send });
                    if (!given || watch.dead())
                        return channel.close();
                    channels.add(channel);
                    void channel.ended.then(() => channels.delete(channel));
                    resolve(channel);
                });
            }, () => {
                given = false;
            });
        },
        async end() {
            if (watch.dead())
                return;
            // Each ends by itself, or was given up and is closed in time.
            const ended = Promise.all([...channels].map((channel) => channel.ended));
            if (channels.size > 0)
                await (0,deadline/* within */.u)(ended, 2 * GIVE_UP_LIMIT_MS);
            await sayGoodbye(parts);
        },
    };
}
async function sayGoodbye({ client, socket, watch }) {
    if (watch.dead())
        return;
    watch.expectEnd(new errors/* MirrorError */.En('the ssh connection was closed', { code: 'cancelled' }));
    const closed = watch.closeSoon();
    try {
        client.end();
        // Nothing more is said on either side: the server's own goodbye is not worth a round trip.
        if (socket.writableFinished)
            socket.destroy();
        else
            socket.once('finish', () => socket.destroy());
    }
    catch {
        socket.destroy();
    }
    await closed;
}
/**
 * The library writes to its socket without looking back, three times a packet: waiting for the socket here keeps
 * the rest out of memory.
 */
function sendAtOnce(socket, write, callback) {
    socket.cork();
    try {
        write((error) => {
            if (error)
                callback(error);
            else if (socket.writableNeedDrain)
                socket.once('drain', callback);
            else
                callback();
        });
    }
    finally {
        socket.uncork();
    }
}

;// CONCATENATED MODULE: ./build/transport/ssh/socket-watch.js

/** Bytes from the server that tell whether it speaks ssh: a few lines may come first (RFC 4253, section 4.2). */
const socket_watch_HEAD_LENGTH = 1_024;
/** Milliseconds that a server has to close after we said goodbye. */
const GOODBYE_LIMIT_MS = 1_000;
/**
 * The ssh library may tell of a broken connection by an error, by a close, or not at all: here the socket itself is
 * watched, and every error ends it. To be called before the library gets the socket: its own listener ends the
 * channels of a broken connection as if the server had done so.
 */
function watchSocket(socket, place) {
    const listeners = [];
    const settlers = new Set();
    let failure;
    let dead = false;
    let head = '';
    let loggedIn = false;
    let expected;
    const explain = (reason) => {
        if (loggedIn)
            return reason;
        if (head === '')
            return reason.code === 'cut' ? (0,ssh_errors/* turnedAway */.tQ)(place, reason) : reason;
        return isOtherProtocol(head) ? (0,ssh_errors/* notSsh */.j$)(place, head) : reason;
    };
    function fail(reason) {
        failure ??= explain(reason);
        socket.destroy();
    }
    socket.once('close', () => {
        dead = true;
        const reason = failure ?? expected ?? explain((0,ssh_errors/* brokenSession */.IB)(place));
        for (const settle of settlers)
            settle(reason);
        for (const listener of listeners.splice(0))
            listener(reason);
        settlers.clear();
    });
    socket.once('end', () => fail(expected ?? (0,ssh_errors/* brokenSession */.IB)(place)));
    // The library ends the socket on its own at some errors; a peer that stays silent would keep it half open.
    socket.once('finish', () => void closeSoon());
    async function closeSoon() {
        if (dead)
            return;
        await new Promise((resolve) => {
            const timer = setTimeout(() => socket.destroy(), GOODBYE_LIMIT_MS);
            socket.once('close', () => {
                clearTimeout(timer);
                resolve();
            });
        });
    }
    function waitFor(signal, start, onLate) {
        return new Promise((resolve, reject) => {
            const settle = (act) => {
                clearTimeout(timer);
                signal.removeEventListener('abort', onAbort);
                settlers.delete(refuse);
                act();
            };
            const refuse = (reason) => settle(() => reject(reason));
            const onAbort = () => {
                refuse(signal.reason);
                onLate();
            };
            const timer = setTimeout(() => {
                refuse(explain((0,ssh_errors/* lateSession */.$_)(place)));
                onLate();
            }, place.limits.handshake);
            settlers.add(refuse);
            if (signal.aborted)
                return onAbort();
            signal.addEventListener('abort', onAbort, { once: true });
            if (dead)
                return refuse(failure ?? expected ?? (0,ssh_errors/* brokenSession */.IB)(place));
            try {
                start((value) => settle(() => resolve(value)), refuse);
            }
            catch (cause) {
                refuse((0,ssh_errors/* brokenSession */.IB)(place, cause));
            }
        });
    }
    return {
        dead: () => dead,
        fail,
        expectEnd(reason) {
            expected = reason;
        },
        onClosed: (listener) => void listeners.push(listener),
        readAlong() {
            // Before the library's own listener: what it sends on hearing something, most of all the packets that a larger
            // window lets out, leaves in one call to the system rather than in three for each packet.
            socket.prependListener('data', () => {
                socket.cork();
                process.nextTick(() => socket.uncork());
            });
            socket.on('data', function readHead(bytes) {
                head += bytes.toString('latin1', 0, socket_watch_HEAD_LENGTH);
                if (head.length >= socket_watch_HEAD_LENGTH)
                    socket.off('data', readHead);
            });
        },
        setLoggedIn() {
            loggedIn = true;
        },
        waitFor,
        closeSoon,
    };
}
function isOtherProtocol(head) {
    return head !== '' && !/^SSH-/m.test(head);
}

;// CONCATENATED MODULE: ./build/transport/ssh/login.js






/** The end of a server's banner that an error quotes, in characters. */
const BANNER_LENGTH = 8_192;
/** Milliseconds between two keepalives, at most. */
const LONGEST_KEEPALIVE_MS = 30_000;
/**
 * Connects and logs in. HTTP proxies are not used, and ~/.ssh/config is not read.
 * @throws MirrorError: `connect`, `timeout`, `cut`, `protocol`, `host-key`, `auth`, `usage` for a passphrase; the
 * signal's reason.
 */
async function openSession(login, options) {
    try {
        return await logIn(login, options, 'any');
    }
    catch (error) {
        if (error !== NEEDS_STRICT)
            throw error;
        return await logIn(login, options, 'safe-without-strict');
    }
}
const CHACHA = 'chacha20-poly1305@openssh.com';
const ETM_MACS = [
    'hmac-sha2-256-etm@openssh.com',
    'hmac-sha2-512-etm@openssh.com',
    'hmac-sha1-etm@openssh.com',
];
/** Never leaves this file. */
const NEEDS_STRICT = new errors/* MirrorError */.En('the key exchange is not strict', { code: 'protocol' });
async function logIn(login, options, ciphers) {
    const { host, port, user, auth, limits } = login;
    const { signal } = options;
    signal.throwIfAborted();
    const offer = { keys: [], known: false, methods: undefined };
    const connected = await connectToLogIn({ host, port, auth, limit: limits.connect, signal }, offer);
    const { ssh2, agent, signFirst, socket, reading } = connected;
    const tuning = chooseTuning(ssh2);
    const client = new ssh2.Client();
    const watch = watchSocket(socket, login);
    const heard = hearBanner(options.onText);
    const handshake = createHandshake(login);
    const refused = () => refusedKeys(login, heard.banner(), offer);
    const onRefused = () => watch.expectEnd(refused());
    const authentication = createAuthentication({ user, agent, offer, onRefused });
    client.on('error', (error) => watch.fail(handshake.failure() ?? explainLibrary(error, { login, refused, ciphers })));
    // The library asks for the login service at once, which servers answer without a thought.
    client.once('handshake', authentication.start);
    client.on('handshake', (negotiated) => {
        if (needsStrict(negotiated) && !tuning.isStrict(client))
            return watch.fail(NEEDS_STRICT);
        tuning.speedUpCiphers(client, socket);
        if (tuning.decryptsToCopies(client))
            reading.reuse();
    });
    client.on('greeting', heard.hear);
    client.on('banner', heard.hear);
    try {
        client.connect({
            sock: socket,
            username: user,
            authHandler: authentication.handler,
            hostVerifier: handshake.verify,
            algorithms: chooseAlgorithms(login, ciphers),
            ...chooseKeepalives(limits.idle),
            readyTimeout: 0,
        });
    }
    catch (cause) {
        watch.fail((0,ssh_errors/* sessionError */.RF)(cause, login));
    }
    watch.readAlong();
    if (signFirst) {
        tuning.signFirstRequest(client, { sign: signFirst, onAccepted: () => (offer.known = true) });
    }
    const { roundTrip } = authentication;
    return await awaitLogin({ client, socket, watch, tuning, place: login, roundTrip }, signal);
}
function chooseAlgorithms(login, ciphers) {
    const without = (names) => ({
        append: [],
        prepend: [],
        remove: [...names],
    });
    return {
        serverHostKey: [...login.hostKeyAlgorithms],
        // Packs are compressed already.
        compress: ['none'],
        ...(ciphers === 'safe-without-strict' && { cipher: without([CHACHA]), hmac: without(ETM_MACS) }),
    };
}
function needsStrict({ cs, sc }) {
    return [cs, sc].some(({ cipher, mac }) => cipher === CHACHA || /-etm@/.test(mac));
}
/** The connection is given up one interval after the last of these stayed unanswered. */
function chooseKeepalives(idle) {
    const keepaliveInterval = Math.max(10, Math.min(LONGEST_KEEPALIVE_MS, idle / 4));
    return { keepaliveInterval, keepaliveCountMax: Math.max(1, Math.round(idle / keepaliveInterval) - 1) };
}
function hearBanner(onText) {
    let banner = '';
    return {
        hear(text) {
            banner = (banner + text).slice(-BANNER_LENGTH);
            onText?.(text);
        },
        banner: () => banner,
    };
}
function createHandshake(login) {
    let failure;
    return {
        verify(key) {
            failure = login.checkHostKey(key);
            return failure === undefined;
        },
        failure: () => failure,
    };
}
/** An agent that holds what is to be tried; once it is refused, the question what else there is. */
function createAuthentication(options) {
    const { user, agent, offer } = options;
    let asked;
    let roundTrip;
    let attempts = 0;
    return {
        handler(methods, _partial, next) {
            attempts++;
            if (attempts === 1) {
                if (asked !== undefined)
                    roundTrip = performance.now() - asked;
                return next({ type: 'agent', username: user, agent });
            }
            if (attempts === 2) {
                options.onRefused();
                // Asked for the methods that there are, which the library does not tell when an agent's keys are refused.
                return next({ type: 'none', username: user });
            }
            offer.methods = methods ?? undefined;
            // The library's types leave out that false ends the attempts.
            next(false);
        },
        start() {
            asked = performance.now();
        },
        roundTrip: () => roundTrip,
    };
}
function explainLibrary(error, at) {
    if (error.level === 'agent')
        return (0,ssh_errors/* agentError */.Cw)(error);
    const tooMany = typeof error.code === 'number' && /authentication failures/i.test(error.message);
    if (error.level === 'client-authentication' || tooMany)
        return at.refused();
    return (0,ssh_errors/* sessionError */.RF)(error, at.login, at.ciphers === 'safe-without-strict');
}
function refusedKeys({ host, port, user }, banner, offer) {
    const { keys: offered, known, methods } = offer;
    return (0,ssh_errors/* loginError */.Mz)({ host, port, user, banner, offered, known, methods });
}

;// CONCATENATED MODULE: ./build/transport/ssh/pool.js




/** Milliseconds that a channel on its way out is waited for, before another connection is made in its place. */
const CLOSING_LIMIT_MS = 5000;
/** Milliseconds in which a server may count a channel that it has said to be closed. */
const FREEING_MS = 250;
const FREEING_PAUSE_MS = 25;
const pools = new Map();
/**
 * The pool for a login, new or shared: source and destination on one host then need one handshake.
 * `key` stands for all of `login`, secrets included.
 */
function holdPool(key, login) {
    const pool = pools.get(key) ?? { seats: new Set(), arrival: undefined, holders: 0, single: false };
    pools.set(key, pool);
    pool.holders++;
    let held = true;
    return {
        open: (request) => openChannel(pool, login, request),
        async release() {
            if (!held)
                return;
            held = false;
            if (--pool.holders > 0)
                return;
            pools.delete(key);
            pool.arrival?.controller.abort(new errors/* MirrorError */.En('the ssh connection was closed', { code: 'cancelled' }));
            await Promise.all([...pool.seats].map(({ session }) => session.end()));
        },
    };
}
async function openChannel(pool, login, request) {
    for (;;) {
        const seat = findSeat(pool) ?? (await awaitClosing(pool, request)) ?? (await awaitSeat(pool, login, request));
        const reused = seat.opened > 0;
        seat.channels++;
        seat.opening++;
        seat.opened++;
        const askedAt = performance.now();
        try {
            return await run(pool, seat, request, reused);
        }
        catch (error) {
            seat.channels--;
            seat.opening--;
            if (!reused || request.signal.aborted) {
                if (seat.session.dead() || seat.channels + seat.closing.size === 0)
                    retire(pool, seat);
                throw error;
            }
            // The server may allow one channel at a time, or one a connection, or may have closed some a moment ago.
            const freeing = seat.goneAt.filter((time) => askedAt - time < FREEING_MS).length;
            const taken = seat.channels - seat.opening + seat.closing.size + freeing;
            if (!seat.session.dead() && taken > 0)
                seat.capacity = Math.min(seat.capacity, taken);
            else
                retire(pool, seat);
            if (freeing > 0)
                await (0,external_node_timers_promises_.setTimeout)(FREEING_PAUSE_MS);
        }
    }
}
function findSeat(pool) {
    for (const seat of pool.seats) {
        if (seat.session.dead())
            pool.seats.delete(seat);
        else if (isUsable(pool, seat) && seat.channels + seat.closing.size < seat.capacity)
            return seat;
    }
    return undefined;
}
function isUsable(pool, seat) {
    return !seat.retired && !(pool.single && seat.opened > 0);
}
/** A place that becomes free in a moment: the end of a channel takes a round trip, a new connection some ten of them. */
async function awaitClosing(pool, { signal }) {
    const latest = performance.now() + CLOSING_LIMIT_MS;
    for (;;) {
        signal.throwIfAborted();
        const usable = [...pool.seats].filter((seat) => isUsable(pool, seat));
        const closing = usable.flatMap((seat) => [...seat.closing]);
        const left = latest - performance.now();
        if (closing.length === 0 || left <= 0)
            return undefined;
        await (0,deadline/* within */.u)(Promise.race(closing), left);
        const seat = findSeat(pool);
        if (seat !== undefined)
            return seat;
    }
}
async function run(pool, seat, request, reused) {
    const channel = await seat.session.exec(request.command, request);
    seat.opening--;
    let closed = false;
    let isOver = false;
    const letGo = () => {
        if (isOver)
            return;
        isOver = true;
        seat.channels--;
        seat.closing.add(channel.gone);
        void channel.gone.then(() => {
            seat.closing.delete(channel.gone);
            const now = performance.now();
            seat.goneAt = [...seat.goneAt.filter((time) => now - time < FREEING_MS), now];
        });
    };
    void channel.ended.then(({ exitCode, exitSignal }) => {
        letGo();
        const silent = channel.received() === 0 && exitCode === undefined && exitSignal === undefined;
        if (reused && silent && !closed)
            pool.single = true;
        if (closed || silent || seat.retired)
            retire(pool, seat);
    });
    return {
        ...channel,
        leave() {
            letGo();
            channel.leave();
        },
        close() {
            // A connection that was given up in the middle is not trusted with more.
            closed = true;
            channel.close();
        },
    };
}
function retire(pool, seat) {
    seat.retired = true;
    if (seat.channels > 0)
        return;
    pool.seats.delete(seat);
    void seat.session.end();
}
/** A new connection, or the one that somebody is making already; it is given up when nobody waits for it. */
async function awaitSeat(pool, login, request) {
    const { signal } = request;
    signal.throwIfAborted();
    const arrival = (pool.arrival ??= makeSeat(pool, login, request));
    arrival.waiting++;
    let onAbort;
    const aborted = new Promise((_, reject) => {
        onAbort = () => reject(signal.reason);
        signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
        return await Promise.race([arrival.seat, aborted]);
    }
    finally {
        signal.removeEventListener('abort', onAbort);
        if (--arrival.waiting === 0)
            arrival.controller.abort(signal.reason);
    }
}
function makeSeat(pool, login, request) {
    const controller = new AbortController();
    const connect = async () => {
        try {
            const session = await openSession(login, { signal: controller.signal, onText: request.onBanner });
            const seat = {
                session,
                channels: 0,
                opening: 0,
                closing: new Set(),
                goneAt: [],
                opened: 0,
                capacity: Infinity,
                retired: false,
            };
            if (pool.holders === 0)
                void session.end();
            else
                pool.seats.add(seat);
            return seat;
        }
        finally {
            pool.arrival = undefined;
        }
    };
    const seat = connect();
    seat.catch(() => undefined);
    return { seat, controller, waiting: 0 };
}

;// CONCATENATED MODULE: ./build/transport/ssh/account.js









const INPUT_NAMES = {
    sshKey: 'the ssh key',
    sshPassphrase: 'the ssh passphrase',
    knownHosts: 'ssh-known-hosts',
};
function createSshAccount(url, options) {
    let joined;
    const join = () => (joined ??= joinPool(url, options).catch((error) => {
        joined = undefined;
        throw error;
    }));
    return {
        pool: async () => (await join()).pool,
        missing: async () => (await join()).missing,
        async dispose() {
            const held = await joined?.catch(() => undefined);
            joined = undefined;
            await held?.pool.release();
        },
    };
}
async function joinPool(url, options) {
    const { host, port, user } = url;
    const { credentials, env, limits, knownHostsFiles = [] } = options;
    const names = options.inputNames ?? INPUT_NAMES;
    const auth = chooseAuth(options, names);
    const knownHosts = [
        ...(0,known_hosts/* parseKnownHosts */.uJ)(credentials.knownHosts ?? '', { name: names.knownHosts, strict: true }),
        ...(await readFiles(knownHostsFiles)),
        ...builtinKnownHosts(),
    ];
    const login = {
        host,
        port,
        user,
        auth,
        limits,
        hostKeyAlgorithms: orderHostKeyAlgorithms(knownHosts, { host, port }),
        checkHostKey: (key) => hostKeyError(judgeHostKey(knownHosts, { host, port }, key), {
            host,
            port,
            key,
            inputName: names.knownHosts,
        }),
    };
    const { sshKey, sshPassphrase } = credentials;
    const identity = auth.kind === 'key' ? [sshKey, sshPassphrase] : [env['SSH_AUTH_SOCK']];
    const parts = [host, port, user, auth.kind, identity, credentials.knownHosts, knownHostsFiles, limits];
    const key = (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(parts)).digest('hex');
    const missing = new Set();
    // Held once more, for as long as the round lasts.
    const shared = options.connections?.share(`ssh ${key}`, () => {
        const held = holdPool(key, login);
        return { missing, dispose: () => held.release() };
    });
    return { pool: holdPool(key, login), missing: shared?.missing ?? missing };
}
function chooseAuth({ credentials, env }, names) {
    const { sshKey, sshPassphrase } = credentials;
    if (sshKey) {
        const input = {
            text: sshKey,
            passphrase: sshPassphrase,
            inputName: names.sshKey,
            passphraseName: names.sshPassphrase,
        };
        return { kind: 'key', key: (0,private_key/* readSshKey */.Qf)(input), input };
    }
    const socketPath = env['SSH_AUTH_SOCK'];
    if (!socketPath)
        throw (0,ssh_errors/* noKeyError */.HD)(names.sshKey);
    return { kind: 'agent', socketPath };
}
async function readFiles(paths) {
    const texts = await Promise.all(paths.map((path) => (0,promises_.readFile)(path, 'utf8').catch(() => '')));
    return texts.flatMap((text, index) => (0,known_hosts/* parseKnownHosts */.uJ)(text, { name: paths[index], strict: false }));
}


/***/ }),

/***/ 79442:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ buildCommand)
/* harmony export */ });
/**
 * The line that the server's shell, or what stands in its place, runs: the program and the path in single
 * quotes, which is the one form that every host parses (gitprotocol-pack, "SSH Transport"; J7).
 *
 * @param options `words`: arguments behind the path, which need no quotes; `version`: asked for in the line itself,
 * in words of every shell; only a shell takes them
 */
function buildCommand(program, path, { version, words = [] } = {}) {
    const command = [program, quotePath(path.startsWith('/~') ? path.slice(1) : path), ...words].join(' ');
    return version === undefined ? command : `env GIT_PROTOCOL=version=${version} ${command}`;
}
// `!` is quoted as git does it, for the shells of the csh family.
function quotePath(path) {
    return `'${path.replace(/['!]/g, "'\\$&'")}'`;
}


/***/ }),

/***/ 53169:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $_: () => (/* binding */ lateSession),
/* harmony export */   Cw: () => (/* binding */ agentError),
/* harmony export */   HD: () => (/* binding */ noKeyError),
/* harmony export */   IB: () => (/* binding */ brokenSession),
/* harmony export */   Mz: () => (/* binding */ loginError),
/* harmony export */   RF: () => (/* binding */ sessionError),
/* harmony export */   j$: () => (/* binding */ notSsh),
/* harmony export */   ke: () => (/* binding */ describeSilentEnd),
/* harmony export */   tQ: () => (/* binding */ turnedAway),
/* harmony export */   uN: () => (/* binding */ refusedChannel)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _ssh_keys_known_hosts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(16903);


/** The error for a server that lets us wait during the login or for the start of a program. */
function lateSession(at) {
    return silentServer(at, at.limits.handshake);
}
function silentServer(at, limit) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${printServer(at)} did not answer within ${limit / 1000} seconds`, {
        code: 'timeout',
        retryable: true,
    });
}
/** The error for a connection that ended without a word. */
function brokenSession(at, cause) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${printServer(at)} closed the connection`, { code: 'cut', retryable: true, cause });
}
/** The error for a server that hung up at once: that is how one with too many connections says it to ssh. */
function turnedAway(at, cause) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${printServer(at)} closed the connection before it said anything`, {
        code: 'cut',
        retryable: true,
        advice: 'ssh-turned-away',
        cause,
    });
}
/** The error for a server of another kind. `head`: what it said first. */
function notSsh(at, head) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${(0,_ssh_keys_known_hosts_js__WEBPACK_IMPORTED_MODULE_1__/* .hostForm */ .rf)(at.host, at.port)} does not speak ssh`, {
        code: 'protocol',
        hint: 'Check host and port of the address.',
        serverText: head,
    });
}
function printServer(at) {
    return `the ssh server ${(0,_ssh_keys_known_hosts_js__WEBPACK_IMPORTED_MODULE_1__/* .hostForm */ .rf)(at.host, at.port)}`;
}
/** The error for a connection that the library gave up, before or after the login. `withoutStrict`: fewer ciphers were offered. */
function sessionError(error, at, withoutStrict = false) {
    const server = printServer(at);
    const { message, level, code } = error;
    if (level === 'client-timeout')
        return silentServer(at, at.limits.idle);
    if (/no matching/i.test(message)) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${server} shares no algorithm with us: ${message}`, {
            code: 'connect',
            hint: withoutStrict
                ? 'The server lacks the strict key exchange that chacha20-poly1305 and the etm MACs need to be safe: update it, or let it take aes128-gcm@openssh.com.'
                : 'The server is too old or too strict; its host key types, key exchanges and ciphers are in its sshd_config. Host keys that sign with SHA-1 are not taken.',
        });
    }
    if (typeof code === 'number') {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${server} ended the connection`, {
            code: 'cut',
            retryable: true,
            serverText: message,
        });
    }
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the connection to ${server} broke: ${message}`, {
        code: 'cut',
        retryable: true,
        cause: error,
    });
}
function loginError(at) {
    const account = `${at.user}@${(0,_ssh_keys_known_hosts_js__WEBPACK_IMPORTED_MODULE_1__/* .hostForm */ .rf)(at.host, at.port)}`;
    const details = { code: 'auth', ...(at.banner === '' ? {} : { serverText: at.banner }) };
    const keys = at.offered.length === 0 ? 'no key: the ssh agent holds none' : at.offered.join(', ');
    if (at.known) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${account} knows the ssh key (${keys}), and still refuses the login`, {
            ...details,
            hint: 'The account may be locked, or need a second proof, which cannot be given here.',
        });
    }
    const { methods } = at;
    if (methods !== undefined && !methods.includes('publickey')) {
        const offered = methods.length === 0 ? 'no method of login' : methods.map(printMethod).join(', ');
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${account} takes no ssh keys: the server offers ${offered}`, {
            ...details,
            advice: 'ssh-no-key-login',
            hint: 'A key is the one login that is spoken here: the server has to allow it (PubkeyAuthentication in sshd_config), or use its https address.',
        });
    }
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${account} does not accept the ssh key (offered: ${keys})`, {
        ...details,
        advice: 'ssh-key-refused',
        hint: 'Add the public key to the account or the repository at that host (a deploy key, with write access at a destination); ' +
            'ssh-keygen -y prints the public half of a private key.',
    });
}
/** A server's words, cut to what methods are called (RFC 4252, section 5). */
function printMethod(method) {
    return method.replace(/[^\w@.-]/g, '').slice(0, 64);
}
function agentError(cause) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En('the ssh agent at SSH_AUTH_SOCK does not answer', {
        code: 'auth',
        hint: 'Start it (eval "$(ssh-agent)"; ssh-add), or give the private key.',
        cause,
    });
}
function noKeyError(keyName) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`an ssh address needs a key: ${keyName} is empty, and there is no ssh agent`, {
        code: 'auth',
        hint: `Give the private key in ${keyName}, or start an agent (SSH_AUTH_SOCK). A secret that does not exist is an empty text.`,
    });
}
/** The error for a channel or a program that the server did not start. */
function refusedChannel(cause, at) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the ssh server ${(0,_ssh_keys_known_hosts_js__WEBPACK_IMPORTED_MODULE_1__/* .hostForm */ .rf)(at.host, at.port)} does not start a program for this account`, {
        code: 'server',
        advice: 'no-shell',
        hint: 'The account has to be allowed to run git-upload-pack and git-receive-pack.',
        serverText: cause.message,
    });
}
const NO_REPOSITORY = /(repositor|project)\w*.* (not|n.t) (be )?found|not appear to be a git repository|not a git repository|no such (project|repo)|could(n.t| not) be found|does(n.t| not) exist/i;
/** Reads the words of a program that ended before its first byte; undefined when there is nothing to read. */
function describeSilentEnd(end, at) {
    const text = end.text.trim();
    const silent = text === '' && end.exitSignal === undefined && (end.exitCode ?? 255) === 255;
    if (end.exitCode === 0 || silent)
        return undefined;
    const server = (0,_ssh_keys_known_hosts_js__WEBPACK_IMPORTED_MODULE_1__/* .hostForm */ .rf)(at.host, at.port);
    const details = { serverText: end.text };
    // A login banner can contain anything, so only phrases that git or the hosts print are matched.
    if (end.exitCode === 127 || new RegExp(`${at.service}\\b.*not (found|recognized)`).test(text)) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${server} has no program ${at.service}`, {
            ...details,
            code: 'server',
            hint: 'Install git there, in a folder that PATH names for a login without terminal.',
        });
    }
    if (NO_REPOSITORY.test(text)) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${server} has no repository at that path, or none that this key may see`, {
            ...details,
            code: 'not-found',
            hint: 'Check the path, and that the key is added to the repository or to an account that may see it.',
        });
    }
    if (/denied|not allowed|read[- ]only|unauthori[sz]ed|forbidden|permission|not authori[sz]ed/i.test(text)) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${server} does not let this key run ${at.service} there`, {
            ...details,
            code: 'auth',
            advice: at.service === 'git-receive-pack' ? 'no-write-permission' : 'no-read-permission',
            hint: 'Give the key the rights it needs: to read at a source, to write at a destination.',
        });
    }
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${at.service} at ${server} ended ${printStatus(end)} before it said anything`, {
        ...details,
        code: 'server',
    });
}
function printStatus({ exitCode, exitSignal }) {
    if (exitSignal !== undefined)
        return `by ${exitSignal}`;
    return exitCode === undefined ? 'without a status' : `with status ${exitCode}`;
}


/***/ })

};
