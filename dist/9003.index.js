export const id = 9003;
export const ids = [9003];
export const modules = {

/***/ 14448:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B4: () => (/* binding */ encodeBatch),
/* harmony export */   Gc: () => (/* binding */ parseBatch),
/* harmony export */   Sg: () => (/* binding */ LFS_MEDIA_TYPE),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   f0: () => (/* binding */ readAction)
/* harmony export */ });
/* harmony import */ var _base_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(10768);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);


const LFS_MEDIA_TYPE = 'application/vnd.git-lfs+json';
/** Longest text of a server that is kept. */
const MESSAGE_LIMIT_LENGTH = 500;
/** No header of a real server is longer, signed tokens included. */
const HEADER_LIMIT_LENGTH = 16_384;
const HEADERS_LIMIT = 50;
/** Characters of a word of the server that a sentence shows. */
const SHOWN_LENGTH = 40;
/** The body of a batch request (git-lfs, "docs/api/batch.md"). `ref`: the full name of a ref at that server. */
function encodeBatch(request) {
    const { operation, objects, ref } = request;
    return JSON.stringify({
        operation,
        transfers: ['basic'],
        ...(ref === undefined ? {} : { ref: { name: ref } }),
        objects: objects.map(({ oid, size }) => ({ oid, size })),
        hash_algo: 'sha256',
    });
}
/**
 * Reads a batch answer: one entry for each of `asked`, in their order. What the answer leaves out has an error 404
 * of its own; what nobody asked for is passed over.
 * @param sentAt milliseconds since 1970 at which the request was sent: `expires_in` counts from there
 * @throws MirrorError `protocol` for an answer that is none, or that speaks of another transfer or hash
 */
function parseBatch(body, options) {
    const answer = parseJson(body);
    const transfer = answer['transfer'] ?? 'basic';
    if (transfer !== 'basic')
        throw unusable(`it answers with the transfer ${shown(transfer)}`);
    const hash = answer['hash_algo'] ?? 'sha256';
    if (hash !== 'sha256')
        throw unusable(`it answers with the hash ${shown(hash)}`);
    const objects = answer['objects'];
    if (!Array.isArray(objects))
        throw unusable('its answer names no objects');
    const byOid = new Map();
    for (const object of objects) {
        if (isRecord(object) && typeof object['oid'] === 'string')
            byOid.set(object['oid'], object);
    }
    return options.asked.map((object) => {
        const entry = byOid.get(object.oid);
        return entry === undefined
            ? { ...NOTHING, object, error: { code: 404, message: 'the server’s answer leaves it out' } }
            : parseEntry(object, entry, options.sentAt);
    });
}
const NOTHING = {
    authenticated: false,
    download: undefined,
    upload: undefined,
    verify: undefined,
    error: undefined,
};
function parseEntry(object, entry, sentAt) {
    // Servers of before version 1.0 of the API say `_links`.
    const actions = [entry['actions'], entry['_links']].find(isRecord) ?? {};
    const error = entry['error'];
    return {
        object,
        authenticated: entry['authenticated'] === true,
        download: parseAction(actions['download'], sentAt),
        upload: parseAction(actions['upload'], sentAt),
        verify: parseAction(actions['verify'], sentAt),
        error: isRecord(error) ? parseError(error) : undefined,
    };
}
function parseError({ code, message }) {
    return {
        code: (typeof code === 'number' || typeof code === 'string' ? Number(code) : 0) || 500,
        message: typeof message === 'string' ? message.slice(0, MESSAGE_LIMIT_LENGTH) : '',
    };
}
/** A value of JSON in a sentence. `String` fails for an object whose `toString` is no function. */
function shown(value) {
    return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, SHOWN_LENGTH);
}
function parseAction(value, sentAt) {
    if (!isRecord(value) || typeof value['href'] !== 'string')
        return undefined;
    const header = {};
    if (isRecord(value['header'])) {
        for (const [name, text] of Object.entries(value['header']).slice(0, HEADERS_LIMIT)) {
            if (typeof text === 'string' && isHeader(name, text))
                header[name.toLowerCase()] = text;
        }
    }
    return { href: value['href'], header, expires: expiryOf(value, sentAt) };
}
/**
 * The answer of `git-lfs-authenticate` (git-lfs, "docs/api/authentication.md"), whose `href` may be left out: then it is
 * empty. Undefined for what is none.
 */
function readAction(text, sentAt) {
    let value;
    try {
        value = (0,_base_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseStrangersJson */ .$)(text);
    }
    catch {
        return undefined;
    }
    return isRecord(value) ? parseAction({ ...value, href: value['href'] ?? '' }, sentAt) : undefined;
}
/** A name or a value with a line break in it would begin a header of its own. */
function isHeader(name, value) {
    return (/^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name) &&
        /^[\t\x20-\x7e\x80-\xff]*$/.test(value) &&
        value.length <= HEADER_LIMIT_LENGTH);
}
const LONGEST_EXPIRY_SECONDS = 2_147_483_647;
/** `expires_in` counts; else `expires_at`, where Go's zero time, and any before 2000, stands for none. */
function expiryOf(value, sentAt) {
    const seconds = value['expires_in'];
    if (typeof seconds === 'number' && seconds > 0 && seconds <= LONGEST_EXPIRY_SECONDS) {
        return sentAt + seconds * 1000;
    }
    const at = typeof value['expires_at'] === 'string' ? Date.parse(value['expires_at']) : Number.NaN;
    return at > 946_684_800_000 ? at : undefined;
}
/** The `message` of an error's body (git-lfs, "docs/api/batch.md"); undefined where it has none. */
function messageOf(body) {
    try {
        const value = (0,_base_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseStrangersJson */ .$)(body);
        const message = isRecord(value) ? value['message'] : undefined;
        return typeof message === 'string' && message !== '' ? message.slice(0, MESSAGE_LIMIT_LENGTH) : undefined;
    }
    catch {
        return undefined;
    }
}
function parseJson(body) {
    let value;
    try {
        value = (0,_base_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseStrangersJson */ .$)(body);
    }
    catch {
        throw unusable('its answer is no JSON');
    }
    if (!isRecord(value))
        throw unusable('its answer is no JSON object');
    return value;
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function unusable(why) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the LFS server cannot be used: ${why}`, {
        code: 'protocol',
        hint: 'Is that address an LFS server? `git lfs env` in a clone shows which one a client uses.',
    });
}


/***/ }),

/***/ 76022:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ batchUrl),
/* harmony export */   r: () => (/* binding */ guessEndpoint)
/* harmony export */ });
/**
 * Where the LFS server of a repository is when nothing else says so (git-lfs, "docs/api/server-discovery.md"): at
 * `<address>.git/info/lfs` over https, whatever the port and the user of an ssh address. Undefined for a path.
 */
function guessEndpoint(url) {
    switch (url.scheme) {
        case 'file':
            return undefined;
        case 'https':
        case 'http': {
            const endpoint = new URL(url.url);
            endpoint.pathname = withInfoLfs(endpoint.pathname);
            return endpoint;
        }
        case 'ssh':
        case 'git': {
            const host = url.host.includes(':') ? `[${url.host}]` : url.host;
            const endpoint = new URL(`https://${host}/`);
            endpoint.pathname = withInfoLfs(`/${url.path.replace(/^\/+/, '')}`);
            return endpoint;
        }
    }
}
/** The address of the batch API below an endpoint; a query stays behind it. */
function batchUrl(endpoint) {
    const url = new URL(endpoint);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/objects/batch`;
    return url;
}
function withInfoLfs(path) {
    const trimmed = path.replace(/\/+$/, '');
    return trimmed.endsWith('.git') ? `${trimmed}/info/lfs` : `${trimmed}.git/info/lfs`;
}


/***/ }),

/***/ 12178:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cl: () => (/* binding */ checkHref),
/* harmony export */   Sf: () => (/* binding */ isPrivateHost),
/* harmony export */   dy: () => (/* binding */ parseHref)
/* harmony export */ });
/* harmony import */ var node_dns_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(71553);
/* harmony import */ var _transport_address_loopback_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4076);
/* harmony import */ var _transport_route_private_address_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(60982);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(86815);





/**
 * An address that an LFS server names is a stranger's word. It has to be https, or http where the server itself is;
 * whether its host may be connected to, is asked when its name is resolved.
 * @throws MirrorError `protocol`; the address is not quoted beyond its host, since its path or query may be a secret.
 */
function checkHref(href, server, side) {
    const isAllowed = href.protocol === 'https:' || (href.protocol === 'http:' && server.protocol === 'http:');
    if (isAllowed)
        return;
    const scheme = (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .printableLine */ .oy)(href.protocol.slice(0, 20));
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MirrorError */ .En(`the LFS server ${server.host} names an address that begins with ${scheme}//, and only https is followed from there`, {
        code: 'protocol',
        side,
        hint: 'The server’s own address (its ROOT_URL or external URL) has to be one that begins with https.',
    });
}
/** @throws MirrorError `protocol` for what is no address */
function parseHref(href, server, side) {
    const url = URL.parse(href);
    if (url !== null) {
        checkHref(url, server, side);
        return url;
    }
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MirrorError */ .En(`the LFS server ${server.host} names something that is no address`, {
        code: 'protocol',
        side,
    });
}
/**
 * Whether a server is on this machine or in a private network, by its address or by what its name resolves to. A name
 * that does not resolve here, as behind a proxy, counts as public.
 */
