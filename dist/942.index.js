export const id = 942;
export const ids = [942];
export const modules = {

/***/ 68631:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createCarrier: () => (/* binding */ createCarrier)
});

// EXTERNAL MODULE: ./build/lfs/carry-options.js
var carry_options = __webpack_require__(6508);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/base/turns.js
var turns = __webpack_require__(19464);
;// CONCATENATED MODULE: ./build/lfs/choose-pointers.js


/** Pointers of the tips by which is told whether an earlier run left objects out. */
const PROBE_OBJECTS = 100;
/**
 * A pack that is collected before any of it is sent on: it takes no longer than a question to the source would, and nearly
 * all pushes are smaller.
 */
const SMALL_PACK_BYTES = 1024 * 1024;
/** On a slow road the question is quicker. */
const SMALL_PACK_MS = 2000;
/** What is collected rather than asked for twice. */
const HELD_PACK_BYTES = 16 * 1024 * 1024;
const HELD_PACK_MS = 30_000;
/** The pointers whose objects the destination may lack. */
async function choosePointers(options) {
    const { mode, wants, haves, tips, source, notice } = options;
    if (mode === 'full')
        return await scanAll(options);
    if (wants.length === 0)
        return [];
    let shown = await options.glance?.read(SMALL_PACK_BYTES, SMALL_PACK_MS);
    if (shown === undefined) {
        const answer = await readOnWhileAsking(options);
        if (answer === 'not-worth-it')
            return [];
        shown = answer;
    }
    if (shown === undefined) {
        if (!(await source.isCheap()))
            options.onDoubt();
        if (haves.length === 0)
            return (await mayUseLfs(options)) ? await scanAll(options) : [];
    }
    else
        source.learn(shown);
    const { pointers, isTracked, unreadable } = shown ?? (await look(options, { wants, haves, deepen: undefined }));
    tellUnreadable(options, unreadable);
    if (pointers.length === 0 && !isTracked)
        return [];
    if (!(await isWorthIt(options)))
        return tellNoStore(options, pointers);
    if (haves.length === 0)
        return pointers;
    options.onDoubt();
    if (!(await lacksEarlier(options, tips.slice(0, 1), pointers)))
        return pointers;
    notice('info', 'the destination lacks LFS objects of refs that it has: looking at the whole history');
    return await scanAll(options);
}
/**
 * A source that leaves nothing out would have to send all of it again: as much as can be kept of its pack is collected while
 * it is asked for its LFS server.
 */
async function readOnWhileAsking(options) {
    const asking = isWorthIt(options);
    asking.catch(() => undefined);
    const isUnfiltered = await options.source.isUnfiltered();
    const reading = isUnfiltered ? options.glance?.read(HELD_PACK_BYTES, HELD_PACK_MS) : undefined;
    reading?.catch(() => undefined);
    const first = await Promise.race([asking, ...(reading ? [reading] : [])]);
    if (typeof first === 'object')
        return first;
    if (await asking)
        return await reading;
    options.glance?.stop();
    return 'not-worth-it';
}
/** @returns nothing to carry */
function tellNoStore({ notice }, { length }) {
    const objects = length === 1 ? 'object is' : 'objects are';
    if (length > 0)
        notice('warning', `${length} LFS ${objects} not carried: the source has no LFS server that answers`);
    return [];
}
/** The pointers of a range; again after failures that pass. */
async function look({ source, retry }, range) {
    return await retry('looking for LFS pointers', () => source.scan(range));
}
async function scanAll(options) {
    const { tips, wants, signal } = options;
    const ids = new Set();
    for (const some of [tips, wants])
        await (0,turns/* forEachInTurns */.q3)(some, (id) => ids.add(id), signal);
    const all = [...ids];
    if (all.length === 0)
        return [];
    const { pointers, unreadable } = await look(options, { wants: all, haves: [], deepen: undefined });
    tellUnreadable(options, unreadable);
    return pointers;
}
/**
 * A source that leaves nothing out of a pack would be read twice for each push. Where it has no LFS of its own, as
 * plain Git servers have none, that is not done unasked.
 */
