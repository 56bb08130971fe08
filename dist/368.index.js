export const id = 368;
export const ids = [368,768];
export const modules = {

/***/ 10768:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ parseStrangersJson)
/* harmony export */ });
/** An escape of a surrogate: half of a character, unless the other half stands beside it. */
const SURROGATE = /\\u[dD][89a-fA-F]/;
/**
 * Reads JSON of a stranger. Half a character, which no encoding can hold, becomes U+FFFD: what makes an address of such a text throws.
 * @throws SyntaxError; RangeError where it has half a character and is nested thousands of levels deep
 */
function parseStrangersJson(text) {
    if (!SURROGATE.test(text))
        return JSON.parse(text);
    return JSON.parse(text, (_, value) => (typeof value === 'string' ? value.toWellFormed() : value));
}


/***/ }),

/***/ 3103:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openSourceStore: () => (/* binding */ openSourceStore)
});

// EXTERNAL MODULE: ./build/lfs/stores/open-store.js + 1 modules
var open_store = __webpack_require__(29003);
// EXTERNAL MODULE: ./build/lfs/stores/web-store.js
var web_store = __webpack_require__(63865);
// EXTERNAL MODULE: ./build/lfs/pointers/find-pointers.js + 2 modules
var find_pointers = __webpack_require__(61040);
;// CONCATENATED MODULE: ./build/lfs/pointers/lfs-config.js
/**
 * `lfs.url` of a `.lfsconfig` (git-lfs-config(5)), the one of its keys that says where objects are; undefined where it
 * is not set. The last one counts. Reads the syntax of git-config(1) as far as such a file needs it.
 */
function readLfsUrl(text) {
    let section = '';
    let url;
    for (const raw of text.split(/\r?\n/)) {
        const line = raw.trim();
        const head = /^\[\s*([\w.-]+)\s*("(?:[^"\\]|\\.)*")?\s*\]/.exec(line);
        if (head)
            section = `${head[1].toLowerCase()}${head[2] ?? ''}`;
        const rest = head ? line.slice(head[0].length) : line;
        const value = /^\s*url\s*=\s*(.*)$/i.exec(rest)?.[1];
        if (section === 'lfs' && value !== undefined)
            url = unquote(value);
    }
    return url === '' ? undefined : url;
}
/** Quotes and escapes of a value, and a comment behind it. */
function unquote(value) {
    let text = '';
    let isQuoted = false;
    for (let at = 0; at < value.length; at++) {
        const char = value[at];
        if (char === '\\') {
            at++;
            text += { n: '\n', t: '\t', b: '\b' }[value[at] ?? ''] ?? value[at] ?? '';
        }
        else if (char === '"')
            isQuoted = !isQuoted;
        else if (!isQuoted && (char === '#' || char === ';'))
            break;
        else
            text += char;
    }
    return text.trim();
}

// EXTERNAL MODULE: ./build/base/bytes.js
var base_bytes = __webpack_require__(25771);
// EXTERNAL MODULE: ./build/base/crypto.js
var base_crypto = __webpack_require__(26039);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/lfs/pointers/delta.js
var delta = __webpack_require__(93553);
// EXTERNAL MODULE: ./build/lfs/pointers/pack-entries.js
var pack_entries = __webpack_require__(94931);
;// CONCATENATED MODULE: ./build/lfs/pointers/read-root-file.js





/** The commit, its root tree and the small files in it, from servers that know the filter; else more. */
const ROOT_FILTERS = ['combine:blob:limit=1024+tree:2', 'blob:limit=1024'];
/** What is kept of one object, and of all: a root tree has some thousand entries at most. */
const OBJECT_LIMIT_BYTES = 1024 * 1024;
const KEPT_LIMIT_BYTES = 32 * 1024 * 1024;
/**
 * The content of a small file at the root of a commit, out of a pack that holds the commit, its tree and the file.
 * @returns undefined where the tree has no such file
 * @throws MirrorError `pack` where the pack lacks one of the three; the stream's own.
 */
