export const id = 8631;
export const ids = [8631];
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
/** The pointers whose objects the destination may lack. */
async function choosePointers(options) {
    const { mode, wants, haves, tips, notice } = options;
    if (mode === 'full')
        return await scanAll(options);
    if (wants.length === 0)
        return [];
    if (!(await isWorthIt(options)))
        return [];
    if (!(await options.source.isCheap()))
        options.onDoubt();
    if (haves.length === 0)
        return (await mayUseLfs(options)) ? await scanAll(options) : [];
    const { pointers, isTracked, unreadable } = await look(options, { wants, haves, deepen: undefined });
    tellUnreadable(options, unreadable);
    if (pointers.length === 0 && !isTracked)
        return [];
    options.onDoubt();
    if (!(await lacksEarlier(options, tips.slice(0, 1), pointers)))
        return pointers;
    notice('info', 'the destination lacks LFS objects of refs that it has: looking at the whole history');
    return await scanAll(options);
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
// EXTERNAL MODULE: ./build/lfs/pointers/find-pointers.js + 3 modules
var find_pointers = __webpack_require__(38911);
;// CONCATENATED MODULE: ./build/lfs/lfs-source.js



/** The source of a run as LFS sees it, shared by its destinations: what was found out once is not asked again. */
class LfsSource {
    #options;
    #scans = new Map();
    #store;
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
    async store() {
        this.#store ??= this.#options.open(this.#mayHaveConfig).catch((error) => {
            this.#store = undefined;
            throw error;
        });
        return await this.#store;
    }
    /** Whether the source has an LFS server of its own. @throws MirrorError for a failure that passes. */
    async hasStore() {
        try {
            return await (await this.store()).isThere();
        }
        catch (error) {
            if (error instanceof errors/* MirrorError */.En && !error.retryable && error.code !== 'cancelled')
                return false;
            throw error;
        }
    }
    async dispose() {
        const store = await this.#store?.catch(() => undefined);
        await store?.dispose();
    }
    async #scan(range) {
        const found = await (0,find_pointers/* findPointers */.Sc)({
            format: this.#options.format,
            from: await this.#firstRung(),
            fetch: (filter) => this.#options.fetch({ ...range, filter }),
        });
        this.#rung = Math.max(this.#rung ?? 0, found.rung);
        this.#mayHaveConfig ||= found.mayHaveConfig;
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

/***/ 93553:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ applyDelta),
/* harmony export */   k: () => (/* binding */ readDeltaSizes)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);