async function isPrivateHost(host) {
    const bare = host.replace(/^\[|\]$/g, '');
    if ((0,_transport_address_loopback_js__WEBPACK_IMPORTED_MODULE_4__/* .isLoopback */ .U)(bare) || (0,_transport_route_private_address_js__WEBPACK_IMPORTED_MODULE_1__/* .isPrivateAddress */ .C0)(bare))
        return true;
    try {
        return (await (0,node_dns_promises__WEBPACK_IMPORTED_MODULE_0__.lookup)(bare, { all: true })).some(({ address }) => (0,_transport_route_private_address_js__WEBPACK_IMPORTED_MODULE_1__/* .isPrivateAddress */ .C0)(address));
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 83257:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  _: () => (/* binding */ openHttpStore)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
;// CONCATENATED MODULE: ./build/lfs/api/actions.js
/** An action that ends so soon is asked for anew. */
const EXPIRY_MARGIN_MS = 5000;
function isExpired(action) {
    return action?.expires !== undefined && action.expires - Date.now() < EXPIRY_MARGIN_MS;
}
/** Storage servers answer so to a signed address that has expired. */
function isRefused(status) {
    return status === 401 || status === 403;
}
/**
 * The API's own credentials go with an action only where it brings none, does not say that it needs none, and stays
 * on the API's scheme, host and port.
 */
function credentialsFor(url, action, { entry, base }) {
    const isOwn = 'authorization' in action.header || url.searchParams.has('token');
    return isOwn || entry.authenticated || url.origin !== base.endpoint.origin ? {} : base.header;
}

// EXTERNAL MODULE: ./build/lfs/api/batch-messages.js
var batch_messages = __webpack_require__(14448);
// EXTERNAL MODULE: ./build/lfs/api/endpoint.js
var api_endpoint = __webpack_require__(76022);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
// EXTERNAL MODULE: ./build/base/retry-after.js
var retry_after = __webpack_require__(70929);
// EXTERNAL MODULE: ./build/transport/http/refusals.js + 1 modules
var refusals = __webpack_require__(26331);
;// CONCATENATED MODULE: ./build/lfs/api/lfs-errors.js





/** Of the body of a refusal. */
const PAGE_LIMIT_BYTES = 16 * 1024;
/** Of a server's words in a message. */
const QUOTE_LIMIT_LENGTH = 200;
const LONGEST_PAGE_MS = 5000;
/** What a status means (git-lfs, "docs/api/batch.md", and what hosts make of it). */
const MEANINGS = {
    401: {
        code: 'auth',
        says: 'asks for a login, or refuses the credential',
        hint: 'Give a token that may use LFS here. Deploy keys are not enough at every host.',
    },
    403: {
        code: 'auth',
        says: 'does not allow it',
        hint: 'LFS may be off for this repository, its quota may be used up, or the credential may not write: see the repository’s settings.',
    },
    404: {
        code: 'not-found',
        says: 'has no LFS at this repository, or none that this credential may see',
        hint: 'Switch LFS on in the repository’s settings, or set lfs: false.',
    },
    406: { code: 'http', says: 'does not accept it: the repository may be over its size limit' },
    410: { code: 'not-found', says: 'has removed it' },
    411: { code: 'http', says: 'wants to know the length beforehand' },
    413: {
        code: 'too-large',
        says: 'takes nothing of this size',
        hint: 'A limit of the server or of a proxy before it (nginx: client_max_body_size) has to be raised.',
    },
    422: { code: 'http', says: 'cannot use it' },
    429: { code: 'http', says: 'asks to slow down', retryable: true },
    501: {
        code: 'http',
        says: 'has LFS switched off',
        hint: 'Switch LFS on at the server, or set lfs: false.',
    },
    507: { code: 'http', says: 'has no room left', hint: 'Its storage is full, or the quota is used up.' },
    509: { code: 'http', says: 'has used up its bandwidth', hint: 'Buy more, or wait for the next month.' },
};
/** The error for an answer that is no success; reads what it says, at most 16 KiB, and ends it. */
async function refusalOf(answer, about) {
    const page = await readPage(answer);
    const { status } = answer;
    const meaning = MEANINGS[status] ?? {
        code: 'http',
        says: status >= 300 && status < 400 ? 'redirects elsewhere' : 'refused it',
        retryable: status === 408 || status >= 500,
    };
    const words = (0,batch_messages/* messageOf */.bD)(page) ?? (/^\s*[<{[]/.test(page) ? '' : page);
    const quote = (0,printable/* printableLine */.oy)(words, QUOTE_LIMIT_LENGTH).trim();
    const now = Date.now();
    const retryAfter = (0,retry_after/* parseRetryAfter */.m)(answer.header('retry-after'), now);
    return new errors/* MirrorError */.En(`${about.what}: the LFS server ${about.server.host} ${meaning.says} (HTTP ${status})${quote === '' ? '' : `: ${quote}`}`, {
        code: meaning.code,
        side: about.side,
        status,
        hint: meaning.hint,
        retryable: meaning.retryable ?? false,
        ...(meaning.retryable === true && (0,refusals/* waitTooLong */.CS)(retryAfter, now)),
        retryAfter,
        serverText: words === '' ? undefined : words,
    });
}
/** The whole body as text. @throws MirrorError with `side`; `limit` past `limit` bytes. */
async function readText(answer, { side, limit }) {
    try {
        return new TextDecoder().decode(await answer.bytes.readAll(limit));
    }
    catch (error) {
        throw (0,errors/* toMirrorError */.Ho)(error, { code: 'cut', side, retryable: true });
    }
    finally {
        answer.end();
    }
}
async function readPage(answer) {
    const timer = setTimeout(() => answer.end(), LONGEST_PAGE_MS);
    const parts = [];
    try {
        for (let left = PAGE_LIMIT_BYTES; left > 0;) {
            const part = await answer.bytes.readSome(left);
            if (part === undefined)
                break;
            parts.push(part);
            left -= part.length;
        }
    }
    catch {
        // The status says enough.
    }
    finally {
        clearTimeout(timer);
        answer.end();
    }
    return new TextDecoder().decode(Buffer.concat(parts));
}

// EXTERNAL MODULE: ./build/transport/connection/idle-watch.js
var idle_watch = __webpack_require__(92735);
// EXTERNAL MODULE: ./build/lfs/api/href.js
var href = __webpack_require__(12178);
;// CONCATENATED MODULE: ./build/lfs/api/lfs-request.js



const REDIRECTS_LIMIT = 2;
const REDIRECTING = new Set([301, 302, 303, 307, 308]);
/**
 * Sends one request and follows two redirects at most, with method and body kept (git-lfs, "docs/api/README.md"). A
 * credential does not follow to another host, and nothing goes to an address that `checkHref` refuses. A body that
 * streams is not sent twice: a redirect of it is the answer.
 * @throws MirrorError with the server's side; what the body threw; the signal's reason.
 */
async function sendLfs(http, request) {
    let { url, headers } = request;
    for (let hops = 0;; hops++) {
        (0,href/* checkHref */.Cl)(url, request.server, http.side);
        const answer = await sendOnce(http, { ...request, url, headers });
        const target = redirectOf(answer, url);
        if (target === undefined || isStream(request.body) || hops === REDIRECTS_LIMIT)
            return answer;
        answer.end();
        if (target.origin !== url.origin)
            headers = withoutCredentials(headers);
        url = target;
    }
}
async function sendOnce(http, request) {
    const { method, url, body } = request;
    const publicOnly = await request.publicOnly(url);
    const controller = new AbortController();
    const watch = new idle_watch/* IdleWatch */.Kt(http.idleTimeout, () => controller.abort(silent(http, url)));
    let answer;
    try {
        const common = {
            url,
            headers: { 'user-agent': http.userAgent, ...request.headers },
            publicOnly,
            signal: AbortSignal.any([http.signal, controller.signal]),
            onActivity: (bytes) => watch.touch(bytes),
        };
        answer =
            method === 'GET'
                ? await http.client.download(common)
                : await http.client.request({ ...common, method, body, repeatable: !isStream(body) });
    }
    catch (error) {
        watch.stop();
        http.signal.throwIfAborted();
        throw (0,errors/* toMirrorError */.Ho)(error, { code: 'cut', side: http.side, retryable: true });
    }
    void answer.whenOver.then(() => watch.stop());
    return {
        status: answer.status,
        header: (name) => answer.header(name),
        bytes: answer.bytes,
        end() {
            watch.stop();
            if (!answer.over)
                void answer.bytes.cancel().catch(() => undefined);
        },
    };
}
function isStream(body) {
    return body !== undefined && !(body instanceof Uint8Array);
}
function redirectOf({ status, header }, from) {
    if (!REDIRECTING.has(status))
        return undefined;
    return URL.parse(header('location') ?? '', from.href) ?? undefined;
}
function withoutCredentials(headers) {
    return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(authorization|cookie|proxy-authorization)$/i.test(name)));
}
function silent({ side, idleTimeout }, url) {
    return new errors/* MirrorError */.En(`the LFS server ${url.host} was silent for ${Math.round(idleTimeout / 1000)} seconds`, {
        code: 'timeout',
        side,
        retryable: true,
        hint: 'The server hangs or the network is down; a slow server may need a larger idle-timeout.',
    });
}

;// CONCATENATED MODULE: ./build/lfs/api/batch-client.js






/** What git-lfs asks for at once. */
const OBJECTS_PER_BATCH = 100;
const BATCHES_AT_ONCE = 4;
/** A hundred objects with signed addresses take some 200 kB. */
const ANSWER_LIMIT_BYTES = 8 * 1024 * 1024;
/** An object that nobody has: for a question about the server. */
const NO_OBJECT = { oid: '0'.repeat(64), size: 1 };
/** What is asked of an LFS server about many objects at once (git-lfs, "docs/api/batch.md"). */
class BatchClient {
    #options;
    /** Whether the server is in a place to which it may send us, too. */
    #privateHosts = new Map();
    /** Halved when the server finds a batch too large. */
    #batchSize = OBJECTS_PER_BATCH;
    constructor(options) {
        this.#options = options;
    }
    async isThere() {
        try {
            return await this.#answers();
        }
        catch (error) {
            if (error instanceof errors/* MirrorError */.En && !error.retryable)
                return false;
            throw error;
        }
    }
    /** One question, about an object that nobody has. */
    async #answers() {
        const access = await this.#options.access('download', false);
        const { endpoint } = access;
        const answer = await this.#post(access, 'download', [NO_OBJECT]);
        if (answer.status === 200) {
            await this.#parse(answer, endpoint, { asked: [NO_OBJECT], sentAt: Date.now() });
            return true;
        }
        const error = await this.refusal(answer, endpoint, 'asking for LFS');
        if (error.retryable)
            throw error;
        return answer.status === 422;
    }
    /** The first batch alone, since it may tell how large they can be, and the others several at once. */
    async ask(operation, objects, tolerant = false) {
        const first = objects.slice(0, this.#batchSize);
        const answers = [await this.#askSome(operation, first, tolerant)];
        const batches = [];
        for (let at = first.length; at < objects.length; at += this.#batchSize)
            batches.push(objects.slice(at, at + this.#batchSize));
        let next = 0;
        const work = async () => {
            for (let at = next++; at < batches.length; at = next++)
                answers[at + 1] = await this.#askSome(operation, batches[at], tolerant);
        };
        await Promise.all(Array.from({ length: Math.min(BATCHES_AT_ONCE, batches.length) }, work));
        return answers.flat();
    }
    async #askSome(operation, objects, tolerant) {
        const entries = [];
        for (let at = 0; at < objects.length;) {
            const some = objects.slice(at, at + this.#batchSize);
            const answered = await this.#batch(operation, some, tolerant);
            if (answered === undefined) {
                this.#batchSize = Math.min(this.#batchSize, Math.ceil(some.length / 2));
                continue;
            }
            entries.push(...answered);
            at += some.length;
        }
        return entries;
    }
    /** @returns undefined where the server finds the batch too large */
    async #batch(operation, objects, tolerant) {
        for (let renew = false;; renew = true) {
            const access = await this.#options.access(operation, renew);
            const { endpoint } = access;
            const sentAt = Date.now();
            const answer = await this.#post(access, operation, objects);
            const { status } = answer;
            if (status === 200)
                return this.#parse(answer, endpoint, { asked: objects, sentAt });
            if (status === 413 && objects.length > 1) {
                answer.end();
                return undefined;
            }
            if (status === 401 && !renew) {
                answer.end();
                continue;
            }
            const error = await this.refusal(answer, endpoint, `asking about ${objects.length} LFS objects`);
            // A server may answer so when none of the objects can be had.
            const isEmpty = operation === 'download' && (status === 404 || status === 422);
            if (isEmpty && (tolerant || (await this.#isThere(objects))))
                return objects.map(missingEntry);
            throw error;
        }
    }
    #post(access, operation, objects) {
        const { endpoint, header } = access;
        return sendLfs(this.#options.http, {
            method: 'POST',
            url: (0,api_endpoint/* batchUrl */.U)(endpoint),
            server: endpoint,
            publicOnly: this.judge(access),
            headers: { accept: batch_messages/* LFS_MEDIA_TYPE */.Sg, 'content-type': `${batch_messages/* LFS_MEDIA_TYPE */.Sg}; charset=utf-8`, ...header },
            body: Buffer.from((0,batch_messages/* encodeBatch */.B4)({ operation, objects, ref: this.#options.ref })),
        });
    }
    /** Whether the server has LFS at all: it answers a question about an upload. */
    async #isThere(objects) {
        const access = await this.#options.access('upload', false).catch(() => undefined);
        if (access === undefined)
            return false;
        const answer = await this.#post(access, 'upload', objects.slice(0, 1));
        answer.end();
        return answer.status === 200 || answer.status === 401 || answer.status === 403;
    }
    async #parse(answer, endpoint, about) {
        const body = await readText(answer, { side: this.#side, limit: ANSWER_LIMIT_BYTES });
        try {
            return (0,batch_messages/* parseBatch */.Gc)(body, about);
        }
        catch (error) {
            if (!(error instanceof errors/* MirrorError */.En))
                throw error;
            throw new errors/* MirrorError */.En(`${error.message} (${endpoint.host})`, {
                code: error.code,
                hint: error.hint,
                side: this.#side,
            });
        }
    }
    /** Where addresses that the server names may be: where it is itself. */
    judge({ endpoint, publicOnly }) {
        return async (url) => {
            if (publicOnly)
                return true;
            if (url.origin === endpoint.origin)
                return false;
            const host = endpoint.hostname;
            const known = this.#privateHosts.get(host) ?? (0,href/* isPrivateHost */.Sf)(host);
            this.#privateHosts.set(host, known);
            return !(await known);
        };
    }
    refusal(answer, server, what) {
        return refusalOf(answer, { side: this.#side, server, what });
    }
    get #side() {
        return this.#options.http.side;
    }
}
function missingEntry(object) {
    return {
        object,
        authenticated: false,
        download: undefined,
        upload: undefined,
        verify: undefined,
        error: { code: 404, message: 'the server has none of what was asked for' },
    };
}

;// CONCATENATED MODULE: ./build/lfs/api/http-store.js







const VERIFY_ATTEMPTS = 3;
/** An LFS server behind the batch API (git-lfs, "docs/api/batch.md", "docs/api/basic-transfers.md"). */
function openHttpStore(options) {
    return new HttpStore(options);
}
class HttpStore {
    label;
    #options;
    /** What the last batches offered, by operation and object; taken out when it is used. */
    #offers = new Map();
    #batches;
    constructor(options) {
        this.label = options.label;
        this.#options = options;
        this.#batches = new BatchClient(options);
    }
    isThere() {
        return this.#batches.isThere();
    }
    async find(objects) {
        const entries = await this.#batches.ask('download', objects);
        return entries.map((entry) => this.#note('download', entry, entry.download));
    }
    async prepare(objects) {
        const entries = await this.#batches.ask('upload', objects);
        // Some servers offer an upload whatever they have: what can be read needs none.
        const offered = entries.filter(({ upload, error }) => upload !== undefined && error === undefined);
        const readable = new Set();
        if (offered.length > 0) {
            const found = await this.#batches.ask('download', offered.map(({ object }) => object), true);
            for (const { object, download } of found)
                if (download !== undefined)
                    readable.add(keyOf('download', object));
        }
        return entries.map((entry) => {
            const { object, upload, error } = entry;
            if (error !== undefined)
                return { kind: 'refused', object, ...error };
            if (upload === undefined || readable.has(keyOf('download', object)))
                return { kind: 'there', object };
            this.#offers.set(keyOf('upload', object), entry);
            return { kind: 'missing', object };
        });
    }
    async *read(object) {
        const { answer, server } = await this.#act('download', object, async (entry, base) => {
            const action = entry.download;
            if (action === undefined)
                throw this.#gone(object);
            return await this.#send('GET', action, { entry, base });
        });
        if (answer.status !== 200)
            throw await this.#batches.refusal(answer, server, `reading ${object.oid}`);
        try {
            for (let slice = await answer.bytes.readSome(); slice; slice = await answer.bytes.readSome())
                yield slice;
        }
        catch (error) {
            this.#options.http.signal.throwIfAborted();
            throw (0,errors/* toMirrorError */.Ho)(error, { code: 'cut', side: this.#side, retryable: true });
        }
        finally {
            answer.end();
        }
    }
    async write(object, body) {
        let isStarted = false;
        const { answer, server, entry, base } = await this.#act('upload', object, async (entry, base) => {
            if (entry.upload === undefined)
                throw new errors/* MirrorError */.En('the LFS server offers no upload', { code: 'http', side: this.#side });
            isStarted = true;
            return await this.#send('PUT', entry.upload, { entry, base, body, size: object.size });
        }, () => !isStarted);
        if (answer.status < 200 || answer.status > 299) {
            const error = await this.#batches.refusal(answer, server, `writing ${object.oid}`);
            // The address that was offered may have expired: the next attempt asks for a new one.
            throw isRefused(answer.status) ? (0,errors/* withDetails */.FE)(error, { code: 'http', retryable: true }) : error;
        }
        await readText(answer, { side: this.#side, limit: ANSWER_LIMIT_BYTES });
        if (entry.verify !== undefined)
            await this.#verify(object, entry, base);
    }
    dispose() {
        this.#offers.clear();
        return this.#options.http.client.dispose();
    }
    get #side() {
        return this.#options.http.side;
    }
    #note(operation, entry, action) {
        const { object, error } = entry;
        if (error !== undefined && error.code !== 404 && error.code !== 410)
            return { kind: 'refused', object, ...error };
        if (action === undefined)
            return { kind: 'missing', object };
        // Nothing is read from a destination: it is only asked what it has.
        if (this.#side === 'source')
            this.#offers.set(keyOf(operation, object), entry);
        return { kind: 'there', object };
    }
    /** Does one step with what was offered; what has expired, or was refused as if it had, is asked for anew, once. */
    async #act(operation, object, act, mayRepeat = () => true) {
        const key = keyOf(operation, object);
        for (let attempt = 0;; attempt++) {
            const offered = this.#offers.get(key);
            this.#offers.delete(key);
            const isFresh = offered !== undefined && !isExpired(offered[operation]);
            const entry = isFresh ? offered : (await this.#batches.ask(operation, [object]))[0];
            const base = await this.#options.access(operation, false);
            const answer = await act(entry, base);
            if (isRefused(answer.status) && attempt === 0 && isFresh && mayRepeat()) {
                answer.end();
                continue;
            }
            return { answer, server: base.endpoint, entry, base };
        }
    }
    async #send(method, action, given) {
        const { endpoint } = given.base;
        const url = (0,href/* parseHref */.dy)(action.href, endpoint, this.#side);
        const headers = { ...credentialsFor(url, action, given), ...action.header };
        const isChunked = headers['transfer-encoding']?.toLowerCase() === 'chunked';
        // Our own client frames the body.
        delete headers['transfer-encoding'];
        delete headers['content-length'];
        delete headers['connection'];
        delete headers['host'];
        if (method === 'GET')
            headers['accept-encoding'] = 'identity';
        if (method === 'PUT') {
            headers['content-type'] ??= 'application/octet-stream';
            if (!isChunked)
                headers['content-length'] = String(given.size);
        }
        const publicOnly = this.#batches.judge(given.base);
        return await sendLfs(this.#options.http, {
            method,
            url,
            server: endpoint,
            publicOnly,
            headers,
            body: given.body,
        });
    }
    async #verify(object, entry, base) {
        for (let attempt = 1;; attempt++) {
            const answer = await this.#send('POST', {
                ...entry.verify,
                header: { accept: batch_messages/* LFS_MEDIA_TYPE */.Sg, 'content-type': batch_messages/* LFS_MEDIA_TYPE */.Sg, ...entry.verify.header },
            }, { entry, base, body: Buffer.from(JSON.stringify({ oid: object.oid, size: object.size })) });
            if (answer.status === 200) {
                await readText(answer, { side: this.#side, limit: ANSWER_LIMIT_BYTES });
                return;
            }
            const error = await this.#batches.refusal(answer, base.endpoint, `verifying ${object.oid}`);
            if (attempt >= VERIFY_ATTEMPTS || answer.status < 500)
                throw error;
        }
    }
    #gone({ oid }) {
        return new errors/* MirrorError */.En(`the LFS object ${oid} is no longer there`, {
            code: 'not-found',
            side: this.#side,
        });
    }
}
function keyOf(operation, { oid, size }) {
    return `${operation} ${oid} ${size}`;
}


/***/ }),

/***/ 29003:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openStore: () => (/* binding */ openStore)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
;// CONCATENATED MODULE: ./build/lfs/stores/folder-store.js







/** Bytes that are read at once. */
const SLICE_BYTES = 256 * 1024;
/**
 * The objects that a repository on this machine keeps itself, below `lfs/objects` of its git directory (git-lfs,
 * "docs/spec.md"). Its own client copies them the same way.
 * @param gitDirectory of a bare repository its folder, else its `.git`
 */
function openFolderStore(gitDirectory, side) {
    const pathOf = ({ oid }) => (0,external_node_path_.join)(gitDirectory, 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid);
    const standingOf = async (object) => {
        const found = await (0,promises_.stat)(pathOf(object)).catch(() => undefined);
        return { kind: found?.isFile() === true && found.size === object.size ? 'there' : 'missing', object };
    };
    const standings = (objects) => Promise.all(objects.map(standingOf));
    return {
        label: gitDirectory,
        isThere: async () => (await (0,promises_.stat)((0,external_node_path_.join)(gitDirectory, 'lfs', 'objects')).catch(() => undefined))?.isDirectory() === true,
        find: standings,
        prepare: standings,
        async *read(object) {
            try {
                yield* (0,external_node_fs_.createReadStream)(pathOf(object), { highWaterMark: SLICE_BYTES });
            }
            catch (error) {
                throw new errors/* MirrorError */.En(`the LFS object ${object.oid} cannot be read: ${reasonOf(error)}`, {
                    code: 'local',
                    side,
                    hint: `May this user read what is below ${gitDirectory}?`,
                    cause: error,
                });
            }
        },
        async write(object, body) {
            const path = pathOf(object);
            const part = (0,external_node_path_.join)(gitDirectory, 'lfs', 'tmp', `${object.oid}.${(0,external_node_crypto_.randomUUID)()}`);
            try {
                await (0,promises_.mkdir)((0,external_node_path_.dirname)(part), { recursive: true });
                await (0,external_node_stream_promises_.pipeline)(external_node_stream_.Readable.from(body, { objectMode: false }), (0,external_node_fs_.createWriteStream)(part, { flush: true }));
                await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
                await (0,promises_.rename)(part, path);
            }
            catch (error) {
                await (0,promises_.rm)(part, { force: true }).catch(() => undefined);
                if (error instanceof errors/* MirrorError */.En)
                    throw error;
                throw new errors/* MirrorError */.En(`the LFS object ${object.oid} cannot be written: ${reasonOf(error)}`, {
                    code: 'local',
                    side,
                    hint: `Is there room below ${gitDirectory}, and may this user write there?`,
                    cause: error,
                });
            }
        },
        dispose: () => Promise.resolve(),
    };
}
/** The git directory of a repository: the folder itself, its `.git`, or where a file `.git` points (gitrepository-layout). */
async function findGitDirectory(folder) {
    const inner = (0,external_node_path_.join)(folder, '.git');
    const found = await (0,promises_.stat)(inner).catch(() => undefined);
    if (found?.isDirectory() === true)
        return inner;
    if (found?.isFile() !== true)
        return folder;
    const target = /^gitdir: (.+)/.exec(await (0,promises_.readFile)(inner, 'utf8'))?.[1];
    return target === undefined ? folder : (0,external_node_path_.resolve)(folder, target.trim());
}
function reasonOf(error) {
    return error instanceof Error ? error.message : String(error);
}

// EXTERNAL MODULE: ./build/lfs/api/endpoint.js
var endpoint = __webpack_require__(76022);
// EXTERNAL MODULE: ./build/lfs/stores/web-store.js
var web_store = __webpack_require__(63865);
;// CONCATENATED MODULE: ./build/lfs/stores/open-store.js



/**
 * Opens the LFS store of a repository where its clients look for it (git-lfs, "docs/api/server-discovery.md"): over
 * ssh as `git-lfs-authenticate` says, else by `git-lfs-transfer`, else at the guessed address over https.
 * @throws MirrorError
 */
async function openStore(options) {
    const { url } = options.remote;
    if (url.scheme === 'file')
        return openFolderStore(await findGitDirectory(url.path), options.side);
    if (url.scheme === 'ssh')
        return await (await Promise.all(/* import() */[__webpack_require__.e(7760), __webpack_require__.e(8834)]).then(__webpack_require__.bind(__webpack_require__, 68834))).openSshStore(url, options);
    return (0,web_store/* openWebStore */._L)(options, (0,endpoint/* guessEndpoint */.r)(url));
}


/***/ }),

/***/ 63865:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _L: () => (/* binding */ openWebStore),
/* harmony export */   fK: () => (/* binding */ makeHttp),
/* harmony export */   wG: () => (/* binding */ openConfiguredStore)
/* harmony export */ });
/* unused harmony export printEndpoint */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _transport_address_authority_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(20364);
/* harmony import */ var _transport_address_credentials_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(56263);
/* harmony import */ var _transport_address_loopback_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(4076);
/* harmony import */ var _transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(60531);
/* harmony import */ var _transport_http_client_http_client_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(19003);
/* harmony import */ var _transport_http_client_http_connections_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(76685);
/* harmony import */ var _transport_http_site_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(58080);
/* harmony import */ var _api_endpoint_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(76022);
/* harmony import */ var _api_http_store_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(83257);
/* harmony import */ var _api_href_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(12178);











/** The store at a guessed address, with the login of the repository. */
function openWebStore(options, endpoint) {
    const header = headerOf(options, endpoint);
    const { url } = options.remote;
    const store = openStoreBehind(options, {
        label: (0,_transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_2__/* .printUrl */ .D1)(url),
        access: { endpoint, header, publicOnly: false },
    });
    return url.scheme === 'https' || url.scheme === 'http' ? store : asGuess(store);
}
/** Nobody has said that there is a web server: one that cannot be reached is none, and does not come back. */
function asGuess(store) {
    const judge = async (act) => {
        try {
            return await act();
        }
        catch (error) {
            const isSilent = error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En && /^(connect|timeout|cut)$/.test(error.code);
            if (!isSilent)
                throw error;
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${store.label} has no LFS over ssh, and none over https: ${error.message}`, {
                code: 'connect',
                side: error.side,
                hint: 'Where its objects are kept over https, give that address. With lfs: false they are left alone.',
            });
        }
    };
    return {
        label: store.label,
        // A question to a port that a firewall guards may take as long as the limit for connections.
        isThere: () => Promise.resolve(false),
        find: (objects) => judge(() => store.find(objects)),
        prepare: (objects) => judge(() => store.prepare(objects)),
        read: (object) => store.read(object),
        write: (object, body) => store.write(object, body),
        dispose: () => store.dispose(),
    };
}
/**
 * The store that a `.lfsconfig` of the source names. The login of the repository goes there only if it is the same
 * server, and a public source cannot send us to this machine or into a private network.
 * @throws MirrorError `protocol` for an address that is not of the web
 */
async function openConfiguredStore(options, address) {
    const endpoint = URL.parse(address);
    if (endpoint === null || (endpoint.protocol !== 'https:' && endpoint.protocol !== 'http:')) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En('the .lfsconfig of the source names an LFS server that is no https address', {
            code: 'protocol',
            side: options.side,
            hint: 'Only servers over https or http are followed from there.',
        });
    }
    const { username, password } = endpoint;
    endpoint.username = '';
    endpoint.password = '';
    const { url } = options.remote;
    const home = (0,_api_endpoint_js__WEBPACK_IMPORTED_MODULE_8__/* .guessEndpoint */ .r)(url);
    const isOwn = home !== undefined && (0,_transport_address_credentials_js__WEBPACK_IMPORTED_MODULE_1__/* .mayCarryLogin */ .cg)(home, endpoint);
    const written = username === '' ? {} : { authorization: (0,_transport_address_credentials_js__WEBPACK_IMPORTED_MODULE_1__/* .encodeBasic */ .rY)(decodeLogin(username, password)) };
    const header = isOwn ? headerOf(options, endpoint) : written;
    const publicOnly = isOwn ? false : !(await mayBePrivate(url, endpoint));
    return openStoreBehind(options, {
        label: printEndpoint(endpoint),
        access: { endpoint, header, publicOnly },
    });
}
/** A store behind a way in that does not change. */
function openStoreBehind(options, { label, access }) {
    return (0,_api_http_store_js__WEBPACK_IMPORTED_MODULE_6__/* .openHttpStore */ ._)({
        http: makeHttp(options),
        label,
        access: () => Promise.resolve(access),
        ref: options.ref,
    });
}
function makeHttp({ remote, side, signal }) {
    const { env, limits, userAgent, connections } = remote;
    const opening = { env, limit: limits.connect };
    const client = new _transport_http_client_http_client_js__WEBPACK_IMPORTED_MODULE_3__/* .HttpClient */ .Q(opening, connections && (0,_transport_http_client_http_connections_js__WEBPACK_IMPORTED_MODULE_4__/* .shareHttpConnections */ .B)(connections, opening));
    return { client, userAgent, side, signal, idleTimeout: limits.idle };
}
function printEndpoint(endpoint) {
    return `${endpoint.origin}${endpoint.pathname}`;
}
function headerOf({ remote }, endpoint) {
    const { credentials, url, env } = remote;
    const login = (0,_transport_address_credentials_js__WEBPACK_IMPORTED_MODULE_1__/* .chooseLogin */ .VK)(credentials, url.scheme === 'https' || url.scheme === 'http' ? url : {});
    if (login === undefined)
        return {};
    if (endpoint.protocol === 'https:')
        (0,_transport_http_site_js__WEBPACK_IMPORTED_MODULE_5__/* .refuseUnverified */ .y1)(env);
    return { authorization: (0,_transport_address_credentials_js__WEBPACK_IMPORTED_MODULE_1__/* .encodeBasic */ .rY)(login) };
}
function decodeLogin(username, password) {
    return { username: (0,_transport_address_authority_js__WEBPACK_IMPORTED_MODULE_9__/* .decodePercentOrKeep */ .i6)(username), password: (0,_transport_address_authority_js__WEBPACK_IMPORTED_MODULE_9__/* .decodePercentOrKeep */ .i6)(password) };
}
/** A repository may name what is near itself. */
async function mayBePrivate(url, endpoint) {
    return url.scheme === 'file' ? (0,_transport_address_loopback_js__WEBPACK_IMPORTED_MODULE_10__/* .isLoopback */ .U)(endpoint.hostname) : await (0,_api_href_js__WEBPACK_IMPORTED_MODULE_7__/* .isPrivateHost */ .Sf)(url.host);
}


/***/ }),

/***/ 56263:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VK: () => (/* binding */ chooseLogin),
/* harmony export */   cg: () => (/* binding */ mayCarryLogin),
/* harmony export */   rY: () => (/* binding */ encodeBasic)
/* harmony export */ });
/* unused harmony export DEFAULT_USERNAME */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);

/** The user name that hosts expect beside a token when none is given. */
const DEFAULT_USERNAME = 'x-access-token';
/**
 * The login for an HTTP server: the token, else the password that stood in the address, which is empty where a token
 * stands in place of the user (`https://TOKEN:@host`). A user name alone is none, because the clone addresses that some
 * hosts print carry one and are readable without a login.
 */
function chooseLogin(credentials, address) {
    const password = credentials.token || address.password;
    if (password === undefined || (password === '' && !address.username))
        return undefined;
    const username = (password === '' ? address.username : undefined) ||
        credentials.username ||
        address.username ||
        DEFAULT_USERNAME;
    return { username, password };
}
/** The `Authorization` value of RFC 7617. @throws MirrorError `usage` for a user name with a colon. */
function encodeBasic(login) {
    if (login.username.includes(':')) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En('the user name holds a colon, which HTTP Basic cannot carry', {
            code: 'usage',
            hint: 'Give the user name alone, and the token or password separately.',
        });
    }
    return `Basic ${Buffer.from(`${login.username}:${login.password}`, 'utf8').toString('base64')}`;
}
/**
 * Whether a login for `home` may be sent to `target`: the same scheme, host and port, or the same host after
 * a step up from http to https on the usual ports. Any other place may belong to someone else.
 */
function mayCarryLogin(home, target) {
    if (home.hostname !== target.hostname)
        return false;
    if (home.protocol === target.protocol)
        return home.port === target.port;
    return home.protocol === 'http:' && target.protocol === 'https:' && home.port === '' && target.port === '';
}


/***/ }),

/***/ 99517:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SP: () => (/* binding */ readPage),
/* harmony export */   t0: () => (/* binding */ quoteFirstLine),
/* harmony export */   u4: () => (/* binding */ MOST_QUOTED_LENGTH)
/* harmony export */ });
/* harmony import */ var _base_bytes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25771);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(86815);