async function readRootFile(pack, options) {
    const objects = await readObjects(pack, options.format);
    const commit = objects.get(options.commit);
    const tree = /^tree ([0-9a-f]{40,64})\n/.exec(commit === undefined ? '' : Buffer.from(commit.data).toString('latin1'))?.[1];
    const entries = tree === undefined ? undefined : objects.get(tree)?.data;
    if (entries === undefined)
        throw lacking('the tree of the default branch');
    const id = findEntry(entries, options);
    if (id === undefined)
        return undefined;
    const blob = objects.get(id);
    if (blob === undefined)
        throw lacking(options.name);
    return blob.data;
}
async function readObjects(pack, format) {
    const { createHash } = (0,base_crypto/* loadCrypto */.Q)();
    const byId = new Map();
    const byOffset = new Map();
    let kept = 0;
    const bytes = new base_bytes/* ByteReader */.kP((async function* () {
        for (let slice = await pack.next(); slice !== undefined; slice = await pack.next())
            yield slice;
    })());
    try {
        await (0,pack_entries/* readPackEntries */.y)(bytes, {
            format,
            keepBytes: OBJECT_LIMIT_BYTES,
            onEntry({ offset, type, base, data }) {
                if (data === undefined || kept + data.length > KEPT_LIMIT_BYTES)
                    return;
                const below = base && ('offset' in base ? byOffset.get(base.offset) : byId.get(base.id));
                if (base !== undefined && below === undefined)
                    return;
                const object = below === undefined ? { type, data } : { type: below.type, data: (0,delta/* applyDelta */.TM)(below.data, data) };
                const head = `${object.type} ${object.data.length}\0`;
                kept += object.data.length;
                byOffset.set(offset, object);
                byId.set(createHash(format).update(head).update(object.data).digest('hex'), object);
            },
        });
        await bytes.drain();
    }
    catch (error) {
        pack.cancel(error);
        throw error;
    }
    return byId;
}
/** The id of a file in a tree object: `mode SP name NUL id` for each entry. */
function findEntry(tree, { format, name }) {
    const bytes = Buffer.from(tree.buffer, tree.byteOffset, tree.length);
    const idLength = format === 'sha1' ? 20 : 32;
    for (let at = 0; at < bytes.length;) {
        const end = bytes.indexOf(0, at);
        if (end < 0)
            return undefined;
        const [mode, ...rest] = bytes.toString('utf8', at, end).split(' ');
        at = end + 1 + idLength;
        if (mode?.startsWith('100') === true && rest.join(' ') === name)
            return bytes.toString('hex', end + 1, at);
    }
    return undefined;
}
function lacking(what) {
    return new errors/* MirrorError */.En(`the source’s answer lacks ${what}`, { code: 'pack', side: 'source' });
}

;// CONCATENATED MODULE: ./build/lfs/source-store.js





/**
 * Opens the store where the source's clients read objects: where the `.lfsconfig` of its default branch says
 * (git-lfs-config(5)), else its own.
 * @throws MirrorError
 */
async function openSourceStore(options) {
    const address = await readConfiguredUrl(options);
    if (address === undefined)
        return await (0,open_store.openStore)(options);
    const store = await (0,web_store/* openConfiguredStore */.wG)(options, address);
    options.notice('warning', `the .lfsconfig of the source names the LFS server ${store.label}: objects are read there, and clients of the mirror will look there, too, and not at the destination`);
    return store;
}
async function readConfiguredUrl(options) {
    const { commit, format } = options;
    if (commit === undefined)
        return undefined;
    for (const filter of [...ROOT_FILTERS, undefined]) {
        try {
            const pack = await options.fetch(filter);
            const file = await readRootFile(pack, { format, commit, name: '.lfsconfig' });
            return file && readLfsUrl(new TextDecoder().decode(file));
        }
        catch (error) {
            // What a filter leaves out may be what is looked for.
            const mayTryNext = (0,find_pointers/* isRefusedFilter */.TF)(error) || error.code === 'pack';
            if (filter === undefined || !mayTryNext)
                throw error;
        }
    }
    return undefined;
}


/***/ })

};