async function isWorthIt({ mode, source, retry }) {
    if (mode !== 'auto' || !(await source.isUnfiltered()))
        return true;
    return await retry('looking for the source’s LFS server', () => source.hasStore());
}
/**
 * A history that was never looked at is looked at as a whole where that is cheap. Elsewhere the tip of the default
 * branch decides: a repository without LFS should not be read twice.
 */
async function mayUseLfs(options) {
    const { mode, source, tips, notice } = options;
    if (mode !== 'auto' || (await source.isCheap()))
        return true;
    const { pointers, isTracked } = await look(options, { wants: tips.slice(0, 1), haves: [], deepen: 1 });
    // The first scan may have found out that the cheapest filter is refused.
    if (pointers.length > 0 || isTracked || (await source.isCheap()))
        return true;
    notice('info', 'the default branch uses no LFS, so the history was not searched for pointers; lfs: full does that');
    return false;
}
function tellUnreadable({ mode, notice }, count) {
    if (count === 0)
        return;
    const text = `${count} small ${count === 1 ? 'file' : 'files'} of the source could not be read, and may be LFS pointers`;
    if (mode !== 'auto')
        throw new errors/* MirrorError */.En(text, { code: 'pack', side: 'source' });
    notice('warning', text);
}
/**
 * Whether the destination lacks objects that refs of before point at, and that can be had. `found`: what the push itself
 * brings.
 */
async function lacksEarlier(options, tips, found) {
    if (tips.length === 0)
        return false;
    const fresh = new Set(found.map(({ oid }) => oid));
    const { pointers } = await look(options, { wants: tips, haves: [], deepen: 1 });
    const earlier = pointers.filter(({ oid }) => !fresh.has(oid)).slice(0, PROBE_OBJECTS);
    if (earlier.length === 0)
        return false;
    try {
        const store = await options.openDestination();
        const standings = await options.retry('asking the destination’s LFS server', () => store.find(earlier));
        const missing = standings.filter(({ kind }) => kind === 'missing').map(({ object }) => object);
        if (missing.length === 0)
            return false;
        // What exists nowhere would make every run look at everything.
        const source = await options.source.store();
        const found = await options.retry('asking the source’s LFS server', () => source.find(missing));
        return found.some(({ kind }) => kind === 'there');
    }
    catch {
        // Told when objects are to be carried.
        return false;
    }
}

;// CONCATENATED MODULE: ./build/lfs/carry-lfs.js


/**
 * Carries what LFS keeps beside the objects of a push, before the push: finds the pointers that become visible at the
 * destination, asks both servers, relays what is missing, and asks the destination again.
 * @throws MirrorError for an object that the destination did not take, or does not list afterwards; with `true` and
 *   `full` for everything that cannot be carried; the signal's reason.
 */
async function carryLfs(options) {
    const { member } = options;
    try {
        const pointers = await choosePointers(options);
        if (pointers.length === 0)
            return carry_options/* NOTHING */.K;
        const { carryPointers } = await __webpack_require__.e(/* import() */ 5334).then(__webpack_require__.bind(__webpack_require__, 5334));
        return await carryPointers(options, pointers);
    }
    finally {
        member.leave();
    }
}

// EXTERNAL MODULE: ./build/base/crypto.js
var base_crypto = __webpack_require__(26039);
// EXTERNAL MODULE: ./build/lfs/pointers/find-pointers.js + 2 modules
var find_pointers = __webpack_require__(61040);
;// CONCATENATED MODULE: ./build/lfs/lfs-source.js