const MOST_PAGE_BYTES = 16 * 1024;
/** A page that stalls is given up after so many milliseconds. */
const PAGE_LIMIT_MS = 5000;
/** Characters of a server's line that an error quotes. */
const MOST_QUOTED_LENGTH = 200;
/** The first 16 KiB of an error page, as text; then the request is ended. Never throws. */
async function readPage(answer) {
    const parts = [];
    const timer = setTimeout(() => void answer.bytes.cancel(), PAGE_LIMIT_MS);
    try {
        for (let left = MOST_PAGE_BYTES; left > 0;) {
            const part = await answer.bytes.readSome(left);
            if (!part)
                break;
            parts.push(part);
            left -= part.length;
        }
    }
    catch {
        // What came is all there is: the status says enough.
    }
    finally {
        clearTimeout(timer);
    }
    await answer.bytes.cancel();
    const text = (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .toText */ .fE)(Buffer.concat(parts));
    return isHtml(answer, text) ? stripTags(text) : text;
}
/** The first line that says something, fit to quote: one line, no control characters, at most 200 characters. */
function quoteFirstLine(page) {
    const lines = (parsePackets(page) ?? page).split(/[\r\n]+/);
    for (const raw of lines) {
        const line = (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printableLine */ .oy)(raw, MOST_QUOTED_LENGTH);
        if (line !== '' && !line.startsWith('# service='))
            return line;
    }
    return undefined;
}
function isHtml(answer, text) {
    return (/\bhtml\b/i.test(answer.header('content-type') ?? '') || /^\s*<(!doctype|html|head|body)\b/i.test(text));
}
function stripTags(html) {
    return html
        .replace(/<(script|style|head)\b[^]*?(<\/\1\s*>|$)/gi, (block) => /<title[^>]*>([^<]*)/i.exec(block)?.[1] ?? '')
        .replace(/<!--[^]*?(-->|$)/g, '')
        .replace(/<\/?(p|div|br|h\d|li|tr|title|center|hr|pre)\b[^>]*>/gi, '\n')
        .replace(/<[^>]*>/g, ' ')
        .replace(/&(lt|gt|quot|#39|nbsp|amp);/g, (_, name) => ENTITIES[name] ?? ' ')
        .replace(/[ \t]+/g, ' ')
        .replace(/\s*\n\s*/g, '\n')
        .trim();
}
const ENTITIES = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
/** Azure puts pkt-lines into its error pages. */
function parsePackets(text) {
    const payloads = [];
    let at = 0;
    while (at < text.length) {
        const digits = text.slice(at, at + 4);
        if (!/^[0-9a-f]{4}$/i.test(digits))
            break;
        const length = Number.parseInt(digits, 16);
        payloads.push(text.slice(at + 4, at + Math.max(4, length)));
        at += Math.max(4, length);
    }
    return payloads.length > 0 ? `${payloads.join('\n')}\n${text.slice(at)}` : undefined;
}


/***/ }),

