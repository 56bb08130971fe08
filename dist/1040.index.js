export const id = 1040;
export const ids = [1040];
export const modules = {

/***/ 93553:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TM: () => (/* binding */ applyDelta),
/* harmony export */   Tn: () => (/* binding */ readDeltaSizes),
/* harmony export */   tc: () => (/* binding */ readLiterals)
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
        const { offset, length, next } = readCopy(delta, at, op);
        at = next;
        put(base.subarray(offset, offset + length), length);
    }
    if (written !== result.length)
        throw damaged('it ends early');
    return result;
}
/** What a delta adds to its base, in order. @throws MirrorError `pack` */
function readLiterals(delta) {
    const literals = [];
    let written = 0;
    for (let at = readDeltaSizes(delta).start; at < delta.length;) {
        const op = delta[at++];
        if (op === 0)
            throw damaged('it has an unknown instruction');
        if ((op & 0x80) === 0) {
            literals.push({ at: written, bytes: delta.subarray(at, at + op) });
            at += op;
            written += op;
            continue;
        }
        const copy = readCopy(delta, at, op);
        at = copy.next;
        written += copy.length;
    }
    return literals;
}
/** An instruction to copy from the base, behind its first byte `op`. */
function readCopy(delta, from, op) {
    let next = from;
    let offset = 0;
    let length = 0;
    for (let bit = 0; bit < 4; bit++)
        if (op & (1 << bit))
            offset += (delta[next++] ?? 0) * 2 ** (8 * bit);
    for (let bit = 0; bit < 3; bit++)
        if (op & (0x10 << bit))
            length += (delta[next++] ?? 0) * 2 ** (8 * bit);
    return { offset, length: length === 0 ? 0x10000 : length, next };
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

/***/ 61040:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  yZ: () => (/* binding */ POINTER_FILTERS),
  rE: () => (/* binding */ collectPointers),
  Sc: () => (/* binding */ findPointers),
  TF: () => (/* binding */ isRefusedFilter)
});

// EXTERNAL MODULE: ./build/base/bytes.js
var base_bytes = __webpack_require__(25771);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/lfs/pointers/pointer.js
var pointers_pointer = __webpack_require__(64426);
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
 * Hands on every blob of a pack that is shorter than `limit` bytes, deltas resolved, in flat memory. Of a thin pack, deltas
 * upon what the pack lacks stay unresolved.
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
    #isSuspect;
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
        this.#isSuspect = options.isSuspect ?? holdsHash;
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
    #mayBePointer(delta) {
        return (0,pointers_delta/* readDeltaSizes */.Tn)(delta).result < this.#limit && this.#isSuspect(delta);
    }
    #resolve(offset, base, delta) {
        // Used again: it becomes the youngest.
        this.#kept.delete(base.offset);
        this.#kept.set(base.offset, base);
        if ((0,pointers_delta/* readDeltaSizes */.Tn)(delta).result <= BASE_LIMIT_BYTES)
            this.#found(offset, (0,pointers_delta/* applyDelta */.TM)(base.data, delta));
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
/** A delta copies runs of sixteen bytes and more: a hash that its base does not hold stands in it as it is. */
function holdsHash(delta) {
    return HASH.test(Buffer.from(delta).toString('latin1'));
}

;// CONCATENATED MODULE: ./build/lfs/pointers/find-pointers.js




/** What the source is asked to leave out, from the least that is sent to the most. */
const POINTER_FILTERS = [
    `combine:blob:limit=${pointers_pointer/* POINTER_LIMIT_BYTES */.m}+object:type=blob`,
    `blob:limit=${pointers_pointer/* POINTER_LIMIT_BYTES */.m}`,
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
async function scan(pack, { format, rung }) {
    const bytes = new base_bytes/* ByteReader */.kP(slicesOf(pack));
    try {
        const found = await collectPointers(bytes, { format });
        return { ...found, bytes: bytes.consumed, rung };
    }
    catch (error) {
        pack.cancel(error);
        throw error;
    }
}
/** Reads a pack to its end. `isSuspect`: as `SmallBlobsOptions`. @throws MirrorError `pack`, `cut`; the stream's own. */
async function collectPointers(bytes, options) {
    const pointers = new Map();
    let isTracked = false;
    let mayHaveConfig = false;
    const { unreadable } = await readSmallBlobs(bytes, {
        ...options,
        limit: pointers_pointer/* POINTER_LIMIT_BYTES */.m,
        onBlob(data) {
            const bytes = Buffer.from(data.buffer, data.byteOffset, data.length);
            isTracked ||= bytes.includes(TRACKS);
            mayHaveConfig ||= CONFIGURES.test(bytes.toString('latin1'));
            const pointer = (0,pointers_pointer/* parsePointer */.v)(data);
            if (pointer !== undefined)
                pointers.set(`${pointer.oid} ${pointer.size}`, pointer);
        },
    });
    await bytes.drain();
    return { pointers: [...pointers.values()], isTracked, mayHaveConfig, unreadable };
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

/***/ 64426:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ POINTER_LIMIT_BYTES),
/* harmony export */   v: () => (/* binding */ parsePointer)
/* harmony export */ });
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


/***/ })

};