/** The source of a run as LFS sees it, shared by its destinations: what was found out once is not asked again. */
class LfsSource {
    #options;
    #scans = new Map();
    #store;
    #isThere;
    #mayHaveConfig = false;
    /** Of `POINTER_FILTERS`: those before it were refused. */
    #rung;
    constructor(options) {
        this.#options = options;
    }
    /** Whether a scan reads little more than the pointers, or as much as a mirror itself. */
    async isCheap() {
        return (await this.#firstRung()) === 0;
    }
    /** Whether a scan reads everything, as much as a mirror of the range itself. */
    async isUnfiltered() {
        return (await this.#firstRung()) === find_pointers/* POINTER_FILTERS */.yZ.length - 1;
    }
    /** The pointers of a range, asked for once. @throws MirrorError of the source. */
    async scan(range) {
        const key = JSON.stringify([range.deepen, hashIds(range.wants), hashIds(range.haves)]);
        const known = this.#scans.get(key);
        if (known !== undefined)
            return await known;
        const scanning = this.#scan(range);
        this.#scans.set(key, scanning);
        // A failure is not kept: another attempt may go well.
        scanning.catch(() => this.#scans.delete(key));
        return await scanning;
    }
    /** What was found elsewhere. */
    learn({ mayHaveConfig }) {
        this.#mayHaveConfig ||= mayHaveConfig;
    }
    async store() {
        this.#store ??= this.#options.open(this.#mayHaveConfig).catch((error) => {
            this.#store = undefined;
            throw error;
        });
        return await this.#store;
    }
    /** Whether the source has an LFS server of its own, asked for once. @throws MirrorError for a failure that passes. */
    async hasStore() {
        this.#isThere ??= this.#lookForStore().catch((error) => {
            this.#isThere = undefined;
            throw error;
        });
        return await this.#isThere;
    }
    async dispose() {
        const store = await this.#store?.catch(() => undefined);
        await store?.dispose();
    }
    async #lookForStore() {
        try {
            return await (await this.store()).isThere();
        }
        catch (error) {
            if (error instanceof errors/* MirrorError */.En && !error.retryable && error.code !== 'cancelled')
                return false;
            throw error;
        }
    }
    async #scan(range) {
        const found = await (0,find_pointers/* findPointers */.Sc)({
            format: this.#options.format,
            from: await this.#firstRung(),
            fetch: (filter) => this.#options.fetch({ ...range, filter }),
        });
        this.#rung = Math.max(this.#rung ?? 0, found.rung);
        this.learn(found);
        return found;
    }
    async #firstRung() {
        this.#rung ??= (await this.#options.filters()) ? 0 : find_pointers/* POINTER_FILTERS */.yZ.length - 1;
        return this.#rung;
    }
}
/** With more ids than these, their order counts: destinations of one source want them in the same one. */
const MOST_SORTED_IDS = 10_000;
/** Ids that are put into the hash at once. */
const IDS_AT_ONCE = 8192;
function hashIds(ids) {
    const ordered = ids.length > MOST_SORTED_IDS ? ids : ids.toSorted();
    const hash = (0,base_crypto/* loadCrypto */.Q)().createHash('sha256');
    for (let from = 0; from < ordered.length; from += IDS_AT_ONCE)
        hash.update(`${ordered.slice(from, from + IDS_AT_ONCE).join(' ')} `);
    return hash.digest('hex');
}

;// CONCATENATED MODULE: ./build/lfs/relay/shared-relay.js
/** A destination that has not said by then what it lacks is not waited for, in milliseconds. */
const LONGEST_WAIT_MS = 30_000;
/**
 * Lets the destinations of one run share the reading of the source's objects: each window of objects starts when all
 * that are left have said what they lack, or after half a minute. All join before the first sends.
 */