/***/ 26331:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  WD: () => (/* binding */ isLoginAddress),
  L7: () => (/* binding */ loginPageError),
  z_: () => (/* binding */ refusalError),
  CS: () => (/* binding */ waitTooLong),
  Oe: () => (/* binding */ wrongTypeError)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
// EXTERNAL MODULE: ./build/base/retry-after.js
var retry_after = __webpack_require__(70929);
;// CONCATENATED MODULE: ./build/transport/http/challenge.js
/** Names of the schemes that a `WWW-Authenticate` header offers (RFC 9110, section 11.6.1), in lower case. */
function readSchemes(header) {
    if (header === undefined)
        return [];
    const bare = header.replace(/"(?:[^"\\]|\\.)*"/g, '""');
    // A scheme stands at the beginning of an item, and no `=` follows it.
    const found = bare.split(',').flatMap((item) => /^\s*([\w.-]+)(?=\s+[^\s=]|\s*$)/.exec(item)?.[1] ?? []);
    return [...new Set(found.map((name) => name.toLowerCase()))];
}
/** As hosts and standards write them. */
const NAMES = {
    negotiate: 'Negotiate (Kerberos)',
    ntlm: 'NTLM',
    bearer: 'Bearer',
    digest: 'Digest',
};
const HINTS = {
    negotiate: 'Turn Basic on beside it for this address (over https), or use the ssh address of the repository.',
    ntlm: 'Turn Basic on beside it for this address (over https), or use the ssh address of the repository.',
    digest: 'Turn Basic on beside it for this address (over https), or use the ssh address of the repository.',
    bearer: 'This is an address of an API or of a gateway more often than of a repository: give the one that git clone takes, or the ssh address.',
};
/** The error for a server that takes a login, and none that can be given here; undefined where it takes Basic or tells nothing. */
function otherLoginError(label, schemes) {
    if (schemes.length === 0 || schemes.includes('basic'))
        return undefined;
    const names = schemes.slice(0, 4).map((name) => NAMES[name] ?? name.slice(0, 40));
    return {
        message: `${label} takes no user name with token or password (Basic): it offers ${names.join(' and ')} only`,
        code: 'auth',
        advice: 'login-scheme',
        hint: HINTS[schemes.find((name) => name in HINTS) ?? 'negotiate'],
    };
}