/** The two sizes at the head of a delta (gitformat-pack, "Deltified representation"). @throws MirrorError `pack`. */
function readDeltaSizes(delta) {
    const base = readVarint(delta, 0);
    const result = readVarint(delta, base.next);
    return { base: base.value, result: result.value, start: result.next };
}
/** Applies `delta` to `base`. @throws MirrorError `pack` for a delta that does not fit it. */
function applyDelta(base, delta) {
    const sizes = readDeltaSizes(delta);
    if (sizes.base !== base.length)
        throw damaged('it was made for another base');
    const result = new Uint8Array(sizes.result);
    let at = sizes.start;
    let written = 0;
    const put = (bytes, length) => {
        if (bytes.length !== length || written + length > result.length)
            throw damaged('it runs over');
        result.set(bytes, written);
        written += length;
    };
    while (at < delta.length) {
        const op = delta[at++];
        if (op === 0)
            throw damaged('it has an unknown instruction');
        if ((op & 0x80) === 0) {
            put(delta.subarray(at, at + op), op);
            at += op;
            continue;
        }
        let offset = 0;
        let length = 0;
        for (let bit = 0; bit < 4; bit++)
            if (op & (1 << bit))
                offset += (delta[at++] ?? 0) * 2 ** (8 * bit);
        for (let bit = 0; bit < 3; bit++)
            if (op & (0x10 << bit))
                length += (delta[at++] ?? 0) * 2 ** (8 * bit);
        if (length === 0)
            length = 0x10000;
        put(base.subarray(offset, offset + length), length);
    }
    if (written !== result.length)
        throw damaged('it ends early');
    return result;
}
/** Seven bits a byte, the lowest first, while the highest bit is set. */
function readVarint(bytes, from) {
    let value = 0;
    for (let at = from, scale = 1; at < bytes.length && scale <= 2 ** 49; at++, scale *= 128) {
        const byte = bytes[at];
        value += (byte & 0x7f) * scale;
        if ((byte & 0x80) === 0)
            return { value, next: at + 1 };
    }
    throw damaged('its head is cut');
}
function damaged(why) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the pack holds a damaged delta: ${why}`, {
        code: 'pack',
        side: 'source',
        retryable: true,
    });
}


/***/ }),

/***/ 38911:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  yZ: () => (/* binding */ POINTER_FILTERS),
  Sc: () => (/* binding */ findPointers),
  TF: () => (/* binding */ isRefusedFilter)
});

// EXTERNAL MODULE: ./build/base/bytes.js
var base_bytes = __webpack_require__(25771);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
;// CONCATENATED MODULE: ./build/lfs/pointers/pointer.js
/** A pointer is shorter than this, extension lines included: Git's client reads no longer blob as one. */
const POINTER_LIMIT_BYTES = 1024;
const VERSIONS = new Set([
    'https://git-lfs.github.com/spec/v1',
    'https://hawser.github.com/spec/v1',
    'http://git-media.io/v/2',
]);
/** Keeps a byte order mark, which no pointer may have. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const KEYS = ['version', 'oid', 'size'];
const MENTION = /git-media|hawser|git-lfs/;
const EXTENSION = /^ext-(\d)-\w+/;
const OID = /^sha256:([0-9a-f]{64})$/;
const SIZE = /^\+?\d+$/;
/** What Go's `TrimSpace` takes away. JavaScript's `trim` would take a byte order mark, too. */
const EDGES = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g;
/**
 * The pointer that a blob is, as tolerant and as strict as Git's own client; undefined for any other blob, and for
 * the pointer of an empty file, of which nothing has to be copied.
 */
function parsePointer(blob) {
    if (blob.length >= POINTER_LIMIT_BYTES)
        return undefined;
    const text = decoder.decode(blob);
    if (!MENTION.test(text))
        return undefined;
    const values = readKeys(text.replace(EDGES, ''));
    if (values === undefined || !VERSIONS.has(values.version))
        return undefined;
    const oid = OID.exec(values.oid)?.[1];
    if (oid === undefined || !SIZE.test(values.size))
        return undefined;
    const size = Number(values.size);
    return size > 0 && Number.isSafeInteger(size) ? { oid, size } : undefined;
}
/** `version`, `oid` and `size` in this order; extensions stand anywhere before `size`, each priority once. */
function readKeys(text) {
    const values = { version: '', oid: '', size: '' };
    const priorities = new Set();
    let found = 0;
    for (const raw of text.split('\n')) {
        const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
        if (line === '')
            continue;
        const space = line.indexOf(' ');
        const expected = KEYS[found];
        if (space < 0 || expected === undefined)
            return undefined;
        const key = line.slice(0, space);
        const value = line.slice(space + 1);
        if (key === expected) {
            values[expected] = value;
            found++;
            continue;
        }
        const priority = EXTENSION.exec(key)?.[1];
        if (priority === undefined || priorities.has(priority) || !OID.test(value))
            return undefined;
        priorities.add(priority);
    }
    return found === KEYS.length ? values : undefined;
}

// EXTERNAL MODULE: ./build/base/crypto.js
var base_crypto = __webpack_require__(26039);
// EXTERNAL MODULE: ./build/lfs/pointers/delta.js
var pointers_delta = __webpack_require__(93553);
;// CONCATENATED MODULE: ./build/lfs/pointers/offset-set.js
const WINDOW_BYTES = 2 ** 32;
const FIRST_ROOM = 1024;
/**
 * Places in a pack that are added from the first to the last: four bytes each, where a `Set` takes forty. A pack of
 * eight million trees and commits costs 32 MB.
 */
class OffsetSet {
    #windows = [];
    /** `offset` lies behind every one before it. */
    add(offset) {
        const window = (this.#windows[Math.floor(offset / WINDOW_BYTES)] ??= {
            offsets: new Uint32Array(FIRST_ROOM),
            length: 0,
        });
        if (window.length === window.offsets.length) {
            const larger = new Uint32Array(window.length * 2);
            larger.set(window.offsets);
            window.offsets = larger;
        }
        window.offsets[window.length++] = offset % WINDOW_BYTES;
    }
    has(offset) {
        const window = this.#windows[Math.floor(offset / WINDOW_BYTES)];
        if (window === undefined)
            return false;
        const wanted = offset % WINDOW_BYTES;
        let low = 0;
        let high = window.length;
        while (low < high) {
            const middle = (low + high) >>> 1;
            if (window.offsets[middle] < wanted)
                low = middle + 1;
            else
                high = middle;
        }
        return low < window.length && window.offsets[low] === wanted;
    }
}

// EXTERNAL MODULE: ./build/lfs/pointers/pack-entries.js
var pack_entries = __webpack_require__(94931);
;// CONCATENATED MODULE: ./build/lfs/pointers/small-blobs.js




/** What is kept of blobs that a later delta may build upon. Git puts a base shortly before what builds on it. */
const KEPT_LIMIT_BYTES = 32 * 1024 * 1024;
/** Larger blobs are not kept: the base of a pointer is nearly always a pointer. */
const BASE_LIMIT_BYTES = 64 * 1024;
/** Deltas that came before their base. */
const WAITING_LIMIT_BYTES = 8 * 1024 * 1024;
const HASH = /[0-9a-f]{48}/;
/**
 * Hands on every blob of a pack that is shorter than `limit` bytes, deltas resolved, in flat memory. The pack must
 * not be thin.
 * @throws MirrorError `pack`, `cut`; the stream's own.
 */
async function readSmallBlobs(bytes, options) {
    const resolver = new Resolver(options);
    const { objects } = await (0,pack_entries/* readPackEntries */.y)(bytes, {
        format: options.format,
        keepBytes: BASE_LIMIT_BYTES,
        onEntry: (entry) => resolver.take(entry),
    });
    return { objects, unreadable: resolver.unreadable };
}
class Resolver {
    #unresolved = 0;
    #format;
    #limit;
    #onBlob;
    /** By offset, the longest unused first. */
    #kept = new Map();
    #offsets = new Map();
    #keptBytes = 0;
    /** Places of commits, trees and tags: a delta upon one of them is no blob. */
    #others = new OffsetSet();
    #waiting = new Map();
    #waitingBytes = 0;
    #waitingPointers = 0;
    constructor(options) {
        this.#format = options.format;
        this.#limit = options.limit;
        this.#onBlob = options.onBlob;
    }
    get unreadable() {
        return this.#unresolved + this.#waitingPointers;
    }
    take(entry) {
        const { type, offset, data, base } = entry;
        if (type === 'blob') {
            if (data !== undefined)
                this.#found(offset, data);
            return;
        }
        if (base === undefined) {
            this.#others.add(offset);
            return;
        }
        if ('offset' in base && this.#others.has(base.offset)) {
            this.#others.add(offset);
            return;
        }
        // A delta that is this long itself makes no small blob, and nothing that is kept.
        if (data === undefined)
            return;
        const kept = this.#kept.get('offset' in base ? base.offset : (this.#offsets.get(base.id) ?? -1));
        if (kept !== undefined)
            this.#resolve(offset, kept, data);
        else if ('id' in base)
            this.#wait(base.id, { offset, delta: data });
        else if (this.#mayBePointer(data))
            this.#unresolved++;
    }
    /** A delta copies runs of sixteen bytes and more: a hash that its base does not hold stands in it as it is. */
    #mayBePointer(delta) {
        return (0,pointers_delta/* readDeltaSizes */.k)(delta).result < this.#limit && HASH.test(Buffer.from(delta).toString('latin1'));
    }
    #resolve(offset, base, delta) {
        // Used again: it becomes the youngest.
        this.#kept.delete(base.offset);
        this.#kept.set(base.offset, base);
        if ((0,pointers_delta/* readDeltaSizes */.k)(delta).result <= BASE_LIMIT_BYTES)
            this.#found(offset, (0,pointers_delta/* applyDelta */.T)(base.data, delta));
    }
    #found(offset, data) {
        if (data.length < this.#limit)
            this.#onBlob(data);
        const id = this.#idOf(data);
        this.#keep({ offset, data, id });
        const waiting = this.#waiting.get(id);
        if (waiting === undefined)
            return;
        this.#waiting.delete(id);
        for (const { offset: at, delta } of waiting) {
            this.#waitingBytes -= delta.length;
            if (this.#mayBePointer(delta))
                this.#waitingPointers--;
            this.#resolve(at, { offset, data, id }, delta);
        }
    }
    #keep(kept) {
        this.#kept.set(kept.offset, kept);
        this.#offsets.set(kept.id, kept.offset);
        this.#keptBytes += kept.data.length;
        for (const [offset, oldest] of this.#kept) {
            if (this.#keptBytes <= KEPT_LIMIT_BYTES)
                break;
            this.#kept.delete(offset);
            if (this.#offsets.get(oldest.id) === offset)
                this.#offsets.delete(oldest.id);
            this.#keptBytes -= oldest.data.length;
        }
    }
    #wait(id, waiting) {
        const counts = this.#mayBePointer(waiting.delta);
        if (this.#waitingBytes + waiting.delta.length > WAITING_LIMIT_BYTES) {
            if (counts)
                this.#unresolved++;
            return;
        }
        this.#waitingBytes += waiting.delta.length;
        if (counts)
            this.#waitingPointers++;
        const list = this.#waiting.get(id);
        if (list === undefined)
            this.#waiting.set(id, [waiting]);
        else
            list.push(waiting);
    }
    #idOf(data) {
        return (0,base_crypto/* loadCrypto */.Q)().createHash(this.#format).update(`blob ${data.length}\0`).update(data).digest('hex');
    }
}

;// CONCATENATED MODULE: ./build/lfs/pointers/find-pointers.js




/** What the source is asked to leave out, from the least that is sent to the most. */
const POINTER_FILTERS = [
    `combine:blob:limit=${POINTER_LIMIT_BYTES}+object:type=blob`,
    `blob:limit=${POINTER_LIMIT_BYTES}`,
    undefined,
];
const TRACKS = Buffer.from('filter=lfs');
const CONFIGURES = /\[\s*lfs\b/i;
/**
 * Asks for the objects of a range with the filter that sends least, and reads the pointers out of the pack, which is
 * thrown away. A source that refuses a filter, in words or by hanging up, is asked with the next one.
 * @param fetch asks with a filter of `POINTER_FILTERS`, not thin, on a connection of its own
 * @param from index of the first filter to try
 * @throws MirrorError of the source
 */
async function findPointers(options) {
    for (let rung = options.from;; rung++) {
        const isLast = rung >= POINTER_FILTERS.length - 1;
        try {
            return await scan(await options.fetch(POINTER_FILTERS[rung]), { format: options.format, rung });
        }
        catch (error) {
            if (isLast || !isRefusedFilter(error))
                throw error;
        }
    }
}
/** Git says so in words where it knows the filter, and hangs up where it does not; http servers answer 4xx or 500. */
function isRefusedFilter(error) {
    if (!(error instanceof errors/* MirrorError */.En))
        return false;
    const { code, status } = error;
    if (code === 'http')
        return status !== undefined && status !== 429 && status !== 503;
    return code === 'server' || code === 'cut' || code === 'protocol';
}
async function scan(pack, options) {
    const pointers = new Map();
    let isTracked = false;
    let mayHaveConfig = false;
    const bytes = new base_bytes/* ByteReader */.kP(slicesOf(pack));
    try {
        const { unreadable } = await readSmallBlobs(bytes, {
            format: options.format,
            limit: POINTER_LIMIT_BYTES,
            onBlob(data) {
                const bytes = Buffer.from(data.buffer, data.byteOffset, data.length);
                isTracked ||= bytes.includes(TRACKS);
                mayHaveConfig ||= CONFIGURES.test(bytes.toString('latin1'));
                const pointer = parsePointer(data);
                if (pointer !== undefined)
                    pointers.set(`${pointer.oid} ${pointer.size}`, pointer);
            },
        });
        await bytes.drain();
        return {
            pointers: [...pointers.values()],
            isTracked,
            mayHaveConfig,
            unreadable,
            bytes: bytes.consumed,
            rung: options.rung,
        };
    }
    catch (error) {
        pack.cancel(error);
        throw error;
    }
}
async function* slicesOf(pack) {
    for (let slice = await pack.next(); slice !== undefined; slice = await pack.next())
        yield slice;
}


/***/ }),

/***/ 94931:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ readPackEntries)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38522);
/* harmony import */ var _base_bytes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(25771);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45145);
/* harmony import */ var _protocol_pack_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(97084);




const TYPES = [undefined, 'commit', 'tree', 'blob', 'tag', undefined, 'delta', 'delta'];
const OFS_DELTA = 6;
const REF_DELTA = 7;
/** Longest head: a size of 10 bytes, and the id of a base. */
const HEAD_LIMIT_BYTES = 10 + 32;
/** What zlib adds at most to bytes that it cannot shrink, for entries that are read at once. */
const DEFLATE_OVERHEAD_BYTES = 128;
/**
 * Reads a pack from its first byte, entry by entry, without keeping any. Entries above `keepBytes` are read over.
 * @throws MirrorError `pack`, `cut`; the stream's own.
 */
async function readPackEntries(bytes, options) {
    const header = await bytes.read(_protocol_pack_js__WEBPACK_IMPORTED_MODULE_3__/* .PACK_HEADER_LENGTH */ .z5);
    if (header === undefined)
        throw damaged('it is empty');
    const { objects } = (0,_protocol_pack_js__WEBPACK_IMPORTED_MODULE_3__/* .parsePackHeader */ .QT)(header);
    for (let count = 0; count < objects; count++) {
        const offset = bytes.consumed;
        const head = parseHead(await bytes.peek(HEAD_LIMIT_BYTES), offset, options.format);
        await bytes.read(head.length);
        const isKept = head.size <= options.keepBytes;
        const data = isKept ? await inflateNext(bytes, head.size) : await skipNext(bytes, head.size);
        options.onEntry({ offset, type: head.type, base: head.base, size: head.size, data });
    }
    return { objects };
}
function parseHead(bytes, offset, format) {
    let at = 0;
    const next = () => {
        const byte = bytes[at++];
        if (byte === undefined)
            throw damaged('it ends within an object');
        return byte;
    };
    let byte = next();
    const kind = (byte >> 4) & 7;
    const type = TYPES[kind];
    if (type === undefined)
        throw damaged(`an object has the unknown type ${kind}`);
    let size = byte & 0x0f;
    for (let scale = 16; byte & 0x80; scale *= 128) {
        if (scale > 2 ** 46)
            throw damaged('an object has an impossible size');
        byte = next();
        size += (byte & 0x7f) * scale;
    }
    if (kind === OFS_DELTA) {
        byte = next();
        let back = byte & 0x7f;
        while (byte & 0x80) {
            byte = next();
            back = (back + 1) * 128 + (byte & 0x7f);
            if (back > offset)
                throw damaged('a delta begins before the pack');
        }
        return { type, size, base: { offset: offset - back }, length: at };
    }
    if (kind === REF_DELTA) {
        const length = format === 'sha1' ? 20 : 32;
        const id = bytes.subarray(at, at + length);
        if (id.length < length)
            throw damaged('it ends within an object');
        return { type, size, base: { id: Buffer.from(id).toString('hex') }, length: at + length };
    }
    return { type, size, base: undefined, length: at };
}
/** Small objects are inflated at once: a stream for each would take longer than its bytes. */
async function inflateNext(bytes, size) {
    const input = await bytes.peek(size + DEFLATE_OVERHEAD_BYTES);
    let result;
    try {
        result = (0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.inflateSync)(input, { info: true, maxOutputLength: Math.max(1, size) });
    }
    catch {
        throw damaged('an object cannot be inflated');
    }
    if (result.buffer.length !== size)
        throw damaged('an object has another size than it says');
    await bytes.read(result.engine.bytesWritten);
    return result.buffer;
}
/** Reads over a large object: what it inflates to is counted and dropped. */
async function skipNext(bytes, size) {
    const inflate = (0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.createInflate)();
    let inflated = 0;
    inflate.on('data', (part) => (inflated += part.length));
    const ended = new Promise((resolve, reject) => {
        inflate.on('end', resolve);
        inflate.on('error', () => reject(damaged('an object cannot be inflated')));
    });
    ended.catch(() => undefined);
    try {
        for (let before = 0;; before = inflate.bytesWritten) {
            if ((await bytes.peek(1)).length === 0)
                throw damaged('it ends within an object');
            const input = bytes.peekNow(bytes.buffered);
            await Promise.race([new Promise((resolve) => inflate.write(input, resolve)), ended]);
            const taken = inflate.bytesWritten - before;
            await bytes.read(taken);
            // What the decoder leaves lies behind the object's end.
            if (taken < input.length)
                break;
            if (inflated > size)
                throw damaged('an object has another size than it says');
        }
        await ended;
    }
    finally {
        inflate.destroy();
    }
    if (inflated !== size)
        throw damaged('an object has another size than it says');
    return undefined;
}
function damaged(why) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MirrorError */ .En(`the pack is damaged: ${why}`, { code: 'pack', side: 'source', retryable: true });
}


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