function createSharedRelay(options) {
    let members = 0;
    let waiting = [];
    let timer;
    const start = () => {
        clearTimeout(timer);
        timer = undefined;
        const together = waiting;
        waiting = [];
        const hooksOf = new Map(together.map(({ store, hooks }) => [store, hooks]));
        const relay = async () => {
            const { relayObjects } = await __webpack_require__.e(/* import() */ 9834).then(__webpack_require__.bind(__webpack_require__, 69834));
            return await relayObjects({
                ...options,
                source: await options.source(),
                targets: together,
                onBytes: (store, bytes) => hooksOf.get(store)?.onBytes(bytes),
                onSent: (store, object) => hooksOf.get(store)?.onSent(object),
                onRetry: (stores, object, error) => {
                    for (const store of stores)
                        hooksOf.get(store)?.onRetry(object, error);
                },
            });
        };
        relay().then((results) => {
            for (const [index, one] of together.entries())
                one.resolve(results[index]);
        }, (error) => {
            for (const one of together)
                one.reject(error);
        });
    };
    const startWhenAll = () => {
        if (waiting.length === 0)
            return;
        if (waiting.length >= members)
            start();
        else
            timer ??= setTimeout(start, LONGEST_WAIT_MS);
    };
    return {
        join() {
            members++;
            let isIn = true;
            return {
                send: (store, objects, hooks) => new Promise((resolve, reject) => {
                    waiting.push({ store, objects, hooks, resolve, reject });
                    startWhenAll();
                }),
                leave() {
                    if (isIn)
                        members--;
                    isIn = false;
                    startWhenAll();
                },
            };
        },
    };
}

;// CONCATENATED MODULE: ./build/lfs/carrier.js



/** What git-lfs sends at once. */
const OBJECTS_AT_ONCE = 8;
function createCarrier(options) {
    const { signal, format, head, notice } = options;
    const source = new LfsSource({
        format,
        fetch: options.fetch,
        filters: options.filters,
        // What talks with LFS servers is loaded when there is something to say.
        open: async (mayHaveConfig) => {
            const { openSourceStore } = await Promise.all(/* import() */[__webpack_require__.e(891), __webpack_require__.e(9003), __webpack_require__.e(368)]).then(__webpack_require__.bind(__webpack_require__, 3103));
            return await openSourceStore({
                remote: options.source,
                side: 'source',
                signal,
                ref: undefined,
                format,
                commit: mayHaveConfig || head?.isScanned === false ? head?.commit : undefined,
                fetch: (filter) => options.fetch({ wants: [head.commit], haves: [], deepen: 1, filter }),
                notice,
            });
        },
    });
    const relay = createSharedRelay({
        source: () => source.store(),
        atOnce: OBJECTS_AT_ONCE,
        retries: options.retries,
        signal,
        wait: options.wait,
    });
    const opened = [];
    return {
        join() {
            let member = relay.join();
            let isFirst = true;
            let store;
            return {
                async carry({ destination, ref, ...request }) {
                    if (!isFirst)
                        member = relay.join();
                    isFirst = false;
                    const openDestination = async () => {
                        const opening = (store ??= carrier_open({ remote: destination, side: 'destination', signal, ref }));
                        try {
                            const found = await opening;
                            if (!opened.includes(opening))
                                opened.push(opening);
                            return found;
                        }
                        catch (error) {
                            store = undefined;
                            throw error;
                        }
                    };
                    return await carryLfs({ ...request, source, openDestination, member, signal });
                },
                leave: () => member.leave(),
            };
        },
        async dispose() {
            await Promise.all([source.dispose(), ...opened.map(async (opening) => (await opening).dispose())]);
        },
    };
}
async function carrier_open(options) {
    const { openStore } = await Promise.all(/* import() */[__webpack_require__.e(891), __webpack_require__.e(9003), __webpack_require__.e(768)]).then(__webpack_require__.bind(__webpack_require__, 29003));
    return await openStore(options);
}


/***/ }),

/***/ 6508:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ NOTHING)
/* harmony export */ });
const NOTHING = { objects: 0, bytes: 0 };


/***/ }),

/***/ 97084:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BB: () => (/* binding */ PackChecker),
/* harmony export */   QT: () => (/* binding */ parsePackHeader),
/* harmony export */   pb: () => (/* binding */ emptyPack),
/* harmony export */   z5: () => (/* binding */ PACK_HEADER_LENGTH)
/* harmony export */ });
/* unused harmony export trailerLength */
/* harmony import */ var _base_crypto_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(26039);
/* harmony import */ var _base_bytes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25771);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45145);