// EXTERNAL MODULE: ./build/transport/http/error-page.js
var error_page = __webpack_require__(99517);
;// CONCATENATED MODULE: ./build/transport/http/refusals.js





/** The error for an answer that is none of Git's. Reads its page, at most 16 KiB, and ends the request. */
async function refusalError(answer, asked) {
    const page = await readOwnPage(answer, asked);
    const now = Date.now();
    const retryAfter = (0,retry_after/* parseRetryAfter */.m)(answer.header('retry-after'), now);
    const { message, ...details } = judge(answer, asked);
    const line = (0,error_page/* quoteFirstLine */.t0)(page);
    const notes = [`HTTP ${answer.status}`, ...requestIds(answer)].join(', ');
    return new errors/* MirrorError */.En(`${message} (${notes})${line === undefined ? '' : `: ${line}`}`, {
        ...details,
        ...(details.retryable && { ...waitTooLong(retryAfter, now) }),
        status: answer.status,
        retryAfter,
        serverText: page === '' ? undefined : page,
    });
}
/** A server that asks for more patience than a run has is not asked again: the hint says when it may be. */
function waitTooLong(retryAfter, now) {
    if (retryAfter === undefined || retryAfter <= errors/* LONGEST_RETRY_AFTER_MS */.Q)
        return {};
    // No clock reaches further.
    const time = new Date(Math.min(now + retryAfter, 8.64e15)).toISOString().replace(/\.\d+Z$/, 'Z');
    return {
        retryable: false,
        advice: 'asks-to-wait',
        hint: `The server asks to wait ${Math.ceil(retryAfter / 1000)} seconds, longer than a run waits (${errors/* LONGEST_RETRY_AFTER_MS */.Q / 1000}): start again after ${time}.`,
    };
}
/** The page of the configured server. What another one says, to which it redirected, may be meant for nobody here. */
async function readOwnPage(answer, asked) {
    if (!asked.strayed)
        return await (0,error_page/* readPage */.SP)(answer);
    await answer.bytes.cancel();
    return '';
}
/** The error for a 200 (or 203) of the wrong type: a login page, a bot wall, a dumb server. */
async function wrongTypeError(answer, asked) {
    const type = (0,printable/* printableLine */.oy)(answer.header('content-type') ?? 'no type', error_page/* MOST_QUOTED_LENGTH */.u4);
    const page = await readOwnPage(answer, asked);
    const line = (0,error_page/* quoteFirstLine */.t0)(page);
    const dumb = /^[0-9a-f]{40,64}\trefs\//m.test(page);
    const hint = dumb
        ? 'It offers only the dumb HTTP protocol, which cannot be mirrored from. Use its ssh or git address.'
        : 'Check the address: it must be the one that git clone takes, not a page for people.';
    const ids = requestIds(answer).map((id) => `, ${id}`);
    return new errors/* MirrorError */.En(`${asked.label} does not answer as a smart Git server (${type}${ids.join('')})${line === undefined ? '' : `: ${line}`}`, {
        code: 'protocol',
        status: answer.status,
        hint,
        serverText: page === '' ? undefined : page,
        advice: dumb ? 'dumb-http' : 'not-a-git-server',
    });
}
/** Whether an address is a page to log in at, where hosts send those who should have had a 401. */
function isLoginAddress(url) {
    if (/\/(info\/refs|git-(upload|receive)-pack)$/.test(url.pathname))
        return false;
    return /\/_?(sign_?in|log_?in)(\/|$)/i.test(url.pathname) || /^login\./i.test(url.hostname);
}
/** The error for a redirect to a login page, and for Azure's 203. */
function loginPageError(asked, status) {
    return new errors/* MirrorError */.En(`${asked.label} answers with a login page (HTTP ${status})`, {
        ...unauthorised(asked),
        status,
        advice: 'login-page',
    });
}
function judge(answer, asked) {
    const { label } = asked;
    const { status } = answer;
    const push = asked.service === 'git-receive-pack';
    const fresh = asked.freshToken && asked.loggedIn;
    if (status === 401) {
        const other = otherLoginError(label, readSchemes(answer.header('www-authenticate')));
        return other ?? { ...unauthorised(asked), message: unauthorisedMessage(asked) };
    }
    if (status === 403) {
        if (answer.header('retry-after') !== undefined) {
            return { message: `${label} asks to slow down`, code: 'http', retryable: true, advice: 'rate-limit' };
        }
        return {
            message: `${label} does not allow this ${asked.loggedIn ? 'credential' : 'anonymous client'} to ${push ? 'push' : 'read'}`,
            code: 'auth',
            retryable: fresh,
            advice: push ? 'no-write-permission' : 'no-read-permission',
            hint: push
                ? 'Give a token that may write to this repository. Archived repositories and pull mirrors take no push.'
                : 'Give a token that may read this repository.',
        };
    }
    if (status === 404 || status === 410) {
        return {
            message: `there is no repository at ${label}, or none that may be seen`,
            code: 'not-found',
            retryable: fresh && status === 404,
            hint: `Check the address${asked.loggedIn ? ', and that the token may see this repository' : '; a private repository needs a token'}.`,
        };
    }
    if (status >= 300 && status < 400) {
        const to = answer.header('location');
        return {
            message: `${label} redirects ${asked.service} to another address`,
            code: 'http',
            hint: to === undefined
                ? 'Use the address it redirects to.'
                : `Use the address it redirects to: ${(0,printable/* printableLine */.oy)(withoutQuery(to), error_page/* MOST_QUOTED_LENGTH */.u4)}`,
        };
    }
    if (status === 411) {
        return {
            message: `${label} demands the length of the body before the body`,
            code: 'http',
            hint: 'The pack has to be stored before it is sent: use the spool transfer.',
        };
    }
    if (status === 413) {
        return {
            message: `${label} takes no body of this size`,
            code: 'too-large',
            hint: 'Push in smaller pieces, or raise the limit of the web server (nginx: client_max_body_size).',
        };
    }
    return { message: `${label} refused the request`, code: 'http', retryable: isPassing(status) };
}
function unauthorisedMessage({ label, loggedIn, strayed }) {
    if (loggedIn)
        return `${label} refused the credential`;
    return strayed ? `${label} redirects to a host that asks for a login` : `${label} asks for a login`;
}
function unauthorised(asked) {
    const what = asked.service === 'git-receive-pack' ? 'write to' : 'read';
    if (asked.strayed) {
        return {
            code: 'auth',
            hint: 'A credential goes to the configured host only: use the address that it redirects to.',
        };
    }
    if (!asked.loggedIn) {
        return {
            code: 'auth',
            hint: 'Give a token for this server. Some hosts answer like this when there is no such repository.',
        };
    }
    return {
        code: 'auth',
        retryable: asked.freshToken,
        advice: 'token-refused',
        hint: `Check that the token is whole, has not expired and may ${what} this repository, and that the user name is right.`,
    };
}
/** Statuses after which the same request may succeed. */
function isPassing(status) {
    return (status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501 && status !== 505));
}
function requestIds(answer) {
    const names = [
        ['x-github-request-id', 'request id'],
        ['cf-ray', 'Cloudflare ray'],
    ];
    return names.flatMap(([header, name]) => {
        const id = answer
            .header(header)
            ?.replace(/[^\w.:-]/g, '')
            .slice(0, 80);
        return id ? [`${name} ${id}`] : [];
    });
}
/** Sign-in addresses carry state that nobody has to see. */
function withoutQuery(address) {
    return address.replace(/^(\w+:\/\/)[^/@]*@/, '$1').replace(/[?#].*$/s, '');
}


/***/ }),

