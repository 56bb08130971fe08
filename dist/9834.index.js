export const id = 9834;
export const ids = [9834];
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

/***/ 69834:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  relayObjects: () => (/* binding */ relayObjects)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/base/crypto.js
var base_crypto = __webpack_require__(26039);
;// CONCATENATED MODULE: ./build/lfs/relay/checked-body.js


/**
 * Passes the bytes of an object on while they are hashed. The last slice is held back until size and SHA-256 are
 * right: a body that is wrong ends before the server has all of it, and some servers store whatever they get.
 * @throws MirrorError `pack` for bytes that are not the object's.
 */
async function* checkBody(object, slices) {
    const hash = (0,base_crypto/* loadCrypto */.Q)().createHash('sha256');
    let length = 0;
    let held;
    for await (const slice of slices) {
        if (slice.length === 0)
            continue;
        length += slice.length;
        if (length > object.size)
            throw wrong(object, `it is longer than its ${object.size} bytes`);
        hash.update(slice);
        if (held !== undefined)
            yield held;
        held = slice;
    }
    if (length !== object.size)
        throw wrong(object, `it ended after ${length} of ${object.size} bytes`, true);
    const oid = hash.digest('hex');
    if (oid !== object.oid)
        throw wrong(object, `its bytes have the SHA-256 ${oid}`);
    if (held !== undefined)
        yield held;
}
function wrong(object, why, retryable = false) {
    return new errors/* MirrorError */.En(`the source’s LFS object ${object.oid} is not what its pointer says: ${why}`, {
        code: 'pack',
        side: 'source',
        retryable,
        hint: 'The source’s LFS storage holds a damaged object: `git lfs fsck` in a clone names it, and a client that has the right file can upload it again.',
    });
}

;// CONCATENATED MODULE: ./build/lfs/relay/fan-out.js
/**
 * The same slices for `count` readers, at the pace of the slowest: the next slice is asked for when every reader
 * that is left has taken the one before. A reader that ends early leaves the others alone; with the last one the
 * source is given up.
 */
function fanOut(slices, count) {
    const source = slices[Symbol.asyncIterator]();
    let left = count;
    let waiting = [];
    const pullWhenAll = () => {
        if (left === 0 || waiting.length < left)
            return;
        const readers = waiting;
        waiting = [];
        source.next().then(({ done, value }) => {
            const result = done === true ? { done: true, value: undefined } : { done: false, value };
            for (const reader of readers)
                reader.resolve(result);
        }, (error) => {
            for (const reader of readers)
                reader.reject(error);
        });
    };
    const makeReader = () => {
        let gone = false;
        return {
            [Symbol.asyncIterator]() {
                return this;
            },
            next: () => gone
                ? Promise.resolve({ done: true, value: undefined })
                : new Promise((resolve, reject) => {
                    waiting.push({ resolve, reject });
                    pullWhenAll();
                }),
            async return() {
                if (!gone) {
                    gone = true;
                    left--;
                    if (left === 0)
                        await source.return?.();
                    else
                        pullWhenAll();
                }
                return { done: true, value: undefined };
            },
        };
    };
    return Array.from({ length: count }, makeReader);
}

// EXTERNAL MODULE: ./build/base/memory.js
var memory = __webpack_require__(44225);
;// CONCATENATED MODULE: ./build/lfs/relay/pass-on.js

/** Bytes that are remembered until they are written; the memory of more is left to the garbage collector. */
const REMEMBERED_BYTES = 1024 * 1024;
/**
 * The same slices, counted when the next one is asked for, with the memory of those that are written given back at once:
 * a reader says so by `next(true)` (`TurnBody`). Nobody else may use them. Slices come in the order of the chunks that
 * they are parts of: every chunk before that of the newest slice is used up.
 */
