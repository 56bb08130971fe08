export const id = 5334;
export const ids = [5334];
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

/***/ 5334:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  carryPointers: () => (/* binding */ carryPointers)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/base/memory.js
var memory = __webpack_require__(44225);
// EXTERNAL MODULE: ./build/lfs/carry-options.js
var carry_options = __webpack_require__(6508);
;// CONCATENATED MODULE: ./build/lfs/left-out.js


/** Names in a message. */
const NAMES_LIMIT = 5;
/** @throws MirrorError with `true` and `full` */
function tellLost({ mode, notice }, lost) {
    if (lost.length === 0)
        return;
    const [reason] = lost.flatMap((standing) => (standing.kind === 'refused' ? [standing] : []));
    const why = reason === undefined ? '' : ` (it says: ${reason.message}, ${reason.code})`;
    const text = `the source’s LFS server does not give ${listObjects(lost.map(({ object }) => object))}${why}: the destination lacks ${lost.length === 1 ? 'it' : 'them'}, too`;
    if (mode !== 'auto')
        throw new errors/* MirrorError */.En(text, { code: 'not-found', side: 'source', hint: LOST_HINT });
    notice('warning', `${text}. ${LOST_HINT}`);
}
const LOST_HINT = 'Whoever has the files can upload them with `git lfs push --all` to the source; pointers in documentation or tests may mean nothing.';
/** @throws MirrorError for objects that the destination will not take */
function failForRefused(refused) {
    const [first] = refused;
    if (first === undefined)
        return;
    throw new errors/* MirrorError */.En(`the destination’s LFS server refuses ${listObjects(refused.map(({ object }) => object))}: ${first.message} (${first.code})`, {
        code: 'http',
        side: 'destination',
        status: first.code,
        serverText: first.message,
        hint: 'The other objects have arrived, and no ref was moved. With lfs: false the refs are mirrored without LFS objects.',
    });
}
/** One end does not speak LFS, or not with us. */
function giveUp({ mode, notice }, count, thrown) {
    const error = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', retryable: true });
    // What passes says nothing about what the server can do.
    if (mode !== 'auto' || error.retryable || error.code === 'cancelled')
        throw error;
    notice('warning', `${count} LFS ${count === 1 ? 'object is' : 'objects are'} not carried: ${error.message}${error.hint === undefined ? '' : `. ${error.hint}`}`);
    return carry_options/* NOTHING */.K;
}
function listObjects(objects) {
    const names = objects.slice(0, NAMES_LIMIT).map(({ oid }) => oid);
    const more = objects.length - names.length;
    return `${objects.length === 1 ? 'the LFS object' : 'the LFS objects'} ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

;// CONCATENATED MODULE: ./build/lfs/carry-pointers.js




/** Objects that are looked at together: memory stays flat however many there are. */
const WINDOW_OBJECTS = 500;
/** Milliseconds between two figures of what has flowed. */
const PROGRESS_MS = 100;
/**
 * Asks both servers for what the pointers name, relays what is missing, and asks the destination again, window by window:
 * the servers are asked about the next one, and about what has arrived of the one before, while objects flow.
 * @throws as `carryLfs`
 */
async function carryPointers(options, pointers) {
    const { onFound, retry } = options;
    await onFound(pointers.length);
    (0,memory/* keepHeapSmall */.p)();
    let stores;
    try {
        stores = await retry('opening the LFS servers', async () => ({
            from: await options.source.store(),
            to: await options.openDestination(),
        }));
    }
    catch (thrown) {
        return giveUp(options, pointers.length, thrown);
    }
    const left = { lost: [], refused: [] };
    const compareFrom = (at) => begin(compare(options, stores, { window: pointers.slice(at, at + WINDOW_OBJECTS), left }));
    let carried = carry_options/* NOTHING */.K;
    let missing = 0;
    let comparing = compareFrom(0);
    let proving = Promise.resolve();
    for (let at = 0; at < pointers.length; at += WINDOW_OBJECTS) {
        let there;
        try {
            there = await comparing;
        }
        catch (thrown) {
            if (at > 0)
                throw thrown;
            return giveUp(options, pointers.length, thrown);
        }
        comparing = compareFrom(at + WINDOW_OBJECTS);
        missing += there.length;
        const { sent, bytes } = await relayWindow(options, stores, {
            objects: there,
            before: carried,
            missing,
            left,
        });
        carried = { objects: carried.objects + sent.length, bytes: carried.bytes + bytes };
        await proving;
        proving = begin(retry('looking for what was sent', () => proveArrival(stores.to, sent)));
    }
    await proving;
    failForRefused(left.refused);
    tellLost(options, left.lost);
    return carried;
}
/** Its failure is met where it is waited for, or nowhere when something else has failed before. */
function begin(act) {
    act.catch(() => undefined);
    return act;
}
/** What of a window the destination lacks and the source has. */
async function compare({ retry }, { from, to }, { window, left }) {
    if (window.length === 0)
        return [];
    const standings = await retry('asking the destination’s LFS server', () => to.prepare(window));
    for (const standing of standings)
        if (standing.kind === 'refused')
            left.refused.push(standing);
    const missing = standings.filter(({ kind }) => kind === 'missing').map(({ object }) => object);
    if (missing.length === 0)
        return [];
    const found = await retry('asking the source’s LFS server', () => from.find(missing));
    left.lost.push(...found.filter(({ kind }) => kind !== 'there'));
    return found.filter(({ kind }) => kind === 'there').map(({ object }) => object);
}
/** What has flowed, told now and then: an event for each slice would take longer than writing it. */
function makeMeter({ onProgress }, { before, missing }) {
    let bytes = 0;
    let objects = 0;
    let toldAt = -Infinity;
    const tell = () => {
        toldAt = performance.now();
        onProgress({ bytes: before.bytes + bytes, objects: before.objects + objects, missing });
    };
    return {
        tell,
        bytes: () => bytes,
        onBytes(count) {
            bytes += count;
            if (performance.now() - toldAt >= PROGRESS_MS)
                tell();
        },
        onSent() {
            objects++;
            tell();
        },
    };
}
async function relayWindow(options, stores, window) {
    const { objects, left } = window;
    if (objects.length === 0)
        return { sent: [], bytes: 0 };
    const meter = makeMeter(options, window);
    meter.tell();
    const { sent, failed } = await options.member.send(stores.to, objects, {
        onBytes: meter.onBytes,
        onSent: meter.onSent,
        onRetry: (object, error) => options.notice('info', `sending the LFS object ${object.oid} again: ${error.message}`),
    });
    meter.tell();
    const fatal = failed.filter(({ error }) => options.mode !== 'auto' || error.side !== 'source' || error.retryable);
    const [first] = fatal;
    if (first !== undefined) {
        throw new errors/* MirrorError */.En(`${listObjects(fatal.map(({ object }) => object))} did not arrive: ${first.error.message}`, {
            code: first.error.code,
            side: first.error.side,
            status: first.error.status,
            hint: first.error.hint,
            serverText: first.error.serverText,
        });
    }
    for (const { object, error } of failed) {
        options.notice('warning', error.message);
        left.lost.push({ kind: 'missing', object });
    }
    return { sent, bytes: meter.bytes() };
}
/** What the destination lists afterwards is the result. @throws MirrorError `unverified` */
async function proveArrival(store, sent) {
    if (sent.length === 0)
        return;
    const absent = (await store.find(sent)).filter(({ kind }) => kind !== 'there').map(({ object }) => object);
    if (absent.length === 0)
        return;
    throw new errors/* MirrorError */.En(`the destination’s LFS server took ${listObjects(absent)} and does not list ${absent.length === 1 ? 'it' : 'them'} afterwards`, {
        code: 'unverified',
        side: 'destination',
        retryable: true,
        hint: 'Its storage loses what is written, or lists it late: look into the log of that server, and run again.',
    });
}


/***/ })

};