/***/ 58080:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ET: () => (/* binding */ redirectTarget),
/* harmony export */   SY: () => (/* binding */ printAddress),
/* harmony export */   dn: () => (/* binding */ acceptAnswer),
/* harmony export */   o_: () => (/* binding */ commonHeaders),
/* harmony export */   y1: () => (/* binding */ refuseUnverified)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _address_credentials_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(56263);
/* harmony import */ var _http_client_http_client_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19003);
/* harmony import */ var _refusals_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(26331);
/* harmony import */ var _error_page_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(99517);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(86815);






/** The headers of every request; no Accept-Encoding (F10), Git-Protocol to upload-pack alone (E2, F3). */
function commonHeaders(site, call, url) {
    const headers = { 'user-agent': site.userAgent };
    if (call.service === 'git-upload-pack' && call.version === 2)
        headers['git-protocol'] = 'version=2';
    if (site.authorization !== undefined && (0,_address_credentials_js__WEBPACK_IMPORTED_MODULE_1__/* .mayCarryLogin */ .cg)(site.home, url)) {
        if (url.protocol === 'https:')
            refuseUnverified(site.env);
        headers['authorization'] = site.authorization;
    }
    return headers;
}
/** @throws MirrorError `usage` where Node was told to take any certificate, so that anybody could ask for the login. */
function refuseUnverified(env) {
    if (env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0')
        return;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En('NODE_TLS_REJECT_UNAUTHORIZED=0 turns off the check of certificates, and a login would be sent', {
        code: 'usage',
        hint: "Unset it. For a server with a certificate of its own, set NODE_EXTRA_CA_CERTS or SSL_CERT_FILE to a file with its authority's certificate.",
    });
}
/** The address fit to print: without user information, and without a query, which may hold a token. */
function printAddress(url) {
    return `${url.origin}${url.pathname}`;
}
/**
 * Passes an answer of 200 with the type of `suffix`; ends every other one.
 * @throws MirrorError that explains the answer.
 */
async function acceptAnswer(answer, where, suffix) {
    const asked = describeRequest(where.site, where.call, where.url);
    const { status } = answer;
    const location = redirectTarget(answer, where.url);
    if (status === 203 || (location && (0,_refusals_js__WEBPACK_IMPORTED_MODULE_3__/* .isLoginAddress */ .WD)(location))) {
        await answer.bytes.cancel();
        throw (0,_refusals_js__WEBPACK_IMPORTED_MODULE_3__/* .loginPageError */ .L7)(asked, status);
    }
    if (status !== 200)
        throw await (0,_refusals_js__WEBPACK_IMPORTED_MODULE_3__/* .refusalError */ .z_)(answer, asked);
    const type = answer.header('content-type')?.split(';')[0].trim().toLowerCase();
    if (type !== `application/x-${where.call.service}-${suffix}`)
        throw await (0,_refusals_js__WEBPACK_IMPORTED_MODULE_3__/* .wrongTypeError */ .Oe)(answer, asked);
    const coding = answer.header('content-encoding')?.trim().toLowerCase();
    if (coding && coding !== 'identity') {
        await answer.bytes.cancel();
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${asked.label} answers in ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_5__/* .printableLine */ .oy)(coding, _error_page_js__WEBPACK_IMPORTED_MODULE_4__/* .MOST_QUOTED_LENGTH */ .u4)}, which nobody asked for`, {
            code: 'protocol',
            hint: 'A web server or proxy in front of it compresses its answers: turn that off for this address.',
        });
    }
    return answer;
}
/** Where a 3xx answer points; undefined for any other answer. */
function redirectTarget(answer, from) {
    if (answer.status < 300 || answer.status > 399)
        return undefined;
    const location = answer.header('location');
    if (location === undefined)
        return undefined;
    const target = URL.parse(location, from.href);
    if (!target)
        return undefined;
    target.username = '';
    target.password = '';
    target.hash = '';
    return target;
}
function describeRequest(site, call, url) {
    const carried = (0,_address_credentials_js__WEBPACK_IMPORTED_MODULE_1__/* .mayCarryLogin */ .cg)(site.home, url);
    return {
        label: printAddress(url).replace(/\/(info\/refs|git-(upload|receive)-pack)$/, ''),
        service: call.service,
        loggedIn: site.authorization !== undefined && carried,
        strayed: !carried,
        freshToken: site.freshToken,
    };
}


/***/ })

};