function passOn(slices, options) {
    const source = slices[Symbol.asyncIterator]();
    let given = [];
    let bytes = 0;
    let last = 0;
    const settle = (next, written) => {
        if (written)
            (0,memory/* releaseMemory */.H)(given.filter(({ buffer }) => buffer !== next.buffer));
        if (written || bytes > REMEMBERED_BYTES) {
            given = [];
            bytes = 0;
        }
        given.push(next);
        bytes += next.length;
    };
    return {
        [Symbol.asyncIterator]() {
            return this;
        },
        async next(written) {
            if (last > 0)
                options.onBytes(last);
            last = 0;
            const result = await source.next();
            if (result.done === true)
                return { done: true, value: undefined };
            last = result.value.length;
            if (options.mayRelease)
                settle(result.value, written === true);
            return { done: false, value: result.value };
        },
        async return() {
            await source.return?.();
            return { done: true, value: undefined };
        },
    };
}

;// CONCATENATED MODULE: ./build/lfs/relay/relay-objects.js




/**
 * Streams objects from the source to every target that lacks them, each object read once for all of them. What fails
 * is named; the others go on.
 * @returns one result for each target, in their order
 * @throws the signal's reason.
 */
async function relayObjects(options) {
    const drafts = options.targets.map(() => ({ sent: [], failed: [], broken: undefined }));
    const jobs = makeJobs(options.targets);
    let next = 0;
    const work = async () => {
        for (let job = jobs[next++]; job !== undefined; job = jobs[next++])
            await relayOne(options, drafts, job);
    };
    const workers = Array.from({ length: Math.min(options.atOnce, jobs.length) }, work);
    // All of them have ended before an error leaves: nothing is written behind the back of whoever reads it.
    const ends = await Promise.allSettled(workers);
    options.signal.throwIfAborted();
    for (const end of ends)
        if (end.status === 'rejected')
            throw end.reason;
    return drafts;
}
function makeJobs(targets) {
    const jobs = new Map();
    for (const [index, { objects }] of targets.entries()) {
        for (const object of objects) {
            const key = `${object.oid} ${object.size}`;
            const job = jobs.get(key);
            if (job === undefined)
                jobs.set(key, { object, to: [index] });
            else if (!job.to.includes(index))
                job.to.push(index);
        }
    }
    return [...jobs.values()];
}
async function relayOne(options, drafts, { object, to }) {
    let open = to;
    for (let attempt = 0;; attempt++) {
        for (const index of open) {
            const { broken, failed } = drafts[index];
            if (broken !== undefined)
                failed.push({ object, error: broken });
        }
        open = open.filter((index) => drafts[index].broken === undefined);
        if (open.length === 0)
            return;
        options.signal.throwIfAborted();
        const again = await sendOnce(options, drafts, { object, to: open }, attempt < options.retries);
        if (again === undefined)
            return;
        open = again.to;
        const stores = open.map((index) => options.targets[index].store);
        options.onRetry(stores, object, again.error);
        await options.wait(attempt + 1, again.error);
    }
}
/** @returns the targets that are worth another attempt, and why */
async function sendOnce(options, drafts, { object, to }, mayRetry) {
    const checked = checkBody(object, options.source.read(object));
    const bodies = to.length === 1 ? [checked] : fanOut(checked, to.length);
    const ends = await Promise.allSettled(to.map(async (index, at) => {
        const { store } = options.targets[index];
        const body = bodies[at];
        try {
            const onBytes = (bytes) => options.onBytes(store, bytes);
            await store.write(object, passOn(body, { onBytes, mayRelease: to.length === 1 }));
        }
        finally {
            // A store that answers early must not stop the others.
            await body.return?.(undefined);
        }
    }));
    const again = [];
    let reason;
    for (const [at, end] of ends.entries()) {
        const index = to[at];
        const draft = drafts[index];
        const { store } = options.targets[index];
        if (end.status === 'fulfilled') {
            draft.sent.push(object);
            options.onSent(store, object);
            continue;
        }
        options.signal.throwIfAborted();
        const error = (0,errors/* toMirrorError */.Ho)(end.reason, { code: 'cut', side: 'destination', retryable: true });
        if (mayRetry && error.retryable) {
            again.push(index);
            reason = error;
            continue;
        }
        if (isFinalForAll(error))
            draft.broken = error;
        draft.failed.push({ object, error });
    }
    return reason && { to: again, error: reason };
}
/** What one object was refused for, every other one would be. */
function isFinalForAll({ side, code, status }) {
    return side === 'destination' && (code === 'auth' || status === 507 || status === 509 || code === 'connect');
}


/***/ })

};