/** `PACK`, version, number of objects (gitformat-pack). */
const PACK_HEADER_LENGTH = 12;
const SIGNATURE = 0x5041434b;
/** @throws MirrorError `pack` for bytes that are no header of version 2 or 3. */
function parsePackHeader(bytes) {
    if (bytes.length < PACK_HEADER_LENGTH)
        throw damaged('its header is cut');
    const view = new DataView(bytes.buffer, bytes.byteOffset, PACK_HEADER_LENGTH);
    if (view.getUint32(0) !== SIGNATURE)
        throw damaged('it does not begin with PACK');
    const version = view.getUint32(4);
    if (version !== 2 && version !== 3)
        throw damaged(`its version is ${version}`);
    return { version, objects: view.getUint32(8) };
}
/** A pack without objects: 32 bytes for SHA-1, 44 for SHA-256. */
function emptyPack(format) {
    const header = new Uint8Array(PACK_HEADER_LENGTH);
    const view = new DataView(header.buffer);
    view.setUint32(0, SIGNATURE);
    view.setUint32(4, 2);
    return (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .concatBytes */ .Id)([header, (0,_base_crypto_js__WEBPACK_IMPORTED_MODULE_2__/* .loadCrypto */ .Q)().createHash(format).update(header).digest()]);
}
/** Bytes of the hash at the end of a pack. */
function trailerLength(format) {
    return format === 'sha1' ? 20 : 32;
}
/**
 * Checks a pack while its slices pass: the trailer is the hash of all bytes before it. The last slice is kept, and
 * must stay as it is until the next one.
 */
class PackChecker {
    /** Bytes seen so far. */
    bytes = 0;
    #hash;
    #length;
    /** The last slices, not hashed yet: they end with the trailer, if nothing follows. */
    #held = new Uint8Array(0);
    #header = new Uint8Array(0);
    constructor(format) {
        this.#hash = (0,_base_crypto_js__WEBPACK_IMPORTED_MODULE_2__/* .loadCrypto */ .Q)().createHash(format);
        this.#length = trailerLength(format);
    }
    /** Objects by the header; undefined before its last byte. @throws MirrorError `pack` for what is no header. */
    get objects() {
        return this.#header.length < PACK_HEADER_LENGTH ? undefined : parsePackHeader(this.#header).objects;
    }
    update(slice) {
        this.bytes += slice.length;
        if (this.#header.length < PACK_HEADER_LENGTH) {
            const missing = PACK_HEADER_LENGTH - this.#header.length;
            this.#header = (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .concatBytes */ .Id)([this.#header, slice.subarray(0, missing)]);
        }
        if (slice.length >= this.#length) {
            this.#hash.update(this.#held);
            this.#held = slice;
        }
        else
            this.#held = this.#hashAllBut(this.#length, (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .concatBytes */ .Id)([this.#held, slice]));
    }
    /** Hashes `bytes` without the last `length` of them, which are given back. */
    #hashAllBut(length, bytes) {
        const end = Math.max(0, bytes.length - length);
        this.#hash.update(bytes.subarray(0, end));
        return bytes.subarray(end);
    }
    /** To be called once, after the last slice. @throws MirrorError `pack`. */
    finish() {
        if (this.bytes < PACK_HEADER_LENGTH + this.#length)
            throw damaged(`it ends after ${this.bytes} bytes`);
        parsePackHeader(this.#header);
        const trailer = this.#hashAllBut(this.#length, this.#held);
        if (!this.#hash.digest().equals(trailer)) {
            throw damaged(`after ${this.bytes} bytes its trailer is not the hash of what came before`);
        }
    }
}
function damaged(how) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`the pack is damaged or was cut: ${how}`, {
        code: 'pack',
        side: 'source',
        retryable: true,
    });
}


/***/ })

};
