export const id = 565;
export const ids = [565];
export const modules = {

/***/ 5771:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Id: () => (/* binding */ concatBytes),
/* harmony export */   ZJ: () => (/* binding */ toBytes),
/* harmony export */   fE: () => (/* binding */ toText),
/* harmony export */   kP: () => (/* binding */ ByteReader)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5145);

const EMPTY = new Uint8Array(0);
/**
 * Pulls bytes from a stream of chunks, as many as the caller asks for. Slices of a chunk are handed out
 * without a copy where one chunk holds them; a slice stays valid because chunks are never reused.
 */
class ByteReader {
    /** Bytes handed out so far. */
    consumed = 0;
    #chunks;
    #chunk = EMPTY;
    #offset = 0;
    #ended = false;
    constructor(chunks) {
        this.#chunks = chunks[Symbol.asyncIterator]();
    }
    /** Bytes that can be taken without waiting. */
    get buffered() {
        return this.#chunk.length - this.#offset;
    }
    /** Exactly `length` bytes, or undefined when the stream ends before the first of them.
     *  @throws MirrorError `cut` when it ends between the first and the last. */
    async read(length) {
        if (this.buffered >= length)
            return this.#take(length);
        if (!(await this.#fill(length))) {
            if (this.buffered === 0)
                return undefined;
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the stream ended after ${this.buffered} of ${length} bytes`, {
                code: 'cut',
                retryable: true,
            });
        }
        return this.#take(length);
    }
    /** `length` bytes when they are here already, else undefined; never waits. */
    readNow(length) {
        return this.#fillNow(length) ? this.#take(length) : undefined;
    }
    /** What `readNow` would give, not consumed. */
    peekNow(length) {
        return this.#fillNow(length) ? this.#chunk.subarray(this.#offset, this.#offset + length) : undefined;
    }
    /** What is here already: at least one byte and at most `max`, else undefined; never waits. */
    readSomeNow(max) {
        return this.#fillNow(1) ? this.#take(Math.min(max, this.buffered)) : undefined;
    }
    /** At least one byte and at most `max`, whatever is here; undefined at the end. */
    async readSome(max = Number.MAX_SAFE_INTEGER) {
        if (this.buffered === 0 && !(await this.#fill(1)))
            return undefined;
        return this.#take(Math.min(max, this.buffered));
    }
    /** Up to `length` bytes without consuming them; fewer only when the stream ends. */
    async peek(length) {
        if (this.buffered < length)
            await this.#fill(length);
        return this.#chunk.subarray(this.#offset, this.#offset + Math.min(length, this.buffered));
    }
    /** Everything until the end. @throws MirrorError `limit` past `max` bytes. */
    async readAll(max) {
        const parts = [];
        let total = 0;
        for (let part = await this.readSome(); part; part = await this.readSome()) {
            total += part.length;
            if (total > max)
                throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the answer is longer than ${max} bytes`, { code: 'limit' });
            parts.push(part);
        }
        return concatBytes(parts);
    }
    /** Reads and drops what is left. */
    async drain() {
        while (await this.readSome())
            ;
    }
    /** Gives the stream up: its producer is told to stop. */
    async cancel() {
        this.#ended = true;
        this.#chunk = EMPTY;
        this.#offset = 0;
        await this.#chunks.return?.();
    }
    #take(length) {
        const slice = this.#chunk.subarray(this.#offset, this.#offset + length);
        this.#offset += length;
        this.consumed += length;
        return slice;
    }
    #fillNow(length) {
        while (this.buffered < length && !this.#ended) {
            const next = this.#chunks.takeNow?.();
            if (next === undefined)
                return false;
            this.#chunk = this.buffered === 0 ? next : concatBytes([this.#chunk.subarray(this.#offset), next]);
            this.#offset = 0;
        }
        return this.buffered >= length;
    }
    async #fill(length) {
        if (this.buffered >= length)
            return true;
        const parts = this.buffered > 0 ? [this.#chunk.subarray(this.#offset)] : [];
        let total = this.buffered;
        while (total < length && !this.#ended) {
            const next = await this.#chunks.next();
            if (next.done)
                this.#ended = true;
            else if (next.value.length > 0) {
                parts.push(next.value);
                total += next.value.length;
            }
        }
        this.#chunk = parts.length === 1 ? parts[0] : concatBytes(parts);
        this.#offset = 0;
        return total >= length;
    }
}
/** The parts as one array. */
function concatBytes(parts) {
    if (parts.length === 1)
        return parts[0];
    return Buffer.concat(parts);
}
const encoder = new TextEncoder();
const decoder = new TextDecoder();
function toBytes(text) {
    return encoder.encode(text);
}
/** Bytes as UTF-8 text; what is no UTF-8 becomes U+FFFD. */
function toText(bytes) {
    return decoder.decode(bytes);
}


/***/ }),

/***/ 6039:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ loadCrypto)
/* harmony export */ });
/**
 * Node's cryptography, loaded when it is first used: that takes longer than most of what a run does before its first
 * byte is on the wire, and a run with nothing to do may never need it.
 */
function loadCrypto() {
    return process.getBuiltinModule('node:crypto');
}


/***/ }),

/***/ 8606:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ within)
/* harmony export */ });
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


/***/ }),

/***/ 4225:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ releaseMemory)
/* harmony export */ });
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


/***/ }),

/***/ 6815:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FV: () => (/* binding */ escapeMarkdown),
/* harmony export */   IN: () => (/* binding */ cutText),
/* harmony export */   WB: () => (/* binding */ muteLine),
/* harmony export */   oy: () => (/* binding */ printableLine)
/* harmony export */ });
/* unused harmony export escapeHtml */
/** CSI sequences; OSC, DCS, PM and APC strings with their end; other escapes of two bytes. 7-bit and 8-bit. */
const ESCAPES = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0090\u0098\u009c-\u009f\r\n]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]?/g;
/** Bidi controls, zero-width characters, tags and other formats that show nothing and change what is shown. */
const INVISIBLE = /[\p{Cf}\u115f\u1160\u3164\uffa0]+/gu;
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
const LONE_SURROGATES = /\p{Cs}/gu;
/** Words of printable ASCII with single spaces between them: nothing of the above is in it. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;
const DEFAULT_MAX = 1000;
/**
 * Text from anywhere as one line that shows what it is: no control characters, no terminal escapes, no bidi
 * or invisible characters, white space as single spaces, at most `max` UTF-16 units (the last one `…` when
 * something was cut). Markup stays: see `escapeMarkdown`, `escapeHtml`.
 */
function printableLine(text, max = DEFAULT_MAX) {
    // Most lines are plain, and the tables of Unicode take longer to load than such a line to read.
    if (text.length <= max && PLAIN.test(text))
        return text;
    // What is cut anyway need not be read: 16 units for each that is shown leave room for escapes.
    const line = text
        .slice(0, max * 16 + 1024)
        .replace(ESCAPES, '')
        .replace(INVISIBLE, '')
        .replace(BREAKS, ' ')
        .replace(LONE_SURROGATES, '\ufffd')
        .trim();
    return cutText(line, max);
}
/**
 * A line in which nothing speaks to the runner: it looks for `::command::` at the start of a line and for
 * `##[command]` anywhere.
 */
function muteLine(line) {
    const text = line.replaceAll('##[', '## [');
    return /^\s*::/.test(text) ? `| ${text}` : text;
}
/** At most `max` UTF-16 units; no character is cut in two. */
function cutText(text, max) {
    if (text.length <= max)
        return text;
    const end = Math.max(0, max - 1);
    const splits = end > 0 && /[\ud800-\udbff]/.test(text.charAt(end - 1));
    return `${text.slice(0, splits ? end - 1 : end)}…`;
}
/**
 * Text as Markdown (GitHub's) that shows it as it is: in a table cell, a list, a heading or inside an HTML
 * element. Line breaks become spaces. Entities rather than backslashes, since a table splits at `\|`'s bar in
 * some places and a backslash means nothing inside HTML.
 */
function escapeMarkdown(text) {
    return text
        .replace(/[\r\n\u2028\u2029]+/g, ' ')
        .replace(/[&<>`*_~[\]#|\\$]/g, entityOf)
        .replace(/:(?=\/\/|[\w+-]+:)/g, entityOf)
        .replace(/\bwww(?=\.)/gi, (word) => `${word.slice(0, -1)}${entityOf(word.slice(-1))}`)
        .replace(/^(\s*)([-+=>])/, (_, space, mark) => `${space}${entityOf(mark)}`)
        .replace(/^(\s*\d+)([.)])/, (_, number, mark) => `${number}${entityOf(mark)}`);
}
/** Text for HTML, in an element or in a quoted attribute. */
function escapeHtml(text) {
    return text.replace(/[&<>"'`]/g, entityOf);
}
function entityOf(character) {
    return `&#${character.codePointAt(0)};`;
}


/***/ }),

/***/ 7844:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ VERSION)
/* harmony export */ });
/** The version of this program; a test holds it to package.json. */
const VERSION = '1.0.0';


/***/ }),

/***/ 3822:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  e: () => (/* binding */ mirror)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(5145);
// EXTERNAL MODULE: ./build/base/bytes.js
var base_bytes = __webpack_require__(5771);
// EXTERNAL MODULE: ./build/protocol/pkt-line.js
var pkt_line = __webpack_require__(2309);
;// CONCATENATED MODULE: ./build/protocol/capabilities.js



/** Words of the form `name` or `name=value` (gitprotocol-capabilities; gitprotocol-v2 "Capabilities"). */
function parseCapabilities(words) {
    const values = new Map();
    for (const word of words) {
        if (word === '')
            continue;
        const equals = word.indexOf('=');
        const name = equals < 0 ? word : word.slice(0, equals);
        const list = values.get(name) ?? [];
        if (equals >= 0)
            list.push(word.slice(equals + 1));
        values.set(name, list);
    }
    return {
        has: (name) => values.has(name),
        value: (name) => values.get(name)?.[0],
        values: (name) => values.get(name) ?? [],
        names: [...values.keys()],
    };
}
const NO_CAPABILITIES = parseCapabilities([]);
/**
 * The value of `agent` and of the User-Agent header: printable ASCII without space or `=`, which GitHub's
 * parser does not take, and beginning with `git/`, which some hosts ask for (gitprotocol-capabilities, "agent").
 */
function agentValue(version) {
    return `git/kalandra-${version.replace(/[^0-9A-Za-z.+-]/g, '-')}`;
}
/** `agent=<agent>` where the server has an agent too and there is one to name, else nothing. */
function agentWord(capabilities, agent) {
    return agent !== '' && capabilities.has('agent') ? [`agent=${agent}`] : [];
}
/**
 * The beginning of a v2 request: command, capabilities, delimiter (gitprotocol-v2, "Command Request"). Nothing is
 * named that the server did not name: it would hang up.
 * @throws MirrorError `protocol` for a command that was not offered.
 */
function encodeCommandHead(command, request) {
    const { capabilities } = request;
    if (!capabilities.has(command))
        throw notOffered(command);
    const words = [`command=${command}`, ...agentWord(capabilities, request.agent)];
    if (capabilities.has('object-format'))
        words.push(`object-format=${request.format}`);
    return (0,base_bytes/* concatBytes */.Id)([(0,pkt_line/* encodePackets */._k)(words.map((word) => `${word}\n`)), pkt_line/* DELIM */.A$]);
}
/** What a server can do beside the plain command: the words of `fetch=shallow wait-for-done`. */
function featuresOf(command, capabilities) {
    return new Set(capabilities.value(command)?.split(' '));
}
/** The error for something that is needed for a right answer and that the server does not have. */
function notOffered(what) {
    return new errors/* MirrorError */.En(`the server does not offer ${what}`, { code: 'protocol' });
}

// EXTERNAL MODULE: ./build/transport/address/remote-url.js + 1 modules
var remote_url = __webpack_require__(3766);
;// CONCATENATED MODULE: ./build/transport/open-remote.js

/**
 * The remote for an address. Its transport is loaded when it is first opened: a run over https never loads
 * what ssh needs.
 */
function openRemote(options) {
    let loaded;
    return {
        label: (0,remote_url/* printUrl */.D1)(options.url),
        async open(open) {
            loaded ??= loadRemote(options);
            const remote = await loaded;
            return await remote.open(open);
        },
        async dispose() {
            const remote = await loaded?.catch(() => undefined);
            await remote?.dispose();
        },
    };
}
async function loadRemote(options) {
    const { url } = options;
    switch (url.scheme) {
        case 'https':
        case 'http':
            return (await __webpack_require__.e(/* import() */ 81).then(__webpack_require__.bind(__webpack_require__, 4081))).createHttpRemote(url, options);
        case 'ssh':
            return (await __webpack_require__.e(/* import() */ 621).then(__webpack_require__.bind(__webpack_require__, 5621))).createSshRemote(url, options);
        case 'git':
            return (await __webpack_require__.e(/* import() */ 60).then(__webpack_require__.bind(__webpack_require__, 7060))).createDaemonRemote(url, options);
        case 'file':
            return (await __webpack_require__.e(/* import() */ 242).then(__webpack_require__.bind(__webpack_require__, 9242))).createLocalRemote(url, options);
    }
}

;// CONCATENATED MODULE: ./build/advice/access-rows.js
/** Failures on the way in: keys, tokens, addresses, networks, and what stands at the address. */
const ACCESS_ROWS = [
    {
        id: 'host-key-changed',
        codes: ['host-key'],
        says: /has changed/i,
        meaning: 'The server shows another host key than the known one: the host changed it, or someone listens in between.',
        todo: 'Compare the fingerprint with the one the host publishes before you put the new key into ssh-known-hosts.',
    },
    {
        id: 'host-key-revoked',
        codes: ['host-key'],
        says: /is revoked/i,
        meaning: 'The host key of the server was revoked.',
        todo: 'Do not connect; ask the host which key it uses now and put it into ssh-known-hosts.',
    },
    {
        id: 'host-key-unknown',
        codes: ['host-key'],
        says: /is not known|of another type|only a certificate authority/i,
        meaning: 'Nothing tells whether the ssh server is the right one: its host key is not among the known ones.',
        todo: 'Put the line that ssh-keyscan HOST prints into ssh-known-hosts, once its fingerprint is the published one.',
    },
    {
        id: 'read-only-key',
        says: /marked as read.only|deploy key does not have write access|deployment key is read-only|denied to deploy key/i,
        side: 'destination',
        meaning: 'The ssh key is a deploy key that may only read.',
        todo: 'Add the key again with write access; at most hosts an existing deploy key cannot be changed.',
    },
    {
        id: 'ssh-key-refused',
        codes: ['auth', 'server', 'cut', 'connect'],
        says: /does not accept the ssh key|Permission denied \(publickey|authentication methods failed|too many authentication failures/i,
        meaning: 'The server does not know the ssh key, or knows it for another account.',
        todo: 'Add its public half (ssh-keygen -y prints it) to the repository as a deploy key or to an account, and check the user name in the address.',
    },
    {
        id: 'saml-sso',
        says: /SAML SSO/i,
        meaning: 'The organization demands SAML single sign-on, and the token or key is not authorized for it.',
        todo: 'Choose "Configure SSO" beside the token or key in the account settings at GitHub and authorize the organization.',
    },
    {
        id: 'ip-allow-list',
        says: /IP (address )?(allow|access) ?list|IP address is not (permitted|allowed)/i,
        meaning: 'The host lets only certain network addresses in, and this machine has none of them.',
        todo: 'Run on a machine whose address is on the list, or add its address.',
    },
    {
        id: 'account-blocked',
        says: /account (is|has been|was) (suspended|blocked|disabled)/i,
        meaning: 'The account of the key or token is blocked at the host.',
        todo: 'Use the key or token of another account, or ask the host.',
    },
    {
        id: 'accept-terms',
        says: /must accept the Terms of Service/i,
        meaning: 'The account has not yet accepted the terms of the host.',
        todo: 'Log in to the website with that account once and accept them.',
    },
    {
        id: 'password-refused',
        says: /password authentication (was removed|is not supported)/i,
        meaning: 'The host takes tokens and no passwords, or the token is wrong and looks like a password to it.',
        todo: 'Give a token (at GitHub: a personal access token or an App token) in place of the password.',
    },
    {
        id: 'proxy-page',
        codes: ['protocol', 'http', 'auth'],
        says: /captive portal|hotspot|squid|zscaler|fortiguard|blue ?coat|web filter|blocked by (your|the) (network|organi[sz]ation|administrator|firewall)/i,
        meaning: 'A proxy, firewall or portal of this network answered in place of the server.',
        todo: 'Ask for the host to be let through, set https_proxy, or run on another network.',
    },
    {
        id: 'login-page',
        codes: ['auth', 'protocol', 'http'],
        says: /answers with a login page|_signin|users\/sign_in/i,
        meaning: 'The server sends a page to log in at: it asks for a credential, or does not accept the one it got.',
        todo: 'Give a valid token, and check that the address is the one that git clone takes.',
    },
    {
        id: 'no-write-permission',
        says: /write access to repository not granted|permission to \S{1,300} denied to|does not allow this (credential|anonymous client) to push|not allowed to (push code to this project|upload code)|User permission denied|does not let this key run git-receive-pack/i,
        side: 'destination',
        meaning: 'The token or key may read the destination and not write to it.',
        todo: "Give it write access (Contents: write at GitHub, write_repository at GitLab); a workflow's GITHUB_TOKEN reaches its own repository only.",
    },
    {
        id: 'no-read-permission',
        codes: ['auth'],
        says: /does not allow this (credential|anonymous client) to read|does not let this key run git-upload-pack/i,
        meaning: 'The server knows the token or key and does not let it read this repository.',
        todo: 'Give it read access (Contents: read at GitHub, read_repository at GitLab).',
    },
    {
        id: 'token-refused',
        codes: ['auth', 'http'],
        says: /HTTP 401|refused the credential|HTTP Basic: Access denied|Invalid username or (password|token)|Bad credentials|Invalid credentials|TF400813/i,
        meaning: 'The server does not accept the token: it is wrong, expired or revoked, or the user name does not fit.',
        todo: 'Make a new token with an expiry date that you will not miss, and store it in the secret again.',
    },
    {
        id: 'github-not-found',
        codes: ['not-found'],
        says: /./,
        hosts: /(^|\.)(github\.com|ghe\.com)$/,
        meaning: 'GitHub shows no such repository to this token or key: the name is wrong, or the repository is private.',
        todo: 'Check the address, and give access to that repository; GITHUB_TOKEN and a deploy key reach one repository only.',
    },
    {
        id: 'not-found',
        codes: ['not-found'],
        says: /./,
        meaning: 'The server shows no such repository: the address is wrong, or the token or key may not see it.',
        todo: 'Check the address, create the repository if there is none, and give the token or key access to it.',
    },
    {
        id: 'hidden-repository',
        codes: ['server', 'cut', 'auth', 'http', 'protocol'],
        says: /repository not found|project you were looking for could not be found|TF401019|does not appear to be a git repository|repository either does not exist|may not have access to this repository/i,
        meaning: 'The server shows no such repository: the address is wrong, or the token or key may not see it.',
        todo: 'Check the address, create the repository if there is none, and give the token or key access to it.',
    },
    {
        id: 'not-exported',
        says: /service not enabled|access denied or repository not exported/i,
        meaning: 'The server does not offer this repository, or not for this direction.',
        todo: 'Allow it there: git-daemon-export-ok and --enable=receive-pack for git daemon, http.receivepack for http-backend.',
    },
    {
        id: 'dumb-http',
        codes: ['protocol'],
        says: /^[0-9a-f]{40,64}\s+refs\/|dumb HTTP/,
        meaning: 'The web server offers the repository as plain files (dumb HTTP), which cannot be mirrored from.',
        todo: "Use the repository's ssh or git address, or set up git http-backend there.",
    },
    {
        id: 'proxy-login',
        says: /HTTP 407|Proxy Authentication Required/i,
        meaning: 'A proxy stands in between and asks for a login.',
        todo: 'Put its user and password into https_proxy: http://user:password@host:port.',
    },
    {
        id: 'proxy-unreachable',
        codes: ['connect', 'cut', 'http', 'protocol'],
        says: /does not answer as an HTTP proxy|the proxy \S+ hung up/i,
        meaning: 'The proxy of the environment is not there or is no HTTP proxy.',
        todo: 'Correct https_proxy, or add the host to no_proxy.',
    },
    {
        id: 'not-a-git-server',
        general: true,
        codes: ['protocol'],
        says: /does not answer as a smart Git server/i,
        meaning: 'What stands at the address is a web page and no Git repository.',
        todo: 'Use the address that git clone takes; a login page, a bot wall or a portal may answer in its place.',
    },
    {
        id: 'partial-source',
        says: /from promisor remote/i,
        side: 'source',
        meaning: 'The source is a partial clone, and what it left out cannot be fetched from where it was cloned.',
        todo: 'Mirror the original repository, or complete this one: git fetch --refetch --no-filter.',
    },
    {
        id: 'shallow-source',
        codes: ['shallow'],
        says: /./,
        meaning: 'The source is a shallow clone: it lacks the history behind its oldest commits.',
        todo: 'Mirror the original repository, or complete this one: git fetch --unshallow, or fetch-depth: 0 for actions/checkout.',
    },
    {
        id: 'dubious-ownership',
        says: /dubious ownership/i,
        meaning: 'The folder of the repository belongs to another user, so git refuses to touch it.',
        todo: "Run git config --global --add safe.directory with the repository's path as the user that runs this.",
    },
    {
        id: 'certificate-authority',
        codes: ['connect'],
        says: /authority that is not trusted|self.signed certificate|unable to (get|verify).{0,40}(issuer|certificate)/i,
        meaning: 'The certificate of the server comes from an authority that this machine does not trust.',
        todo: 'Set NODE_EXTRA_CA_CERTS to a PEM file with the certificate of that authority.',
    },
    {
        id: 'unknown-host',
        codes: ['connect'],
        says: /no host named|ENOTFOUND|EAI_AGAIN/,
        meaning: 'No server of that name is known here.',
        todo: 'Check the spelling of the address; names of a private network resolve only inside it.',
    },
    {
        id: 'rate-limit',
        says: /HTTP 429|rate limit|asks to slow down|too many requests/i,
        meaning: 'The host has had too many requests from this account or address.',
        todo: 'Run less often, or give a token: anonymous limits are lower.',
    },
    {
        id: 'slow-push',
        codes: ['http', 'timeout', 'cut'],
        says: /HTTP (408|504)/,
        side: 'destination',
        meaning: 'The server, or a proxy before it, gave up waiting for the push to end.',
        todo: 'Set max-pack-size so that each push is shorter, or use ssh.',
    },
    {
        id: 'no-shell',
        codes: ['server', 'cut', 'protocol'],
        says: /does not start a program|account is currently not available|nologin|shell access|interactive git shell is not enabled/i,
        meaning: 'The ssh account may log in and not run git.',
        todo: 'Allow git-upload-pack and git-receive-pack for the account (git-shell), or check the user name in the address.',
    },
];

;// CONCATENATED MODULE: ./build/advice/git-rows.js
/** Refusals of git's own receive-pack, and of those that speak like it. */
const GIT_ROWS = [
    {
        id: 'checked-out-branch',
        says: /branch is currently checked out|refusing to update checked out branch/i,
        meaning: 'The destination has a work tree, and this branch is checked out in it.',
        todo: 'Mirror to a bare repository (git clone --bare), or check out another branch there.',
    },
    {
        id: 'non-fast-forward',
        says: /^non-fast-forward|denying non-fast-forward|GH003|force-pushing to .{1,300} is not allowed/i,
        meaning: 'The history of the ref was rewritten, and the destination takes fast-forwards only.',
        todo: 'Set receive.denyNonFastForwards to false at the destination, or allow force pushes there.',
    },
    {
        id: 'deletion-prohibited',
        says: /^deletion prohibited|denying ref deletion/i,
        meaning: 'The destination allows nobody to delete refs.',
        todo: 'Set receive.denyDeletes to false at the destination, or prune: false here.',
    },
    {
        id: 'funny-refname',
        says: /funny ref/i,
        meaning: 'The destination takes no ref of that name: names begin with refs/ and two more parts.',
        todo: 'Leave the ref out of refs, or map it to a name such as refs/heads/….',
    },
    {
        id: 'shallow-update',
        says: /shallow update not allowed/i,
        meaning: 'The pack ends at the boundary of a shallow clone, and the destination wants the whole history.',
        todo: 'Mirror from a complete repository: git fetch --unshallow, or fetch-depth: 0 for actions/checkout.',
    },
    {
        id: 'missing-objects',
        says: /missing necessary objects|Missing (unknown|commit|tree|blob|tag) [0-9a-f]{40}|did not (receive|send) all necessary objects/i,
        meaning: 'Objects behind the ref did not arrive: the source is a partial or damaged clone, or the destination is.',
        todo: 'Run git fsck at both; a partial clone is completed by git fetch --refetch --no-filter.',
    },
    {
        id: 'fsck',
        says: /fsck error|\bobject [0-9a-f]{40,64}: [a-z]+[A-Z][A-Za-z]*:/,
        meaning: 'The destination checks objects (fsck) and finds an old one malformed; the message names it and the fault.',
        todo: 'Ignore that check at the destination (receive.fsck.<name> = ignore), for a mirror cannot change objects.',
    },
    {
        id: 'unresolved-deltas',
        says: /unresolved deltas?( left)?( after unpacking)?/i,
        meaning: 'The destination lacks objects that it showed as its own, so the pack could not be completed.',
        todo: 'Run git fsck at the destination; a shallow, partial or damaged repository has to be made anew.',
    },
    {
        id: 'non-commit-branch',
        says: /trying to write non-commit object/i,
        meaning: 'Names below refs/heads/ must be commits, and this one is a tag, a tree or a blob.',
        todo: 'Map the ref to a name below refs/tags/, or leave it out of refs.',
    },
    {
        id: 'aliased-update',
        says: /inconsistent aliased update/i,
        meaning: 'The destination has a symbolic ref, and the push would give it and its target different values.',
        todo: 'Leave the symbolic ref out of refs, or delete it at the destination.',
    },
    {
        id: 'folder-conflict',
        says: /refname conflict|'refs\/[^']{1,300}' exists; cannot create|directory\/file conflict/i,
        meaning: 'A ref cannot have the name of a folder of others, and the destination has such a pair.',
        todo: 'Delete or rename the other ref at the destination, or leave one of the two out of refs.',
    },
    {
        id: 'case-conflict',
        says: /case-insensitive file ?system/i,
        meaning: 'Two names differ in upper and lower case only, which the file system of the destination cannot keep apart.',
        todo: 'Rename one of the two at the source, or map it to another name in refs.',
    },
    {
        id: 'pack-too-large',
        says: /maximum allowed size|greater than the \d+ MB limit for pushes|request entity too large|HTTP 413|takes no body of this size/i,
        meaning: 'The push is larger than the destination takes in one go.',
        todo: 'Set max-pack-size below that limit, or raise it: receive.maxInputSize in git, client_max_body_size in nginx.',
    },
    {
        id: 'lost-race',
        general: true,
        says: /failed to update ref|incorrect old value|(^|reference )already exists|reference does not exist|invalid old id|remote ref has changed|cannot lock ref|fetch first|stale info|TF401028/i,
        meaning: 'The ref could not be locked or moved meanwhile: something else writes to the destination.',
        todo: 'Run again, and let one mirror at a time write there (concurrency in a workflow).',
    },
    {
        id: 'hook-declined',
        general: true,
        says: /hook declined/i,
        meaning: 'A hook at the destination declined it; what the hook wrote says why.',
        todo: 'Read the lines of the destination in the log, and change its rules or leave the ref out of refs.',
    },
    {
        id: 'unpack-failed',
        general: true,
        says: /unpacker error|unpack failed|index-pack (abnormal exit|failed)|unpack-objects abnormal exit|error processing packfiles/i,
        meaning: 'The destination could not store the objects, so no ref of this push moved.',
        todo: 'Read the lines of the destination in the log: a full disk, a limit or a damaged repository are the usual causes.',
    },
    {
        id: 'server-fault',
        general: true,
        says: /internal (server )?error|fatal error in commit_refs|^failure$/i,
        meaning: 'The server failed by itself.',
        todo: 'Run again later, and ask the host if it stays so.',
    },
];

;// CONCATENATED MODULE: ./build/advice/host-rows.js
/** Rules of hosting services, in their own words. */
const HOST_ROWS = [
    {
        id: 'hidden-ref',
        says: /deny (updating|deleting) a hidden ref|refs that are reserved for Bitbucket/i,
        meaning: 'The destination keeps this namespace for itself and lets nobody write to it.',
        todo: 'Leave these refs out of refs: refs/heads/* and refs/tags/* are taken everywhere.',
    },
    {
        id: 'azure-system-ref',
        says: /current action can only be performed by the system/i,
        meaning: 'Azure Repos writes refs such as refs/pull/* itself and lets nobody else do it.',
        todo: 'Leave these refs out of refs: refs/heads/* and refs/tags/* are taken.',
    },
    {
        id: 'workflow-permission',
        says: /refusing to allow an? .{1,80}to (create|update|create or update) workflow/i,
        meaning: 'The push changes a file below .github/workflows, and this token may not do that.',
        todo: 'Use an ssh deploy key, a classic token with the scope workflow, or a fine-grained or App token with Workflows: write; GITHUB_TOKEN can never do it.',
    },
    {
        id: 'github-secret',
        says: /push cannot contain secrets|GITHUB PUSH PROTECTION|GH009/i,
        meaning: "GitHub's push protection found what looks like a secret in the commits.",
        todo: 'Follow the link in its message to allow that secret, or turn push protection off for the mirror.',
    },
    {
        id: 'ref-count',
        says: /can ?not update more than \d+ (branches|tags|refs)|maximum ref updates exceeded/i,
        meaning: 'The destination takes fewer refs in one push than were sent.',
        todo: 'Set max-refs-per-push to the number in its message.',
    },
    {
        id: 'large-file',
        says: /error: GH001|exceeds GitHub's file size limit|VS403658|file .{1,300} is larger than the allowed size/i,
        meaning: 'A file somewhere in the history is larger than the destination takes.',
        todo: 'Mirror to a host that takes such files, or move the file to Git LFS in a rewritten history.',
    },
    {
        id: 'github-email',
        says: /GH007|push declined due to email privacy|would publish a private email/i,
        meaning: 'A commit holds an e-mail address that its owner told GitHub to keep private.',
        todo: 'Let the owner turn off "Block command line pushes that expose my email", or push with the key or token of another account.',
    },
    {
        id: 'lfs-objects',
        says: /GH008|unknown Git LFS objects?|LFS objects are missing/i,
        meaning: 'The commits point to Git LFS objects that the destination does not have; a mirror of refs does not carry them.',
        todo: 'Run git lfs fetch --all and git lfs push --all from a clone first, or turn LFS off at the destination.',
    },
    {
        id: 'hex-name',
        says: /names consisting of 40 hex|40-character hexadecimal branch name/i,
        meaning: 'The destination takes no name that looks like an object id.',
        todo: 'Rename the ref at the source, or map it to another name in refs.',
    },
    {
        id: 'github-protected-branch',
        says: /GH006|protected branch hook declined/i,
        only: 'branch',
        meaning: 'GitHub protects this branch against such a change by this token or key.',
        todo: "Allow the mirror's account to bypass the protection (force pushes and deletions too), or leave the branch out of refs.",
    },
    {
        id: 'github-ruleset',
        general: true,
        says: /GH013|repository rule violations/i,
        meaning: 'A ruleset of the repository at GitHub forbids this change; its message names the rule.',
        todo: "Add the mirror's App, key or role to the bypass list of the ruleset, or leave the ref out of refs.",
    },
    {
        id: 'default-branch-delete',
        says: /deletion of the current branch prohibited|refusing to delete the current branch|default branch of a project cannot be deleted|default branch .{0,200}(cannot|can't|may not) be deleted/i,
        only: 'delete',
        meaning: 'The branch is the default branch of the destination, which cannot be deleted.',
        todo: 'Make another branch the default branch in the settings of the destination, then run again.',
    },
    {
        id: 'gitlab-force-push',
        says: /not allowed to force push code to a protected branch/i,
        only: 'branch',
        meaning: 'GitLab protects a branch of this push, and its history was rewritten.',
        todo: 'Turn on "Allowed to force push" for the branch in Settings, Repository, Protected branches, or unprotect it.',
    },
    {
        id: 'gitlab-protected-branch',
        says: /not allowed to (push code to|delete|create|merge code into) protected branches|only delete protected branches using the web/i,
        only: 'branch',
        meaning: 'GitLab protects a branch of this push against this token or key.',
        todo: 'Add the mirror\'s account or deploy key to "Allowed to push" in Settings, Repository, Protected branches, or unprotect the branch.',
    },
    {
        id: 'gitlab-protected-tag',
        says: /protected tags cannot be (updated|deleted)|not allowed to (create|update|delete|change) (this|existing|protected) tags?/i,
        only: 'tag',
        meaning: 'GitLab protects a tag of this push against this change.',
        todo: "Allow the mirror's account in Settings, Repository, Protected tags, or leave the tag out of refs.",
    },
    {
        id: 'gitlab-push-rule',
        says: /does not follow the pattern|is not a member of (the )?team|You cannot push commits for|commit must be signed with|was (blacklisted|prohibited) by the pattern/i,
        meaning: 'A push rule of GitLab does not like a commit: its author, message, signature or file names.',
        todo: 'Loosen the push rules of the destination project; a mirror cannot change commits.',
    },
    {
        id: 'azure-email',
        says: /VS403702/i,
        meaning: 'A policy of Azure Repos does not allow the author address of a commit.',
        todo: 'Turn off the policy "Commit author email validation" of the destination repository; a mirror cannot change commits.',
    },
    {
        id: 'azure-pull-request',
        says: /TF402455/i,
        meaning: 'A branch policy of Azure Repos takes changes to this branch by pull request only.',
        todo: 'Give the mirror\'s identity "Bypass policies when pushing" on the branch, or remove the policy.',
    },
    {
        id: 'azure-permission',
        says: /TF401027/i,
        meaning: "The mirror's identity lacks the permission at Azure Repos that the message names.",
        todo: 'Grant it in Project settings, Repositories, Security: GenericContribute is "Contribute", rewritten branches and deletions need "Force push".',
    },
    {
        id: 'bitbucket-branch-permission',
        says: /permission denied to update branch|can only be modified through pull requests|check your branch permissions/i,
        only: 'branch',
        meaning: 'A branch restriction of Bitbucket forbids this change.',
        todo: "Add the mirror's user or access key to the restriction (rewriting history and deletions too), or remove it.",
    },
    {
        id: 'gitea-protected-branch',
        says: /branch '?[^ ']{1,300}'? is protected( from|$)|not allowed to push to protected branch/i,
        only: 'branch',
        meaning: 'The branch is protected at the destination (Gitea, Forgejo or Gogs).',
        todo: "Add the mirror's account or key to the push and force push allow lists of the branch, or remove the protection.",
    },
    {
        id: 'gerrit-prohibited',
        says: /prohibited by Gerrit/i,
        meaning: 'Gerrit takes direct pushes only from those who have the right for this ref.',
        todo: "Give the mirror's account Push, Create Reference, Force Push and Delete Reference in the access settings of the project.",
    },
    {
        id: 'mirror-read-only',
        says: /mirror repository is read-only/i,
        side: 'destination',
        meaning: 'The destination is itself a pull mirror and takes no push.',
        todo: 'Convert it to a regular repository in its settings, or mirror to another one.',
    },
    {
        id: 'archived',
        says: /(repository|project|repo) (was|is|has been) archived/i,
        side: 'destination',
        meaning: 'The destination is archived and takes no push.',
        todo: 'Unarchive it in its settings, or mirror to another repository.',
    },
    {
        id: 'server-read-only',
        says: /read-only GitLab instance|repository is (temporarily|currently) read-only/i,
        side: 'destination',
        meaning: 'The server is read-only at the moment, or always (a Geo secondary).',
        todo: 'Run again later, or use the address of the primary server.',
    },
    {
        id: 'no-room',
        says: /has exceeded (its|the) .{0,30}(limit|quota)|repo has exceeded|above (its|the) size limit|No space left on device|quota exceeded/i,
        meaning: 'The destination has no room left: a quota is used up or a disk is full.',
        todo: 'Raise the quota or free space at the destination, then run again.',
    },
];

;// CONCATENATED MODULE: ./build/advice/table.js



/** What servers say, and what it means. The first row that fits counts; a host's own words come before git's. */
const ADVICE_TABLE = [...HOST_ROWS, ...GIT_ROWS, ...ACCESS_ROWS];

// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(6815);
;// CONCATENATED MODULE: ./build/advice/advise.js



/** Reasons that tell that something declined and not what: there the lines beside the report may say more. */
const TELLS_NOTHING = /declin|unpack|fail|internal|error|reject|violation|no reason|^$/i;
/**
 * What a refused ref means; undefined where no row of the table fits. The reason of the ref decides. Only one
 * that tells nothing lets the lines beside the report speak, those about other refs left out; what they do not
 * explain is not guessed at.
 */
function adviseRef(o) {
    const rows = ADVICE_TABLE.filter((row) => row.codes === undefined && isAbout(row, o));
    const reason = [cleanLine(o.reason)];
    const exact = rows.filter((row) => row.general === undefined);
    const general = rows.filter((row) => row.general !== undefined);
    const byReason = findRow(exact, reason);
    if (byReason !== undefined)
        return toAdvice(byReason);
    const lines = TELLS_NOTHING.test(o.reason) ? linesAbout(o.ref, o.serverLines.map(cleanLine)) : [];
    const row = findRow(exact, lines) ?? findRow(general.filter(isRule), lines) ?? findRow(general, reason);
    return row && toAdvice(row);
}
/** Errors that say in our own words what to do. */
const OWN_WORDS = new Set(['usage', 'guard', 'format', 'race', 'limit', 'cancelled']);
/** Errors of a push that the server explains in the lines beside its report. */
const EXPLAINED_BESIDE = new Set(['unpack', 'server', 'cut', 'too-large', 'http']);
/** What an error means; undefined where no row of the table fits. */
function adviseError(error, o) {
    if (OWN_WORDS.has(error.code))
        return undefined;
    const host = o.host?.toLowerCase() ?? '';
    const rows = ADVICE_TABLE.filter((row) => row.only === undefined &&
        (row.codes === undefined || row.codes.includes(error.code)) &&
        (row.side === undefined || error.side === undefined || row.side === error.side) &&
        (row.hosts === undefined || row.hosts.test(host)));
    const words = [withoutAddresses(error.message), ...(error.serverText ?? '').split(/[\r\n]+/)].map(cleanLine);
    const lines = EXPLAINED_BESIDE.has(error.code) ? o.serverLines.map(cleanLine) : [];
    const exact = rows.filter((row) => row.general === undefined);
    const row = findRow(exact, words) ?? findRow(exact, lines) ?? findRow(rows, words) ?? findRow(rows, lines);
    return row && toAdvice(row);
}
function isAbout(row, o) {
    if (row.hosts !== undefined && !row.hosts.test(o.host?.toLowerCase() ?? ''))
        return false;
    switch (row.only) {
        case 'branch':
            return o.ref.startsWith('refs/heads/');
        case 'tag':
            return o.ref.startsWith('refs/tags/');
        case 'delete':
            return o.action === 'delete';
        default:
            return true;
    }
}
/** General words that nobody writes but about this very refusal. */
function isRule(row) {
    return row.id === 'github-ruleset';
}
function findRow(rows, lines) {
    return rows.find((row) => lines.some((line) => row.says.test(line)));
}
function toAdvice({ id, meaning, todo }) {
    return { id, meaning, todo };
}
function cleanLine(raw) {
    return (0,printable/* printableLine */.oy)(raw, 2000).replace(/^remote: ?/, '');
}
/** Our messages name addresses, and a repository may be called after anything that the table knows. */
function withoutAddresses(message) {
    return message.replace(/\b[a-z]+:\/\/\S+|(?<=^|\s)\/\S+/g, '…');
}
const BLOCK_START = /^(error|fatal|warning|hint):|^(GitLab|Gitea|Forgejo|Gogs|Bitbucket): /i;
/**
 * The lines that are about `ref` or about no ref in particular. A line that names another ref begins a block
 * about that one, up to the next line that names a ref or begins a message of its own.
 */
function linesAbout(ref, lines) {
    let isOurs = true;
    return lines.filter((line) => {
        const names = [...line.matchAll(/refs\/[^\s'"`,;]+/g)].map(([name]) => name.replace(/[.:)\]!]+$/, ''));
        const refs = names.filter((name) => /^refs\/(heads|tags|notes|pull|merge-requests)\//.test(name));
        if (refs.length > 0)
            isOurs = refs.includes(ref);
        else if (BLOCK_START.test(line))
            isOurs = true;
        return isOurs;
    });
}
/**
 * The error with what it means and what to do as its hint, where the table of known failures has it. A hint
 * that it came with is kept, unless the server's own words tell more.
 */
function withAdvice(error, server) {
    const words = error.serverText?.trim() ?? '';
    const told = error.hint === undefined ? error : words === '' ? undefined : (0,errors/* withDetails */.FE)(error, {}, words);
    const advice = told && adviseError(told, { serverLines: server.lines, host: server.host });
    return advice === undefined ? error : (0,errors/* withDetails */.FE)(error, { hint: `${advice.meaning} ${advice.todo}` });
}

;// CONCATENATED MODULE: ./build/transport/address/same-folder.js
/** Whether two addresses are one folder of this machine, by whatever way they name it. */
async function isSameFolder(first, second) {
    if (first.scheme !== 'file' || second.scheme !== 'file')
        return false;
    const [one, other] = await Promise.all([resolveFolder(first.path), resolveFolder(second.path)]);
    return one !== undefined && one === other;
}
/** A work tree and the repository in it are one. */
async function resolveFolder(path) {
    const { realpath } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 1455, 19));
    try {
        const real = await realpath(path);
        return await realpath(`${real}/.git`).catch(() => real);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/protocol/object-id.js
const NULL_IDS = { sha1: '0'.repeat(40), sha256: '0'.repeat(64) };
function hexLength(format) {
    return format === 'sha1' ? 40 : 64;
}
/** The id of no object: the old value of a ref that is created, the new one of a ref that is deleted. */
function nullId(format) {
    return NULL_IDS[format];
}
function isNullId(id) {
    return id === NULL_IDS.sha1 || id === NULL_IDS.sha256;
}
const HEX = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/** Whether `text` is an id of `format`, or of any format. */
function isObjectId(text, format) {
    return HEX.test(text) && (format === undefined || text.length === hexLength(format));
}

;// CONCATENATED MODULE: ./build/mirror/push/verdict.js


/** Words of a lost compare-and-swap or of a lock that another push holds (G8). */
const RACE = /failed to update ref|incorrect old value|reference already exists|reference does not exist|invalid old id|^already exists|remote ref has changed|cannot lock ref|unable to create .*\.lock|fetch first|stale info/i;
/** The verdict on each update of a push. */
function judgePush(outcome, listing) {
    const judged = settle({
        updates: outcome.sent,
        reports: outcome.reports,
        unpack: outcome.unpack,
        listing: listing.refs,
        format: listing.format,
    });
    const sent = new Set(outcome.sent);
    const unsent = outcome.updates.filter((update) => !sent.has(update));
    return [
        ...judged.map((verdict) => verdictOf(verdict, outcome)),
        ...unsent.map((update) => ({ kind: 'open', update })),
    ];
}
function verdictOf(verdict, outcome) {
    const { update } = verdict;
    switch (verdict.kind) {
        case 'changed':
            return verdict.doubt === undefined
                ? { kind: 'changed', update }
                : { kind: 'doubted', update, reason: verdict.doubt };
        case 'raced':
            return { kind: 'raced', update, reason: 'another writer moved it' };
        case 'unknown':
            return { kind: 'open', update };
        case 'rejected': {
            const { reason } = verdict;
            if (RACE.test(reason))
                return { kind: 'raced', update, reason };
            // The pack as a whole was not taken, or the push broke off: that is judged as one, not ref by ref.
            if (outcome.unpack !== undefined || outcome.error !== undefined)
                return { kind: 'open', update };
            return { kind: 'refused', update, reason };
        }
    }
}
/** Writes down what changed; gives the verdicts for the decision about the rest. */
function settlePush(run, outcome, listing, labels) {
    const verdicts = judgePush(outcome, listing);
    for (const verdict of verdicts) {
        if (verdict.kind !== 'changed')
            continue;
        const { update } = verdict;
        if (run.changed.get(update.ref)?.new === update.new)
            continue;
        const action = update.action === 'update' && labels?.get(update.ref) === false ? 'force' : update.action;
        const change = mergeChange(run.changed.get(update.ref), {
            ref: update.ref,
            action,
            old: update.old,
            new: update.new,
        });
        run.changed.set(update.ref, change);
        run.rejected.delete(update.ref);
        run.reporter({ kind: 'changed', destination: run.server.remote.label, change, dryRun: false });
    }
    return verdicts;
}
/** A ref that changed twice in one run (the source moved meanwhile) is one change from first to last. */
function mergeChange(before, now) {
    if (before === undefined)
        return now;
    const action = before.action === 'create' || before.action === 'force' ? before.action : now.action;
    return { ...now, old: before.old, action: now.action === 'delete' ? 'delete' : action };
}
/**
 * Judges each update by the listing after the push; the report only explains (B17, B18). A server that says
 * `ok` and shows the old value is not believed, and neither is one that says `ng` and shows the new one.
 */
function settle(o) {
    const now = new Map(o.listing.map((ref) => [ref.name, ref.id]));
    const none = nullId(o.format);
    return o.updates.map((update) => judge(o, update, now.get(update.ref) ?? none));
}
function judge(o, update, found) {
    const unpackFailed = o.unpack !== undefined && o.unpack !== 'ok';
    if (found === update.new) {
        // A deletion needs no objects: it is whole whatever became of the pack.
        if (!unpackFailed || update.action === 'delete')
            return { kind: 'changed', update };
        const words = (0,printable/* printableLine */.oy)(o.unpack, 300);
        return {
            kind: 'changed',
            update,
            doubt: `the server said that it could not take the pack (${words}) and moved the ref all the same`,
        };
    }
    if (found !== update.old)
        return { kind: 'raced', update, found };
    const report = o.reports.get(update.ref);
    if (report !== undefined && !report.ok)
        return { kind: 'rejected', update, reason: report.reason };
    if (unpackFailed)
        return { kind: 'rejected', update, reason: `the pack was not taken: ${o.unpack}` };
    if (report === undefined)
        return { kind: 'unknown', update };
    const other = report.refname;
    const shows = found === nullId(o.format) ? 'no such ref' : found;
    return {
        kind: 'rejected',
        update,
        reason: `the server reported ok but the listing shows ${shows}` +
            (other === undefined || other === update.ref ? '' : `; it says that it moved ${other}`),
    };
}

;// CONCATENATED MODULE: ./build/plan/anchors.js
/**
 * Refs of ours at a destination that is filled in pieces: they keep what arrived, and a run that was cut goes
 * on behind them. Tags, because a branch may become the default branch or start somebody's workflow, and other
 * namespaces are refused by some hosts (D6).
 */
const ANCHOR_PREFIX = 'refs/tags/kalandra-pieces/';
function isAnchor(name) {
    return name.startsWith(ANCHOR_PREFIX);
}
/** The name of the anchor of one commit; `since` is the cut, in seconds since 1970. */
function anchorName(since, id) {
    return `${ANCHOR_PREFIX}${since}-${id.slice(0, 16)}`;
}
/** The cut of the latest piece that arrived whole; undefined where there is none. */
function latestCut(refs) {
    let latest;
    for (const ref of refs) {
        const since = isAnchor(ref.name) ? Number.parseInt(ref.name.slice(ANCHOR_PREFIX.length), 10) : Number.NaN;
        if (!Number.isNaN(since) && (latest === undefined || since > latest))
            latest = since;
    }
    return latest;
}

// EXTERNAL MODULE: ./build/protocol/ref-name.js
var ref_name = __webpack_require__(5790);
;// CONCATENATED MODULE: ./build/protocol/push-request.js






/**
 * The commands of a push with the capabilities on the first (gitprotocol-pack, "Reference Update Request and
 * Packfile Transfer"), and the flush. Nothing is asked for that was not offered.
 * @throws MirrorError `protocol` for no command, two commands for one ref, a command that changes nothing or names what
 * is no ref or no id, and for an update to the null id.
 */
function encodeCommands(request) {
    const { commands } = request;
    if (commands.length === 0)
        throw new errors/* MirrorError */.En('a push without a command', { code: 'protocol' });
    const none = nullId(request.format);
    requireRight(commands, request.format);
    const words = wordsOf(request).map((word) => ` ${word}`);
    const lines = commands.map((command, index) => {
        const next = command.kind === 'delete' ? none : command.new;
        const line = `${command.old} ${next} ${command.ref}`;
        return index === 0 && words.length > 0 ? `${line}\0${words.join('')}\n` : `${line}\n`;
    });
    return (0,base_bytes/* concatBytes */.Id)([(0,pkt_line/* encodePackets */._k)(lines), pkt_line/* FLUSH */.ZM]);
}
function requireRight(commands, format) {
    const seen = new Set();
    for (const command of commands) {
        const why = seen.has(command.ref) ? 'two commands for it in one push' : whyWrong(command, format);
        if (why !== undefined) {
            throw new errors/* MirrorError */.En(`${JSON.stringify(command.ref)} is not pushed: ${why}`, { code: 'protocol' });
        }
        seen.add(command.ref);
    }
}
function whyWrong(command, format) {
    const { ref, old } = command;
    const invalid = (0,ref_name/* whyInvalidRefName */.yX)(ref);
    if (invalid !== undefined)
        return `it is no ref name: ${invalid}`;
    const ids = command.kind === 'delete' ? [old] : [old, command.new];
    if (!ids.every((id) => isObjectId(id, format)))
        return 'its command names what is no object id';
    if (command.kind === 'delete')
        return isNullId(old) ? 'there is nothing to delete' : undefined;
    if (isNullId(command.new))
        return 'an update to the null id would delete it';
    return old === command.new ? 'the command leaves it as it is' : undefined;
}
function wordsOf(request) {
    const { capabilities } = request;
    const words = [];
    const report = ['report-status-v2', 'report-status'].find((name) => capabilities.has(name));
    if (report !== undefined)
        words.push(report);
    if (capabilities.has('side-band-64k'))
        words.push('side-band-64k');
    if (request.quiet === true && capabilities.has('quiet'))
        words.push('quiet');
    if (request.atomic && capabilities.has('atomic'))
        words.push('atomic');
    if (capabilities.has('object-format'))
        words.push(`object-format=${request.format}`);
    words.push(...agentWord(capabilities, request.agent));
    return words;
}
/** Deletions alone are sent without a pack; anything else needs one, be it empty. */
function needsPack(commands) {
    return commands.some((command) => command.kind === 'update');
}

;// CONCATENATED MODULE: ./build/protocol/line-budget.js

/** What one listing may hold: four times a million refs, with long names. */
const MOST_LINES = 4_000_000;
const MOST_BYTES = 1024 ** 3;
/** What any other answer in lines may hold. */
const FEWER = { lines: 1_000_000, bytes: 256 * 1024 ** 2 };
/** Counts the lines of one listing, so that a server cannot fill the memory. */
class LineBudget {
    #what;
    #lines;
    #bytes;
    /** `what`: the lines as a plural, for the error. */
    constructor(what, limits = {}) {
        this.#what = what;
        this.#lines = limits.lines ?? MOST_LINES;
        this.#bytes = limits.bytes ?? MOST_BYTES;
    }
    /** A line of `length` bytes was read, or several of as many together. @throws MirrorError `limit`. */
    take(length, lines = 1) {
        this.#bytes -= length;
        this.#lines -= lines;
        if (this.#lines >= 0 && this.#bytes >= 0)
            return;
        throw new errors/* MirrorError */.En(`the server sent more ${this.#what} than any real repository has`, {
            code: 'limit',
        });
    }
}

// EXTERNAL MODULE: ./build/protocol/wire-errors.js
var wire_errors = __webpack_require__(926);
;// CONCATENATED MODULE: ./build/protocol/sideband.js




const DATA = 1;
const PROGRESS = 2;
const FATAL = 3;
const DELIM_LENGTH = 1;
/** Packets without data and bytes of text that one stream may hold: a keepalive each second makes 86,400 a day. */
const MOST_ASIDE = 1_000_000;
const MOST_TEXT = 64 * 1024 ** 2;
/**
 * Takes apart what a server multiplexes on one stream (gitprotocol-pack, "side-band"): band 1 is handed out in
 * slices as they arrive, band 2 goes to `onProgress` raw, band 3 is thrown. Empty packets are keepalives.
 */
class SidebandReader {
    #packets;
    #onProgress;
    /** Bytes of the current band-1 packet that are still to come. */
    #left = 0;
    #ended = false;
    #aside = 0;
    #text = 0;
    constructor(packets, options = {}) {
        this.#packets = packets;
        this.#onProgress = options.onProgress;
    }
    /**
     * The next slice of band 1, never empty; undefined after the flush that ends the stream.
     * @throws MirrorError `server` for band 3 and `ERR`, `limit` for text without end, `cut` when the stream ends without a flush, `protocol`.
     */
    async next() {
        while (this.#left === 0) {
            if (this.#ended)
                return undefined;
            await this.#beginPacket();
        }
        const slice = await this.#packets.readSome(this.#left);
        this.#left -= slice.length;
        return slice;
    }
    /** What `next` would give, if it is here already; undefined when it has to be waited for, and at the end. */
    nextNow() {
        if (this.#left === 0)
            this.#left = (this.#ended ? undefined : this.#packets.beginNow(DATA)) ?? 0;
        if (this.#left === 0)
            return undefined;
        const slice = this.#packets.readSomeNow(this.#left);
        this.#left -= slice?.length ?? 0;
        return slice;
    }
    async #beginPacket() {
        const length = await this.#packets.begin();
        if (length === undefined) {
            throw new errors/* MirrorError */.En('the stream ended before its last packet', { code: 'cut', retryable: true });
        }
        if (length === DELIM_LENGTH) {
            throw new errors/* MirrorError */.En('a delimiter came inside a sideband stream', { code: 'protocol' });
        }
        if (length <= pkt_line/* PACKET_HEADER */.$w + 1 && ++this.#aside > MOST_ASIDE)
            throw endless();
        if (length < pkt_line/* PACKET_HEADER */.$w)
            this.#ended = true;
        else if (length > pkt_line/* PACKET_HEADER */.$w)
            await this.#beginBand(length - pkt_line/* PACKET_HEADER */.$w - 1);
    }
    async #beginBand(size) {
        const head = await this.#packets.readSome(1);
        const band = head[0];
        if (band === DATA) {
            this.#left = size;
            return;
        }
        this.#text += size;
        if (++this.#aside > MOST_ASIDE || this.#text > MOST_TEXT)
            throw endless();
        const bytes = await this.#gather(size);
        if (band === PROGRESS) {
            if (size > 0)
                this.#onProgress?.((0,base_bytes/* toText */.fE)(bytes));
            return;
        }
        const words = (0,base_bytes/* toText */.fE)(bytes.subarray(0, wire_errors/* LONGEST_WORDS */.hN)).trimEnd();
        if (band === FATAL) {
            throw new errors/* MirrorError */.En(`the server broke off: ${words}`, { code: 'server', serverText: words });
        }
        // An error may stand in a packet of its own, without a band.
        if (band === 'E'.charCodeAt(0) && words.startsWith('RR '))
            throw (0,wire_errors/* saidError */.kM)(bytes.subarray(3));
        throw new errors/* MirrorError */.En(`a packet names band ${band}, which does not exist`, {
            code: 'protocol',
            serverText: (0,base_bytes/* toText */.fE)((0,base_bytes/* concatBytes */.Id)([head, bytes.subarray(0, wire_errors/* LONGEST_WORDS */.hN)])),
        });
    }
    async #gather(size) {
        const parts = [];
        for (let left = size; left > 0;) {
            const part = await this.#packets.readSome(left);
            left -= part.length;
            parts.push(part);
        }
        return (0,base_bytes/* concatBytes */.Id)(parts);
    }
}
function endless() {
    return new errors/* MirrorError */.En('the server sent more text beside its data than any real repository makes it', {
        code: 'limit',
    });
}

;// CONCATENATED MODULE: ./build/protocol/report-status.js






/**
 * Reads the answer to a push to its end (gitprotocol-pack, "Report Status"): in band 1 the report is a stream
 * of pkt-lines of its own, cut anywhere by the outer packets.
 * @throws MirrorError `cut` when it ends before the report is complete, `server` for band 3 and ERR, `protocol`.
 */
async function readPushReport(packets, options) {
    if (!options.sideband)
        return await readReport(packets);
    const band = new SidebandReader(packets, { onProgress: options.onProgress });
    const report = await readReport(new pkt_line/* PacketReader */.KF(new base_bytes/* ByteReader */.kP(slicesOf(band))));
    await readHookText(band);
    return report;
}
async function* slicesOf(band) {
    for (let slice = await band.next(); slice !== undefined; slice = await band.next())
        yield slice;
}
/** Hooks may speak after the report; a flush ends the answer. Servers that hang up instead have said all. */
async function readHookText(band) {
    try {
        while (await band.next())
            ;
    }
    catch (error) {
        if (!(error instanceof errors/* MirrorError */.En) || error.code !== 'cut')
            throw error;
    }
}
async function readReport(packets) {
    const budget = new LineBudget('lines about the push', FEWER);
    const refs = new Map();
    let unpack;
    let ref;
    for (;;) {
        const packet = packets.nextNow() ?? (await packets.next());
        if (packet === undefined) {
            // A server that says why it failed and hangs up has said enough.
            if (unpack !== undefined && unpack !== 'ok')
                return { unpack, refs };
            throw new errors/* MirrorError */.En('the connection ended before the report of the push was complete', {
                code: 'cut',
                retryable: true,
            });
        }
        if (packet.kind === 'flush' && unpack !== undefined)
            return { unpack, refs };
        if (packet.kind !== 'data')
            throw (0,wire_errors/* unexpectedLine */.Oo)(packet.kind, 'the report of the push');
        budget.take(packet.payload.length);
        const line = (0,pkt_line/* lineOf */.cA)(packet.payload);
        if (unpack === undefined)
            unpack = parseUnpack(line);
        else
            ref = readRefLine(line, refs, ref);
    }
}
function parseUnpack(line) {
    if (line.startsWith('unpack '))
        return line.slice('unpack '.length);
    throw (0,wire_errors/* unexpectedLine */.Oo)(line, 'the report of the push');
}
/**
 * A line about a ref. Words that are not known say nothing: a ref without `ok` was not done.
 * @returns the ref that following `option` lines are about.
 */
function readRefLine(line, refs, ref) {
    const [word, rest] = splitOnce(line);
    const [name, words] = splitOnce(rest);
    switch (word) {
        case 'ok':
            // One ref may be done in several places; a refusal in one of them stays.
            if (!refs.has(rest))
                refs.set(rest, { ok: true });
            return rest;
        case 'ng':
            refs.set(name, { ok: false, reason: words === '' ? 'no reason given' : words });
            return name;
        case 'option':
            if (ref !== undefined && name === 'refname' && refs.get(ref)?.ok === true) {
                refs.set(ref, { ok: true, refname: words });
            }
            return ref;
        default:
            return undefined;
    }
}
function splitOnce(text) {
    const space = text.indexOf(' ');
    return space < 0 ? [text, ''] : [text.slice(0, space), text.slice(space + 1)];
}

// EXTERNAL MODULE: ./build/transport/connection/connection.js
var connection = __webpack_require__(2079);
;// CONCATENATED MODULE: ./build/protocol/ref-line.js






const SHOWN = 200;
const SPACE = 0x20;
const LF = 0x0a;
/**
 * Hands over lines that begin with an id, as far as they are here whole and ASCII; the first that is another one
 * ends that. For a hundred thousand of them: bytes are looked at, not characters, since texts come in many kinds
 * and V8 compiles anew for each.
 * @throws MirrorError `limit`.
 */
function takeRefsNow(packets, o) {
    const here = packets.textNow();
    if (here === undefined)
        return;
    const { view, text } = here;
    const idLength = hexLength(o.format);
    let at = here.at;
    let lines = 0;
    for (;;) {
        const start = at + pkt_line/* PACKET_HEADER */.$w;
        const space = start + idLength;
        if (space >= view.length || view[space] !== SPACE)
            break;
        const next = at + (0,pkt_line/* parseLength */.wh)(view, at);
        if (next > view.length)
            break;
        const end = view[next - 1] === LF ? next - 1 : next;
        if (space + 1 >= end || !isHex(view, start, space))
            break;
        o.take(text, start, space, end);
        at = next;
        lines++;
    }
    o.budget.take(at - here.at - lines * pkt_line/* PACKET_HEADER */.$w, lines);
    packets.skipNow(at - here.at);
}
function isHex(view, start, end) {
    for (let at = start; at < end; at++) {
        const code = view[at];
        if (code < 0x30 || code > 0x66 || (code > 0x39 && code < 0x61))
            return false;
    }
    return true;
}
/** The id that `line` begins with; a space follows it. @throws MirrorError `protocol` that shows the line. */
function takeId(line, format) {
    const id = line.slice(0, hexLength(format));
    if (isObjectId(id, format) && line.charCodeAt(id.length) === SPACE)
        return id;
    throw (0,wire_errors/* unexpectedLine */.Oo)(line, 'an object id and a ref name');
}
/** `text` as an id of `format`. @throws MirrorError `protocol` that shows `line`. */
function parseId(text, format, line) {
    if (isObjectId(text, format))
        return text;
    throw (0,wire_errors/* unexpectedLine */.Oo)(line, 'an object id and a ref name');
}
/** A name as a server wrote it, whatever it holds. @throws MirrorError `protocol` for none, `limit` past 4,096 characters. */
function checkName(name, id) {
    if (name === '')
        throw (0,wire_errors/* unexpectedLine */.Oo)(`${id} `, 'an object id and a ref name');
    if (name.length > ref_name/* LONGEST_REF_NAME */.NR) {
        throw new errors/* MirrorError */.En(`a ref name of the server is longer than ${ref_name/* LONGEST_REF_NAME */.NR} characters`, {
            code: 'limit',
            serverText: name.slice(0, SHOWN),
        });
    }
    return name;
}
/** HEAD and its like: names outside of `refs/` that git itself uses. */
const PSEUDO_REF = /^[A-Z][A-Z_-]*$/;
const PEELED = '^{}';
/**
 * Gathers the refs of one listing, and sets apart what is damaged: git lists a broken ref with the null id, and a name
 * that stands there twice has no value at all.
 */
class ListedRefs {
    #refs = [];
    #damaged = new Map();
    #last = '';
    /** All names, from the first one on that is out of order; servers list refs in the order of their names. */
    #names;
    add(ref) {
        const { name, id } = ref;
        if (!this.#isNew(name))
            this.doubt(name, 'it is listed twice');
        else if (isNullId(id))
            this.doubt(name, 'it is listed with the null id, as broken refs are');
        else if (name.endsWith(PEELED))
            this.doubt(name.slice(0, -PEELED.length), 'only its peeled line is listed');
        else if (!name.startsWith('refs/') && !PSEUDO_REF.test(name)) {
            this.doubt(name, 'its name does not begin with refs/');
        }
        else if (ref.peeled !== undefined && isNullId(ref.peeled))
            this.doubt(name, 'its peeled id is the null id');
        else
            this.#refs.push(ref);
    }
    /** Takes the line `NAME^{}` of v0, which follows the line of its tag. `capabilities^{}` stands for no refs at all. */
    addPeeled(name, id) {
        if (name === `capabilities${PEELED}`)
            return;
        const tag = name.slice(0, -PEELED.length);
        const last = this.#refs.at(-1);
        if (last === undefined || last.name !== tag)
            this.doubt(tag, 'only its peeled line is listed');
        else if (isNullId(id))
            this.doubt(tag, 'its peeled id is the null id');
        else
            last.peeled = id;
    }
    /** The first reason stays. */
    doubt(name, reason) {
        if (!PSEUDO_REF.test(name) && !this.#damaged.has(name))
            this.#damaged.set(name, { name, reason });
    }
    /** The symbolic refs that the capabilities of v0 name. */
    link(targets) {
        if (targets.size === 0)
            return;
        for (const ref of this.#refs) {
            const target = targets.get(ref.name);
            if (target !== undefined)
                ref.symrefTarget = target;
        }
    }
    result() {
        const damaged = [...this.#damaged.values()];
        if (damaged.length === 0)
            return { refs: this.#refs, damaged };
        return { refs: this.#refs.filter(({ name }) => !this.#damaged.has(name)), damaged };
    }
    #isNew(name) {
        if (this.#names === undefined) {
            if (name > this.#last) {
                this.#last = name;
                return true;
            }
            if (name === this.#last)
                return false;
            this.#names = new Set(this.#damaged.keys());
            for (const ref of this.#refs)
                this.#names.add(ref.name);
        }
        const { size } = this.#names;
        return this.#names.add(name).size > size;
    }
}

;// CONCATENATED MODULE: ./build/protocol/advertisement.js







const HTTP_PRELUDE = '# service=';
/** git has about ten, a greeting over http one line of prelude. */
const FEW = { lines: 1000 };
/**
 * Reads a greeting of v0, v1 or v2 (gitprotocol-pack "Reference Discovery", gitprotocol-v2 "Capability
 * Advertisement", gitprotocol-http "Smart Server Response"), with or without http's `# service=` prelude.
 * A lone flush is an empty repository. `limits`: of the refs of v0, by default 4 million lines and 1 GiB.
 * @throws MirrorError `cut` (also for a server that says nothing at all), `protocol`, `server`, `limit`,
 * `format`.
 */
async function readAdvertisement(packets, limits = {}) {
    let packet = await packets.next();
    if (packet === undefined) {
        throw new errors/* MirrorError */.En('the server ended the connection without a word', { code: 'cut', retryable: true });
    }
    if (packet.kind === 'data' && (0,pkt_line/* lineOf */.cA)(packet.payload).startsWith(HTTP_PRELUDE)) {
        const budget = new LineBudget('lines before its refs', FEW);
        for (; packet?.kind === 'data'; packet = await packets.next())
            budget.take(packet.payload.length);
        if (packet !== undefined)
            packet = await packets.next();
        if (packet === undefined)
            throw (0,wire_errors/* cutIn */.Yf)('its greeting');
    }
    const first = packet.kind === 'data' ? (0,pkt_line/* lineOf */.cA)(packet.payload) : '';
    if (first === 'version 2')
        return await readV2(packets);
    if (first === 'version 1')
        return await readRefs(packets, await packets.next(), { version: 1, limits });
    return await readRefs(packets, packet, { version: 0, limits });
}
async function readV2(packets) {
    const budget = new LineBudget('capabilities', FEW);
    const words = [];
    for (;;) {
        const payload = payloadOf(await packets.next());
        if (payload === undefined)
            break;
        budget.take(payload.length);
        words.push((0,pkt_line/* lineOf */.cA)(payload));
    }
    const capabilities = parseCapabilities(words);
    return { version: 2, capabilities, format: formatOf(capabilities) };
}
async function readRefs(packets, first, options) {
    const budget = new LineBudget('refs', options.limits);
    const collector = new RefCollector();
    const take = (text, start, space, end) => collector.addRef(text.slice(start, space), text.slice(space + 1, end));
    for (let payload = payloadOf(first); payload !== undefined;) {
        const line = (0,pkt_line/* lineOf */.cA)(payload);
        budget.take(line.length);
        collector.add(line);
        takeRefsNow(packets, { format: collector.format, budget, take });
        payload = payloadOf(packets.nextNow() ?? (await packets.next()));
    }
    return { version: options.version, ...collector.result() };
}
/** Undefined at the flush that ends a greeting. */
function payloadOf(packet) {
    if (packet === undefined)
        throw (0,wire_errors/* cutIn */.Yf)('its greeting');
    if (packet.kind === 'data')
        return packet.payload;
    if (packet.kind === 'flush')
        return undefined;
    throw (0,wire_errors/* unexpectedLine */.Oo)(packet.kind, 'the rest of the greeting');
}
/** Gathers the lines of a v0 advertisement. */
class RefCollector {
    #capabilities;
    #format = 'sha1';
    #refs = new ListedRefs();
    #haves = [];
    #shallow = [];
    get format() {
        return this.#format;
    }
    /** Any line. @throws MirrorError `protocol`, `format`. */
    add(text) {
        const line = this.#capabilities === undefined ? this.#takeCapabilities(text) : text;
        if (line.startsWith('shallow ')) {
            this.#shallow.push(parseId(line.slice('shallow '.length), this.#format, line));
            return;
        }
        const id = takeId(line, this.#format);
        this.addRef(id, line.slice(id.length + 1));
    }
    addRef(id, text) {
        const name = checkName(text, id);
        if (name === '.have') {
            if (!isNullId(id))
                this.#haves.push(id);
        }
        else if (name.endsWith('^{}'))
            this.#refs.addPeeled(name, id);
        else
            this.#refs.add({ name, id });
    }
    #takeCapabilities(line) {
        const zero = line.indexOf('\0');
        this.#capabilities = zero < 0 ? NO_CAPABILITIES : parseCapabilities(line.slice(zero + 1).split(' '));
        this.#format = formatOf(this.#capabilities);
        return zero < 0 ? line : line.slice(0, zero);
    }
    result() {
        const capabilities = this.#capabilities ?? NO_CAPABILITIES;
        this.#refs.link(parseSymrefs(capabilities));
        return {
            capabilities,
            format: this.#format,
            ...this.#refs.result(),
            haves: this.#haves,
            shallow: this.#shallow,
        };
    }
}
/** `symref=<name>:<target>`, as often as the server has them. */
function parseSymrefs(capabilities) {
    const symrefs = new Map();
    for (const value of capabilities.values('symref')) {
        const colon = value.indexOf(':');
        if (colon > 0)
            symrefs.set(value.slice(0, colon), value.slice(colon + 1));
    }
    return symrefs;
}
/** `object-format`; a server that does not tell uses SHA-1. @throws MirrorError `format` for a third one. */
function formatOf(capabilities) {
    const format = capabilities.value('object-format') ?? 'sha1';
    if (format === 'sha1' || format === 'sha256')
        return format;
    throw new errors/* MirrorError */.En(`the server uses the object format ${JSON.stringify(format)}, which is not known here`, {
        code: 'format',
        serverText: format,
    });
}

;// CONCATENATED MODULE: ./build/mirror/sessions/idle-watch.js
/** The limit is looked at so often: what moves bytes only has to set a flag. */
const TICKS = 4;
/**
 * Fires once when nothing has touched it for `limit` milliseconds, or a quarter of that later. While it is paused
 * no time passes: a server is not blamed for the silence of the other one.
 */
class IdleWatch {
    #limit;
    #onIdle;
    #touched = false;
    #paused = true;
    /** Ticks in a row in which nothing happened. */
    #quiet = 0;
    #timer;
    constructor(limit, onIdle) {
        this.#limit = limit;
        this.#onIdle = onIdle;
        this.resume();
    }
    touch() {
        this.#touched = true;
    }
    /** Called for each batch of a pack, so the timer runs on. */
    pause() {
        this.#paused = true;
    }
    resume() {
        if (!this.#paused)
            return;
        this.#paused = false;
        this.#touched = true;
        this.#timer ??= setInterval(() => this.#tick(), Math.max(1, this.#limit / TICKS));
    }
    /** Pauses, and leaves nothing that keeps the process alive. */
    stop() {
        this.#paused = true;
        clearInterval(this.#timer);
        this.#timer = undefined;
    }
    #tick() {
        if (this.#paused)
            return this.stop();
        this.#quiet = this.#touched ? 0 : this.#quiet + 1;
        this.#touched = false;
        if (this.#quiet < TICKS)
            return;
        this.stop();
        this.#onIdle();
    }
}

;// CONCATENATED MODULE: ./build/mirror/sessions/server-lines.js

const MAX_LINE = 1000;
const LINES_KEPT = 200;
/** Lines given on; a server that writes more has lost itself, or means harm. */
const LINES_GIVEN = 10_000;
/**
 * Splits at LF and CR (gitprotocol-pack, band 2), leaves out empty lines, cuts a line after 1,000 characters
 * and keeps the last 200.
 */
function createServerText(onLine) {
    const kept = [];
    let partial = '';
    let overwritten = false;
    let given = 0;
    function add(text) {
        const room = MAX_LINE + 1 - partial.length;
        if (room > 0)
            partial += text.slice(0, room);
    }
    function finish(progress) {
        const line = partial.trimEnd();
        partial = '';
        if (line === '') {
            // The LF of a CR LF: the line that CR ended stays.
            if (!progress)
                overwritten = false;
            return;
        }
        const text = (0,printable/* cutText */.IN)(line, MAX_LINE);
        if (overwritten)
            kept.pop();
        kept.push(text);
        if (kept.length > LINES_KEPT)
            kept.shift();
        overwritten = progress;
        given += 1;
        if (given <= LINES_GIVEN)
            onLine(text);
        if (given === LINES_GIVEN + 1)
            onLine(`… more than ${LINES_GIVEN} lines; the rest is not shown`);
    }
    return {
        lines: kept,
        write(raw) {
            let from = 0;
            for (const end of raw.matchAll(/[\r\n]/g)) {
                add(raw.slice(from, end.index));
                finish(end[0] === '\r');
                from = end.index + 1;
            }
            add(raw.slice(from));
        },
        end() {
            finish(false);
        },
    };
}

;// CONCATENATED MODULE: ./build/mirror/sessions/talk.js



/**
 * Opens a connection to `server`. It ends with the run's signal, or after `idleTimeout` without a byte.
 * @throws MirrorError with the server's side.
 */
async function openTalk(server, service, signal) {
    const controller = new AbortController();
    const ending = AbortSignal.any([server.signal, controller.signal, ...(signal ? [signal] : [])]);
    const watch = new IdleWatch(server.idleTimeout, () => controller.abort(idleError(server)));
    const text = createServerText((line) => server.reporter({ kind: 'server-text', side: server.side, server: server.remote.label, text: line }));
    try {
        const connection = await server.remote.open({
            service,
            version: service === 'git-upload-pack' ? 2 : undefined,
            signal: ending,
            onText: (raw) => text.write(raw),
            onActivity: () => watch.touch(),
        });
        return {
            connection,
            watch,
            text,
            over: () => ending.aborted || connection.over?.() === true,
            abort(reason) {
                watch.stop();
                connection.abort(reason);
            },
            async close() {
                watch.stop();
                const end = await connection.close();
                text.end();
                return end;
            },
            async leave() {
                watch.stop();
                if (connection.leave)
                    connection.leave();
                else
                    await connection.close();
                text.end();
            },
        };
    }
    catch (error) {
        watch.stop();
        text.end();
        throw (0,errors/* toMirrorError */.Ho)(error, { code: 'connect', side: server.side, retryable: true });
    }
}
function idleError(server) {
    return new errors/* MirrorError */.En(`${server.remote.label} was silent for ${Math.round(server.idleTimeout / 1000)} seconds`, {
        code: 'timeout',
        side: server.side,
        retryable: true,
        hint: 'The server hangs or the network is down; a slow server may need a larger idle-timeout.',
    });
}
/** Errors of the protocol's own readers, which know no address. */
const NAMELESS = new Set(['limit', 'protocol', 'server']);
/** What the server wrote beside a fatal message often says more than the message. */
function talk_wordsOf(error, talk) {
    if (error.code !== 'server')
        return error.serverText;
    return [error.serverText ?? '', ...talk.text.lines.slice(-10)].join('\n');
}
const PASSING = /try again|temporar|time[d ]?-?out|overload|too many|rate limit|connection (closed|reset)|unavailable|hung up|early eof/i;
/**
 * What a talk that broke off died of: the program's own words say more than the end of the stream does.
 * A kept-open talk is closed on the way.
 */
async function explainEnd(server, talk, thrown) {
    const plain = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', side: server.side, retryable: true });
    const error = NAMELESS.has(plain.code)
        ? (0,errors/* withDetails */.FE)(plain, { serverText: talk_wordsOf(plain, talk) }, `${server.remote.label}: ${plain.message}`)
        : plain;
    // Over http each turn stands for itself: others may still be under way.
    if (talk.connection.forgets)
        return error;
    if (error.code !== 'cut' || server.signal.aborted) {
        talk.abort(error);
        return error;
    }
    const end = await talk.close();
    const words = end.text.trim();
    if (words !== '' && (end.exitCode ?? 0) !== 0) {
        return new errors/* MirrorError */.En(`${server.remote.label}: ${words}`, {
            code: 'server',
            side: server.side,
            retryable: PASSING.test(words),
            serverText: words,
            cause: error,
        });
    }
    const how = end.exitSignal !== undefined
        ? ` (its program was ended by ${end.exitSignal})`
        : end.exitCode
            ? ` (its program ended with status ${end.exitCode})`
            : '';
    return (0,errors/* withDetails */.FE)(error, { serverText: words === '' ? undefined : words }, `${server.remote.label}: ${error.message}${how}`);
}

;// CONCATENATED MODULE: ./build/mirror/sessions/greet.js



/** Connects and reads the advertisement. `signal`: ends it beside the run's own. @throws MirrorError with the server's side. */
async function greet(server, service, signal) {
    const { door } = server;
    if (door === undefined)
        return await connect(server, service, signal);
    const ending = signal === undefined ? server.signal : AbortSignal.any([server.signal, signal]);
    return await door.enter(() => connect(server, service, signal), ending);
}
async function connect(server, service, signal) {
    const talk = guest(await openTalk(server, service, signal), server.door);
    const packets = new pkt_line/* PacketReader */.KF(talk.connection.greeting);
    try {
        const advertisement = await readAdvertisement(packets);
        talk.watch.pause();
        return { talk, packets, advertisement };
    }
    catch (error) {
        throw await explainEnd(server, talk, error);
    }
}
/** The same talk, which tells the door when it has ended. */
function guest(talk, door) {
    if (door === undefined)
        return talk;
    const { leave } = door.admit();
    return {
        ...talk,
        abort(reason) {
            talk.abort(reason);
            leave();
        },
        close: () => talk.close().finally(leave),
        leave: () => talk.leave().finally(leave),
    };
}

;// CONCATENATED MODULE: ./build/mirror/sessions/receive-pack-session.js








/** One greeted connection to a receive-pack: good for one push where the server does not forget. */
class ReceivePackSession {
    listing;
    openedAt = performance.now();
    #server;
    #talk;
    #packets;
    #over = false;
    constructor(server, { talk, packets, advertisement }) {
        this.#server = server;
        this.#talk = talk;
        this.#packets = packets;
        this.listing = listingOf(advertisement);
    }
    /** `signal`: ends it beside the run's own. @throws MirrorError with the destination's side. */
    static async open(server, signal) {
        const session = new ReceivePackSession(server, await greet(server, 'git-receive-pack', signal));
        if (!session.forgets)
            server.door?.rest(session);
        return session;
    }
    get forgets() {
        return this.#talk.connection.forgets;
    }
    /** False after a push on a kept-open connection, where it left for another one, and where the other side has hung up. */
    get usable() {
        return !this.#over && !this.#talk.over();
    }
    /** The words of the server so far: progress, hooks, stderr. */
    get lines() {
        return this.#talk.text.lines;
    }
    /** A push will come soon. */
    prepare() {
        this.#talk.connection.prepare?.();
    }
    /** The destination's clock stands while the push waits for the source. */
    pause() {
        this.#talk.watch.pause();
    }
    resume() {
        this.#talk.watch.resume();
    }
    /**
     * Sends the commands and the pack, and reads the report to its end (B12, B16).
     * @returns undefined where the server has no report-status.
     * @throws MirrorError with the destination's side; whether refs moved is then unknown.
     */
    async push(request) {
        const { capabilities, format } = this.listing;
        const head = encodeCommands({
            commands: request.commands,
            capabilities,
            format,
            agent: request.plain ? '' : this.#server.agent,
            atomic: request.atomic,
            quiet: !this.#server.verbose,
        });
        const { connection, watch, text } = this.#talk;
        this.#over = !this.forgets;
        this.#server.door?.take(this);
        watch.resume();
        request.onSent?.();
        try {
            const body = bodyOf(head, request.pack);
            const length = request.packLength === undefined ? undefined : head.length + request.packLength;
            const bytes = await connection.turn(body, { length });
            const packets = bytes === connection.greeting ? this.#packets : new pkt_line/* PacketReader */.KF(bytes);
            if (!capabilities.has('report-status') && !capabilities.has('report-status-v2')) {
                await bytes.drain();
                return undefined;
            }
            return await readPushReport(packets, {
                sideband: capabilities.has('side-band-64k'),
                onProgress: (raw) => text.write(raw),
            });
        }
        catch (error) {
            throw await explainEnd(this.#server, this.#talk, error);
        }
        finally {
            watch.pause();
        }
    }
    /** Ends the talk: a flush when nothing was pushed (B19). */
    async close() {
        this.#server.door?.take(this);
        const isWaiting = !this.#over && !this.forgets;
        this.#over = true;
        if (isWaiting)
            await this.#talk.connection.turn(pkt_line/* FLUSH */.ZM).catch(() => undefined);
        await this.#talk.close();
    }
    /** The run ends: as `close`, and no far server is waited for when nothing was pushed. */
    async leave() {
        if (this.#over || this.forgets)
            return await this.close();
        this.#server.door?.take(this);
        this.#over = true;
        await this.#talk.connection.turn(pkt_line/* FLUSH */.ZM).catch(() => undefined);
        await this.#talk.leave();
    }
    abort(reason) {
        this.#server.door?.take(this);
        this.#over = true;
        this.#talk.abort(reason);
    }
}
function bodyOf(head, pack) {
    if (pack === undefined)
        return head;
    if (pack instanceof Uint8Array)
        return (0,base_bytes/* concatBytes */.Id)([head, pack]);
    return withHead(head, pack);
}
/** The commands go out with the first slices. Not `yield*`: it would put a generator between each slice and its reader. */
function withHead(head, pack) {
    const slices = pack[Symbol.asyncIterator]();
    let sent = false;
    const iterator = {
        async next(written) {
            const next = await slices.next(written);
            if (sent || next.done === true)
                return next;
            sent = true;
            return { done: false, value: [head, ...(0,connection/* listSlices */.aj)(next.value)] };
        },
        return: async (value) => (await slices.return?.(value)) ?? { done: true, value: undefined },
    };
    return { [Symbol.asyncIterator]: () => iterator };
}
function listingOf(advertisement) {
    if (advertisement.version === 2) {
        // receive-pack has no version 2; a server that says so has nothing that a push could use.
        const { format } = advertisement;
        return { refs: [], damaged: [], haves: [], shallow: [], capabilities: NO_CAPABILITIES, format };
    }
    return {
        refs: advertisement.refs.filter((ref) => ref.name.startsWith('refs/')),
        damaged: advertisement.damaged,
        haves: advertisement.haves,
        shallow: advertisement.shallow,
        capabilities: advertisement.capabilities,
        format: advertisement.format,
    };
}

// EXTERNAL MODULE: ./build/plan/refspec.js
var refspec = __webpack_require__(7032);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./build/mirror/sessions/retry.js


const FIRST_DELAY = 1000;
const LONGEST_DELAY = 60_000;
/** A server that asks for more than this is not waited for so long. */
const LONGEST_RETRY_AFTER = 300_000;
/** Milliseconds before attempt `attempt` + 1 (from 1): doubled each time, with jitter; the server's wish comes first. */
function retryDelay(attempt, retryAfter, random = Math.random) {
    if (retryAfter !== undefined)
        return Math.min(retryAfter, LONGEST_RETRY_AFTER);
    const full = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (attempt - 1));
    return Math.round(full / 2 + (full / 2) * random());
}
/** Runs `act` again after passing failures. For what changes nothing at a server. @throws the last MirrorError. */
async function withRetries(act, options) {
    for (let attempt = 1;; attempt++) {
        try {
            return await act();
        }
        catch (thrown) {
            const error = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut' });
            options.signal.throwIfAborted();
            if (!error.retryable || attempt > options.retries)
                throw error;
            const delay = retryDelay(attempt, error.retryAfter);
            options.onRetry(error, delay);
            await waitFor(delay, options.signal);
        }
    }
}
/** Sleeps; rejects with the signal's reason. */
async function waitFor(delay, signal) {
    try {
        await (0,promises_.setTimeout)(delay, undefined, { signal });
    }
    catch {
        signal.throwIfAborted();
    }
}

;// CONCATENATED MODULE: ./build/mirror/sessions/server.js
/** The same server for questions beside the work: its texts are not shown. */
function quietServer(server) {
    return { ...server, verbose: false, reporter: () => undefined };
}

;// CONCATENATED MODULE: ./build/protocol/fetch-request.js




/**
 * The `fetch` command (gitprotocol-v2, "fetch").
 * @throws MirrorError `protocol` without a want: git gives no answer at all to that, and a kept-open
 * connection would hang. Also for what was not offered.
 */
function encodeFetchV2(request) {
    const features = featuresOf('fetch', request.capabilities);
    if (request.waitForDone !== true)
        requireWant(request);
    else if (!features.has('wait-for-done'))
        throw notOffered('wait-for-done');
    if (isAboutDepth(request) && !features.has('shallow'))
        throw notOffered('a fetch by depth');
    const args = [];
    if (request.thin)
        args.push('thin-pack\n');
    if (request.ofsDelta)
        args.push('ofs-delta\n');
    if (!request.progress)
        args.push('no-progress\n');
    if (request.waitForDone === true)
        args.push('wait-for-done\n');
    for (const id of request.wants)
        args.push(`want ${id}\n`);
    addDepth(args, request);
    for (const id of request.haves)
        args.push(`have ${id}\n`);
    if (request.done !== false)
        args.push('done\n');
    return (0,base_bytes/* concatBytes */.Id)([encodeCommandHead('fetch', request), (0,pkt_line/* encodePackets */._k)(args), pkt_line/* FLUSH */.ZM]);
}
/**
 * The two halves of a v0 or v1 request (gitprotocol-pack, "Packfile Negotiation"): wants with capabilities,
 * shallow and deepen lines and a flush; then haves and `done`. A server may be sent both at once.
 * @throws MirrorError `protocol` without a want, and for what was not offered.
 */
function encodeFetchV0(request) {
    const { capabilities } = request;
    requireWant(request);
    if (isAboutDepth(request) && !capabilities.has('shallow'))
        throw notOffered('a fetch by depth');
    if (request.deepenSince !== undefined && !capabilities.has('deepen-since')) {
        throw notOffered('a fetch by date');
    }
    const [first, ...others] = request.wants;
    const lines = [`want ${[first, ...wordsV0(request)].join(' ')}\n`];
    for (const id of others)
        lines.push(`want ${id}\n`);
    addDepth(lines, request);
    const rest = request.haves.map((id) => `have ${id}\n`);
    if (request.done !== false)
        rest.push('done\n');
    return { wants: (0,base_bytes/* concatBytes */.Id)([(0,pkt_line/* encodePackets */._k)(lines), pkt_line/* FLUSH */.ZM]), haves: (0,pkt_line/* encodePackets */._k)(rest) };
}
function requireWant(request) {
    if (request.wants.length > 0)
        return;
    throw new errors/* MirrorError */.En('a fetch without a want has no answer', { code: 'protocol' });
}
function isAboutDepth(request) {
    const { shallow = [], deepen, deepenSince } = request;
    return shallow.length > 0 || deepen !== undefined || deepenSince !== undefined;
}
function addDepth(lines, request) {
    const { shallow = [], deepen, deepenSince } = request;
    for (const id of shallow)
        lines.push(`shallow ${id}\n`);
    if (deepen !== undefined)
        lines.push(`deepen ${deepen}\n`);
    if (deepenSince !== undefined)
        lines.push(`deepen-since ${deepenSince}\n`);
}
/**
 * Some servers hang up when one of these is missing (dulwich: thin-pack, side-band-64k, ofs-delta; Azure and
 * CodeCommit: multi_ack): each that is offered and that the caller allows is asked for.
 */
function wordsV0(request) {
    const { capabilities } = request;
    const wanted = [
        [capabilities.has('multi_ack_detailed') ? 'multi_ack_detailed' : 'multi_ack', true],
        [capabilities.has('side-band-64k') ? 'side-band-64k' : 'side-band', true],
        ['thin-pack', request.thin],
        ['ofs-delta', request.ofsDelta],
        ['no-progress', !request.progress],
        ['deepen-since', request.deepenSince !== undefined],
    ];
    const words = wanted.filter(([name, on]) => on && capabilities.has(name)).map(([name]) => name);
    if (capabilities.has('object-format'))
        words.push(`object-format=${request.format}`);
    words.push(...agentWord(capabilities, request.agent));
    return words;
}

;// CONCATENATED MODULE: ./build/protocol/fetch-response.js






const EXPECTED = 'an answer to the fetch';
/**
 * Reads the sections of a v2 answer (gitprotocol-v2, "fetch") up to the pack, which stays in the stream.
 * @throws MirrorError `cut` when the answer ends early: after `shallow-info` that is git's way to say that a
 * `deepen-since` lies after the newest commit. `server`, `protocol`, `limit`.
 */
async function readFetchV2(packets, options = {}) {
    const draft = makeDraft();
    const budget = new LineBudget('lines', FEWER);
    for (;;) {
        const section = await nextLine(packets, 'its answer');
        if (section === undefined)
            return { ...draft, pack: undefined };
        if (section === 'packfile') {
            return { ...draft, pack: new SidebandReader(packets, { onProgress: options.onProgress }) };
        }
        const more = await readSection(packets, section, { draft, budget });
        if (!more)
            return { ...draft, pack: undefined };
    }
}
/** @returns whether another section follows. */
async function readSection(packets, section, into) {
    const readLine = SECTIONS.get(section);
    if (readLine === undefined)
        throw (0,wire_errors/* unexpectedLine */.Oo)(section, EXPECTED);
    for (;;) {
        const packet = packets.nextNow() ?? (await packets.next());
        if (packet === undefined)
            throw (0,wire_errors/* cutIn */.Yf)(`the section ${section} of its answer`);
        if (packet.kind !== 'data')
            return packet.kind === 'delim';
        into.budget.take(packet.payload.length);
        const line = (0,pkt_line/* lineOf */.cA)(packet.payload);
        if (!readLine(line, into.draft))
            throw (0,wire_errors/* unexpectedLine */.Oo)(line, EXPECTED);
    }
}
/** Others (`wanted-refs`, `packfile-uris`) are never asked for, and would change what the pack means. */
const SECTIONS = new Map([
    ['acknowledgments', readAckLine],
    ['shallow-info', readShallowLine],
]);
function readAckLine(line, draft) {
    if (line === 'NAK')
        return true;
    if (line === 'ready')
        draft.ready = true;
    else if (line.startsWith('ACK '))
        draft.acks.push(fetch_response_parseId(line.slice(4), line));
    else
        return false;
    return true;
}
/** Whether `line` was one of a shallow answer. */
function readShallowLine(line, draft) {
    if (line.startsWith('shallow '))
        draft.shallow.push(fetch_response_parseId(line.slice('shallow '.length), line));
    else if (line.startsWith('unshallow '))
        draft.unshallow.push(fetch_response_parseId(line.slice('unshallow '.length), line));
    else
        return false;
    return true;
}
/**
 * Reads a v0 or v1 answer to a request with `done` (gitprotocol-pack, "Packfile Negotiation") up to the pack:
 * shallow lines and a flush when the request deepened, then ACK and NAK lines, then the pack, multiplexed or bare.
 * `bytes` is the stream below `packets`. A bare pack ends with the stream: only its trailer tells whether it is
 * complete.
 * @throws MirrorError `cut`, `server`, `protocol`, `limit`.
 */
async function readFetchV0(packets, bytes, options) {
    const { capabilities, onProgress } = options;
    const draft = makeDraft();
    const budget = new LineBudget('lines', FEWER);
    if (options.deepened)
        await readDeepened(packets, draft, budget);
    while (!(await readAckV0(packets, draft, budget)))
        ;
    // More than one last line: NAK twice (go-git), or an ACK for each parent of a have (git without multi_ack). No
    // band begins with a letter, and no pack is a packet.
    while (isLetter(await packets.peekByte()))
        await readAckV0(packets, draft, budget);
    const multiplexed = capabilities.has('side-band-64k') || capabilities.has('side-band');
    return {
        ...draft,
        pack: multiplexed ? new SidebandReader(packets, { onProgress }) : rawSlices(bytes),
    };
}
function rawSlices(bytes) {
    return { next: () => bytes.readSome(), nextNow: () => bytes.readSomeNow(Number.MAX_SAFE_INTEGER) };
}
async function readDeepened(packets, draft, budget) {
    for (;;) {
        const line = await nextLine(packets, 'its answer about the depth');
        if (line === undefined)
            return;
        budget.take(line.length);
        if (!readShallowLine(line, draft))
            throw (0,wire_errors/* unexpectedLine */.Oo)(line, EXPECTED);
    }
}
/**
 * Reads one line. The last of them is `NAK`, or `ACK <id>` without a state; with states (`common`, `ready`,
 * `continue`) more follows. A server without multi_ack has no states.
 * @returns whether it was the last.
 */
async function readAckV0(packets, draft, budget) {
    const line = await nextLine(packets, 'its acknowledgments');
    if (line === undefined)
        throw (0,wire_errors/* unexpectedLine */.Oo)('flush', EXPECTED);
    budget.take(line.length);
    if (line === 'NAK')
        return true;
    if (readShallowLine(line, draft))
        return false;
    const [word, text, state] = line.split(' ');
    if (word !== 'ACK' || text === undefined)
        throw (0,wire_errors/* unexpectedLine */.Oo)(line, EXPECTED);
    const id = fetch_response_parseId(text, line);
    // git says `ready` and `continue` about ids, too, that it does not have.
    if (state === undefined || state === 'common')
        draft.acks.push(id);
    if (state === 'ready')
        draft.ready = true;
    return state === undefined;
}
/**
 * Reads what v0 or v1 answers to haves that end with a flush in place of `done`: ACK lines, then NAK. Nothing
 * follows until more is sent; a server that forgets ends its answer.
 * @throws MirrorError `cut`, `server`, `protocol`, `limit`.
 */
async function readAcksV0(packets) {
    const draft = makeDraft();
    const budget = new LineBudget('lines', FEWER);
    while (!(await readAckV0(packets, draft, budget)))
        ;
    return { acks: draft.acks, ready: draft.ready };
}
function makeDraft() {
    return { acks: [], ready: false, shallow: [], unshallow: [] };
}
/** The next line; undefined for a flush and its like. */
async function nextLine(packets, where) {
    const packet = packets.nextNow() ?? (await packets.next());
    if (packet === undefined)
        throw (0,wire_errors/* cutIn */.Yf)(where);
    return packet.kind === 'data' ? (0,pkt_line/* lineOf */.cA)(packet.payload) : undefined;
}
function isLetter(byte) {
    return byte !== undefined && byte >= 0x41 && byte <= 0x5a;
}
function fetch_response_parseId(text, line) {
    if (isObjectId(text))
        return text;
    throw (0,wire_errors/* unexpectedLine */.Oo)(line, EXPECTED);
}
/** The id of a want that the server refused (`upload-pack: not our ref <id>`), else undefined. */
function parseNotOurRef(serverText) {
    return /not our ref ([0-9a-f]{64}|[0-9a-f]{40})(?![0-9a-f])/.exec(serverText)?.[1];
}

;// CONCATENATED MODULE: ./build/protocol/ls-refs.js







/** git ignores all prefixes when there are more than 65,536 of them (gitprotocol-v2, "ls-refs"). */
const MOST_PREFIXES = 1000;
/** The `ls-refs` command (gitprotocol-v2, "ls-refs"). @throws MirrorError `protocol` where it is not offered. */
function encodeLsRefs(request) {
    const { prefixes } = request;
    const args = [];
    if (request.peel === true)
        args.push('peel\n');
    if (request.symrefs)
        args.push('symrefs\n');
    if (request.unborn === true && featuresOf('ls-refs', request.capabilities).has('unborn')) {
        args.push('unborn\n');
    }
    if (prefixes.length <= MOST_PREFIXES)
        for (const prefix of prefixes)
            args.push(`ref-prefix ${prefix}\n`);
    return (0,base_bytes/* concatBytes */.Id)([encodeCommandHead('ls-refs', request), (0,pkt_line/* encodePackets */._k)(args), pkt_line/* FLUSH */.ZM]);
}
/**
 * Reads the answer to `ls-refs`, by default up to 4 million lines and 1 GiB.
 * @throws MirrorError `cut`, `protocol`, `server`, `limit`.
 */
async function readLsRefs(packets, limits = {}) {
    const budget = new LineBudget('refs', limits);
    const refs = new ListedRefs();
    let format;
    let unbornHead;
    const take = (text, start, space, end) => {
        refs.add(parseRef(text, start, space, end));
    };
    for (;;) {
        if (format !== undefined)
            takeRefsNow(packets, { format, budget, take });
        const packet = packets.nextNow() ?? (await packets.next());
        if (packet === undefined)
            throw (0,wire_errors/* cutIn */.Yf)('the list of its refs');
        if (packet.kind === 'flush')
            return { ...refs.result(), unbornHead };
        if (packet.kind !== 'data')
            throw (0,wire_errors/* unexpectedLine */.Oo)(packet.kind, 'a ref or a flush');
        const line = (0,pkt_line/* lineOf */.cA)(packet.payload);
        budget.take(line.length);
        if (line.startsWith('unborn '))
            unbornHead = parseUnborn(line) ?? unbornHead;
        else {
            format ??= line.charCodeAt(hexLength('sha256')) === ls_refs_SPACE ? 'sha256' : 'sha1';
            const id = takeId(line, format);
            refs.add(parseRef(line, 0, id.length, line.length));
        }
    }
}
function parseUnborn(line) {
    return /^unborn HEAD symref-target:([^ ]+)/.exec(line)?.[1];
}
const ls_refs_SPACE = 0x20;
/** `<id> <name>[ symref-target:<ref>][ peeled:<id>]` from `start` to `end` of `text`; `space` follows the id. */
function parseRef(text, start, space, end) {
    const id = text.slice(start, space);
    const found = text.indexOf(' ', space + 1);
    if (found < 0 || found >= end)
        return { name: checkName(text.slice(space + 1, end), id), id };
    const ref = { name: checkName(text.slice(space + 1, found), id), id };
    const words = text.slice(found + 1, end).split(' ');
    // A space is allowed in no name, and git lists a file with one in its name all the same.
    if (!words.every((word) => ATTRIBUTE.test(word)))
        return { name: checkName(text.slice(space + 1, end), id), id };
    return withAttributes(ref, words, text.slice(start, end));
}
/** Those that were not asked for say nothing about the value. */
const ATTRIBUTE = /^[a-z][a-z-]*:/;
function withAttributes(ref, words, line) {
    const format = ref.id.length === hexLength('sha1') ? 'sha1' : 'sha256';
    let symrefTarget;
    let peeled;
    for (const word of words) {
        if (word.startsWith('symref-target:'))
            symrefTarget = word.slice('symref-target:'.length);
        else if (word.startsWith('peeled:'))
            peeled = parseId(word.slice('peeled:'.length), format, line);
    }
    return { ...ref, peeled, symrefTarget };
}

;// CONCATENATED MODULE: ./build/mirror/sessions/upload-pack-session.js










/** One greeted connection to an upload-pack. */
class UploadPackSession {
    advertisement;
    #server;
    #talk;
    #packets;
    #spent = false;
    #waiting = 0;
    constructor(server, { talk, packets, advertisement }) {
        this.#server = server;
        this.#talk = talk;
        this.#packets = packets;
        this.advertisement = advertisement;
    }
    static async open(server, signal) {
        return new UploadPackSession(server, await greet(server, 'git-upload-pack', signal));
    }
    get forgets() {
        return this.#talk.connection.forgets;
    }
    /** No more can be asked of it, even where the server forgets. */
    get over() {
        return this.#talk.over();
    }
    /** It was asked nothing but for its refs: another question can be put to it. */
    get fresh() {
        return !this.#spent;
    }
    /** @throws MirrorError with side. */
    async list(prefixes) {
        const { advertisement } = this;
        if (advertisement.version !== 2)
            return listingOfV0(advertisement);
        const request = encodeLsRefs({
            capabilities: advertisement.capabilities,
            format: advertisement.format,
            agent: this.#server.agent,
            prefixes,
            symrefs: true,
            unborn: true,
        });
        return await this.#guarded(async () => {
            const { packets } = await this.#turn(request);
            const { refs, damaged, unbornHead } = await readLsRefs(packets);
            const symrefs = new Map();
            for (const ref of refs)
                if (ref.symrefTarget !== undefined)
                    symrefs.set(ref.name, ref.symrefTarget);
            return {
                refs,
                damaged,
                head: believeHead(symrefs.get('HEAD') ?? unbornHead),
                symrefs,
                format: advertisement.format,
                shallow: [],
            };
        });
    }
    /** @throws MirrorError with side; `server` with the server's words for a want that it refuses. */
    async fetch(question) {
        const { advertisement } = this;
        const request = {
            ...question,
            capabilities: advertisement.capabilities,
            format: advertisement.format,
            agent: this.#server.agent,
            progress: this.#server.verbose,
        };
        const onProgress = (text) => this.#talk.text.write(text);
        return await this.#guarded(async () => {
            // What a server learns of us in one fetch changes its next answer: JGit remembers our objects, git cuts its own
            // view of the history when it deepens.
            this.#spent = !this.forgets;
            if (advertisement.version === 2) {
                const { packets, bytes } = await this.#turn(encodeFetchV2(request));
                const answer = await readFetchV2(packets, { onProgress });
                if (!isDeepening(question))
                    refuseShallow(answer.shallow);
                return this.#fetching(answer, bytes);
            }
            const { wants, haves } = encodeFetchV0(request);
            const { packets, bytes } = await this.#turn((0,base_bytes/* concatBytes */.Id)([wants, haves]));
            const answer = await readFetchV0(packets, bytes, {
                capabilities: advertisement.capabilities,
                deepened: isDeepening(question),
                onProgress,
            });
            return this.#fetching(answer, bytes);
        });
    }
    /**
     * Its `ready` can be relied on: a way leads from each want to a have that was called shallow. Of the servers whose code
     * is known, git cuts at shallow haves before it looks for the way in v0 alone, JGit in both versions; an older JGit does not name
     * itself in v2, git does.
     */
    get tellsReady() {
        const { version, capabilities } = this.advertisement;
        const agent = capabilities.value('agent') ?? '';
        if (version === 2) {
            return featuresOf('fetch', capabilities).has('shallow') && (agent === '' || /^JGit\//i.test(agent));
        }
        const isKnown = /^(?:git|JGit|dulwich)\//i.test(agent);
        return isKnown && capabilities.has('multi_ack_detailed') && capabilities.has('shallow');
    }
    /**
     * Which `haves` the server has, and whether it sees a way from all `wants` to one of them; a pack that comes along is
     * given up. In v0 it needs multi_ack_detailed (gitprotocol-pack, "Packfile Negotiation"). The session is spent.
     */
    async askReady(wants, haves, options = {}) {
        const { advertisement } = this;
        const question = { wants, haves, thin: true, ofsDelta: true, done: false, ...options };
        if (advertisement.version === 2) {
            const { answer, cancel } = await this.fetch(question);
            cancel();
            return answer;
        }
        this.#spent = !this.forgets;
        return await this.#guarded(async () => {
            const parts = encodeFetchV0({
                ...question,
                capabilities: advertisement.capabilities,
                format: advertisement.format,
                agent: this.#server.agent,
                progress: false,
            });
            const { packets } = await this.#turn((0,base_bytes/* concatBytes */.Id)([parts.wants, parts.haves, pkt_line/* FLUSH */.ZM]));
            return await readAcksV0(packets);
        });
    }
    /** Ends the talk: flush for v0 (B19), plain end of input for v2. */
    async close() {
        const { connection } = this.#talk;
        if (!connection.forgets && this.fresh && this.advertisement.version !== 2) {
            await connection.turn(pkt_line/* FLUSH */.ZM).catch(() => undefined);
        }
        this.#spent = true;
        await this.#talk.close();
    }
    /** The run ends: as `close`, and no far server is waited for when it was asked nothing or has answered. */
    async leave() {
        const { connection } = this.#talk;
        if (connection.forgets || this.advertisement.version !== 2)
            return await this.close();
        this.#spent = true;
        await this.#talk.leave();
    }
    abort(reason) {
        this.#spent = true;
        this.#talk.abort(reason);
    }
    #fetching(answer, bytes) {
        const { watch } = this.#talk;
        let over = answer.pack === undefined;
        if (!over)
            this.#wait();
        const finish = () => {
            if (over)
                return;
            over = true;
            this.#rest();
        };
        return {
            answer,
            next: async () => {
                const { pack } = answer;
                if (over || pack === undefined)
                    return undefined;
                try {
                    const slice = await this.#guarded(() => pack.next());
                    if (slice === undefined)
                        finish();
                    return slice;
                }
                catch (error) {
                    finish();
                    throw error;
                }
            },
            nextNow: () => (over ? undefined : answer.pack?.nextNow()),
            cancel: (reason) => {
                if (over)
                    return;
                finish();
                if (this.forgets)
                    void bytes.cancel().catch(() => undefined);
                else
                    this.abort(reason);
            },
            pause: () => watch.pause(),
            resume: () => watch.resume(),
        };
    }
    #wait() {
        if (this.#waiting++ === 0)
            this.#talk.watch.resume();
    }
    #rest() {
        if (--this.#waiting === 0)
            this.#talk.watch.pause();
    }
    async #turn(body) {
        return await turnOf(this.#talk.connection, this.#packets, body);
    }
    async #guarded(act) {
        this.#wait();
        try {
            return await act();
        }
        catch (error) {
            this.#spent ||= !this.forgets;
            throw await explainEnd(this.#server, this.#talk, error);
        }
        finally {
            this.#rest();
        }
    }
}
function isDeepening(question) {
    return question.deepen !== undefined || question.deepenSince !== undefined;
}
async function turnOf(connection, packets, body) {
    const bytes = await connection.turn(body);
    return { bytes, packets: bytes === connection.greeting ? packets : new pkt_line/* PacketReader */.KF(bytes) };
}
function listingOfV0(advertisement) {
    const head = advertisement.refs.find((ref) => ref.name === 'HEAD')?.symrefTarget ??
        headSymref(advertisement.capabilities);
    return {
        refs: advertisement.refs,
        damaged: advertisement.damaged,
        head: believeHead(head),
        symrefs: undefined,
        format: advertisement.format,
        shallow: advertisement.shallow,
    };
}
/** What HEAD names, where that can be a ref. */
function believeHead(name) {
    return name !== undefined && (0,ref_name/* validPartOf */.jt)(name) === name ? name : undefined;
}
function headSymref(capabilities) {
    return capabilities
        .values('symref')
        .find((value) => value.startsWith('HEAD:'))
        ?.slice('HEAD:'.length);
}
/** @throws MirrorError `shallow` when the source says that it is a shallow clone (H1). */
function refuseShallow(shallow) {
    if (shallow.length === 0)
        return;
    throw new errors/* MirrorError */.En('the source is a shallow clone: it lacks the history behind its oldest commits', {
        code: 'shallow',
        side: 'source',
        hint: 'Mirror the original repository, or complete this one: `git fetch --unshallow`, or fetch-depth: 0 for actions/checkout.',
    });
}

;// CONCATENATED MODULE: ./build/mirror/sessions/pack-stream.js
/** The same stream, with everything else that belongs to it, watched. */
function tap(stream, { onWait, onSlice, onEnd }) {
    return {
        ...stream,
        next: async () => {
            onWait?.(true);
            let slice;
            try {
                slice = await stream.next();
            }
            finally {
                onWait?.(false);
            }
            if (slice === undefined)
                onEnd?.();
            else
                onSlice?.(slice);
            return slice;
        },
        nextNow: () => {
            const slice = stream.nextNow();
            if (slice !== undefined)
                onSlice?.(slice);
            return slice;
        },
    };
}
/** The same stream, with a slice that was taken from its beginning put back. */
function putBack(stream, first) {
    let isHere = true;
    return {
        ...stream,
        next: async () => {
            if (!isHere)
                return await stream.next();
            isHere = false;
            return first;
        },
        // In order: the first slice is asked for with `next`.
        nextNow: () => (isHere ? undefined : stream.nextNow()),
    };
}

;// CONCATENATED MODULE: ./build/mirror/sessions/upload-pack-pool.js


/**
 * The upload-pack of one server: sessions are opened when needed. One that has answered a fetch is spent: servers may keep
 * what they know of us until the connection ends (JGit does), and the next answer would be too small. One that has not
 * is kept for the next question.
 */
class UploadPackPool {
    server;
    #twin;
    #idle;
    #shared;
    /** `twin`: the same server; its greeting, or a session that it does not use, serves for both. */
    constructor(server, twin) {
        this.server = server;
        this.#twin = twin;
    }
    /** The greeting that stands for all requests, where the server forgets and has been greeted. */
    async shared() {
        const session = await this.#shared;
        if (!session?.over)
            return session;
        this.#shared = undefined;
        return undefined;
    }
    /** A session for one question; give it back with `release`. */
    async lease() {
        const shared = (await this.#twin?.shared()) ?? (await this.shared());
        if (shared)
            return shared;
        const idle = this.#takeIdle() ?? (this.#twin ? this.#twin.#takeIdle() : undefined);
        if (idle)
            return idle;
        const session = await UploadPackSession.open(this.server);
        if (session.forgets)
            this.#shared = Promise.resolve(session);
        return session;
    }
    release(session) {
        if (session.forgets)
            return;
        // Politely: an ssh connection on which a program was broken off is not used again.
        if (!session.fresh || session.over)
            void session.close();
        else {
            void this.#takeIdle()?.close();
            this.#idle = session;
            this.server.door?.rest(session);
        }
    }
    async list(prefixes) {
        // A kept session lists what v0 showed when it was greeted: only a new one is true now.
        await this.#dropStale();
        const session = await this.lease();
        const listing = await session.list(prefixes);
        this.release(session);
        return listing;
    }
    async fetch(question) {
        const session = await this.lease();
        const fetching = await session.fetch(question);
        if (fetching.answer.pack === undefined)
            this.release(session);
        return tap(fetching, { onEnd: () => this.release(session) });
    }
    async close() {
        const shared = await this.#shared?.catch(() => undefined);
        this.#shared = undefined;
        await Promise.all([shared?.leave(), this.#takeIdle()?.leave()]);
    }
    #takeIdle() {
        const session = this.#idle;
        this.#idle = undefined;
        if (session === undefined)
            return undefined;
        this.server.door?.take(session);
        if (session.fresh && !session.over)
            return session;
        void session.close();
        return undefined;
    }
    async #dropStale() {
        const shared = await this.#shared;
        if (shared && shared.advertisement.version !== 2)
            this.#shared = undefined;
        const idle = this.#takeIdle();
        if (idle === undefined)
            return;
        if (idle.advertisement.version === 2)
            this.release(idle);
        else
            void idle.close();
    }
}

;// CONCATENATED MODULE: ./build/mirror/sessions/source-repository.js






/** The source of a run: listed once for all destinations, and again when it moved. */
class SourceRepository {
    uploadPack;
    /** A second view of the source for history questions; its progress text is dropped. */
    questions;
    #options;
    #listing;
    constructor(uploadPack, options) {
        this.uploadPack = uploadPack;
        this.questions = new UploadPackPool(quietServer(uploadPack.server), uploadPack);
        this.#options = options;
    }
    /** @throws MirrorError with the source's side, after the retries. */
    async listing() {
        this.#listing ??= this.#list();
        return await this.#listing;
    }
    /** Lists again, once for all that saw `stale`. */
    async refresh(stale) {
        const now = await this.#listing;
        if (now === stale)
            this.#listing = this.#list();
        return await this.listing();
    }
    async #list() {
        const { server } = this.uploadPack;
        server.reporter({ kind: 'phase', phase: 'list', text: `listing ${server.remote.label}` });
        const listing = await withRetries(() => this.uploadPack.list([...(0,refspec/* sourcePrefixes */.qy)(this.#options.refspecs), 'HEAD']), {
            retries: this.#options.retries,
            signal: server.signal,
            onRetry: (error, delay) => server.reporter({
                kind: 'notice',
                level: 'info',
                text: `listing the source again in ${(delay / 1000).toFixed(1)} s: ${error.message}`,
            }),
        });
        refuseShallow(listing.shallow);
        const refs = listing.refs.filter((ref) => ref.name.startsWith('refs/') && !isAnchor(ref.name));
        const damaged = listing.damaged.filter((ref) => !isAnchor(ref.name));
        let ids;
        return { ...listing, refs, damaged, ids: () => (ids ??= idsOf(refs)) };
    }
}
function idsOf(refs) {
    const ids = new Set();
    for (const ref of refs) {
        ids.add(ref.id);
        if (ref.peeled !== undefined)
            ids.add(ref.peeled);
    }
    return ids;
}

;// CONCATENATED MODULE: ./build/mirror/state/destination-state.js




function notice(run, level, text) {
    if (level === 'warning')
        run.warnings.push(text);
    run.reporter({ kind: 'notice', level, destination: run.server.remote.label, text });
}

;// CONCATENATED MODULE: ./build/mirror/pieces/remove-anchors.js




/** Removes the anchors of this run and of earlier ones. Never fails a run: what stays is removed by the next. */
async function removeAnchors(run, session) {
    const anchors = session.listing.refs.filter((ref) => isAnchor(ref.name));
    let current = session;
    try {
        for (let from = 0; from < anchors.length; from += run.manner.maxRefs) {
            if (!current.usable)
                current = await ReceivePackSession.open(run.server);
            const part = anchors.slice(from, from + run.manner.maxRefs);
            await current.push({
                commands: part.map((ref) => ({ kind: 'delete', ref: ref.name, old: ref.id })),
                atomic: false,
                plain: !run.manner.agent,
                pack: undefined,
            });
            if (!current.forgets)
                await current.close();
        }
    }
    catch (error) {
        run.signal.throwIfAborted();
        const words = (0,errors/* toMirrorError */.Ho)(error, { code: 'cut' }).message;
        notice(run, 'warning', `refs of a transfer in pieces stay until the next run: ${words}`);
    }
}

;// CONCATENATED MODULE: ./build/mirror/state/fallbacks.js
const REF_LIMIT = /maximum ref updates exceeded|more than (\d+) (branches|refs|tags)|too many ref/i;
const SIZE_LIMIT = /maximum allowed size|too large|exceeds .*size|entity too large|payload/i;
const CONTENT = /fsck|missingEmail|zeroPadded|badTree|has null sha1|GH00[18]/i;
const SMALLEST_PIECE = 16 * 1024;
/** For a refusal that came before the bytes: what gateways allow when nobody has set it is 1 MB. */
const FIRST_GUESS = 1_000_000;
/** A push that breaks off after this many bytes has met a limit rather than a fault. */
const MUCH = 16 * 1024 * 1024;
/** Words of a server that takes fewer refs in one push. */
function isTooMany(text) {
    return REF_LIMIT.test(text);
}
/** A destination that ends a push after waiting for so long, in milliseconds, most likely has had enough of it. */
const HUNGRY = 1000;
/** Of gateways too: what they say when the program behind them is gone. */
const GAVE_UP = new Set([400, 408, 499, 500, 502, 503, 504]);
/** The destination ended the push while it waited for a byte of the source. */
function hasStarved({ error, unpack, starved }) {
    if (starved < HUNGRY)
        return false;
    if (error === undefined)
        return unpack !== undefined;
    if (error.side === 'source')
        return false;
    return error.status === undefined
        ? error.code === 'cut' || error.code === 'server'
        : GAVE_UP.has(error.status);
}
/** The plainer way to try next, or undefined when nothing is left to try (A3, D8, F5, G7, K3, K6). */
function learn(manner, failure) {
    return (learnAhead(manner, failure) ??
        learnPatience(manner, failure) ??
        learnSize(manner, failure) ??
        learnLength(manner, failure) ??
        learnRefs(manner, failure) ??
        learnThin(manner, failure));
}
function learnAhead(manner, { greetedAhead, error }) {
    if (!greetedAhead || !manner.greetAhead || (error?.code !== 'cut' && error?.code !== 'server'))
        return undefined;
    return {
        manner: { ...manner, greetAhead: false },
        notice: 'the destination ended a connection that was opened before it was needed: opening one push after the other',
    };
}
function learnPatience(manner, failure) {
    if (manner.spool || !failure.transferAllowed.spool || !hasStarved(failure))
        return undefined;
    const seconds = (failure.starved / 1000).toFixed(1);
    return {
        manner: { ...manner, spool: true },
        notice: `the destination gave up after waiting ${seconds} s for the source: collecting the pack first, to send it at once`,
    };
}
function learnSize(manner, failure) {
    const status = failure.error?.status;
    if (failure.overOurLimit) {
        if (manner.maxBytes === undefined)
            return undefined;
        return {
            manner: { ...manner, pieces: true },
            notice: `the pack is larger than ${manner.maxBytes} bytes: sending the history in pieces`,
        };
    }
    const told = failure.error?.code === 'too-large' || status === 413 || SIZE_LIMIT.test(failure.text);
    const hungUp = (status === 408 || status === 504 || failure.error?.code === 'cut') && failure.bytes > MUCH;
    if (!told && !hungUp)
        return undefined;
    const reached = failure.bytes < SMALLEST_PIECE ? FIRST_GUESS : failure.bytes;
    const maxBytes = Math.floor(Math.min(reached, manner.maxBytes ?? Infinity) * 0.8);
    if (maxBytes < SMALLEST_PIECE)
        return undefined;
    return {
        manner: { ...manner, maxBytes, pieces: true },
        notice: `the destination gave up after ${failure.bytes} bytes of one pack: sending pieces of at most ${maxBytes} bytes`,
    };
}
function learnLength(manner, failure) {
    const status = failure.error?.status;
    if (manner.spool || !failure.transferAllowed.spool)
        return undefined;
    const wants = status === 411 || (status === 400 && !manner.thin) || status === 408 || status === 504;
    if (!wants)
        return undefined;
    return {
        manner: { ...manner, spool: true },
        notice: `the destination answered ${status} to a streamed pack: collecting the pack first, to send it with its length`,
    };
}
function learnRefs(manner, failure) {
    if (failure.commands < 2)
        return undefined;
    const limit = REF_LIMIT.exec(failure.text);
    if (limit !== null || failure.error?.status === 500) {
        const told = Number(limit?.[1] ?? 0);
        const half = failure.commands > 100 ? Math.ceil(failure.commands / 2) : 1;
        const maxRefs = told > 0 && told < failure.commands ? told : half;
        return {
            manner: { ...manner, maxRefs },
            notice: `the destination refused a push of ${failure.commands} refs: trying at most ${maxRefs} at once`,
        };
    }
    if (!failure.allDeclined)
        return undefined;
    if (!manner.byKind) {
        return {
            manner: { ...manner, byKind: true },
            notice: 'the destination declined every ref of the push: trying branches, tags and others apart',
        };
    }
    if (manner.maxRefs === 1)
        return undefined;
    const maxRefs = failure.commands > 64 ? Math.ceil(failure.commands / 8) : 1;
    return {
        manner: { ...manner, maxRefs },
        notice: `the destination declined every ref of the push: trying at most ${maxRefs} at once`,
    };
}
function learnThin(manner, failure) {
    if (CONTENT.test(failure.text))
        return undefined;
    const status = failure.error?.status;
    const refused = failure.unpack !== undefined ||
        (status !== undefined && (status === 400 || status === 422 || status >= 500)) ||
        (failure.error?.code === 'cut' && failure.error.side === 'destination');
    if (!refused)
        return undefined;
    if (manner.thin) {
        return {
            manner: { ...manner, thin: false },
            notice: failure.unpack === undefined
                ? 'the destination broke the push off: trying once more with a pack that stands alone (not thin)'
                : 'the destination refused the pack: trying once more with a pack that stands alone (not thin)',
        };
    }
    return failure.unpack === undefined ? learnSilent(manner, failure) : undefined;
}
/** A server that breaks off without a report may dislike any of these; the dearest to give up comes last. */
function learnSilent(manner, failure) {
    if (manner.agent) {
        return {
            manner: { ...manner, agent: false },
            notice: 'the destination broke the push off: trying once more without the agent capability',
        };
    }
    if (!manner.spool && failure.transferAllowed.spool && failure.bytes > 0) {
        return {
            manner: { ...manner, spool: true },
            notice: 'the destination broke the push off: collecting the pack first, to send it with its length',
        };
    }
    if (failure.commands < 2 || manner.maxRefs === 1)
        return undefined;
    const maxRefs = failure.commands > 64 ? Math.ceil(failure.commands / 8) : 1;
    return {
        manner: { ...manner, maxRefs },
        notice: `the destination broke off a push of ${failure.commands} refs: trying at most ${maxRefs} at once`,
    };
}

;// CONCATENATED MODULE: ./build/mirror/state/piece-state.js
/** `top`: a moment after the newest commit. */
function newPieceState(top) {
    return {
        low: 0,
        isLowKnown: false,
        from: 0,
        high: top,
        top,
        left: undefined,
        marks: [],
        newer: new Map(),
        tries: 0,
        pieces: 0,
        bytes: 0,
        objects: 0,
        overflow: undefined,
        lastWeight: 0,
        weightBefore: 0,
        surprise: 1,
        lastBytes: 0,
        lastStarved: 0,
        byTips: false,
    };
}
/** Bytes for each object of most histories, at least, and what the first piece is made by. */
const LEAST_WEIGHT = 400;
/** A piece is begun when it fits with this much to spare. */
const SPARE = 1.05;
/** It is aimed at this part of the limit: the first few tell little of those after them. */
const FILL = 0.8;
const EARLY_FILL = 0.65;
const FEW_PIECES = 3;
/** Before the weight is known, a piece is to fill this part of the limit, and to hold this part of the objects. */
const FIRST_FILL = 0.5;
const FIRST_PART = 1 / 8;
/** The weight grows from piece to piece by no more than this, as a rule. */
const MOST_GROWTH = 1.5;
/** What arrived tells the weight of so many times as many objects, and of no more. */
const TELLS = 6;
const LEAST_SAMPLE = 1000;
/** How much a pack that was cut off is taken to be larger than what was seen of it. */
const UNSEEN = 1.2;
/** Bytes for each object that the next piece will have; undefined before the first. */
function expectWeight(state) {
    const { lastWeight, weightBefore } = state;
    if (lastWeight === 0)
        return undefined;
    // Histories grow heavier as they go on, and go on to do so.
    const seen = weightBefore === 0 ? 1.2 : lastWeight / weightBefore;
    const growth = Math.min(MOST_GROWTH, Math.max(1, seen)) - 1;
    const average = state.objects === 0 ? lastWeight : state.bytes / state.objects;
    const { overflow } = state;
    return Math.max(average, lastWeight * (1 + (state.pieces < FEW_PIECES ? growth : growth / 2)), overflow === undefined ? 0 : (UNSEEN * overflow.bytes) / overflow.objects);
}
/**
 * A pack that will not fit, by the number of its objects: nothing of it is sent. Before the first piece the weight
 * of an object is not known: what is certainly too large is told from what may fit.
 */
function isHopeless(state, objects, maxBytes) {
    const weight = expectWeight(state);
    return objects * (weight === undefined ? LEAST_WEIGHT : weight * SPARE) > maxBytes && objects > 1;
}
/** Nothing speaks against sending the rest at once: its size is not known, or was estimated to fit. */
function restFits(state, maxBytes) {
    if (state.left === undefined)
        return true;
    return expectWeight(state) !== undefined && !isHopeless(state, state.left, maxBytes);
}
/** Objects that the next piece is meant to hold. */
function aimAt(state, maxBytes) {
    const weight = expectWeight(state) ?? LEAST_WEIGHT;
    const left = state.left ?? Infinity;
    if (state.pieces === 0)
        return Math.min((FIRST_FILL * maxBytes) / weight, left * FIRST_PART);
    const fill = state.pieces < FEW_PIECES ? EARLY_FILL : FILL;
    const objects = Math.min((fill * maxBytes) / weight, TELLS * Math.max(LEAST_SAMPLE, state.objects));
    // The last two pieces are better of one size than one of them tiny.
    return objects < left && objects * 2 > left ? left / 2 : objects;
}
/** Seconds of history that a piece holds, if all of it is alike. */
function expectSpan(state, maxBytes) {
    const { low, top, left } = state;
    return left === undefined ? top - low : (top - low) * Math.min(1, aimAt(state, maxBytes) / left);
}
/** Marks, and what was cut off, are forgotten when they promised so many times what came. */
const MISLED = 3;
/** Tries after which the middle is taken: what lies at one moment escapes every estimate. */
const PATIENCE = 3;
/** The next second to cut at; undefined when none lies between the limits. */
function chooseCut(state, maxBytes) {
    const { low, high, left } = state;
    if (high - low < 2)
        return undefined;
    const middle = low + Math.floor((high - low) / 2);
    if (left === undefined || state.tries >= PATIENCE)
        return middle;
    const aim = aimAt(state, maxBytes);
    for (const [before, after] of linesOf(state, left)) {
        if (after.objects < aim)
            continue;
        const part = (aim - before.objects) / Math.max(1, after.objects - before.objects);
        const guess = before.since + Math.floor(part * (after.since - before.since));
        return Math.min(high - 1, Math.max(low + 1, guess));
    }
    return middle;
}
/** Objects that a pack up to `since` is reckoned to hold; undefined while nothing is known. */
function expectObjects(state, since) {
    if (state.left === undefined)
        return undefined;
    for (const [before, after] of linesOf(state, state.left)) {
        if (after.since < since)
            continue;
        const part = (since - before.since) / Math.max(1, after.since - before.since);
        return before.objects + part * (after.objects - before.objects);
    }
    return state.left;
}
/** From mark to mark: between them a history is taken to be even. */
function linesOf({ low, from, top, marks }, left) {
    const points = [{ since: Math.max(low, from), objects: 0 }, ...marks, { since: top, objects: left }];
    return points.slice(1).map((after, index) => [points[index], after]);
}
/** Nothing is older than `since`, or it was sent already. */
function noteNothingBefore(state, since) {
    return { ...state, low: since, tries: state.tries + 1 };
}
/** Nothing is newer than `since`. */
function noteNothingAfter(state, since) {
    return { ...state, high: Math.min(state.high, since), top: since, tries: state.tries + 1 };
}
/** A pack up to `since` is too large. `objects`: by its header, where that was seen. */
function noteTooLarge(state, since, objects) {
    const marks = objects === undefined ? state.marks : [...state.marks, { since, objects }];
    return {
        ...state,
        high: since,
        marks: marks.filter((mark) => mark.since <= since).toSorted((a, b) => a.since - b.since),
        tries: state.tries + 1,
    };
}
/** The header of the rest said how many objects it has. */
function noteLeft(state, objects) {
    return { ...state, left: objects };
}
/** `ids` are newer than `limit`. */
function noteNewer(state, ids, limit) {
    const newer = new Map(state.newer);
    for (const id of ids)
        newer.set(id, Math.max(limit, newer.get(id) ?? 0));
    return { ...state, newer };
}
/** `ids` without those that are known to be newer than `limit`. */
function leaveOutNewer(state, ids, limit) {
    return ids.filter((id) => (state.newer.get(id) ?? 0) < limit);
}
/** A pack up to `since` was cut off after `bytes`: nobody knows how much of it was left. */
function noteOverflow(state, overflow) {
    const { bytes, objects } = overflow;
    const weight = Math.max(state.lastWeight, (UNSEEN * bytes) / Math.max(1, objects));
    return { ...state, overflow, lastWeight: weight, weightBefore: weight };
}
/** The rest was tried at once and does not fit: `objects` is what its header said, `bytes` what is known of its size. */
function noteRestTooLarge(state, objects, bytes) {
    const noted = { ...state, left: objects, high: state.top, marks: [], tries: 0 };
    // By the weight of the pieces before it, it would be taken to fit again, and again.
    return state.pieces > 0 ? noteOverflow(noted, { since: state.top, objects, bytes }) : noted;
}
/** A piece up to `since` was sent. */
function noteSent(state, piece) {
    const { objects, bytes } = piece;
    const weight = bytes / Math.max(1, objects);
    // What shows so much less than was reckoned with is told wrong by the marks.
    const misled = objects * MISLED < (expectObjects(state, piece.since) ?? 0);
    return {
        ...state,
        low: Math.max(state.low, piece.since),
        isLowKnown: true,
        high: state.top,
        left: state.left === undefined ? undefined : Math.max(1, state.left - objects),
        marks: state.marks
            .filter((mark) => !misled && mark.since > piece.since && mark.objects > objects)
            .map((mark) => ({ since: mark.since, objects: mark.objects - objects })),
        tries: 0,
        pieces: state.pieces + 1,
        bytes: state.bytes + bytes,
        objects: state.objects + objects,
        overflow: leftOf(state.overflow, piece),
        lastWeight: weight,
        weightBefore: state.lastWeight,
        surprise: surpriseOf(state, piece),
        lastBytes: bytes,
    };
}
/** The bytes for each object of a piece, as a multiple of what was reckoned with; 1 where that was nothing. */
function surpriseOf(state, { objects, bytes }) {
    const weight = bytes / Math.max(1, objects);
    return weight / (expectWeight(state) ?? weight);
}
function leftOf(overflow, piece) {
    if (overflow === undefined || piece.since >= overflow.since || piece.objects >= overflow.objects)
        return undefined;
    // Thin packs after a whole one that was cut off: all of its weight would seem to lie in what is left.
    if (piece.bytes * overflow.objects * MISLED < overflow.bytes * piece.objects)
        return undefined;
    return {
        since: overflow.since,
        objects: overflow.objects - piece.objects,
        bytes: Math.max(0, overflow.bytes - piece.bytes),
    };
}

;// CONCATENATED MODULE: ./build/mirror/state/thin-or-whole.js
const THIN = { isThin: true, isSettled: false };
const SETTLED = { isThin: true, isSettled: true };
const WHOLE = { isThin: false, isSettled: false };
/** Milliseconds of the destination's work that are worth a larger pack. */
const LONG = 1000;
/** So many times what was reckoned with is not worth it. */
const TOO_HEAVY = 2;
/** In a piece of fewer objects, files that changed once are many: without their bases it is much larger. */
const MANY_OBJECTS = 10_000;
/** Where a piece was sent sooner than the destination was done with it, bytes are cheap. */
function judgePiece(thinness, piece) {
    const isSmall = piece.objects < MANY_OBJECTS;
    if (!piece.isThin)
        return isSmall || piece.surprise > TOO_HEAVY ? SETTLED : thinness;
    const isCheap = !isSmall && piece.working >= Math.max(LONG, piece.streaming);
    return isCheap && !thinness.isSettled ? WHOLE : thinness;
}
/**
 * A piece was cut off at the limit: one that was whole may still fit when it is thin.
 *
 * @param surprise its bytes for each object, at least, as a multiple of what was reckoned with
 */
function judgeTooLarge(thinness, isThin, surprise) {
    return isThin || surprise <= TOO_HEAVY ? thinness : SETTLED;
}

;// CONCATENATED MODULE: ./build/mirror/state/ledger.js


/** Refs that stay as they are for this run. */
function applyRejections(run, rejected) {
    for (const ref of rejected) {
        if (run.rejected.has(ref.ref))
            continue;
        run.rejected.set(ref.ref, ref);
        run.reporter({ kind: 'rejected', destination: run.server.remote.label, rejected: ref });
    }
}
/** A refusal with the advice that fits it. */
function rejectionOf(run, update, reason, warning = false) {
    const advice = adviseRef({
        reason,
        serverLines: run.lines,
        ref: update.ref,
        action: update.action,
        host: run.server.host,
    });
    return {
        ref: update.ref,
        action: update.action,
        reason: (0,printable/* printableLine */.oy)(reason),
        advice: advice === undefined ? undefined : `${advice.meaning} ${advice.todo}`,
        warning,
    };
}

;// CONCATENATED MODULE: ./build/mirror/push/next-step.js







/** How often one ref may be lost to another writer before it is given up. */
const MOST_RACES = 5;
/** Refs that were declined together are not tried apart when there are more. */
const MOST_APART = 500;
const DECLINED = /declin|hook|protected|policy|GH0\d\d|TF4\d+|VS4\d+|not allowed|prohibited|denied|rule/i;
/**
 * What follows a push, once the listing has shown what moved. Refusals are written down here; a plainer way
 * of pushing is learned here.
 */
function decideNext(run, outcome, verdicts, failures) {
    const open = verdicts.filter((verdict) => verdict.kind === 'open');
    const raced = verdicts.filter((verdict) => verdict.kind === 'raced');
    const apart = run.options.atomic ? [] : declinedTogether(outcome, verdicts);
    const text = [outcome.error?.serverText, outcome.unpack, ...run.lines].join('\n');
    const failure = {
        error: outcome.error,
        unpack: outcome.unpack,
        allDeclined: apart.length > 0 && apart.length <= MOST_APART,
        text,
        commands: run.options.atomic ? 1 : Math.min(outcome.commands, apart.length || Infinity),
        bytes: outcome.bytes,
        overOurLimit: outcome.overLimit,
        starved: outcome.starved,
        greetedAhead: outcome.greetedAhead,
        transferAllowed: { spool: run.options.transfer !== 'stream' },
    };
    // The next listing will show these as if they were done: they are judged now, whatever is tried next.
    for (const verdict of verdicts)
        if (verdict.kind === 'doubted')
            refuse(run, verdict.update, verdict.reason);
    const failed = outcome.error !== undefined || outcome.unpack !== undefined;
    if (outcome.error?.side === 'source')
        return decideSourceFailure(run, outcome.error, failures);
    const starved = hasStarved(failure);
    if (starved && outcome.isShared) {
        notice(run, 'info', 'the destination gave up while it waited for a slower one: fetching for it alone');
        return { kind: 'again', refreshSource: false };
    }
    // A connection that ends in the middle of a pack was most likely cut: the same way once more comes first.
    if (outcome.error !== undefined && isPlainCut(outcome) && !starved && open.length > 0) {
        if (run.options.retries === 0)
            return { kind: 'fail', error: outcome.error };
        if (failures === 0)
            return { kind: 'retry', error: outcome.error, refreshSource: false };
    }
    const forbidden = wantsSpool(run, failure);
    const learns = failed || failure.allDeclined || (apart.length > 0 && isTooMany(text));
    const lesson = learns && !forbidden ? learn(run.manner, failure) : undefined;
    if (lesson !== undefined) {
        if (lesson.manner.pieces && outcome.objects > 0) {
            const { objects } = outcome;
            const bytes = Math.max(outcome.bytes, lesson.manner.maxBytes ?? 0);
            const { isThin } = run.thinness;
            run.thinness = judgeTooLarge(run.thinness, isThin, surpriseOf(run.pieces, { objects, bytes }));
            run.pieces = noteRestTooLarge(run.pieces, objects, bytes);
        }
        run.manner = lesson.manner;
        notice(run, 'info', lesson.notice);
        return { kind: 'again', refreshSource: false };
    }
    for (const verdict of verdicts)
        if (verdict.kind === 'refused')
            refuse(run, verdict.update, verdict.reason);
    for (const verdict of raced)
        noteRace(run, verdict.update, verdict.reason);
    if (outcome.error !== undefined && open.length > 0) {
        const error = forbidden ? (0,errors/* withDetails */.FE)(outcome.error, { hint: FORBIDDEN }) : outcome.error;
        if (error.retryable && failures < run.options.retries)
            return { kind: 'retry', error, refreshSource: false };
        return { kind: 'fail', error };
    }
    if (outcome.unpack !== undefined && open.length > 0)
        return { kind: 'fail', error: unpackError(run, outcome.unpack) };
    if (outcome.error === undefined && outcome.unpack === undefined) {
        for (const { update } of open) {
            if (outcome.sent.includes(update))
                refuse(run, update, 'the server said nothing about it, and its listing shows the old value');
        }
    }
    return { kind: 'again', refreshSource: raced.length > 0 };
}
const FORBIDDEN = 'The destination wants the pack at once or its length beforehand, and transfer: stream forbids to collect it: set transfer: auto or spool.';
/** Collecting the pack is what would help, and is not allowed: no other way is tried instead. */
function wantsSpool(run, failure) {
    if (failure.transferAllowed.spool || run.manner.spool)
        return false;
    if (!hasStarved(failure) && ![408, 411, 504].includes(failure.error?.status ?? 0))
        return false;
    return learn(run.manner, { ...failure, transferAllowed: { spool: true } })?.manner.spool === true;
}
const next_step_MUCH = 64 * 1024;
function isPlainCut({ error, bytes, unpack }) {
    return error?.code === 'cut' && error.status === undefined && unpack === undefined && bytes > next_step_MUCH;
}
function decideSourceFailure(run, error, failures) {
    const id = error.serverText === undefined ? undefined : parseNotOurRef(error.serverText);
    if (id !== undefined && failures < run.options.retries) {
        // The ref moved since it was listed, or it is broken: what a new listing still shows is broken (G19).
        if (run.suspectIds.has(id)) {
            run.brokenIds.add(id);
            notice(run, 'warning', `the source lists ${id} and cannot give it: refs with that id are left out`);
        }
        run.suspectIds.add(id);
        return { kind: 'again', refreshSource: true };
    }
    if (error.retryable && failures < run.options.retries)
        return { kind: 'retry', error, refreshSource: true };
    return { kind: 'fail', error };
}
/** Updates of pushes of several refs that were declined to the last one: one of them may have sunk the others (G7). */
function declinedTogether(outcome, verdicts) {
    const declined = new Set();
    for (const verdict of verdicts) {
        if (verdict.kind === 'refused' && DECLINED.test(verdict.reason))
            declined.add(verdict.update);
    }
    return outcome.batches
        .filter((batch) => batch.updates.length > 1 && batch.updates.every((update) => declined.has(update)))
        .flatMap((batch) => batch.updates);
}
function refuse(run, update, reason) {
    applyRejections(run, [
        rejectionOf(run, update, reason, update.action === 'delete' && update.ref === run.defaultBranch),
    ]);
}
function noteRace(run, update, reason) {
    const races = (run.races.get(update.ref) ?? 0) + 1;
    run.races.set(update.ref, races);
    if (races >= MOST_RACES)
        refuse(run, update, `${reason} (${races} times)`);
    else
        notice(run, 'info', `${update.ref} moved while it was pushed (${reason}): listing and planning again`);
}
function unpackError(run, words) {
    return new errors/* MirrorError */.En(`the destination could not take the pack: ${words}`, {
        code: 'unpack',
        side: 'destination',
        serverText: [words, ...run.lines.slice(-20)].join('\n'),
    });
}

;// CONCATENATED MODULE: ./build/protocol/unknown-object.js
/**
 * How servers say that they do not have an object, or do not give it because it is no tip: git and what is built on
 * it, JGit and Gerrit, dulwich, Azure Repos, go-git. Each sentence has the id where `ID` stands, or no id at all.
 */
const SENTENCES = [
    String.raw `\bnot our ref(?: ID)?`,
    String.raw `\bwant(?: ID)? not valid\b`,
    String.raw `\bMissing (?:unknown|commit|tree|blob|tag)(?: ID\b|$)`,
    String.raw `\bwants invalid object(?: b?'?ID)?`,
    String.raw `\bTF401035: The object(?: '?ID'?)? does not exist`,
    String.raw `(?:^|: )object not found(?:: ID)?$`,
];
const ID = '([0-9a-f]{64}|[0-9a-f]{40})(?![0-9a-f])';
const PATTERNS = SENTENCES.map((sentence) => new RegExp(sentence.replace('ID', ID), 'i'));
/** What git's own programs add when the other side has gone: it tells nothing. */
const HANG_UP = /^(?:fatal: )?the remote end hung up\b/i;
/** Characters of a line that are looked at: the sentences are short. */
const LINE_LOOKED_AT = 1000;
/**
 * Whether a server's last words, given when it was asked for `id`, mean that it does not have that object or does not
 * give it (gitprotocol-v2 "fetch", gitprotocol-pack "Packfile Negotiation": a want has to be known there). Servers do
 * not tell these two apart.
 *
 * Words that name another id mean that one. No words at all may mean it, too: some servers hang up without a word.
 * Where the connection may have been cut for another reason, ask once more before you believe the silence.
 *
 * @param words raw; undefined or empty: the connection ended without a word
 */
function meansUnknownObject(words, id) {
    const lines = unknown_object_linesOf(words);
    if (lines.length === 0)
        return true;
    const named = lines.flatMap(readLine);
    return named.includes(id) || (named.length > 0 && named.every((name) => name === undefined));
}
/** The first object that a server names as one that it does not have or does not give; undefined: it names none. */
function findUnknownObject(words) {
    return unknown_object_linesOf(words)
        .flatMap(readLine)
        .find((id) => id !== undefined);
}
function unknown_object_linesOf(words = '') {
    return words
        .split(/[\r\n]+/)
        .map((line) => line.slice(0, LINE_LOOKED_AT).trim())
        .filter((line) => line !== '' && !HANG_UP.test(line));
}
/** The id that the line calls unknown, undefined where it names none; nothing when it says something else. */
function readLine(line) {
    for (const pattern of PATTERNS) {
        const match = pattern.exec(line);
        if (match !== null)
            return [match[1]?.toLowerCase()];
    }
    return [];
}

// EXTERNAL MODULE: ./build/base/crypto.js
var base_crypto = __webpack_require__(6039);
;// CONCATENATED MODULE: ./build/protocol/pack.js



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
    return (0,base_bytes/* concatBytes */.Id)([header, (0,base_crypto/* loadCrypto */.Q)().createHash(format).update(header).digest()]);
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
        this.#hash = (0,base_crypto/* loadCrypto */.Q)().createHash(format);
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
            this.#header = (0,base_bytes/* concatBytes */.Id)([this.#header, slice.subarray(0, missing)]);
        }
        if (slice.length >= this.#length) {
            this.#hash.update(this.#held);
            this.#held = slice;
        }
        else
            this.#held = this.#hashAllBut(this.#length, (0,base_bytes/* concatBytes */.Id)([this.#held, slice]));
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
    return new errors/* MirrorError */.En(`the pack is damaged or was cut: ${how}`, {
        code: 'pack',
        side: 'source',
        retryable: true,
    });
}

;// CONCATENATED MODULE: ./build/mirror/pack/opened-pack.js




/** Waits for the pack's header. @throws MirrorError `pack` or the source's own. */
async function openPack(fetching) {
    const held = [];
    let length = 0;
    while (length < PACK_HEADER_LENGTH) {
        const slice = await fetching.next();
        if (slice === undefined) {
            throw new errors/* MirrorError */.En('the source sent no pack', { code: 'pack', side: 'source', retryable: true });
        }
        held.push(slice);
        length += slice.length;
    }
    const first = (0,base_bytes/* concatBytes */.Id)(held);
    let header;
    try {
        header = parsePackHeader(first);
    }
    catch (error) {
        fetching.cancel(error);
        throw (0,errors/* toMirrorError */.Ho)(error, { code: 'pack', side: 'source' });
    }
    return { objects: header.objects, shared: fetching.shared === true, source: putBack(fetching, first) };
}

;// CONCATENATED MODULE: ./build/mirror/history/known-ids.js
/** Ids in one question; a server answers with a line for each that it has. */
const IDS_AT_ONCE = 10_000;
/**
 * Which of `ids` the server says that it has. An id that is missing from the answer may still be there:
 * git since 2.45 leaves out what stands behind another (C4).
 *
 * v2 with `wait-for-done` is asked without any want; elsewhere `want` (a tip of the server) is needed, and a
 * pack that comes unasked is given up.
 * @throws MirrorError with the server's side.
 */
async function askKnownIds(server, options) {
    const common = new Set();
    for (let from = 0; from < options.ids.length; from += IDS_AT_ONCE) {
        const ids = options.ids.slice(from, from + IDS_AT_ONCE);
        for (const id of await askSome(server, ids, options.want))
            common.add(id);
    }
    return common;
}
async function askSome(server, ids, want) {
    const session = await server.lease();
    const { advertisement } = session;
    if (advertisement.version !== 2) {
        if (want === undefined) {
            server.release(session);
            return [];
        }
        const { acks } = await session.askReady([want], ids);
        server.release(session);
        return acks;
    }
    const waits = advertisement.capabilities.value('fetch')?.split(' ').includes('wait-for-done') ?? false;
    if (!waits && want === undefined) {
        server.release(session);
        return [];
    }
    const fetching = await session.fetch({
        wants: waits ? [] : [want],
        haves: ids,
        thin: true,
        ofsDelta: true,
        done: false,
        waitForDone: waits,
    });
    fetching.cancel();
    server.release(session);
    return fetching.answer.acks;
}

;// CONCATENATED MODULE: ./build/mirror/history/boundary.js

/** Deeper questions cost a server seconds; what is not found by then is taken as not shared. */
const DEEPEST = 65_536;
/** Tips that are asked about at once. */
const MOST_TIPS = 64;
/**
 * Looks for the place where two histories part, without a clone: the destination's upload-pack is asked for
 * the commits N steps behind `tips` (`want T`, `have T`, `deepen N`, `done`: shallow lines and an empty pack,
 * gitprotocol-v2 "fetch"), at growing N, until the source knows one of them; then N is narrowed down.
 * @throws MirrorError of either server.
 */
async function findBoundary(options) {
    const { destination, source, want } = options;
    const tips = options.tips.slice(0, MOST_TIPS);
    const asked = new Map();
    const ask = async (depth) => {
        const before = asked.get(depth);
        if (before)
            return before;
        const ids = await askBoundary(destination, tips, depth);
        const common = ids.length === 0 ? new Set() : await askKnownIds(source, { ids, want });
        const boundary = { ids, shared: common.size > 0, depth };
        asked.set(depth, boundary);
        return boundary;
    };
    let low = 1;
    for (let depth = 2; depth <= DEEPEST; depth *= depth < 512 ? 2 : 8) {
        const found = await ask(depth);
        if (found.shared)
            return await narrow(low, found, ask);
        if (found.ids.length === 0)
            break;
        low = depth;
    }
    return { ids: [], shared: false, depth: low };
}
async function narrow(low, found, ask) {
    let best = found;
    let under = low;
    while (best.depth - under > 1) {
        const middle = await ask(Math.floor((under + best.depth) / 2));
        if (middle.shared)
            best = middle;
        else
            under = middle.depth;
    }
    return best;
}
/** The commits `depth` steps behind `tips`; empty where the whole history is shorter. */
async function askBoundary(server, tips, depth) {
    const session = await server.lease();
    const fetching = await session.fetch({
        wants: tips,
        haves: tips,
        thin: true,
        ofsDelta: true,
        deepen: depth,
    });
    while (await fetching.next())
        ;
    server.release(session);
    return fetching.answer.shallow;
}

;// CONCATENATED MODULE: ./build/mirror/history/ancestry.js




/** Questions that are asked side by side: requests of one connection pool, or connections of their own. */
const REQUESTS_AT_ONCE = 12;
const CONNECTIONS_AT_ONCE = 4;
/** A connection may be cut for other reasons: silence is an answer when it comes again. */
const SILENCES_BELIEVED = 2;
/**
 * For each question: is `old` an ancestor of `new`? True only where that is shown, false where it is not, undefined where
 * the server cannot be asked.
 *
 * `want OLD`, `have NEW`, `done`: the pack is empty exactly when everything behind OLD is behind NEW too. No
 * commit is read. Some servers take tips alone as wants: those are asked the other way round.
 * @throws MirrorError of the source.
 */
async function askAncestry(source, questions) {
    if (questions.length === 0)
        return [];
    const session = await source.lease();
    const atOnce = session.forgets ? REQUESTS_AT_ONCE : CONNECTIONS_AT_ONCE;
    source.release(session);
    const answers = new Map();
    const groups = [...groupByNew(questions)];
    let next = 0;
    const worker = async () => {
        for (let index = next++; index < groups.length; index = next++) {
            const [tip, olds] = groups[index];
            await askGroup(source, tip, olds, (old, answer) => answers.set(`${old} ${tip}`, answer));
        }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, groups.length) }, worker));
    return questions.map((question) => answers.get(`${question.old} ${question.new}`));
}
function groupByNew(questions) {
    const groups = new Map();
    for (const question of questions) {
        const olds = groups.get(question.new) ?? new Set();
        groups.set(question.new, olds.add(question.old));
    }
    return new Map([...groups].map(([tip, olds]) => [tip, [...olds]]));
}
/** Several branches that moved to one commit make one question; where the answer is no, each is asked about by itself. */
async function askGroup(source, tip, olds, tell) {
    if (olds.length > 1 && (await askWhole(source, olds, tip)) === true) {
        for (const old of olds)
            tell(old, true);
        return;
    }
    for (const old of olds) {
        const answer = await askWhole(source, [old], tip);
        tell(old, answer ?? (await askFromTip(source, old, tip)));
    }
}
/**
 * Whether all that is behind `olds` is behind `tip`.
 * @returns undefined where the server does not have one of them, or does not give what is no tip.
 */
async function askWhole(source, olds, tip) {
    for (let asked = 0; asked < SILENCES_BELIEVED; asked++) {
        const session = await source.lease();
        const { advertisement } = session;
        if (advertisement.version !== 2 && !session.forgets && !givesAnyCommit(advertisement.capabilities)) {
            source.release(session);
            return undefined;
        }
        try {
            const pack = await openPack(await session.fetch({ wants: olds, haves: [tip], thin: true, ofsDelta: true }));
            if (pack.objects > 0)
                pack.source.cancel();
            else
                while (await pack.source.next())
                    ;
            source.release(session);
            return pack.objects === 0;
        }
        catch (thrown) {
            source.release(session);
            const error = refusalOf(source, thrown, olds);
            if (error.serverText)
                return undefined;
        }
    }
    return undefined;
}
/** Git over ssh gives tips alone in v0, unless it was told otherwise. */
function givesAnyCommit(capabilities) {
    return capabilities.has('allow-reachable-sha1-in-want');
}
/**
 * `want NEW`, `shallow OLD`, `have OLD`, without `done`: `ready` means that a way leads from NEW to what we have. OLD is
 * called shallow because servers count the parents of a have as ours, too: a commit that was amended is ready by its
 * parent. JGit calls any commit without parents ready, so NEW has to have some.
 * @returns undefined where the server has no such answer.
 */
async function askFromTip(source, old, tip) {
    const ready = await askReady(source, old, tip);
    if (ready !== true)
        return ready;
    try {
        const boundary = await askBoundary(source, [tip], 1);
        return boundary.includes(tip);
    }
    catch (error) {
        refusalOf(source, error, [tip]);
        return undefined;
    }
}
async function askReady(source, old, tip) {
    const session = await source.lease();
    try {
        if (!session.tellsReady)
            return undefined;
        const { ready } = await session.askReady([tip], [old], { shallow: [old] });
        return ready;
    }
    catch (error) {
        refusalOf(source, error, [old, tip]);
        return undefined;
    }
    finally {
        source.release(session);
    }
}
/**
 * The error of a server that does not have an object or does not give it, in its words or without one.
 * @throws the error when it is another one; the reason of the run's signal.
 */
function refusalOf(source, thrown, ids) {
    source.server.signal.throwIfAborted();
    const error = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', side: 'source' });
    const isAnswer = error.code === 'cut' || error.code === 'server';
    if (isAnswer && ids.some((id) => meansUnknownObject(error.serverText, id)))
        return error;
    throw error;
}

;// CONCATENATED MODULE: ./build/plan/name-conflicts.js
/**
 * Refs of which one is the folder of the other (`a` and `a/b`) cannot live in one repository (G13).
 *
 * @param o.staying names that the destination keeps
 * @param o.stays tells whether a name is among them
 * @param o.creates names that are to be created
 * @returns for each name that cannot be created the name that is in its way
 */
function findConflicts(o) {
    const conflicts = new Map();
    if (o.creates.length === 0)
        return conflicts;
    const created = new Set(o.creates);
    for (const name of firstOfEachFolder(o.staying)) {
        for (let folder = folderOf(name); folder !== undefined; folder = folderOf(folder)) {
            if (created.has(folder))
                conflicts.set(folder, name);
        }
    }
    const known = new Map();
    const findAbove = (folder) => {
        if (folder === undefined)
            return undefined;
        if (known.has(folder))
            return known.get(folder);
        const above = findAbove(folderOf(folder)) ??
            (o.stays(folder) || (created.has(folder) && !conflicts.has(folder)) ? folder : undefined);
        known.set(folder, above);
        return above;
    };
    const below = new Map();
    for (const name of o.creates) {
        const above = conflicts.has(name) ? undefined : findAbove(folderOf(name));
        if (above !== undefined)
            below.set(name, above);
    }
    return new Map([...conflicts, ...below]);
}
/** `refs/heads/a` of `refs/heads/a/b`; undefined where what is left cannot be a ref. */
function folderOf(name) {
    const slash = name.lastIndexOf('/');
    return slash > 'refs'.length ? name.slice(0, slash) : undefined;
}
/** Of names in a row that lie in one folder, the first. */
function* firstOfEachFolder(names) {
    let before = '';
    for (const name of names) {
        const length = name.lastIndexOf('/');
        if (length === before.length && name.startsWith(before))
            continue;
        before = name.slice(0, length);
        yield name;
    }
}

;// CONCATENATED MODULE: ./build/plan/list-names.js

/** `a, b and 12 more`, fit to print. */
function listNames(names, most) {
    const some = names.slice(0, most).map((name) => (0,printable/* printableLine */.oy)(name, 100));
    const more = names.length - some.length;
    return more > 0 ? `${some.join(', ')} and ${more} more` : some.join(', ');
}

;// CONCATENATED MODULE: ./build/plan/guards.js




const MOST_NAMES = 5;
/**
 * Stops a run before its first write when what it would do is probably not what was meant, or cannot work.
 * @throws MirrorError `guard` (or `format`): says what was about to happen and which input allows it.
 */
function checkGuards(o) {
    guardFormat(o);
    guardDeletions(o);
    if (o.options.atomic && countUpdates(o.plan) > 0)
        guardAtomic(o);
}
/** An empty source of an old server does not tell its format (I1). */
function guardFormat({ source, destination }) {
    if (source.refs.length === 0 || source.format === destination.format)
        return;
    throw new errors/* MirrorError */.En(`the source uses ${source.format}, the destination ${destination.format}`, {
        code: 'format',
        side: 'destination',
        hint: `Mirror to a repository that was made for ${source.format}: git init --object-format=${source.format}`,
    });
}
function guardDeletions({ plan, options }) {
    const names = deletedNames(plan);
    if (!options.prune || names.length === 0)
        return;
    const what = `${names.length} ref${names.length === 1 ? '' : 's'} of the destination would be deleted (${listNames(names, MOST_NAMES)})`;
    if (plan.inScope === 0) {
        const scope = options.refspecs.texts.map((text) => (0,printable/* printableLine */.oy)(text, 100)).join(', ');
        // Only what is in scope was asked for: a source without any ref looks the same.
        throw guardError(`the source shows no ref in scope (${scope}), and ${what}`, 'Check the address and the token of the source, and refs. Set prune: false to keep these refs.');
    }
    if (names.length > options.maxDeletions) {
        throw guardError(`${what}, more than max-deletions allows (${options.maxDeletions})`, `If that is right, set max-deletions: ${names.length} or unlimited; set prune: false to keep these refs.`);
    }
}
function guardAtomic({ plan, atomicAdvertised, maxRefsPerPush }) {
    const hint = 'Set atomic: false to move each ref for itself.';
    if (!atomicAdvertised)
        throw guardError('the destination does not offer atomic pushes', hint);
    const rejected = plan.heldBack.filter((ref) => !ref.warning);
    const [first] = rejected;
    if (first !== undefined) {
        const names = listNames(rejected.map((ref) => ref.ref), MOST_NAMES);
        throw guardError(`atomic wants all refs or none, and ${names} cannot be pushed: ${(0,printable/* printableLine */.oy)(first.reason, 300)}`, `Leave out of refs what cannot be pushed. ${hint}`);
    }
    if (plan.updates.length > maxRefsPerPush) {
        throw guardError(`atomic wants one push, and ${plan.updates.length} refs are more than one push takes (${maxRefsPerPush})`, `Raise max-refs-per-push if the destination takes more. ${hint}`);
    }
    if (plan.defaultBranchDelete !== undefined && plan.updates.length > 0) {
        const name = (0,printable/* printableLine */.oy)(plan.defaultBranchDelete.ref, 200);
        throw guardError(`atomic wants one push, and ${name}, the default branch of the destination, can only be deleted last and alone`, `Make another branch the default one at the destination first. ${hint}`);
    }
    const conflict = findSwap(plan);
    if (conflict !== undefined) {
        const [created, deleted] = conflict.map((name) => (0,printable/* printableLine */.oy)(name, 200));
        throw guardError(`${created} can only be created after ${deleted} is gone, which no server does in one atomic push`, hint);
    }
}
/** A ref that is created in the place of a deleted folder, or the other way round (G12). */
function findSwap(plan) {
    const deleted = plan.updates.filter((update) => update.action === 'delete').map((update) => update.ref);
    const creates = plan.updates.filter((update) => update.action === 'create').map((update) => update.ref);
    if (deleted.length === 0)
        return undefined;
    const names = new Set(deleted);
    const [conflict] = findConflicts({ staying: deleted, stays: (name) => names.has(name), creates });
    return conflict;
}
function deletedNames(plan) {
    const names = plan.updates.filter((update) => update.action === 'delete').map((update) => update.ref);
    return plan.defaultBranchDelete === undefined ? names : [...names, plan.defaultBranchDelete.ref];
}
function countUpdates(plan) {
    return plan.updates.length + (plan.defaultBranchDelete === undefined ? 0 : 1);
}
function guardError(message, hint) {
    return new errors/* MirrorError */.En(message, { code: 'guard', side: 'destination', hint });
}

;// CONCATENATED MODULE: ./build/plan/plan-types.js
/** An update that removes its ref. A null id as new value of any other is a fault, and no deletion. */
function isDelete(update) {
    return update.action === 'delete';
}

;// CONCATENATED MODULE: ./build/plan/wishes.js


const UNCLAIMED = -1;
/** Whether a name can be mirrored at all: no HEAD, no `.have`, no peeled line (B4 to B6). */
function isMirrorable(name) {
    return name.startsWith('refs/') && !name.endsWith('^{}');
}
/**
 * How many refs, from `first` of the source and `at` of the destination on, are equal, in scope under their own name
 * and claimed by no other. The common case of a long list, in one loop without calls back.
 */
function countEqual(o, claims, first, at) {
    const { source, destination, matcher } = o;
    const most = Math.min(source.length - first, destination.length - at);
    let count = 0;
    for (; count < most; count++) {
        const one = source[first + count];
        const other = destination[at + count];
        if (one.name !== other.name || one.id !== other.id || claims[at + count] !== UNCLAIMED)
            break;
        if (!matcher.keeps(one.name) || !isMirrorable(one.name))
            break;
        claims[at + count] = first + count;
    }
    return count;
}
/** @throws MirrorError `usage` when two source refs map to one name. */
function collectWishes(o) {
    const { destination, table } = o;
    const claims = new Int32Array(destination.length).fill(UNCLAIMED);
    const creates = new Map();
    const moves = new Map();
    let upToDate = 0;
    let inScope = 0;
    let reserved = 0;
    let position = 0;
    let mapped = false;
    // One function for all names: a closure for each would be the dearest part of a run that changes nothing.
    const visit = (name, forced) => {
        const source = o.source[position];
        mapped = true;
        const at = table.find(name);
        const claimed = at < 0 ? creates.get(name)?.source : o.source[claims[at]];
        if (claimed !== undefined) {
            if (claimed.name !== source.name)
                throw collision(claimed.name, source.name, name);
            const wish = at < 0 ? creates.get(name) : moves.get(at);
            if (wish !== undefined)
                wish.forced ||= forced;
            return;
        }
        if (at < 0) {
            creates.set(name, { name, at, source, forced });
            return;
        }
        claims[at] = position;
        if (destination[at].id === source.id)
            upToDate += 1;
        else
            moves.set(at, { name, at, source, forced });
    };
    for (; position < o.source.length; position++) {
        const equal = countEqual(o, claims, position, table.next);
        if (equal > 0) {
            upToDate += equal;
            inScope += equal;
            table.next += equal;
            position += equal;
            if (position === o.source.length)
                break;
        }
        const { name } = o.source[position];
        if (!isMirrorable(name))
            continue;
        mapped = false;
        o.matcher.eachDestination(name, visit);
        if (mapped)
            inScope += 1;
        else if (o.isReserved(name))
            reserved += 1;
    }
    return { creates: [...creates.values()], moves: [...moves.values()], upToDate, inScope, claims, reserved };
}
function collision(first, second, name) {
    const [one, other, both] = [first, second, name].map((text) => (0,printable/* printableLine */.oy)(text, 200));
    return new errors/* MirrorError */.En(`refs: ${one} and ${other} would both become ${both}`, {
        code: 'usage',
        hint: `Leave one of them out (^${other}), or give one of them another name at the destination.`,
    });
}

;// CONCATENATED MODULE: ./build/plan/hold-back.js


const TAGS = 'refs/tags/';
function isTag(name) {
    return name.startsWith(TAGS);
}
/** Why a ref cannot be created; undefined when nothing is known against it. */
function weighCreate(wish) {
    return weighName(wish.name, 'create');
}
/** Why a ref cannot or must not be moved. */
function weighMove(wish, o) {
    const action = isTag(wish.name) ? 'force' : 'update';
    if (isTag(wish.name) && !o.force && !wish.forced) {
        return {
            ...holdBack(wish.name, action, 'tags never move with force: false'),
            advice: 'Set force: true, or write a + before a refspec to let its refs move: +refs/tags/nightly',
        };
    }
    return weighName(wish.name, action);
}
/** Why a ref must not be deleted; a warning in each case, for what stays harms nothing. */
function weighDelete(ref, o) {
    const { symrefs, head } = o.destination;
    const target = symrefs?.get(ref.name);
    if (target !== undefined) {
        return {
            ...holdBack(ref.name, 'delete', `it is a symbolic ref: deleting it would delete ${shown(target)}`),
            advice: 'Delete it at the destination itself (git symbolic-ref --delete), or leave it out of refs.',
            warning: true,
        };
    }
    const namedBy = o.namedBy.get(ref.name);
    if (namedBy !== undefined) {
        return {
            ...holdBack(ref.name, 'delete', `the symbolic ref ${shown(namedBy)} names it and would break`),
            advice: 'Delete the symbolic ref at the destination first (git symbolic-ref --delete), or leave both out of refs.',
            warning: true,
        };
    }
    // A symbolic ref to the default branch always shows its id; a tag is never one in practice.
    if (symrefs === undefined &&
        head !== undefined &&
        ref.name !== head &&
        ref.id === o.headId &&
        !isTag(ref.name)) {
        return {
            ...holdBack(ref.name, 'delete', `it may be a symbolic ref to ${shown(head)}: deleting it would delete both`),
            advice: 'The destination does not tell which refs are symbolic. Delete it there, or wait until the two differ.',
            warning: true,
        };
    }
    const invalid = (0,ref_name/* whyInvalidRefName */.yX)(ref.name);
    return invalid === undefined
        ? undefined
        : { ...holdBack(ref.name, 'delete', `it cannot be named in a push: ${invalid}`), warning: true };
}
/** A symbolic ref of the destination that will not show the value that the source wants of it. */
function holdBackSymref(name, target, sourceName) {
    const reason = `it is a symbolic ref at the destination: writing it would move ${shown(target)}`;
    return {
        ...holdBack(name, 'update', reason),
        advice: `Leave it out of refs (^${shown(sourceName)}), or make it a plain ref at the destination.`,
    };
}
function holdBack(ref, action, reason) {
    return { ref, action, reason, advice: undefined, warning: false };
}
function weighName(name, action) {
    const invalid = (0,ref_name/* whyInvalidRefName */.yX)(name);
    if (invalid !== undefined) {
        return { ...holdBack(name, action, `it is no valid ref name: ${invalid}`), advice: LEAVE_OUT };
    }
    // receive-pack checks what follows refs/ as a name of its own, with a slash in it ("funny refname").
    if (!name.slice('refs/'.length).includes('/')) {
        return { ...holdBack(name, action, 'servers take no ref directly below refs/'), advice: LEAVE_OUT };
    }
    return undefined;
}
const LEAVE_OUT = 'Leave it out of refs with a line that begins with ^, or map it to another name.';
function shown(name) {
    return (0,printable/* printableLine */.oy)(name, 200);
}

;// CONCATENATED MODULE: ./build/plan/symrefs.js


const MOST_HOPS = 5;
/** A symbolic ref is right when the plan gives the ref that it names the value that the source wants of it. */
function judgeSymrefs(o, at) {
    const { wishes, table } = at;
    const names = new Set();
    const heldBack = [];
    let upToDate = 0;
    for (const [name, target] of linksOf(o.destination)) {
        const index = table.find(name);
        const source = index < 0 ? undefined : o.source.refs[wishes.claims[index]];
        if (source === undefined)
            continue;
        names.add(name);
        const isEqual = o.destination.refs[index].id === source.id;
        const willBeEqual = idAfter(o, { ...at, target }) === source.id;
        if (!willBeEqual)
            heldBack.push(holdBackSymref(name, target, source.name));
        upToDate += Number(willBeEqual) - Number(isEqual);
    }
    return { names, heldBack, upToDate };
}
/**
 * Whether a symbolic ref may be among `updates`, or name one of them. It shows the id of the ref that it names: a ref
 * whose id no other shows is none, and is named by none, but for refs that the server hides from who pushes.
 *
 * @param updates none of them a deletion
 * @param shown what the destination shows: refs and ids of `.have` lines
 */
function mayMeetSymref(updates, shown) {
    const moved = new Set();
    for (const { action, old } of updates)
        if (action !== 'create')
            moved.add(old);
    if (moved.size === 0)
        return false;
    if (shown.haves.some((id) => moved.has(id)))
        return true;
    const seen = new Set();
    for (const { id } of shown.refs) {
        if (!moved.has(id))
            continue;
        if (seen.has(id))
            return true;
        seen.add(id);
    }
    return false;
}
/** Targets of symbolic refs, each with one that names it; HEAD's apart. */
function namedTargets(destination) {
    return new Map(linksOf(destination).map(([name, target]) => [target, name]));
}
function linksOf({ symrefs }) {
    return [...(symrefs ?? [])].filter(([name]) => name !== 'HEAD');
}
function idAfter(o, { target, wishes, table, isHeld, }) {
    let name = target;
    for (let hop = 0; hop < MOST_HOPS; hop++)
        name = o.destination.symrefs?.get(name) ?? name;
    const at = table.find(name);
    if (at < 0)
        return undefined;
    const claim = wishes.claims[at];
    return (claim === UNCLAIMED || isHeld(name) ? o.destination.refs[at] : o.source.refs[claim]).id;
}

;// CONCATENATED MODULE: ./build/plan/doubts.js



/** With more names that are none, each destination ref may be one of them. */
const doubts_MOST_PREFIXES = 200;
function findDoubts(options, matcher) {
    const held = new Map();
    const { source, destination } = options;
    const hold = (name, reason, advice) => {
        held.set(name, { ...holdBack(name, 'update', reason), advice, warning: true });
    };
    for (const { name, reason } of destination.damaged ?? []) {
        if (matcher.sourcesOf(name).length > 0)
            hold(name, `the destination lists it without a value: ${reason}`, MEND_DESTINATION);
    }
    for (const damaged of source.damaged ?? []) {
        const reason = `the source lists ${doubts_shown(damaged.name)} without a value: ${damaged.reason}`;
        matcher.eachDestination(damaged.name, (name) => hold(name, reason, MEND_SOURCE));
    }
    let beginnings;
    return {
        held,
        weighAbsence(ref) {
            beginnings ??= findBeginnings(options);
            if (beginnings.length === 0)
                return undefined;
            const names = matcher.sourcesOf(ref.name);
            const beginning = beginnings.find((text) => names.some((name) => name.startsWith(text)));
            if (beginning === undefined)
                return undefined;
            const reason = `the source lists a name that is none and begins with “${doubts_shown(beginning)}”: it may stand for this ref`;
            return { ...holdBack(ref.name, 'delete', reason), advice: MEND_SOURCE, warning: true };
        },
    };
}
const MEND_SOURCE = 'Mend it at the source: git for-each-ref warns of broken refs there; give the ref its value again, or delete it.';
const MEND_DESTINATION = 'Mend it at the destination: git for-each-ref warns of broken refs there; delete it, and the next run makes it anew.';
/** How the names begin that the source lists and that are none: each stands for a ref that is not known. */
function findBeginnings({ source }) {
    const found = new Set();
    const look = (name) => {
        const valid = (0,ref_name/* validPartOf */.jt)(name);
        if (valid.length < name.length)
            found.add(valid);
    };
    for (const { name } of source.damaged ?? [])
        look(name);
    for (const { name } of source.refs)
        if (name.startsWith('refs/') && !name.endsWith('^{}'))
            look(name);
    const kept = [];
    for (const text of [...found].toSorted()) {
        const last = kept.at(-1);
        if (last === undefined || !text.startsWith(last))
            kept.push(text);
    }
    return kept.length > doubts_MOST_PREFIXES ? [''] : kept;
}
function doubts_shown(name) {
    return (0,printable/* printableLine */.oy)(name, 200);
}

// EXTERNAL MODULE: ./build/plan/name-pattern.js
var name_pattern = __webpack_require__(3800);
;// CONCATENATED MODULE: ./build/plan/refspec-match.js

const matchers = new WeakMap();
/** The matcher of a set, made once. */
function matcherOf(set) {
    let matcher = matchers.get(set);
    if (matcher === undefined) {
        matcher = makeMatcher(set);
        matchers.set(set, matcher);
    }
    return matcher;
}
function makeMatcher(set) {
    const exact = set.include.filter((spec) => !spec.pattern);
    const bySource = groupBy(exact, (spec) => spec.source);
    const byDestination = groupBy(exact, (spec) => spec.destination);
    const pairs = set.include.filter((spec) => spec.pattern).map(makePair);
    const isExcluded = makeExclusion(set.exclude);
    const kept = bySource.size === 0 && pairs.every((pair) => pair.same) ? pairs.map((pair) => pair.from) : [];
    return {
        isExcluded,
        keeps(name) {
            for (let at = 0; at < kept.length; at++)
                if ((0,name_pattern/* matchesPattern */.M)(kept[at], name))
                    return !isExcluded(name);
            return false;
        },
        eachDestination(name, visit) {
            if (isExcluded(name))
                return;
            if (bySource.size > 0) {
                for (const spec of bySource.get(name) ?? [])
                    visit(spec.destination, spec.force);
            }
            // By position: an iterator for each name is dear.
            for (let at = 0; at < pairs.length; at++) {
                const pair = pairs[at];
                const mapped = mapName(name, pair.from, pair.to, pair.same);
                if (mapped !== undefined)
                    visit(mapped, pair.force);
            }
        },
        sourcesOf(name) {
            const sources = new Set();
            for (const spec of byDestination.get(name) ?? [])
                sources.add(spec.source);
            for (const pair of pairs) {
                const mapped = mapName(name, pair.to, pair.from, pair.same);
                if (mapped !== undefined)
                    sources.add(mapped);
            }
            return [...sources].filter((source) => !isExcluded(source));
        },
    };
}
function makePair(spec) {
    return {
        from: (0,name_pattern/* parseNamePattern */.L)(spec.source),
        to: (0,name_pattern/* parseNamePattern */.L)(spec.destination),
        same: spec.source === spec.destination,
        force: spec.force,
    };
}
function mapName(name, from, to, same) {
    if (!(0,name_pattern/* matchesPattern */.M)(from, name))
        return undefined;
    if (same)
        return name;
    const middle = name.slice(from.head.length, name.length - (from.tail?.length ?? 0));
    return `${to.head}${middle}${to.tail ?? ''}`;
}
function makeExclusion(exclude) {
    if (exclude.length === 0)
        return () => false;
    const names = new Set(exclude.filter((text) => !text.includes('*')));
    const patterns = exclude.filter((text) => text.includes('*')).map(name_pattern/* parseNamePattern */.L);
    return (name) => names.has(name) || patterns.some((pattern) => (0,name_pattern/* matchesPattern */.M)(pattern, name));
}
function groupBy(specs, key) {
    const groups = new Map();
    for (const spec of specs) {
        const group = groups.get(key(spec));
        if (group === undefined)
            groups.set(key(spec), [spec]);
        else
            group.push(spec);
    }
    return groups;
}
/** The destination name of a source ref, by the first refspec that matches; undefined: not in scope. */
function mapToDestination(set, sourceName) {
    let first;
    matcherOf(set).eachDestination(sourceName, (name) => {
        first ??= name;
    });
    return first;
}
/**
 * Every source name that maps to a destination name, excluded ones left out. A destination ref is in scope
 * exactly when there is one.
 */
function mapToSource(set, destinationName) {
    return matcherOf(set).sourcesOf(destinationName);
}

;// CONCATENATED MODULE: ./build/plan/scope-warnings.js


const scope_warnings_MOST_NAMES = 5;
/** What a person should know of a plan and cannot see in it. */
function describeScope(o, found) {
    const warnings = [];
    const missing = findMissing(o);
    if (missing.length > 0) {
        warnings.push(`refs names what the source does not have: ${listNames(missing, scope_warnings_MOST_NAMES)}`);
    }
    if (found.reserved > 0) {
        const namespaces = (o.refspecs.reserved ?? []).map((pattern) => pattern.replace(/\*$/, ''));
        warnings.push(`left out ${found.reserved} ref${found.reserved === 1 ? '' : 's'} that hosts keep for themselves ` +
            `(${namespaces.join(', ')}); to mirror them, name them in refs`);
    }
    if (o.prune && found.deletes > 0 && o.destination.symrefs === undefined) {
        warnings.push('the destination does not tell which of its refs are symbolic: deleting one of those deletes what it names');
    }
    return warnings;
}
/** Refspecs of one name each whose name the source does not have. */
function findMissing(o) {
    const wanted = o.refspecs.include.filter((spec) => !spec.pattern).map((spec) => spec.source);
    if (wanted.length === 0)
        return [];
    const matcher = matcherOf(o.refspecs);
    const missing = new Set(wanted.filter((name) => !matcher.isExcluded(name)));
    for (const ref of o.source.refs)
        missing.delete(ref.name);
    return [...missing];
}

;// CONCATENATED MODULE: ./build/plan/ref-table.js
/** Names that lie so far ahead in the listing are found without a map of all names. */
const LOOK_AHEAD = 8;
/**
 * Servers list refs in the order of their names: two listings that differ little are walked in step, and only
 * a name that is out of step makes the map of all names.
 */
function makeRefTable(refs) {
    let positions;
    const table = {
        next: 0,
        find(name) {
            const { next } = table;
            const end = Math.min(next + (positions === undefined ? LOOK_AHEAD : 1), refs.length);
            for (let at = next; at < end; at++) {
                if (refs[at].name !== name)
                    continue;
                table.next = at + 1;
                return at;
            }
            positions ??= new Map(refs.map((ref, index) => [ref.name, index]));
            const found = positions.get(name);
            if (found === undefined)
                return -1;
            table.next = found + 1;
            return found;
        },
    };
    return table;
}

;// CONCATENATED MODULE: ./build/plan/plan.js











/**
 * What has to happen at the destination so that inside the scope of the refspecs it shows what the source
 * shows. Outside of it nothing is touched. Pure; linear in the number of refs.
 * @throws MirrorError `usage` when two source refs map to one name.
 */
function planUpdates(o) {
    const { source, destination } = o;
    const table = makeRefTable(destination.refs);
    const reserved = (o.refspecs.reserved ?? []).map(name_pattern/* parseNamePattern */.L);
    const matcher = matcherOf(o.refspecs);
    const doubts = findDoubts(o, matcher);
    const wishes = collectWishes({
        source: source.refs,
        destination: destination.refs,
        table,
        matcher,
        isReserved: (name) => reserved.some((pattern) => (0,name_pattern/* matchesPattern */.M)(pattern, name)),
    });
    const heldBack = [...doubts.held.values()];
    const isFree = (held) => {
        if (held !== undefined)
            heldBack.push(held);
        return held === undefined;
    };
    const weighing = { destination, headId: headIdOf(o, table), namedBy: namedTargets(destination) };
    const gone = findGone(o, wishes).filter((ref) => !doubts.held.has(ref.name) && isFree(doubts.weighAbsence(ref)) && isFree(weighDelete(ref, weighing)));
    const deletes = gone.filter((ref) => ref.name !== destination.head);
    const lastDelete = gone.find((ref) => ref.name === destination.head);
    const isHeld = (name) => wishes.moves.some((wish) => wish.name === name && weighMove(wish, o) !== undefined);
    const links = judgeSymrefs(o, { wishes, table, isHeld });
    heldBack.push(...links.heldBack);
    const isKnown = (wish) => !doubts.held.has(wish.name);
    const moves = wishes.moves.filter((wish) => isKnown(wish) && !links.names.has(wish.name) && isFree(weighMove(wish, o)));
    const possible = wishes.creates.filter((wish) => isKnown(wish) && isFree(weighCreate(wish)));
    const deleted = new Set(deletes.map((ref) => ref.name));
    const conflicts = findConflicts({
        staying: namesWithout([...(destination.damaged ?? []), ...destination.refs], deleted),
        stays: (name) => !deleted.has(name) && (table.find(name) >= 0 || doubts.held.has(name)),
        creates: possible.map((wish) => wish.name),
    });
    const creates = possible.filter((wish) => isFree(weighConflict(wish.name, conflicts.get(wish.name))));
    const toDelete = deletionFor(destination.format);
    const toUpdate = updateFor(o);
    const [first, others] = partition([...creates, ...moves], (wish) => wish.source.name === source.head);
    return {
        updates: [...deletes.map(toDelete), ...first.map(toUpdate), ...others.map(toUpdate)],
        heldBack,
        upToDate: wishes.upToDate + links.upToDate,
        inScope: wishes.inScope,
        warnings: describeScope(o, { reserved: wishes.reserved, deletes: deletes.length }),
        defaultBranchDelete: lastDelete === undefined ? undefined : toDelete(lastDelete),
    };
}
/** Destination refs in scope whose source is gone. */
function findGone(o, wishes) {
    if (!o.prune)
        return [];
    const matcher = matcherOf(o.refspecs);
    return o.destination.refs.filter((ref, at) => wishes.claims[at] === UNCLAIMED && isMirrorable(ref.name) && matcher.sourcesOf(ref.name).length > 0);
}
function headIdOf(o, table) {
    const at = o.destination.head === undefined ? -1 : table.find(o.destination.head);
    return at < 0 ? undefined : o.destination.refs[at].id;
}
function* namesWithout(refs, deleted) {
    for (const { name } of refs)
        if (isMirrorable(name) && !deleted.has(name))
            yield name;
}
function weighConflict(name, other) {
    if (other === undefined)
        return undefined;
    return {
        ...holdBack(name, 'create', `${(0,printable/* printableLine */.oy)(other, 200)} is in the way: no ref can be a folder of others`),
        advice: 'Delete or rename that ref at the destination, or leave this one out of refs.',
    };
}
function deletionFor(format) {
    const none = nullId(format);
    return (ref) => ({
        ref: ref.name,
        sourceRef: undefined,
        action: 'delete',
        old: ref.id,
        new: none,
        reason: 'the source has no such ref',
    });
}
function updateFor(o) {
    const none = nullId(o.destination.format);
    return ({ name, at, source, forced }) => {
        const tag = isTag(name);
        return {
            ref: name,
            sourceRef: source.name,
            action: at < 0 ? 'create' : tag ? 'force' : 'update',
            old: at < 0 ? none : o.destination.refs[at].id,
            new: source.id,
            reason: at < 0 ? 'new at the source' : tag ? 'the tag moved at the source' : 'moved at the source',
            ...(forced && { forced }),
        };
    };
}
function partition(items, test) {
    const yes = [];
    const no = [];
    for (const item of items)
        (test(item) ? yes : no).push(item);
    return [yes, no];
}

;// CONCATENATED MODULE: ./build/mirror/history/order-haves.js

/**
 * The ids to send as haves, each once, at most `max` (A6, A7). First what the source shows too, for that is
 * common for sure; then the old values of the refs that move, whose history is most likely shared, and for which up
 * to half of the room is kept; then the rest. Ids of tags, trees and blobs are as good as those of commits.
 */
function orderHaves(o) {
    const haves = new Set();
    const add = (ids, max, isWanted) => {
        for (const id of ids) {
            if (haves.size >= max)
                return;
            if (!isNullId(id) && (isWanted === undefined || isWanted(id)))
                haves.add(id);
        }
    };
    const isShared = (id) => o.sourceIds.has(id);
    const unshared = new Set(o.oldValues.filter((id) => !isNullId(id) && !isShared(id)));
    add(o.destination, o.max - Math.min(unshared.size, Math.floor(o.max / 2)), isShared);
    add(unshared, o.max);
    add(o.oldValues, o.max);
    add(o.destination, o.max);
    return [...haves];
}

;// CONCATENATED MODULE: ./build/mirror/history/negotiate.js




/**
 * Asks the source for the smallest pack, and makes sure on the way that the two repositories share history.
 * Undefined when nothing is wanted.
 * @throws MirrorError `guard` for unrelated repositories; the source's errors.
 */
async function negotiate(options) {
    const base = {
        wants: options.wants,
        haves: options.haves,
        thin: options.thin && options.shallow.length === 0,
        ofsDelta: options.ofsDelta,
        shallow: options.shallow,
    };
    if (options.unknownTips.length === 0)
        return await finalFetch(options, base);
    const first = await askWithoutDone(options, base);
    if (first.fetching)
        return first.fetching;
    if (first.common)
        return await finalFetch(options, base);
    const boundary = await lookBehind(options);
    const related = options.shared || first.related || boundary?.shared === true;
    if (!related && !options.allowUnrelated)
        throw unrelated(boundary !== undefined);
    if (boundary === undefined)
        return await finalFetch(options, base);
    const haves = [...boundary.ids, ...options.haves];
    return await finalFetch(options, { ...base, haves });
}
async function finalFetch(options, question) {
    if (question.wants.length === 0)
        return undefined;
    return await options.fetchPack({ ...question, done: true });
}
/**
 * The question without `done`: a source that sees a way from every want to a have sends the pack at once, in
 * the same answer; one that knows some of the haves says so; silence means that it knows none of the tips.
 */
async function askWithoutDone(options, question) {
    const { source, wants, unknownTips } = options;
    const session = await source.lease();
    const { version } = session.advertisement;
    source.release(session);
    if (version !== 2 || wants.length === 0 || unknownTips.length > 10_000) {
        const common = await askKnownIds(source, { ids: unknownTips.slice(0, 10_000), want: options.anyTip });
        return { common: common.size > 0, related: common.size > 0 };
    }
    const fetching = await options.fetchPack({ ...question, done: false });
    if (fetching.answer.pack !== undefined)
        return { fetching, common: true, related: true };
    const tips = new Set(unknownTips);
    const { acks } = fetching.answer;
    return { common: acks.some((id) => tips.has(id)), related: acks.length > 0 };
}
async function lookBehind(options) {
    const { destination, source, unknownTips, reporter, destinationLabel } = options;
    try {
        const boundary = await findBoundary({ destination, source, tips: unknownTips, want: options.anyTip });
        if (boundary.shared) {
            reporter({
                kind: 'notice',
                level: 'info',
                destination: destinationLabel,
                text: `the source does not know what the destination has; the histories meet ${boundary.depth} commits back, only what lies after that is sent`,
            });
        }
        return boundary;
    }
    catch (error) {
        source.server.signal.throwIfAborted();
        if (error instanceof errors/* MirrorError */.En && error.side === 'source')
            throw error;
        reporter({
            kind: 'notice',
            level: 'warning',
            destination: destinationLabel,
            text: 'the source does not know what the destination has, and the destination cannot be read: more than what is missing will be sent, up to the whole history',
        });
        return undefined;
    }
}
function unrelated(looked) {
    return new errors/* MirrorError */.En(looked
        ? 'the destination shares no history with the source, and refs of it would be overwritten or deleted'
        : 'nothing shows that the destination shares history with the source, and refs of it would be overwritten or deleted', {
        code: 'guard',
        side: 'destination',
        hint: 'Check that source and destination are the right way round and the right repositories; allow-unrelated: true overwrites what is there.',
    });
}

;// CONCATENATED MODULE: ./build/mirror/planned-round.js





/** 50 bytes each: 5 MB of a request that servers take up to 10 MiB (A7). */
const MOST_HAVES = 100_000;
function startEarly(run, planned) {
    const fetching = negotiate(needsOf(run, planned));
    // Its failure is met where the pack is waited for, or nowhere when it is no longer wanted.
    fetching.catch(() => undefined);
    return {
        updates: planned.updates,
        fetching,
        cancel: () => void fetching.then((pack) => pack?.cancel()).catch(() => undefined),
    };
}
/** The plan did not change since the pack was asked for. */
function isStillWanted(planned) {
    const { early, updates } = planned;
    if (early === undefined || early.updates.length !== updates.length)
        return false;
    return early.updates.every((update, at) => update.ref === updates[at].ref && update.new === updates[at].new);
}
function needsOf(run, planned) {
    const { source, updates, session } = planned;
    const { listing } = session;
    const there = planned_round_idsOf(listing);
    const sourceIds = source.ids();
    const shared = someIn(there, sourceIds);
    const { defaultBranchDelete } = planned.plan;
    const atStake = defaultBranchDelete === undefined ? updates : [...updates, defaultBranchDelete];
    if (listing.shallow.length > 0) {
        notice(run, 'warning', 'the destination is a shallow clone: it is sent whole objects, and history behind its boundary stays away');
    }
    return {
        source: run.source.uploadPack,
        destination: run.reader,
        wants: wantsOf(session, updates),
        haves: orderHaves({
            destination: [...there],
            sourceIds,
            oldValues: updates.map((update) => update.old),
            max: MOST_HAVES,
        }),
        thin: run.manner.thin && !listing.capabilities.has('no-thin'),
        ofsDelta: listing.capabilities.has('ofs-delta'),
        anyTip: source.refs[0]?.id,
        shallow: listing.shallow,
        unknownTips: unknownTips(atStake, sourceIds, shared),
        shared,
        allowUnrelated: run.options.allowUnrelated,
        destinationLabel: run.server.remote.label,
        reporter: run.reporter,
        fetchPack: (question) => run.pack.fetch(question),
    };
}
/** New values that the destination does not show. */
function wantsOf({ listing }, updates) {
    const there = planned_round_idsOf(listing);
    const wants = new Set();
    for (const update of updates)
        if (!isDelete(update) && !there.has(update.new))
            wants.add(update.new);
    return [...wants];
}
function planned_round_idsOf(listing) {
    const ids = new Set();
    for (const ref of listing.refs)
        ids.add(ref.id);
    for (const id of listing.haves)
        ids.add(id);
    return ids;
}
function someIn(ids, known) {
    for (const id of ids)
        if (known.has(id))
            return true;
    return false;
}
/**
 * Old values that the source does not show. Where histories are known to be shared, only branches count: a
 * moved tag or a deleted ref says nothing about what is missing.
 */
function unknownTips(updates, known, shared) {
    const tips = new Set();
    for (const update of updates) {
        if (update.action === 'create' || known.has(update.old))
            continue;
        if (shared && (isDelete(update) || !update.ref.startsWith('refs/heads/')))
            continue;
        tips.add(update.old);
    }
    return [...tips];
}

;// CONCATENATED MODULE: ./build/mirror/force-labels.js

/** So many are asked about after the push, more beside it. */
const FEW_LABELS = 8;
/** More branches than this are reported as `update` without asking which of them were forced. */
const MOST_LABELS = 200;
/** Asked beside the transfer: which of the updates are no fast-forwards. */
async function askLabels(run, planned) {
    const labels = new Map();
    const asked = questions(planned.updates);
    if (asked.length > MOST_LABELS)
        return labels;
    try {
        const answers = run.options.force || asked.some((update) => update.forced)
            ? await askAncestry(run.source.questions, asked)
            : asked.map(() => true);
        for (const [index, update] of asked.entries()) {
            const answer = answers[index];
            if (answer !== undefined)
                labels.set(update.ref, answer);
        }
    }
    catch {
        // A label is not worth a failure: the ref is then reported as `update`.
    }
    return labels;
}
/** Updates of which history tells whether they are forced. */
function questions(updates) {
    return updates.filter((update) => update.action === 'update');
}

;// CONCATENATED MODULE: ./build/mirror/plan-round.js















/** Nothing but a symbolic ref can change the plan: the source may be asked for the pack meanwhile. */
function mayStartEarly(run, plan) {
    const { options } = run;
    if (!options.force || options.dryRun || run.manner.pieces || run.rejected.size > 0)
        return false;
    return plan.defaultBranchDelete === undefined && !plan.updates.some(isDelete);
}
/**
 * Plans one round against what the destination has just shown.
 * @throws MirrorError `guard`, and the source's errors.
 */
async function planRound(run, session) {
    const { options } = run;
    const { listing } = session;
    const source = await run.source.listing();
    const visible = listing.refs.filter((ref) => !isAnchor(ref.name));
    const plain = {
        refs: visible,
        damaged: listing.damaged.filter((ref) => !isAnchor(ref.name)),
        format: listing.format,
        symrefs: undefined,
        head: undefined,
    };
    const planWith = (refs) => planUpdates({
        source,
        destination: refs,
        refspecs: options.refspecs,
        prune: options.prune,
        force: options.force,
    });
    let refs = plain;
    let plan = planWith(refs);
    let early;
    if (plan.updates.length > 0 && !options.dryRun)
        session.prepare();
    if (plan.updates.some(isDelete) || mayMeetSymref(plan.updates, listing)) {
        if (mayStartEarly(run, plan)) {
            early = startEarly(run, { source, plan, updates: plan.updates, refs, session, early: undefined });
        }
        refs = { ...plain, ...(await readSymrefs(run)) };
        plan = planWith(refs);
    }
    try {
        checkGuards({
            plan,
            source,
            destination: refs,
            options,
            atomicAdvertised: listing.capabilities.has('atomic'),
            maxRefsPerPush: run.manner.maxRefs,
        });
    }
    catch (error) {
        early?.cancel();
        throw error;
    }
    applyRejections(run, plan.heldBack);
    for (const text of plan.warnings)
        if (!run.warnings.includes(text))
            notice(run, 'warning', text);
    run.inScope = plan.inScope;
    if (run.figures.pushes === 0)
        run.upToDate = plan.upToDate;
    run.defaultBranch = plan.defaultBranchDelete?.ref;
    const open = pending(run, plan);
    const updates = options.force ? open : await holdBackDiverged(run, open);
    return { source, plan, updates, refs, early };
}
/** The plan's updates that were not judged in an earlier round; the default branch goes last, alone. */
function pending(run, plan) {
    const left = plan.updates.filter((update) => !run.rejected.has(update.ref) && !run.brokenIds.has(update.new));
    if (left.length > 0 || plan.defaultBranchDelete === undefined)
        return left;
    return run.rejected.has(plan.defaultBranchDelete.ref) ? [] : [plan.defaultBranchDelete];
}
/** Symbolic refs of the destination (G17): its receive-pack does not show which refs are symbolic. */
async function readSymrefs(run) {
    try {
        const prefixes = [...(0,refspec/* destinationPrefixes */.vo)(run.options.refspecs), 'HEAD'];
        const { symrefs, head } = await withRetries(() => run.reader.list(prefixes), {
            retries: run.options.retries,
            signal: run.signal,
            onRetry: (error, delay) => notice(run, 'info', `reading the destination again in ${(delay / 1000).toFixed(1)} s: ${error.message}`),
        });
        return { symrefs, head };
    }
    catch (error) {
        run.signal.throwIfAborted();
        // What passes says nothing about what the destination can tell: nothing is deleted on a guess.
        if (error instanceof errors/* MirrorError */.En && error.retryable)
            throw error;
        return { symrefs: undefined, head: undefined };
    }
}
/** `force: false`: a branch whose old tip is no ancestor of the new one stays as it is. */
async function holdBackDiverged(run, updates) {
    const asked = questions(updates).filter((update) => !update.forced);
    if (asked.length === 0)
        return updates;
    run.figures.enter('negotiate');
    const answers = await withRetries(() => askAncestry(run.source.uploadPack, asked.map((update) => update)), {
        retries: run.options.retries,
        signal: run.signal,
        onRetry: (error, delay) => notice(run, 'info', `asking the source again in ${(delay / 1000).toFixed(1)} s: ${error.message}`),
    });
    const held = new Set();
    for (const [index, update] of asked.entries()) {
        if (answers[index] === true)
            continue;
        held.add(update.ref);
        applyRejections(run, [
            {
                ref: update.ref,
                action: 'update',
                reason: answers[index] === false
                    ? 'the branch diverged: its tip at the destination is not behind the source’s, and force is false'
                    : 'the source’s protocol cannot tell whether this is a fast-forward, and force is false',
                advice: 'Merge the destination’s commits into the source, or set force: true to overwrite them.',
                warning: false,
            },
        ]);
    }
    if (run.options.atomic && held.size > 0)
        throw atomicHeldBack([...held]);
    return updates.filter((update) => !held.has(update.ref));
}
function atomicHeldBack(refs) {
    return new errors/* MirrorError */.En(`atomic: true was asked for, and force: false holds back ${listNames(refs, 5)}: nothing is pushed`, {
        code: 'guard',
        side: 'destination',
        hint: 'Set force: true to overwrite what diverged, or atomic: false to push the other refs.',
    });
}

;// CONCATENATED MODULE: ./build/mirror/pieces/open-fetch.js

/**
 * Asks the source and waits for the header of the pack.
 * @returns the number of objects alone where that is refused.
 * @throws MirrorError of the source.
 */
async function openFetch(run, { listing, refuses, thin, ...question }) {
    const fetching = await run.source.uploadPack.fetch({
        ...question,
        thin: thin && run.manner.thin && !listing.capabilities.has('no-thin'),
        ofsDelta: listing.capabilities.has('ofs-delta'),
    });
    const pack = await openPack(fetching);
    if (!refuses(pack.objects))
        return { pack, isThin: thin };
    pack.source.cancel();
    return pack.objects;
}
/** Bytes of a pack that fits nowhere: read and thrown away, up to `most`. */
async function measurePack(pack, most) {
    let bytes = 0;
    for (let slice = await pack.source.next(); slice; slice = await pack.source.next()) {
        bytes += slice.length;
        if (bytes < most)
            continue;
        pack.source.cancel();
        break;
    }
    return bytes;
}

// EXTERNAL MODULE: ./build/base/memory.js
var memory = __webpack_require__(4225);
;// CONCATENATED MODULE: ./build/mirror/pack/given-slices.js

/** Bytes that are remembered until they are written; the memory of more is left to the garbage collector. */
const REMEMBERED_BYTES = 1024 * 1024;
/** Slices of a pack that were handed on and are not known to be written. */
class GivenSlices {
    #slices = [];
    #bytes = 0;
    /** `batch` was handed on. `written`: all of it, and what was handed on before, is written; `next` comes behind it. */
    settle(batch, { written, next }) {
        for (const slice of batch) {
            this.#slices.push(slice);
            this.#bytes += slice.length;
        }
        // Slices arrive in chunk order, so every chunk before the one of `next` is fully used.
        if (written)
            (0,memory/* releaseMemory */.H)(this.#slices.filter(({ buffer }) => buffer !== next.buffer));
        if (!written && this.#bytes <= REMEMBERED_BYTES)
            return;
        this.#slices = [];
        this.#bytes = 0;
    }
}

;// CONCATENATED MODULE: ./build/mirror/pack/relay.js




/** About so many bytes are handed on at once: a slow destination gets what piled up in few writes. */
const BATCH_BYTES = 256 * 1024;
/** After a smaller batch the relay waits a moment for more: each write wakes other programs. */
const SMALL_BATCH_BYTES = 128 * 1024;
const GATHER_MS = 1;
/** So many bytes of a pack pass without any such wait: a small pack is not held up. */
const EAGER_BYTES = 1024 * 1024;
/**
 * Hands the slices of a pack on, unchanged, as the destination pulls them: those that are here together, together.
 * The last slice is held back, so that the last bytes leave only when the trailer was right: a pack that is
 * damaged on its way never looks complete to the destination (E7).
 */
class Relay {
    bytes = 0;
    /** The pack was handed on to its last byte. */
    complete = false;
    /** Why it was not: the source's failure, or the limit of size. */
    error;
    #options;
    constructor(options) {
        this.#options = options;
    }
    /** Memory of what was written is given back at once, unless others read it (`TurnBody` tells how that is known). */
    async *body() {
        const { pack, format, destination } = this.#options;
        const checker = new PackChecker(format);
        let held = [];
        const given = new GivenSlices();
        try {
            for (;;) {
                destination.pause();
                const first = await pack.source.next();
                destination.resume();
                if (first === undefined)
                    break;
                const batch = [...held, ...this.#gather(first, checker)];
                held = batch.splice(-1);
                if (batch.length === 0)
                    continue;
                pack.source.pause();
                const length = this.#count(batch);
                const written = yield batch;
                if (!pack.shared)
                    given.settle(batch, { written: written === true, next: held[0] });
                if (length < SMALL_BATCH_BYTES && this.bytes > EAGER_BYTES)
                    await (0,promises_.setTimeout)(GATHER_MS);
                pack.source.resume();
            }
            checker.finish();
            this.complete = true;
            this.#count(held);
            yield held;
        }
        catch (error) {
            this.error = (0,errors/* toMirrorError */.Ho)(error, { code: 'cut', side: 'source', retryable: true });
            throw this.error;
        }
        finally {
            destination.resume();
            if (!this.complete)
                pack.source.cancel(this.error);
        }
    }
    /** `first` and what came with it. */
    #gather(first, checker) {
        const { pack, maxBytes } = this.#options;
        const slices = [];
        let length = 0;
        for (let slice = first; slice;) {
            checker.update(slice);
            if (maxBytes !== undefined && checker.bytes > maxBytes)
                throw tooLarge(maxBytes);
            slices.push(slice);
            length += slice.length;
            slice = length < BATCH_BYTES ? pack.source.nextNow() : undefined;
        }
        return slices;
    }
    /** @returns their length. */
    #count(slices) {
        let length = 0;
        for (const slice of slices)
            length += slice.length;
        this.bytes += length;
        this.#options.onBytes(this.bytes);
        return length;
    }
}
/** Our own limit, reached. */
function tooLarge(maxBytes) {
    return new errors/* MirrorError */.En(`the pack is larger than the ${maxBytes} bytes of one push`, {
        code: 'too-large',
        side: 'destination',
    });
}

;// CONCATENATED MODULE: ./build/mirror/pack/pack-to-send.js



/**
 * Makes a pack ready to be sent in the manner that this destination needs; one that is to be collected is waited
 * for here.
 * @throws MirrorError of the source, `too-large` at our own limit, `local` when the disk cannot take it.
 */
async function prepareOutgoing(options) {
    const { pack } = options;
    const { source, waited } = watchHunger(pack.source);
    const opened = { ...pack, source };
    if (options.spool)
        return await collect({ ...options, pack: opened });
    const relay = new Relay({ ...options, pack: opened });
    return {
        pack: relay.body(),
        length: undefined,
        bytes: () => relay.bytes,
        error: () => relay.error,
        starved: waited,
        dispose: async () => {
            if (!relay.complete)
                source.cancel();
            options.onSent(relay.bytes);
        },
    };
}
async function collect(options) {
    const { onBytes } = options;
    // Nothing is sent meanwhile: the destination's clock stands.
    options.destination.pause();
    const relay = new Relay({ ...options, destination: NO_CLOCK });
    const { spoolPack } = await __webpack_require__.e(/* import() */ 77).then(__webpack_require__.bind(__webpack_require__, 5077));
    const spooled = await spoolPack(relay.body(), {
        onDisk: (folder) => options.note(`the pack does not fit in memory: keeping it in a temporary file in ${folder}`),
    });
    const { length } = spooled;
    const where = spooled.onDisk ? 'in a temporary file' : 'in memory';
    options.note(`collected a pack of ${length} bytes ${where} before sending it`);
    let sent = 0;
    const onSlice = (bytes) => {
        sent += bytes;
        onBytes(sent);
    };
    return {
        pack: counted(spooled.body(), onSlice),
        length,
        bytes: () => sent,
        error: () => undefined,
        starved: () => 0,
        dispose: async () => {
            options.onSent(sent);
            await spooled.dispose();
        },
    };
}
const NO_CLOCK = { pause: () => undefined, resume: () => undefined };
async function* counted(slices, onSlice) {
    for await (const slice of slices) {
        onSlice(slice.length);
        yield slice;
    }
}
/** The same stream, with a clock for the time that its reader waits. */
function watchHunger(stream) {
    let since;
    let last = 0;
    const source = tap(stream, {
        onWait: (isWaiting) => {
            const now = performance.now();
            if (!isWaiting && since !== undefined)
                last = now - since;
            since = isWaiting ? now : undefined;
        },
    });
    return {
        source,
        waited: () => Math.max(last, since === undefined ? 0 : performance.now() - since),
    };
}

;// CONCATENATED MODULE: ./build/mirror/pieces/push-piece.js





/**
 * Pushes one piece.
 * @returns its bytes, and whether it arrived: false where it went over the limit, and was ended there.
 * @throws MirrorError of either server.
 */
async function pushPiece(run, held, piece) {
    const { pack } = piece;
    run.figures.enter('transfer');
    const label = run.server.remote.label;
    const watched = watchEnd(pack, piece.onStreamed);
    const outgoing = await prepareOutgoing({
        spool: run.manner.spool,
        note: (text) => notice(run, 'info', text),
        onSent: (bytes) => (run.figures.packBytes += bytes),
        pack: watched,
        format: held.session.listing.format,
        maxBytes: piece.maxBytes,
        destination: { pause: () => held.session.pause(), resume: () => held.session.resume() },
        onBytes: (bytes) => run.reporter({ kind: 'progress', destination: label, bytes, objects: pack.objects }),
    }).catch((error) => {
        if (error instanceof errors/* MirrorError */.En && error.code === 'too-large')
            return undefined;
        throw error;
    });
    if (outgoing === undefined)
        return { arrived: false, bytes: 0 };
    try {
        if (!held.session.usable)
            held.session = await ReceivePackSession.open(run.server);
        run.figures.pushes++;
        const report = await held.session.push({
            commands: piece.anchors,
            atomic: false,
            plain: !run.manner.agent,
            pack: outgoing.pack,
            packLength: outgoing.length,
        });
        const failure = outgoing.error();
        if (failure !== undefined)
            throw failure;
        if (report !== undefined)
            requireOk(report, piece.anchors);
        run.figures.objects += pack.objects;
        return { arrived: true, bytes: outgoing.bytes() };
    }
    catch (thrown) {
        const failure = outgoing.error();
        if (failure?.code === 'too-large')
            return { arrived: false, bytes: outgoing.bytes() };
        throw failure ?? (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', side: 'destination', retryable: true });
    }
    finally {
        const { session } = held;
        run.lines = session.lines;
        run.pieces = { ...run.pieces, lastBytes: outgoing.bytes(), lastStarved: outgoing.starved() };
        await outgoing.dispose();
        if (!session.forgets)
            await session.close();
    }
}
/** The same pack, telling with its bytes when the source has given all of it. */
function watchEnd(pack, onEnd) {
    if (onEnd === undefined)
        return pack;
    let bytes = 0;
    const source = tap(pack.source, {
        onSlice: ({ length }) => (bytes += length),
        onEnd: () => onEnd(bytes),
    });
    return { ...pack, source };
}
function requireOk(report, anchors) {
    if (report.unpack !== 'ok') {
        throw new errors/* MirrorError */.En(`the destination could not take a piece: ${report.unpack}`, {
            code: 'unpack',
            side: 'destination',
            serverText: report.unpack,
        });
    }
    for (const { ref } of anchors) {
        const words = report.refs.get(ref);
        if (words?.ok === true)
            continue;
        throw new errors/* MirrorError */.En(`the destination refused ${ref}: ${words?.reason ?? 'no answer'}`, {
            code: 'server',
            side: 'destination',
            serverText: words?.reason,
            hint: 'A history that is sent in pieces needs tags below kalandra-pieces/ for the time of the transfer.',
        });
    }
}

;// CONCATENATED MODULE: ./build/mirror/history/time-cut.js

/**
 * Asks for the boundary of the history of `tips` at `since` (seconds since 1970): `want`, `have`,
 * `deepen-since`, `done` is answered with shallow lines and an empty pack (gitprotocol-v2, "fetch").
 * A moment after the newest commit makes git end the answer early (D4).
 * @throws MirrorError of the source.
 */
async function askTimeCut(source, tips, since) {
    const session = await source.lease();
    try {
        const fetching = await session.fetch({
            wants: tips,
            haves: tips,
            thin: true,
            ofsDelta: true,
            deepenSince: since,
        });
        while (await fetching.next())
            ;
        source.release(session);
        const ids = fetching.answer.shallow;
        return ids.length === 0 ? { kind: 'before' } : { kind: 'cut', ids };
    }
    catch (thrown) {
        source.server.signal.throwIfAborted();
        const error = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', side: 'source' });
        if (isEmptySlice(error.serverText ?? '') || error.code === 'cut')
            return { kind: 'after' };
        throw error;
    }
}
/** Questions of one search: what is not found by then is not worth more of them. */
const MOST_QUESTIONS = 40;
/** Which of `ids` are newer than `limit` (seconds since 1970), a few of many: asked for halves, and halves of halves. */
async function findNewer(source, ids, limit) {
    const newer = [];
    const parts = [ids];
    for (let asked = 0; parts.length > 0 && asked < MOST_QUESTIONS; asked++) {
        const part = parts.pop();
        const { kind } = await askTimeCut(source, part, limit);
        if (kind === 'after')
            continue;
        if (part.length === 1)
            newer.push(...part);
        else
            parts.push(part.slice(part.length >> 1), part.slice(0, part.length >> 1));
    }
    return newer;
}
/**
 * Those of `ids` that come first after `from` (seconds since 1970): a merge of what ended before, made long after,
 * would bring everything up to itself.
 *
 * @param top a moment after all of them
 */
async function findOldest(source, ids, { from, top }) {
    for (let span = 1; ids.length > 1 && from + span < top; span *= 4) {
        const newer = new Set(await findNewer(source, ids, from + span));
        if (newer.size < ids.length)
            return ids.filter((id) => !newer.has(id));
    }
    return ids;
}
function isEmptySlice(words) {
    return /no commits selected/i.test(words);
}

;// CONCATENATED MODULE: ./build/mirror/pieces/next-piece.js



/** Wants of one piece; with more the cut is moved. */
const MOST_ANCHORS = 2000;
/** Few histories are older than Git itself, in seconds since 1970. */
const BEGINNING = Date.UTC(2005, 0) / 1000;
/** The beginning is known well enough within this part of the whole: the first cut is not far from there. */
const NEAR = FIRST_PART;
/** With so many times the objects that were reckoned with, merges of branches that ended long before are suspected. */
const SUSPICIOUS = 1.5;
/** With so many times of them they are, though the pack may fit. */
const DRAGGED = 4;
const FEW_OBJECTS = 100;
/**
 * Cuts the next piece off a history by time, and asks the source for it, until the header of a pack shows that
 * it will fit one push. Nothing is sent to the destination.
 * @throws MirrorError of the source.
 */
async function makeNextPiece(options, from) {
    const { maxBytes } = options;
    let state = from;
    for (;;) {
        if (restFits(state, maxBytes)) {
            const opened = await openSome(options, state, options.wants);
            state = noteLeft(state, countOf(opened));
            if (typeof opened !== 'number')
                return { kind: 'rest', state, opened };
            if (restFits(state, maxBytes))
                return { kind: 'stuck', state };
            continue;
        }
        let asked;
        if (!state.isLowKnown)
            ({ state, asked } = await findBeginning(options, state));
        const since = chooseCut(state, maxBytes);
        if (since === undefined)
            return { kind: 'stuck', state };
        const cut = asked?.since === since ? asked.cut : await ask(options, since);
        if (cut.kind !== 'cut') {
            state = cut.kind === 'before' ? noteNothingBefore(state, since) : noteNothingAfter(state, since);
            continue;
        }
        const unknown = leaveOutKnown(options, cut.ids);
        if (unknown.length === 0) {
            state = noteNothingBefore(state, since);
            continue;
        }
        const limit = limitOf(state, since, maxBytes);
        const ids = leaveOutNewer(state, unknown, limit);
        if (ids.length === 0) {
            state = await noteMerges(options, state, { ids: unknown, since, objects: undefined });
            continue;
        }
        if (ids.length > MOST_ANCHORS) {
            state = noteTooLarge(state, since, undefined);
            continue;
        }
        const tried = await tryIds(options, state, { ids, since, limit });
        if (tried.kind === 'piece')
            return tried;
        state = tried.state;
    }
}
async function tryIds(options, state, cut) {
    const { ids, since, limit } = cut;
    const aim = aimAt(state, options.maxBytes);
    const opened = await openSome(options, state, ids, Math.max(FEW_OBJECTS, DRAGGED * aim));
    if (typeof opened !== 'number')
        return { kind: 'piece', state, ids, since, opened };
    const objects = opened;
    const reckoned = Math.min(aim, expectObjects(state, since) ?? objects);
    if (objects <= SUSPICIOUS * reckoned)
        return { kind: 'again', state: noteTooLarge(state, since, objects) };
    // A merge long after `since` of a branch that ended before it is one of the ids, and brings everything up to
    // itself: such ones are left for later.
    const newer = await findNewer(options.run.source.questions, ids, limit);
    const noted = noteNewer(state, newer, limit);
    const older = leaveOutNewer(noted, ids, limit);
    if (older.length === 0)
        return { kind: 'again', state: await noteMerges(options, noted, { ids, since, objects }) };
    if (newer.length === 0)
        return { kind: 'again', state: noteTooLarge(noted, since, objects) };
    return await tryIds(options, noted, { ...cut, ids: older });
}
/**
 * All of `ids`, the oldest commits at `since` that did not arrive, are much newer. Where the same ones are the oldest
 * right behind what arrived, they are merges of old branches and nothing lies between; else it is larger than a piece.
 */
async function noteMerges(options, state, { ids, since, objects, }) {
    const first = await ask(options, state.low + 1);
    const before = new Set(first.kind === 'cut' ? leaveOutKnown(options, first.ids) : []);
    const isSame = before.size === ids.length && ids.every((id) => before.has(id));
    return isSame ? noteNothingBefore(state, since) : noteTooLarge(state, since, objects);
}
/** Commits behind this moment belong to a later piece, whatever they were made of; the narrower the more was tried. */
function limitOf(state, since, maxBytes) {
    const span = Math.max(since - state.low, state.tries < 2 ? expectSpan(state, maxBytes) : 0);
    return since + Math.max(1, Math.floor(span / 4));
}
/**
 * Looks for the time of the first commit: each question costs the server a walk through the history, so one that
 * begins when most long ones do, or a little later, is taken at that.
 *
 * @returns what was asked, too, where that is likely to be the first cut.
 */
async function findBeginning(options, from) {
    let state = from;
    let since = Math.floor(BEGINNING + (state.top - BEGINNING) * NEAR);
    let high = state.top;
    for (let first = true;; first = false) {
        if (since > state.low && since < high) {
            const cut = await ask(options, since);
            const { kind } = cut;
            if (first && kind === 'cut') {
                return { state: { ...state, from: BEGINNING, isLowKnown: true }, asked: { since, cut } };
            }
            if (kind === 'before')
                state = noteNothingBefore(state, since);
            else
                high = since;
            if (kind === 'after')
                state = noteNothingAfter(state, since);
        }
        if (high - state.low < 2 || high - state.low <= (state.top - state.low) * NEAR)
            break;
        since = state.low + Math.floor((high - state.low) / 2);
    }
    return { state: { ...state, isLowKnown: true, tries: 0 } };
}
async function ask({ run, wants }, since) {
    return await askTimeCut(run.source.questions, wants, since);
}
/** The number of objects alone where those are too many. */
function openSome(options, state, wants, mostObjects = Infinity) {
    const { run, listing, arrived, haves, maxBytes } = options;
    return openFetch(run, {
        listing,
        thin: run.thinness.isThin,
        wants,
        haves: [...arrived, ...haves],
        refuses: (objects) => objects > mostObjects || isHopeless(state, objects, maxBytes),
    });
}
function countOf(opened) {
    return typeof opened === 'number' ? opened : opened.pack.objects;
}
/** `ids` without those that are at the destination. */
function leaveOutKnown({ arrived, haves }, ids) {
    const known = new Set([...arrived, ...haves]);
    return ids.filter((id) => !known.has(id));
}

;// CONCATENATED MODULE: ./build/mirror/pieces/send-pieces.js











/** More than any limit of a real host asks for. */
const MOST_PIECES = 10_000;
/** What cannot be cut is measured up to this many times the limit. */
const MEASURED = 16;
/**
 * Brings the older part of a history to the destination, in packs of at most `maxBytes`, from old to new, each
 * held by anchors, until what is left fits one push. While one piece is pushed, the source is already asked for
 * the next.
 * @throws MirrorError of either server; `too-large` for what cannot be cut.
 */
async function sendPieces(run, session, options) {
    const progress = { run, options, held: { session }, arrived: [], isAlone: false };
    resume(progress);
    const byTime = await canCutTime(run);
    const rest = byTime ? await sendByTime(progress) : await sendByTips(progress);
    const { held, arrived } = progress;
    if (!held.session.usable)
        held.session = await ReceivePackSession.open(run.server);
    return { session: held.session, ids: arrived, rest: rest?.pack.source };
}
function resume({ run, held, arrived }) {
    const { refs } = held.session.listing;
    const state = run.pieces;
    for (const ref of refs)
        if (isAnchor(ref.name))
            arrived.push(ref.id);
    const before = latestCut(refs);
    if (before === undefined || before <= state.low)
        return;
    run.pieces = { ...state, low: before, isLowKnown: true, high: state.top, marks: [], tries: 0 };
    if (state.pieces === 0)
        notice(run, 'info', `going on behind ${arrived.length} commits that arrived before`);
}
/** @returns the rest. */
async function sendByTime(progress) {
    const { run, options } = progress;
    const turn = { next: prepare(progress, run.pieces, []) };
    try {
        for (;;) {
            const piece = await turn.next;
            if ('opened' in piece)
                piece.opened.pack.source.resume();
            run.pieces = piece.state;
            if (piece.kind === 'stuck') {
                await cutBreadth(progress);
                turn.next = prepare(progress, run.pieces, []);
            }
            else if (piece.kind === 'rest') {
                return piece.opened;
            }
            else if (run.pieces.pieces < MOST_PIECES) {
                await sendAndPrepare(progress, piece, turn);
            }
            else
                throw cannotCut(run.pieces, options.maxBytes, undefined);
        }
    }
    catch (error) {
        dropPiece(turn.next);
        throw error;
    }
}
/** Pushes a piece; while the destination works on it, the next one is asked for, as if it had arrived. */
async function sendAndPrepare(progress, piece, turn) {
    const { run, options } = progress;
    const { ids, since } = piece;
    const { pack, isThin } = piece.opened;
    const { objects } = pack;
    let ahead;
    const started = performance.now();
    let streamed = started;
    const sent = await sendIds(progress, piece, (bytes) => {
        streamed = performance.now();
        // Not before the source has given all of it: only then its weight is known, and with it where to cut next.
        ahead = prepare(progress, noteSent(run.pieces, { since, objects, bytes }), ids);
        turn.next = ahead;
    });
    if (sent.arrived) {
        noteArrived(progress, { ids, since, objects, bytes: sent.bytes });
        const { surprise } = run.pieces;
        const working = performance.now() - streamed;
        run.thinness = judgePiece(run.thinness, {
            isThin,
            objects,
            streaming: streamed - started,
            working,
            surprise,
        });
    }
    else {
        const overflow = { since, objects, bytes: options.maxBytes };
        run.thinness = judgeTooLarge(run.thinness, isThin, surpriseOf(run.pieces, overflow));
        run.pieces = noteTooLarge(noteOverflow(run.pieces, overflow), since, objects);
    }
    turn.next = ahead ?? prepare(progress, run.pieces, []);
}
/** What was asked for beforehand is not needed. */
function dropPiece(next) {
    void next.then((piece) => 'opened' in piece && piece.opened.pack.source.cancel()).catch(() => undefined);
}
/** `coming`: ids that are about to arrive. */
function prepare({ run, options, held, arrived }, state, coming) {
    const { listing } = held.session;
    const next = makeNextPiece({ ...options, run, listing, arrived: [...arrived, ...coming] }, state);
    // The source is not to blame while the destination works on the piece before. A failure is met where the piece is
    // waited for, or nowhere when the one before it failed.
    next.then((piece) => 'opened' in piece && piece.opened.pack.source.pause()).catch(() => undefined);
    return next;
}
async function sendIds({ run, held, options }, piece, onStreamed) {
    const none = nullId(held.session.listing.format);
    const anchors = piece.ids.map((id) => ({
        kind: 'update',
        ref: anchorName(piece.since, id),
        old: none,
        new: id,
    }));
    const { pack } = piece.opened;
    return await pushPiece(run, held, { anchors, pack, maxBytes: options.maxBytes, onStreamed });
}
function noteArrived({ run, arrived }, piece) {
    arrived.push(...piece.ids);
    run.pieces = noteSent(run.pieces, piece);
    const until = piece.since > 0 ? `, history up to ${dateOf(piece.since)}` : '';
    notice(run, 'info', `piece ${run.pieces.pieces}: ${piece.bytes} bytes, ${piece.objects} objects${until}`);
}
/** Servers without v2 give nothing but the tips of their refs (D1). */
async function canCutTime(run) {
    const { symrefs } = await run.source.listing();
    if (symrefs !== undefined)
        return true;
    if (!run.pieces.byTips) {
        notice(run, 'info', 'the source gives nothing but the tips of its refs: cutting along tags and branches, as far as that goes');
    }
    run.pieces = { ...run.pieces, byTips: true };
    return false;
}
/** Tags in the order of their versions, then the other refs: older history first, as far as names tell. */
async function sendByTips(progress) {
    const { run, options } = progress;
    const { refs } = await run.source.listing();
    const collator = new Intl.Collator('en', { numeric: true });
    const rank = (name) => (name.startsWith('refs/tags/') ? 0 : 1);
    while (!restFits(run.pieces, options.maxBytes)) {
        const wanted = new Set(leaveOutKnown({ ...options, arrived: progress.arrived }, options.wants));
        const tips = refs
            .filter((ref) => wanted.has(ref.id))
            .toSorted((a, b) => rank(a.name) - rank(b.name) || collator.compare(a.name, b.name));
        const ids = [...new Set(tips.map((ref) => ref.id))];
        if (!(await sendParts(progress, ids, 0))) {
            throw cannotCut(run.pieces, options.maxBytes, await measure(progress, ids));
        }
    }
}
/** No second lies between what arrived and what is too large: the commits of that second are sent in parts. */
async function cutBreadth(progress) {
    const { run, options, arrived } = progress;
    const { high, low, top } = run.pieces;
    const { questions } = run.source;
    const cut = await askTimeCut(questions, options.wants, high);
    const found = leaveOutKnown({ ...options, arrived }, cut.kind === 'cut' ? cut.ids : options.wants);
    const ids = await findOldest(questions, found, { from: high, top });
    const isSent = (await sendParts(progress, ids, low)) || (cut.kind !== 'cut' && (await sendAlone(progress, ids)));
    if (!isSent)
        throw cannotCut(run.pieces, options.maxBytes, await measure(progress, ids));
    run.pieces = { ...run.pieces, high: run.pieces.top, marks: [], tries: 0 };
}
/**
 * A history that ended before others begin, or before what arrived in an earlier run, is in none of the cuts behind
 * that: the first of such tips is cut by itself.
 * @returns false where it was.
 */
async function sendAlone(progress, [tip]) {
    const { run, options } = progress;
    if (tip === undefined || progress.isAlone)
        return false;
    const { low, top } = run.pieces;
    const whole = { from: 0, high: top, top, left: undefined, marks: [], newer: new Map(), tries: 0 };
    run.pieces = { ...run.pieces, ...whole, low: 0, isLowKnown: false };
    for (;;) {
        const opened = await sendByTime({ ...progress, options: { ...options, wants: [tip] }, isAlone: true });
        const { objects } = opened.pack;
        const since = Math.min(low, run.pieces.low);
        const { arrived, bytes } = await sendIds(progress, { ids: [tip], since, opened });
        if (arrived) {
            noteArrived(progress, { ids: [tip], since, objects, bytes });
            break;
        }
        run.pieces = noteRestTooLarge(run.pieces, objects, options.maxBytes);
    }
    run.pieces = { ...run.pieces, ...whole, low, isLowKnown: true };
    return true;
}
/** Sends `ids`, or halves of them, and halves of halves, as they fit. @returns whether any did. */
async function sendParts(progress, ids, since) {
    const { run, options, held, arrived } = progress;
    const sendOne = async (part) => {
        const opened = await openFetch(run, {
            listing: held.session.listing,
            thin: true,
            wants: part,
            haves: [...arrived, ...options.haves],
            refuses: (objects) => part.length > 1 && isHopeless(run.pieces, objects, options.maxBytes),
        });
        if (typeof opened === 'number')
            return false;
        const { objects } = opened.pack;
        const sent = await sendIds(progress, { ids: part, since, opened });
        if (sent.arrived)
            noteArrived(progress, { ids: part, since, objects, bytes: sent.bytes });
        return sent.arrived;
    };
    const sendPart = async (part) => {
        if (part.length > 0 && (await sendOne(part)))
            return true;
        if (part.length < 2)
            return false;
        const half = Math.ceil(part.length / 2);
        const first = await sendPart(part.slice(0, half));
        return (await sendPart(part.slice(half))) || first;
    };
    return await sendPart(ids);
}
/** Bytes of what cannot be cut, for the error. */
async function measure({ run, held, options, arrived }, ids) {
    const [first] = ids;
    if (first === undefined)
        return undefined;
    const haves = [...arrived, ...options.haves];
    const { listing } = held.session;
    const opened = await openFetch(run, {
        listing,
        thin: true,
        wants: [first],
        haves,
        refuses: () => false,
    });
    return typeof opened === 'number' ? undefined : await measurePack(opened.pack, options.maxBytes * MEASURED);
}
function cannotCut(state, maxBytes, bytes) {
    const known = bytes !== undefined && bytes > maxBytes;
    const size = known ? `${bytes >= maxBytes * MEASURED ? 'at least ' : ''}${bytes}` : `more than ${maxBytes}`;
    const limit = known ? `, more than the ${maxBytes} bytes of one push` : ', which is the limit of one push';
    // The first commit cannot be told from the one after it: both have no commit before that could be named.
    const what = state.byTips
        ? 'the history between two refs'
        : state.pieces > 0
            ? `one commit of ${dateOf(state.high)} alone`
            : `the beginning of the history, up to one commit of ${dateOf(state.high)},`;
    return new errors/* MirrorError */.En(`${what} makes a pack of ${size} bytes${limit}`, {
        code: 'too-large',
        side: 'destination',
        hint: 'Raise max-pack-size if the destination takes more, or take the large files out of the history.',
    });
}
function dateOf(seconds) {
    return new Date(seconds * 1000).toISOString().slice(0, 19);
}

;// CONCATENATED MODULE: ./build/mirror/push/batch-sessions.js

/** A kept-open receive-pack that has waited longer than this is greeted anew before the push. */
const LONGEST_WAIT = 10_000;
/**
 * The kept session while it is young, else the one that was greeted meanwhile, else a new one: no server waits on
 * an idle upload (F13, K7).
 */
async function usableSession(state) {
    const { run, session, ahead } = state;
    if (session.forgets || isYoung(session))
        return session;
    await endSession(session, undefined);
    state.ahead = undefined;
    const next = await ahead?.session;
    if (next !== undefined) {
        if (isYoung(next))
            return next;
        await endSession(next, undefined);
    }
    return await ReceivePackSession.open(run.server);
}
function isYoung(session) {
    return session.usable && performance.now() - session.openedAt < LONGEST_WAIT;
}
/**
 * Greets the receive-pack of the next batch while the server works on this one: it shows every ref, which takes
 * long where there are many. What it shows is not used; a command names the old value that was planned with.
 * Not beside the batch that brings the objects: a server that looks before they are there may not look again.
 */
function greetAhead(state) {
    const { run, session } = state;
    if (session.forgets || !run.manner.greetAhead || state.lastTime > LONGEST_WAIT)
        return;
    const controller = new AbortController();
    const opening = ReceivePackSession.open(run.server, controller.signal);
    // Its failure is met by greeting once more, when it is needed.
    const ahead = { session: opening.catch(() => undefined), controller, isGreeted: false };
    void ahead.session.then(() => (ahead.isGreeted = true));
    state.ahead = ahead;
}
/** A server that does not greet is not waited for. */
async function dropAhead({ ahead }) {
    if (ahead === undefined)
        return;
    if (!ahead.isGreeted)
        ahead.controller.abort(new Error('no other push is made'));
    await (await ahead.session)?.close();
}
/** Ends a session politely, or at once when its side failed. */
async function endSession(session, error) {
    if (error !== undefined && error.side === 'destination')
        session.abort(error);
    await session.close();
}

;// CONCATENATED MODULE: ./build/mirror/push/push-batches.js












const PROGRESS_EVERY = 250;
/**
 * Pushes the batches one after the other; the first that needs a pack brings all objects. A server that refuses
 * every ref of that one drops the objects with them: from then on each batch brings its own. Stops at the first
 * failure, and at the first push that was too many refs. Never throws but for the signal.
 */
async function pushBatches(run, options) {
    const { batches, held } = options;
    const sent = [];
    const reports = new Map();
    const state = {
        run,
        session: held,
        ahead: undefined,
        lastTime: 0,
        bytes: 0,
        unpack: undefined,
        error: undefined,
        relayError: undefined,
        objects: 0,
        starved: 0,
    };
    let { fetching } = options;
    const isShared = fetching?.shared === true;
    let commands = 0;
    let greetedAhead = false;
    let apart = false;
    const arrived = [];
    for (const [index, batch] of batches.entries()) {
        const needsObjects = batch.updates.some((update) => !isDelete(update));
        if (apart && needsObjects)
            fetching = await askAgain(state, () => options.fetchAgain(batch.updates, arrived));
        if (state.error !== undefined)
            break;
        const carries = needsObjects && (batch.carriesPack || apart);
        const started = performance.now();
        greetedAhead = state.ahead !== undefined;
        const report = await pushOne(state, batch, carries ? fetching : undefined, () => {
            for (const update of batch.updates)
                sent.push(update);
            commands = Math.max(commands, batch.updates.length);
            if (index < batches.length - 1 && !carries)
                greetAhead(state);
        });
        state.lastTime = performance.now() - started;
        if (report !== undefined) {
            for (const [ref, words] of report.refs)
                reports.set(ref, words);
            if (report.unpack !== 'ok')
                state.unpack = report.unpack;
        }
        if (state.error !== undefined || state.unpack !== undefined)
            break;
        if (report === undefined)
            continue;
        const taken = batch.updates.filter((update) => report.refs.get(update.ref)?.ok === true);
        for (const update of taken)
            if (!isDelete(update))
                arrived.push(update.new);
        if (taken.length > 0)
            continue;
        if (isTooMany(run.lines.join('\n')))
            break;
        apart ||= carries && fetching !== undefined;
    }
    fetching?.cancel();
    // The report is whole: the listing need not wait for the end of the program that wrote it.
    if (state.error === undefined)
        run.closing.push(state.session.close());
    else
        await endSession(state.session, state.error);
    await dropAhead(state);
    return {
        updates: batches.flatMap((batch) => batch.updates),
        batches,
        sent,
        reports,
        unpack: state.unpack,
        error: state.error,
        bytes: state.bytes,
        objects: state.objects,
        commands,
        overLimit: state.error?.code === 'too-large' && state.error === state.relayError,
        starved: state.starved,
        isShared,
        greetedAhead,
    };
}
async function askAgain(state, fetch) {
    try {
        return await fetch();
    }
    catch (error) {
        state.run.signal.throwIfAborted();
        state.error = (0,errors/* toMirrorError */.Ho)(error, { code: 'cut', side: 'source', retryable: true });
        return undefined;
    }
}
async function pushOne(state, batch, fetching, onSent) {
    const { run } = state;
    const commands = batch.updates.map((update) => commandOf(update));
    const outgoing = fetching === undefined ? undefined : await openOutgoing(state, fetching);
    if (state.error !== undefined)
        return undefined;
    try {
        state.session = await usableSession(state);
        const pack = needsPack(commands) ? (outgoing?.pack ?? emptyPack(state.session.listing.format)) : undefined;
        const report = await state.session.push({
            commands,
            atomic: run.options.atomic,
            plain: !run.manner.agent,
            pack,
            packLength: outgoing?.length,
            onSent: () => {
                run.figures.pushes++;
                onSent();
            },
        });
        state.error = outgoing?.error();
        return report;
    }
    catch (error) {
        // The side that failed first is the one to name: a broken source breaks the push, too.
        state.error =
            outgoing?.error() ?? (0,errors/* toMirrorError */.Ho)(error, { code: 'cut', side: 'destination', retryable: true });
        run.signal.throwIfAborted();
        return undefined;
    }
    finally {
        state.starved = outgoing?.starved() ?? 0;
        state.relayError ??= outgoing?.error();
        run.lines = state.session.lines;
        state.bytes += outgoing?.bytes() ?? 0;
        await outgoing?.dispose();
    }
}
/** Waits for the source's pack header, and collects the pack first where the destination wants it whole. */
async function openOutgoing(state, fetching) {
    const { run } = state;
    try {
        const opened = await openPack(fetching);
        state.objects = opened.objects;
        const { maxBytes } = run.manner;
        if (maxBytes !== undefined && isHopeless(run.pieces, opened.objects, maxBytes)) {
            opened.source.cancel();
            throw (state.relayError = tooLarge(maxBytes));
        }
        run.figures.objects += opened.objects;
        run.figures.enter('transfer');
        return await prepareOutgoing({
            spool: run.manner.spool,
            note: (text) => notice(run, 'info', text),
            onSent: (bytes) => (run.figures.packBytes += bytes),
            pack: opened,
            format: state.session.listing.format,
            maxBytes,
            // Asked each time: a batch may have been greeted anew since the relay was made.
            destination: { pause: () => state.session.pause(), resume: () => state.session.resume() },
            onBytes: progressOf(run, opened.objects),
        });
    }
    catch (error) {
        run.signal.throwIfAborted();
        state.error = (0,errors/* toMirrorError */.Ho)(error, { code: 'cut', side: 'source', retryable: true });
        if (state.error.code === 'too-large' && state.error.side === 'destination')
            state.relayError = state.error;
        return undefined;
    }
}
function progressOf(run, objects) {
    const destination = run.server.remote.label;
    let last = 0;
    return (bytes) => {
        const now = performance.now();
        if (now - last < PROGRESS_EVERY)
            return;
        last = now;
        run.reporter({ kind: 'progress', destination, bytes, objects });
    };
}
function commandOf(update) {
    const { ref, old } = update;
    return isDelete(update) ? { kind: 'delete', ref, old } : { kind: 'update', ref, old, new: update.new };
}

;// CONCATENATED MODULE: ./build/mirror/push/push-outcome.js

function emptyOutcome(updates, error) {
    return {
        updates,
        batches: [],
        sent: [],
        reports: new Map(),
        unpack: undefined,
        error,
        bytes: 0,
        objects: 0,
        commands: 0,
        overLimit: false,
        starved: 0,
        isShared: false,
        greetedAhead: false,
    };
}

;// CONCATENATED MODULE: ./build/mirror/push/batches.js

/**
 * Cuts the updates into pushes of at most `maxRefs` commands, in their order: hosts refuse more than
 * some thousands.
 */
function makeBatches(updates, maxRefs) {
    const size = Math.max(1, Math.floor(maxRefs));
    const batches = [];
    let carried = false;
    for (let at = 0; at < updates.length; at += size) {
        const part = updates.slice(at, at + size);
        const carriesPack = !carried && part.some((update) => !isDelete(update));
        carried ||= carriesPack;
        batches.push({ updates: part, carriesPack });
    }
    return batches;
}
function batchesOf(run, updates) {
    const { byKind, maxRefs } = run.manner;
    if (!byKind)
        return makeBatches(updates, maxRefs);
    const kinds = ['refs/heads/', 'refs/tags/'];
    const groups = [
        ...kinds.map((prefix) => updates.filter((update) => update.ref.startsWith(prefix))),
        updates.filter((update) => !kinds.some((prefix) => update.ref.startsWith(prefix))),
    ];
    let carried = false;
    return groups
        .flatMap((group) => makeBatches(group, maxRefs))
        .map((batch) => {
        const carriesPack = batch.carriesPack && !carried;
        carried ||= carriesPack;
        return { ...batch, carriesPack };
    });
}

;// CONCATENATED MODULE: ./build/mirror/push-round.js







/**
 * Asks the source for what the destination lacks and pushes it with the ref commands.
 * @throws MirrorError `guard`; the signal's reason. Everything else is in the outcome.
 */
async function pushPlan(run, planned) {
    const { updates } = planned;
    let { session } = planned;
    run.figures.enter('negotiate');
    if (!isStillWanted(planned))
        planned.early?.cancel();
    let fetching;
    let needs = needsOf(run, planned);
    try {
        const { maxBytes } = run.manner;
        let rest;
        if (run.manner.pieces && maxBytes !== undefined && needs.wants.length > 0) {
            run.pack.pass();
            const sent = await sendPieces(run, session, { wants: needs.wants, haves: needs.haves, maxBytes });
            session = sent.session;
            rest = sent.rest;
            needs = { ...needs, haves: [...sent.ids, ...needs.haves] };
        }
        fetching = rest ?? (isStillWanted(planned) ? await planned.early.fetching : await negotiate(needs));
    }
    catch (thrown) {
        session.abort(thrown);
        run.signal.throwIfAborted();
        const error = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', side: 'source', retryable: true });
        if (error.code === 'guard' || isFinal(error))
            throw error;
        const { lastBytes: bytes, lastStarved: starved } = run.pieces;
        return { ...emptyOutcome(updates, error), bytes, starved };
    }
    run.figures.enter('transfer');
    const text = `pushing ${updates.length} ref${updates.length === 1 ? '' : 's'} to ${run.server.remote.label}`;
    run.reporter({ kind: 'phase', phase: 'transfer', destination: run.server.remote.label, text });
    return await pushBatches(run, {
        batches: batchesOf(run, updates),
        fetching,
        held: session,
        fetchAgain: async (some, arrived) => {
            const known = new Set(arrived);
            const wants = wantsOf(session, some).filter((id) => !known.has(id));
            return await negotiate({ ...needs, wants, haves: [...arrived, ...needs.haves] });
        },
    });
}
/** What cannot be cut: no smaller piece helps. A server's own refusal has a status or words. */
function isFinal(error) {
    return error.code === 'too-large' && error.status === undefined && error.serverText === undefined;
}
/** For a dry run: would the push be refused because the repositories share no history? @throws MirrorError `guard`. */
async function checkRelation(run, planned) {
    await negotiate({ ...needsOf(run, planned), wants: [] });
}

;// CONCATENATED MODULE: ./build/mirror/destination.js












/** Rounds of listing, planning and pushing; a destination that keeps moving is given up after these. */
const MOST_ROUNDS = 60;
/**
 * Brings one destination to the state of the source: list, plan, guard, push, and list again, until the
 * listing shows that nothing is left to do, or that what is left was refused. The listing after a push is
 * its verification and the next round's beginning.
 */
async function runDestination(run) {
    try {
        await runRounds(run);
    }
    catch (thrown) {
        const error = (0,errors/* toMirrorError */.Ho)(run.signal.aborted ? run.signal.reason : thrown, {
            code: 'cut',
            side: 'destination',
        });
        const isSource = error.side === 'source';
        const { host } = isSource ? run.source.uploadPack.server : run.server;
        run.error = withAdvice(error, { lines: isSource ? [] : run.lines, host });
    }
    run.pack.leave();
    return resultOf(run);
}
async function runRounds(run) {
    await refuseSelf(run);
    let last;
    /** A push that broke off: the server may have finished it after the listing that followed. */
    let late;
    let labels;
    let failures = 0;
    for (let round = 0; round < MOST_ROUNDS; round++) {
        const session = await list(run, last === undefined ? 'list' : 'verify');
        let planned;
        try {
            if (last !== undefined) {
                const source = await run.source.listing();
                const verdicts = await settlePush(run, last, session.listing, await soon(labels));
                const next = decideNext(run, last, verdicts, failures);
                if (next.kind === 'fail')
                    throw next.error;
                if (next.kind === 'retry') {
                    failures++;
                    const delay = retryDelay(failures, next.error.retryAfter);
                    notice(run, 'info', `trying again in ${(delay / 1000).toFixed(1)} s (${failures} of ${run.options.retries}): ${next.error.message}`);
                    await session.close();
                    await waitFor(delay, run.signal);
                    if (next.refreshSource)
                        await run.source.refresh(source);
                    late = last;
                    last = undefined;
                    continue;
                }
                if (next.refreshSource)
                    await run.source.refresh(source);
            }
            if (late !== undefined)
                await settlePush(run, late, session.listing, await soon(labels));
            late = undefined;
            planned = await planRound(run, session);
        }
        catch (error) {
            session.abort(error);
            throw error;
        }
        if (run.options.dryRun) {
            await checkRelation(run, { ...planned, session });
            await finishDryRun(run, planned);
            run.closing.push(session.leave());
            return;
        }
        if (planned.updates.length === 0) {
            await removeAnchors(run, session);
            run.closing.push(session.leave());
            return;
        }
        const isMuch = questions(planned.updates).length > FEW_LABELS;
        labels = isMuch ? askLabels(run, planned) : undefined;
        last = await pushPlan(run, { ...planned, session });
        // The session that gave the pack is free by now, and answers while the destination is listed.
        labels ??= askLabels(run, planned);
    }
    throw new errors/* MirrorError */.En('the destination kept changing while it was mirrored', {
        code: 'race',
        side: 'destination',
        hint: 'Something else writes to the refs in scope; stop it, or narrow `refs`.',
    });
}
/** Milliseconds that the result of a push waits for its labels. */
const LABEL_LIMIT = 5_000;
/** A label is not worth a wait: what is not known by now is reported as `update`. */
async function soon(labels) {
    let timer;
    const late = new Promise((resolve) => {
        timer = setTimeout(resolve, LABEL_LIMIT, undefined);
    });
    try {
        return await Promise.race([labels, late]);
    }
    finally {
        clearTimeout(timer);
    }
}
async function refuseSelf(run) {
    if (!(await isSameFolder(run.options.source.url, run.url)))
        return;
    throw new errors/* MirrorError */.En(`destination: ${run.server.remote.label} is the source itself`, {
        code: 'guard',
        side: 'destination',
        hint: 'Name another repository: a mirror of a repository into itself would overwrite and delete its own refs.',
    });
}
async function list(run, phase) {
    run.figures.enter(phase);
    const { label } = run.server.remote;
    run.reporter({
        kind: 'phase',
        phase,
        destination: label,
        text: phase === 'list' ? `listing ${label}` : `verifying ${label}`,
    });
    return await withRetries(() => ReceivePackSession.open(run.server), {
        retries: run.options.retries,
        signal: run.signal,
        onRetry: (error, delay) => notice(run, 'info', `listing the destination again in ${(delay / 1000).toFixed(1)} s: ${error.message}`),
    });
}
async function finishDryRun(run, planned) {
    const labels = await askLabels(run, planned);
    const { defaultBranchDelete } = planned.plan;
    const updates = new Set(planned.updates);
    if (defaultBranchDelete !== undefined)
        updates.add(defaultBranchDelete);
    for (const update of updates) {
        const action = labels.get(update.ref) === false ? 'force' : update.action;
        const change = { ref: update.ref, action, old: update.old, new: update.new };
        run.changed.set(update.ref, change);
        run.reporter({ kind: 'changed', destination: run.server.remote.label, change, dryRun: true });
    }
}
function resultOf(run) {
    const changed = [...run.changed.values()];
    const rejected = [...run.rejected.values()];
    const status = run.error !== undefined
        ? 'failed'
        : rejected.some((ref) => !ref.warning)
            ? 'rejected'
            : run.options.dryRun
                ? 'planned'
                : changed.length > 0
                    ? 'mirrored'
                    : 'unchanged';
    return {
        destination: run.server.remote.label,
        status,
        changed,
        rejected,
        upToDate: run.upToDate,
        warnings: run.warnings,
        error: run.error,
        figures: run.figures.result(),
    };
}

;// CONCATENATED MODULE: ./build/hosts/limits.js
const GIB = 1024 ** 3;
const GB = 1000 ** 3;
/** Host names that are one of these or end in one that begins with a dot. */
const PACK_SIZES = [
    [['github.com', 'ssh.github.com', '.ghe.com'], 2 * GIB],
    [['bitbucket.org', 'altssh.bitbucket.org'], 3.5 * GB],
    [['dev.azure.com', 'ssh.dev.azure.com', '.visualstudio.com'], 5 * GB],
];
const CODECOMMIT = /^git-codecommit(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/;
const CODECOMMIT_REFS = 4000;
/** A repository of this machine knows no limit, and its receive-pack reads every ref for each push. */
const LOCAL_REFS = 1_000_000;
/** The known limits of a host; `host` as it stands in an address, without a port; undefined for a path. */
function hostLimits(host) {
    if (host === undefined)
        return { maxPackSize: undefined, maxRefsPerPush: LOCAL_REFS };
    const name = host.toLowerCase().replace(/\.$/, '');
    const isOneOf = (hosts) => hosts.some((known) => (known.startsWith('.') ? name.endsWith(known) : name === known));
    return {
        maxPackSize: PACK_SIZES.find(([hosts]) => isOneOf(hosts))?.[1],
        maxRefsPerPush: CODECOMMIT.test(name) ? CODECOMMIT_REFS : DEFAULT_REFS_PER_PUSH,
    };
}
const DEFAULT_REFS_PER_PUSH = 5000;

;// CONCATENATED MODULE: ./build/mirror/state/figures.js
/** Adds up what the result reports as figures. */
class FiguresKeeper {
    packBytes = 0;
    objects = 0;
    pushes = 0;
    #seconds = { list: 0, negotiate: 0, transfer: 0, verify: 0 };
    #phase;
    #since = 0;
    /** Time counts for `phase` from now on; undefined: for none. */
    enter(phase) {
        const now = performance.now();
        if (this.#phase !== undefined)
            this.#seconds[this.#phase] += (now - this.#since) / 1000;
        this.#phase = phase;
        this.#since = now;
    }
    result() {
        this.enter(undefined);
        return {
            packBytes: this.packBytes,
            objects: this.objects,
            pushes: this.pushes,
            seconds: { ...this.#seconds },
        };
    }
}

// EXTERNAL MODULE: ./build/base/deadline.js
var deadline = __webpack_require__(8606);
;// CONCATENATED MODULE: ./build/mirror/sessions/door.js


/** Milliseconds that a server which turned us away is given until our other connections to it have ended. */
const OTHERS_LIMIT = 12_000;
/**
 * Who of ours is at one server. Some servers serve one connection at a time, some have two threads for all their users: at
 * most one connection rests there, and it leaves when another one comes. A server that turns us away all the same is
 * entered by one after the other from then on.
 */
class Door {
    #resting;
    #inside = new Set();
    #isNarrow = false;
    /** The last that waits to come in where one comes after the other. */
    #queue = Promise.resolve();
    /** `session` waits for its next question; the one that rested before leaves. */
    rest(session) {
        if (this.#resting === session)
            return;
        this.#dismiss();
        this.#resting = session;
    }
    /** `session` is used, or has ended. */
    take(session) {
        if (this.#resting === session)
            this.#resting = undefined;
    }
    /**
     * Opens a connection; what rests there leaves meanwhile.
     * @throws MirrorError what `open` throws; the reason of `signal`.
     */
    async enter(open, signal) {
        this.#dismiss();
        if (this.#isNarrow)
            return await this.#enterAlone(open, signal);
        const isAlone = this.#inside.size === 0;
        try {
            return await open();
        }
        catch (error) {
            if (isAlone || !isTurnedAway(error))
                throw error;
            this.#isNarrow = true;
            return await this.#enterAlone(open, signal);
        }
    }
    /** A connection stands open. */
    admit() {
        let leave = () => undefined;
        const left = new Promise((resolve) => (leave = resolve));
        this.#inside.add(left);
        void left.then(() => this.#inside.delete(left));
        return { leave };
    }
    async #enterAlone(open, signal) {
        const turn = this.#queue.then(async () => {
            await (0,deadline/* within */.u)(Promise.race([Promise.all(this.#inside), aborted(signal)]), OTHERS_LIMIT);
            signal.throwIfAborted();
            this.#dismiss();
            return await open();
        });
        this.#queue = turn.catch(() => undefined);
        return await turn;
    }
    #dismiss() {
        const resting = this.#resting;
        this.#resting = undefined;
        void resting?.close();
    }
}
/** The server hung up before it said anything: what `git daemon` does with a connection too many. */
function isTurnedAway(error) {
    return error instanceof errors/* MirrorError */.En && error.code === 'cut' && !error.serverText;
}
async function aborted(signal) {
    if (signal.aborted)
        return;
    await new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
/** The doors of one run: the same one for all that go to one server, source and destination alike. */
function makeDoors() {
    const doors = new Map();
    return (url) => {
        if (url.scheme !== 'ssh' && url.scheme !== 'git')
            return undefined;
        const address = `${url.scheme}://${url.host.toLowerCase()}:${url.port}`;
        const door = doors.get(address) ?? new Door();
        doors.set(address, door);
        return door;
    };
}

;// CONCATENATED MODULE: ./build/mirror/pack/tee-pack.js
/** Bytes that a fast destination may be ahead of the slowest one. */
const MOST_AHEAD_BYTES = 8 * 1024 * 1024;
/**
 * One pack for several readers, at the pace of the slowest within a bounded buffer. A reader that cancels
 * leaves the others whole; when all have, the pack is cancelled.
 */
function teeFetching(fetching, count) {
    const pump = new Pump(fetching, count);
    return pump.views.map((view) => ({
        answer: fetching.answer,
        shared: true,
        next: () => pump.next(view),
        nextNow: () => pump.take(view),
        cancel: () => pump.drop(view),
        // The pump keeps the clock of the source: one reader that waits says nothing about it.
        pause: () => undefined,
        resume: () => undefined,
    }));
}
/** What one reader has still to read. */
class View {
    isActive = true;
    bytes = 0;
    #queue = [];
    #wake;
    add(slice) {
        this.#queue.push(slice);
        this.bytes += slice.length;
    }
    take() {
        const slice = this.#queue.shift();
        this.bytes -= slice?.length ?? 0;
        return slice;
    }
    leave() {
        this.isActive = false;
        this.#queue = [];
        this.bytes = 0;
        this.wake();
    }
    /** Until `wake`. */
    async wait() {
        await new Promise((resolve) => (this.#wake = resolve));
    }
    wake() {
        this.#wake?.();
        this.#wake = undefined;
    }
}
/** Reads the pack for all views; it starts with the first of them that reads or leaves. */
class Pump {
    views;
    #stream;
    #hasStarted = false;
    #hasEnded = false;
    #failure;
    #rouse;
    constructor(stream, count) {
        this.#stream = stream;
        this.views = Array.from({ length: count }, () => new View());
    }
    async next(view) {
        this.#start();
        for (;;) {
            const slice = this.take(view);
            if (slice !== undefined)
                return slice;
            if (this.#failure !== undefined)
                throw this.#failure.error;
            if (this.#hasEnded || !view.isActive)
                return undefined;
            await view.wait();
        }
    }
    take(view) {
        const slice = view.take();
        if (slice !== undefined)
            this.#goOn();
        return slice;
    }
    drop(view) {
        if (!view.isActive)
            return;
        view.leave();
        this.#start();
        this.#goOn();
    }
    #start() {
        if (this.#hasStarted)
            return;
        this.#hasStarted = true;
        void this.#run();
    }
    async #run() {
        try {
            await this.#pass();
        }
        catch (error) {
            this.#failure = { error };
        }
        finally {
            this.#hasEnded = true;
            for (const view of this.views)
                view.wake();
        }
    }
    async #pass() {
        for (;;) {
            const active = this.views.filter((view) => view.isActive);
            if (active.length === 0)
                return this.#stream.cancel();
            if (active.some((view) => view.bytes >= MOST_AHEAD_BYTES)) {
                await this.#waitForReaders();
                continue;
            }
            const slice = await this.#stream.next();
            if (slice === undefined)
                return;
            for (const view of active) {
                view.add(slice);
                view.wake();
            }
        }
    }
    async #waitForReaders() {
        this.#stream.pause();
        await new Promise((resolve) => (this.#rouse = resolve));
        this.#stream.resume();
    }
    #goOn() {
        this.#rouse?.();
        this.#rouse = undefined;
    }
}

;// CONCATENATED MODULE: ./build/mirror/pack/shared-fetch.js


/** A destination that has not asked by then is not waited for. */
const LONGEST_WAIT_MS = 3000;
/**
 * Lets the destinations of one run that ask the source the very same question share one answer, and its pack. All
 * join before the first asks; a question waits until every other destination that has no pack yet has asked or
 * passed, or for three seconds.
 */
function createSharedFetch(options) {
    const desk = new Desk(options);
    return { join: () => new Seat(desk, options) };
}
/** Where questions wait for each other. */
class Desk {
    #options;
    /** Destinations that may still ask. */
    #expected = 0;
    #waiting = [];
    #timer;
    constructor(options) {
        this.#options = options;
    }
    get expected() {
        return this.#expected;
    }
    join() {
        this.#expected++;
    }
    leave() {
        this.#expected--;
        this.#serveWhenAllAsked();
    }
    async ask(question) {
        return await new Promise((resolve, reject) => {
            this.#waiting.push({ question, key: keyOf(question), resolve, reject });
            this.#serveWhenAllAsked();
        });
    }
    #serveWhenAllAsked() {
        if (this.#waiting.length === 0)
            return;
        if (this.#waiting.length >= this.#expected)
            this.#serveAll();
        else
            this.#timer ??= setTimeout(() => this.#serveAll(), LONGEST_WAIT_MS);
    }
    #serveAll() {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        const groups = new Map();
        for (const one of this.#waiting)
            groups.set(one.key, [...(groups.get(one.key) ?? []), one]);
        this.#waiting = [];
        for (const group of groups.values())
            void this.#serve(group);
    }
    async #serve(group) {
        try {
            const fetching = await this.#options.fetch(group[0].question);
            if (group.length === 1 || fetching.answer.pack === undefined) {
                for (const one of group)
                    one.resolve(fetching);
                return;
            }
            this.#options.onShared(group.length);
            for (const [index, view] of teeFetching(fetching, group.length).entries())
                group[index].resolve(view);
        }
        catch (error) {
            for (const one of group)
                one.reject(error);
        }
    }
}
class Seat {
    #desk;
    #options;
    #isExpected = true;
    #hasLeft = false;
    /** A reader that stops early would block the others once the buffer is full; so it must cancel. */
    #given;
    constructor(desk, options) {
        this.#desk = desk;
        this.#options = options;
        desk.join();
    }
    async fetch(question) {
        const isAlone = !this.#isExpected || this.#desk.expected <= 1;
        const given = isAlone ? await this.#options.fetch(question) : await this.#desk.ask(question);
        this.#given = given;
        if (this.#hasLeft)
            given.cancel();
        if (given.answer.pack !== undefined)
            this.pass();
        return given;
    }
    pass() {
        if (!this.#isExpected)
            return;
        this.#isExpected = false;
        this.#desk.leave();
    }
    leave() {
        this.#hasLeft = true;
        this.#given?.cancel();
        this.pass();
    }
}
function keyOf(question) {
    const { wants, haves, ...rest } = question;
    const hash = (0,base_crypto/* loadCrypto */.Q)().createHash('sha256');
    hash.update(JSON.stringify(rest));
    for (const want of wants)
        hash.update(`w${want}`);
    for (const have of haves.toSorted())
        hash.update(`h${have}`);
    return hash.digest('hex');
}

// EXTERNAL MODULE: ./build/base/version.js
var version = __webpack_require__(7844);
;// CONCATENATED MODULE: ./build/mirror/mirror.js
















const CONNECT_LIMIT = 30_000;
const HANDSHAKE_LIMIT = 30_000;
/**
 * Mirrors the source to every destination, side by side. One that fails does not stop another.
 * Failures are in the result; nothing is thrown but what is a defect of this program.
 */
async function mirror(options, reporter, signal) {
    const started = performance.now();
    const servers = [];
    const doorOf = makeDoors();
    const serverOf = (endpoint, side) => {
        const server = makeServer(endpoint, side, { options, reporter, signal, doorOf });
        servers.push(server);
        return server;
    };
    const sourceServer = serverOf(options.source, 'source');
    const source = new SourceRepository(new UploadPackPool(sourceServer), options);
    const shared = createSharedFetch({
        fetch: (question) => source.uploadPack.fetch(question),
        onShared: (count) => reporter({
            kind: 'notice',
            level: 'info',
            text: `${count} destinations lack the same objects: fetching them once`,
        }),
    });
    const runs = options.destinations.map((endpoint) => makeRun(serverOf(endpoint, 'destination'), { url: endpoint.url, source, shared: shared.join(), options }));
    try {
        // Greeted at the same time as the destinations; a failure shows again in each run.
        const listing = source.listing();
        listing.catch(() => undefined);
        const destinations = await Promise.all(runs.map(async (run) => await runDestination(run)));
        let error;
        let sourceRefs = 0;
        try {
            const { refs } = await listing;
            sourceRefs = runs.find((run) => run.inScope !== undefined)?.inScope ?? countInScope(options, refs);
        }
        catch (thrown) {
            error = withAdvice((0,errors/* toMirrorError */.Ho)(signal.aborted ? signal.reason : thrown, { code: 'cut', side: 'source' }), {
                lines: [],
                host: sourceServer.host,
            });
        }
        return {
            source: sourceServer.remote.label,
            ok: error === undefined &&
                destinations.every(({ status }) => status !== 'failed' && status !== 'rejected'),
            dryRun: options.dryRun,
            destinations,
            error,
            seconds: (performance.now() - started) / 1000,
            sourceRefs,
        };
    }
    finally {
        await Promise.all([
            source.uploadPack.close(),
            source.questions.close(),
            ...runs.flatMap((run) => [run.reader.close(), ...run.closing]),
        ]);
        await Promise.all(servers.map((server) => server.remote.dispose()));
    }
}
function countInScope({ refspecs }, refs) {
    return refs.filter((ref) => mapToDestination(refspecs, ref.name) !== undefined).length;
}
function makeRun(server, given) {
    const { url, source, shared, options } = given;
    const limits = hostLimits(server.host);
    return {
        options,
        reporter: server.reporter,
        signal: server.signal,
        source,
        url,
        server,
        reader: new UploadPackPool(quietServer(server)),
        pack: shared,
        manner: {
            thin: true,
            agent: true,
            spool: options.transfer === 'spool',
            maxRefs: options.maxRefsPerPush ?? limits.maxRefsPerPush,
            byKind: false,
            maxBytes: options.maxPackSize ?? limits.maxPackSize,
            pieces: false,
            greetAhead: true,
        },
        changed: new Map(),
        rejected: new Map(),
        warnings: [],
        upToDate: 0,
        inScope: undefined,
        defaultBranch: undefined,
        figures: new FiguresKeeper(),
        brokenIds: new Set(),
        thinness: THIN,
        pieces: newPieceState(Math.floor(Date.now() / 1000) + 86_400),
        suspectIds: new Set(),
        races: new Map(),
        closing: [],
        lines: [],
        error: undefined,
    };
}
function makeServer(endpoint, side, context) {
    const { options, reporter, signal } = context;
    const { url } = endpoint;
    const agent = agentValue(version/* VERSION */.x);
    const remote = openRemote({
        url,
        credentials: endpoint.credentials,
        retryFreshToken: endpoint.freshToken,
        inputNames: endpoint.inputNames,
        knownHostsFiles: options.knownHostsFiles,
        env: options.env,
        userAgent: agent,
        limits: { connect: CONNECT_LIMIT, handshake: HANDSHAKE_LIMIT, idle: options.idleTimeout },
        onNotice: (text) => reporter({ kind: 'notice', level: 'info', text }),
    });
    return {
        remote,
        side,
        door: context.doorOf(url),
        host: url.scheme === 'file' ? undefined : url.host.toLowerCase(),
        reporter,
        signal,
        agent,
        idleTimeout: options.idleTimeout,
        verbose: options.verbose,
    };
}


/***/ }),

/***/ 3845:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ SECRET_OPTIONS),
/* harmony export */   HS: () => (/* binding */ OPTION_DEFAULTS),
/* harmony export */   TM: () => (/* binding */ OPTION_NAMES)
/* harmony export */ });
/* harmony import */ var _options_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3919);

/**
 * Every input with the value that an empty text stands for. `source` and the tokens have none here: the
 * workflow's own repository and token are known to the runner only.
 */
const OPTION_DEFAULTS = {
    source: '',
    destination: '',
    'source-ssh-key': '',
    'destination-ssh-key': '',
    'source-ssh-passphrase': '',
    'destination-ssh-passphrase': '',
    'ssh-known-hosts': '',
    'source-token': '',
    'destination-token': '',
    'source-username': 'x-access-token',
    'destination-username': 'x-access-token',
    refs: _options_js__WEBPACK_IMPORTED_MODULE_0__/* .DEFAULT_REFSPECS */ .qc.join('\n'),
    prune: 'true',
    'max-deletions': String(_options_js__WEBPACK_IMPORTED_MODULE_0__/* .DEFAULT_MAX_DELETIONS */ .PQ),
    force: 'true',
    atomic: 'false',
    'dry-run': 'false',
    'allow-unrelated': 'false',
    retries: String(_options_js__WEBPACK_IMPORTED_MODULE_0__/* .DEFAULT_RETRIES */ .TU),
    'idle-timeout': String(_options_js__WEBPACK_IMPORTED_MODULE_0__/* .DEFAULT_IDLE_SECONDS */ .hL),
    'max-pack-size': '',
    'max-refs-per-push': '',
    transfer: 'auto',
    'workflow-token': '',
};
const OPTION_NAMES = Object.keys(OPTION_DEFAULTS);
/** Inputs whose whole value is a secret. */
const SECRET_OPTIONS = [
    'source-ssh-key',
    'destination-ssh-key',
    'source-ssh-passphrase',
    'destination-ssh-passphrase',
    'source-token',
    'destination-token',
    'workflow-token',
];


/***/ }),

/***/ 3919:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PQ: () => (/* binding */ DEFAULT_MAX_DELETIONS),
/* harmony export */   TU: () => (/* binding */ DEFAULT_RETRIES),
/* harmony export */   hL: () => (/* binding */ DEFAULT_IDLE_SECONDS),
/* harmony export */   qc: () => (/* binding */ DEFAULT_REFSPECS)
/* harmony export */ });
const DEFAULT_MAX_DELETIONS = 50;
const DEFAULT_RETRIES = 3;
const DEFAULT_IDLE_SECONDS = 900;
const DEFAULT_REFSPECS = ['refs/heads/*', 'refs/tags/*'];


/***/ }),

/***/ 3935:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  T: () => (/* binding */ readOptions)
});

// EXTERNAL MODULE: ./build/transport/address/remote-url.js + 1 modules
var remote_url = __webpack_require__(3766);
// EXTERNAL MODULE: ./build/transport/ssh-keys/known-hosts.js
var known_hosts = __webpack_require__(6903);
// EXTERNAL MODULE: ./build/transport/ssh-keys/private-key.js + 2 modules
var private_key = __webpack_require__(1523);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(5145);
// EXTERNAL MODULE: ./build/options/names.js
var names = __webpack_require__(3845);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(6815);
;// CONCATENATED MODULE: ./build/options/values.js



const SIZE_UNITS = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
/** A wrong input: its name, what is wrong, what to do. `problem` must not quote a secret. */
function usageError(reader, name, problem, hint) {
    return new errors/* MirrorError */.En(`${reader.label(name)}: ${problem}`, { code: 'usage', hint });
}
/** The text of an input, trimmed, or its default. */
function readText(reader, name) {
    const text = reader.values[name]?.trim() ?? '';
    return text === '' ? names/* OPTION_DEFAULTS */.HS[name] : text;
}
/** The non-empty lines of an input, each trimmed. */
function readLines(reader, name) {
    return readText(reader, name)
        .split(/\r\n|\r|\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
}
/** `true` or `false`, in any case. */
function readBoolean(reader, name) {
    const text = readText(reader, name);
    const lower = text.toLowerCase();
    if (lower === 'true')
        return true;
    if (lower === 'false')
        return false;
    throw usageError(reader, name, `"${quote(text)}" is neither true nor false`, 'Write true or false.');
}
/** A whole number from `min` to `max`. */
function readInteger(reader, name, range) {
    const text = readText(reader, name);
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= range.min && value <= range.max)
        return value;
    throw usageError(reader, name, `"${quote(text)}" is not a whole number from ${range.min} to ${range.max}`, `Write digits only, such as ${names/* OPTION_DEFAULTS */.HS[name] || Math.max(range.min, 1)}.`);
}
/** A number of bytes with an optional k, M or G (powers of 1024); undefined where the input is empty. */
function readSize(reader, name) {
    const text = readText(reader, name);
    if (text === '')
        return undefined;
    const match = /^(\d{1,15}(?:\.\d{1,6})?) ?([kmg]?)(?:i?b)?$/i.exec(text);
    const unit = SIZE_UNITS[match?.[2]?.toLowerCase() ?? ''];
    const bytes = match && unit ? Math.floor(Number(match[1]) * unit) : 0;
    if (bytes >= 1 && Number.isSafeInteger(bytes))
        return bytes;
    throw usageError(reader, name, `"${quote(text)}" is not a size`, 'Write a number of bytes above 0, or one with k, M or G: 500M.');
}
/** One of a few words. */
function readChoice(reader, name, choices) {
    const text = readText(reader, name);
    const found = choices.find((choice) => choice === text.toLowerCase());
    if (found !== undefined)
        return found;
    throw usageError(reader, name, `"${quote(text)}" is not known`, `Write one of: ${choices.join(', ')}.`);
}
/** A wrong value as a message may show it; never for a secret. */
function quote(text) {
    return (0,printable/* printableLine */.oy)(text, 80);
}

// EXTERNAL MODULE: ./build/options/secrets.js
var secrets = __webpack_require__(3588);
;// CONCATENATED MODULE: ./build/options/read-endpoint.js





/** Address and credentials of one server. What stands in the address wins over what the inputs say.
 *  @throws MirrorError `usage` that names the input, without its secrets. */
function readEndpoint(reader, side, address) {
    const url = (0,remote_url/* parseRemoteUrl */.JH)(address, reader.label(side));
    if (url.scheme === 'ssh')
        return readSsh(reader, side, url);
    if (url.scheme === 'https' || url.scheme === 'http')
        return readHttp(reader, side, url);
    return { url, credentials: {}, freshToken: false };
}
function readSsh(reader, side, url) {
    const sshKey = readText(reader, `${side}-ssh-key`);
    const sshPassphrase = readPassphrase(reader, side);
    const knownHosts = readText(reader, 'ssh-known-hosts');
    const inputNames = {
        sshKey: reader.label(`${side}-ssh-key`),
        sshPassphrase: reader.label(`${side}-ssh-passphrase`),
        knownHosts: reader.label('ssh-known-hosts'),
    };
    if (sshKey === '' && !reader.env['SSH_AUTH_SOCK']) {
        throw usageError(reader, `${side}-ssh-key`, `is empty, and ${(0,remote_url/* printUrl */.D1)(url)} is an ssh address`, 'Give the private key whose public half the server knows, or use an https address with a token.');
    }
    if (sshKey !== '') {
        (0,private_key/* readSshKey */.Qf)({
            text: sshKey,
            passphrase: sshPassphrase,
            inputName: inputNames.sshKey,
            passphraseName: inputNames.sshPassphrase,
        });
    }
    (0,known_hosts/* parseKnownHosts */.uJ)(knownHosts, { name: inputNames.knownHosts, strict: true });
    const credentials = {
        ...(sshKey === '' ? {} : { sshKey }),
        ...(sshPassphrase === '' ? {} : { sshPassphrase }),
        ...(knownHosts === '' ? {} : { knownHosts }),
    };
    return { url, credentials, freshToken: false, inputNames };
}
/** A passphrase may begin and end with spaces; what a pasted file leaves behind is a newline. */
function readPassphrase(reader, side) {
    return (reader.values[`${side}-ssh-passphrase`] ?? '').replace(/\r?\n$/, '');
}
function readHttp(reader, side, given) {
    const url = { scheme: given.scheme, host: given.host, port: given.port, url: given.url };
    const credentials = readPair(reader, side, given);
    const token = credentials.token ?? '';
    if (token !== '' && given.scheme === 'http' && !isLoopback(given.host)) {
        reader.note('warning', `${reader.label(side)}: ${(0,remote_url/* printUrl */.D1)(url)} is not encrypted, and the token travels as it is. Use https.`);
    }
    return { url, credentials, freshToken: token.startsWith('ghs_') };
}
function readPair(reader, side, given) {
    if (given.password !== undefined && given.password !== '') {
        return { username: given.username || readUsername(reader, side), token: given.password };
    }
    const token = readText(reader, `${side}-token`);
    if (/\p{Cc}/u.test(token)) {
        throw usageError(reader, `${side}-token`, 'holds a line break or another control character, which no token has', 'Paste the token alone, as one line.');
    }
    const username = readUsername(reader, side);
    const name = given.username ?? '';
    if (token === '') {
        if (name === '')
            return {};
        return (0,secrets/* looksLikeToken */.N)(name) ? { username, token: name } : { username: name };
    }
    if (reader.isWorkflowToken(token) && !isOwnServer(given, reader.env)) {
        noteWithheld(reader, side, given);
        return name === '' ? {} : { username: name };
    }
    return { username: name === '' ? username : name, token };
}
function readUsername(reader, side) {
    const username = readText(reader, `${side}-username`);
    if (!/[:\p{Cc}]/u.test(username))
        return username;
    throw usageError(reader, `${side}-username`, 'holds a colon or a control character, which HTTP Basic cannot carry', 'Give the user name alone, and the token or password in its own input.');
}
function noteWithheld(reader, side, given) {
    const name = `${side}-token`;
    const own = side === 'source';
    reader.note(own ? 'info' : 'warning', `${reader.label(name)}: the workflow's own token is not sent to ${(0,remote_url/* printUrl */.D1)(given)}, which is another server. ` +
        `Set ${reader.label(name)} to a token of that server${own ? ' if the repository is private' : ''}.`);
}
function isOwnServer(url, env) {
    const own = env['GITHUB_SERVER_URL'] || 'https://github.com';
    return URL.canParse(own) && new URL(own).origin === url.url.origin;
}
function isLoopback(host) {
    return host === 'localhost' || host === '[::1]' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

// EXTERNAL MODULE: ./build/plan/refspec.js
var refspec = __webpack_require__(7032);
;// CONCATENATED MODULE: ./build/options/read-options.js




const MOST_RETRIES = 100;
const MOST_IDLE_SECONDS = 1_000_000;
const MOST_COUNT = 1_000_000_000;
/**
 * Reads all inputs before anything is touched.
 * @throws MirrorError `usage`: names the input, says what is wrong and what to do, and quotes no secret.
 */
function readOptions(input) {
    const notices = [];
    const reader = {
        values: input.values,
        env: input.env,
        label: input.label ?? ((name) => name),
        isWorkflowToken: input.isWorkflowToken ?? (() => false),
        note: (level, text) => notices.push({ level, text }),
    };
    const source = readEndpoint(reader, 'source', readSourceAddress(reader));
    const destinations = readDestinations(reader, source);
    const idleSeconds = readInteger(reader, 'idle-timeout', { min: 1, max: MOST_IDLE_SECONDS });
    const options = {
        source,
        destinations,
        refspecs: (0,refspec/* parseRefspecs */.JH)(readLines(reader, 'refs'), reader.label('refs')),
        prune: readBoolean(reader, 'prune'),
        maxDeletions: readMaxDeletions(reader),
        force: readBoolean(reader, 'force'),
        atomic: readBoolean(reader, 'atomic'),
        dryRun: readBoolean(reader, 'dry-run'),
        allowUnrelated: readBoolean(reader, 'allow-unrelated'),
        retries: readInteger(reader, 'retries', { min: 0, max: MOST_RETRIES }),
        idleTimeout: idleSeconds * 1000,
        maxPackSize: readSize(reader, 'max-pack-size'),
        maxRefsPerPush: readText(reader, 'max-refs-per-push') === ''
            ? undefined
            : readInteger(reader, 'max-refs-per-push', { min: 1, max: MOST_COUNT }),
        transfer: readChoice(reader, 'transfer', ['auto', 'stream', 'spool']),
        knownHostsFiles: input.knownHostsFiles ?? [],
        verbose: input.verbose ?? false,
        env: input.env,
    };
    noteUnused(reader, 'source', [source]);
    noteUnused(reader, 'destination', destinations);
    noteShared(reader, destinations);
    return { options, notices };
}
function readSourceAddress(reader) {
    const address = readText(reader, 'source');
    if (address !== '')
        return address;
    const repository = reader.env['GITHUB_REPOSITORY'] ?? '';
    if (repository !== '')
        return `${reader.env['GITHUB_SERVER_URL'] || 'https://github.com'}/${repository}`;
    throw usageError(reader, 'source', 'is empty, and there is no workflow whose repository could be meant', 'Give the address of the repository to read.');
}
function readDestinations(reader, source) {
    const lines = readLines(reader, 'destination');
    if (lines.length === 0) {
        throw usageError(reader, 'destination', 'is empty', 'Give the address to write to, one per line.');
    }
    const destinations = [];
    for (const line of lines) {
        const endpoint = readEndpoint(reader, 'destination', line);
        if ((0,remote_url/* sameRepository */.RB)(endpoint.url, source.url)) {
            throw usageError(reader, 'destination', `${(0,remote_url/* printUrl */.D1)(endpoint.url)} is the source itself`, 'Give the address of another repository.');
        }
        if (destinations.some((other) => (0,remote_url/* sameRepository */.RB)(other.url, endpoint.url))) {
            throw usageError(reader, 'destination', `${(0,remote_url/* printUrl */.D1)(endpoint.url)} is named twice`, 'Name each destination once.');
        }
        destinations.push(endpoint);
    }
    return destinations;
}
function readMaxDeletions(reader) {
    const text = readText(reader, 'max-deletions');
    if (text.toLowerCase() === 'unlimited')
        return Number.POSITIVE_INFINITY;
    if (/^\d{1,9}$/.test(text))
        return Number(text);
    throw usageError(reader, 'max-deletions', `"${quote(text)}" is neither a whole number nor unlimited`, 'Write the largest number of refs that a run may delete, or unlimited.');
}
function noteUnused(reader, side, endpoints) {
    const address = side === 'source' ? 'the source is no' : 'no destination is an';
    const ssh = endpoints.some((endpoint) => endpoint.url.scheme === 'ssh');
    const http = endpoints.some(({ url }) => url.scheme === 'https' || url.scheme === 'http');
    const token = readText(reader, `${side}-token`);
    if (!ssh && readText(reader, `${side}-ssh-key`) !== '') {
        reader.note('warning', `${reader.label(`${side}-ssh-key`)} is not used: ${address} ssh address.`);
    }
    if (readText(reader, `${side}-ssh-passphrase`) !== '' && readText(reader, `${side}-ssh-key`) === '') {
        reader.note('warning', `${reader.label(`${side}-ssh-passphrase`)} is not used: there is no key that it opens.`);
    }
    if (!http && token !== '' && !reader.isWorkflowToken(token)) {
        reader.note('warning', `${reader.label(`${side}-token`)} is not used: ${address} https address.`);
    }
}
/** One token for several servers is allowed, and each of them gets to see it. */
function noteShared(reader, destinations) {
    const token = readText(reader, 'destination-token');
    if (token === '')
        return;
    const hosts = new Set();
    for (const { url, credentials } of destinations) {
        if ((url.scheme === 'https' || url.scheme === 'http') && credentials.token === token)
            hosts.add(url.host);
    }
    if (hosts.size < 2)
        return;
    reader.note('warning', `${reader.label('destination-token')} goes to ${hosts.size} servers: ${[...hosts].join(', ')}. ` +
        'To give each its own, write it into the address: https://USER:TOKEN@HOST/PATH');
}


/***/ }),

/***/ 3588:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ looksLikeToken),
/* harmony export */   q: () => (/* binding */ collectSecrets)
/* harmony export */ });
/* harmony import */ var _names_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3845);
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7234);


/** A shorter part of base64 turns up in names and paths by chance. */
const SHORTEST_CORE = 8;
/** Shorter values of a query are no tokens. */
const SHORTEST_VALUE = 8;
const USERINFO = /^(?:[a-z][\w+.-]*:)?\/\/([^/?#\s]*)@/gim;
/**
 * What must never be printed, from the inputs as they were given, valid or not: keys, passphrases, tokens,
 * passwords and queries in addresses, and what is built from them (`Basic` headers, base64 and URL-encoded forms).
 */
function collectSecrets(values) {
    const found = new Set();
    const tooShort = [];
    for (const name of _names_js__WEBPACK_IMPORTED_MODULE_0__/* .SECRET_OPTIONS */ .C) {
        const text = values[name]?.trim() ?? '';
        if (text === '')
            continue;
        if (text.length < _report_redact_js__WEBPACK_IMPORTED_MODULE_1__/* .SHORTEST_SECRET */ .c3)
            tooShort.push(name);
        for (const form of secretForms(text))
            found.add(form);
    }
    for (const side of ['source', 'destination']) {
        const token = values[`${side}-token`]?.trim() ?? '';
        const user = values[`${side}-username`]?.trim() || _names_js__WEBPACK_IMPORTED_MODULE_0__/* .OPTION_DEFAULTS */ .HS[`${side}-username`];
        const pairs = token === '' ? [] : [`${user}:${token}`];
        for (const userinfo of userinfos(values[side] ?? '')) {
            for (const form of userinfoForms(userinfo))
                found.add(form);
            const name = decode(userinfo.split(':', 1)[0] ?? '');
            if (userinfo.includes(':'))
                pairs.push(decode(userinfo));
            else if (token !== '')
                pairs.push(`${name}:${token}`);
        }
        for (const value of queryValues(values[side] ?? '')) {
            for (const form of [value, ...secretForms(decode(value))])
                found.add(form);
        }
        if (token !== '')
            pairs.push(`:${token}`, `${token}:`);
        for (const pair of pairs)
            found.add(Buffer.from(pair).toString('base64'));
    }
    const texts = [...found].filter((text) => text.length >= _report_redact_js__WEBPACK_IMPORTED_MODULE_1__/* .SHORTEST_SECRET */ .c3);
    return { texts: texts.toSorted((a, b) => b.length - a.length), tooShort };
}
/** A name alone in an address is a token in disguise when it looks like one. */
function looksLikeToken(name) {
    return /^(gh[a-z]_|github_pat_|gl[a-z]+-|ATBB|ATCTT)/.test(name) || /^[A-Za-z0-9_-]{32,}$/.test(name);
}
function secretForms(text) {
    // A key's lines turn up alone when something quotes one of them.
    const lines = text.split(/\r?\n|\\n/).map((line) => line.trim());
    const bodies = lines.filter((line) => line.length >= 16 && !line.startsWith('-----'));
    return [
        text,
        ...(lines.length > 1 ? bodies : []),
        JSON.stringify(text).slice(1, -1),
        ...percentForms(text),
        ...[0, 1, 2].flatMap((offset) => base64Cores(text, offset)),
    ];
}
/** As a part of a query, of a form (`+` for a space) and of an address as a whole; digits in upper and lower case. */
function percentForms(text) {
    const encoded = encodeURIComponent(text);
    const forms = [encoded, encoded.replaceAll('%20', '+'), encodeURI(text)];
    const lower = (form) => form.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
    return [...forms, ...forms.map(lower)];
}
/**
 * What is in the base64 of every text that holds `text` at this offset modulo 3, in both alphabets (RFC 4648,
 * 4 and 5). Characters in which its neighbours have a part are left out.
 */
function base64Cores(text, offset) {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
    const first = Math.ceil((offset * 8) / 6);
    const core = bytes.toString('base64').slice(first, Math.floor((bytes.length * 8) / 6));
    return core.length < SHORTEST_CORE ? [] : [core, core.replaceAll('+', '-').replaceAll('/', '_')];
}
function userinfos(text) {
    const trimmed = text.replaceAll(/^[ \t]+/gm, '');
    return [...trimmed.matchAll(USERINFO)].map((match) => match[1] ?? '').filter((userinfo) => userinfo !== '');
}
/** Servers take tokens in a query too: `?private_token=…`. */
function queryValues(addresses) {
    const queries = [...addresses.matchAll(/\?([^#\s]*)/g)].map((match) => match[1] ?? '');
    const values = queries.flatMap((query) => query.split(/[&;]/).map((pair) => pair.replace(/^[^=]*=/, '')));
    return values.filter((value) => value.length >= SHORTEST_VALUE);
}
function userinfoForms(userinfo) {
    const colon = userinfo.indexOf(':');
    if (colon < 0)
        return looksLikeToken(decode(userinfo)) ? secretForms(decode(userinfo)) : [];
    const password = userinfo.slice(colon + 1);
    return [userinfo, password, ...secretForms(decode(password))];
}
function decode(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}


/***/ }),

/***/ 3800:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ parseNamePattern),
/* harmony export */   M: () => (/* binding */ matchesPattern)
/* harmony export */ });
function parseNamePattern(text) {
    const star = text.indexOf('*');
    return star < 0
        ? { head: text, tail: undefined }
        : { head: text.slice(0, star), tail: text.slice(star + 1) };
}
/** Whether a name matches; the star stands for any text, slashes and nothing included. */
function matchesPattern({ head, tail }, name) {
    if (tail === undefined)
        return name === head;
    return name.length >= head.length + tail.length && name.startsWith(head) && name.endsWith(tail);
}


/***/ }),

/***/ 7032:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JH: () => (/* binding */ parseRefspecs),
/* harmony export */   qy: () => (/* binding */ sourcePrefixes),
/* harmony export */   vo: () => (/* binding */ destinationPrefixes)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5145);
/* harmony import */ var _protocol_ref_name_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5790);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6815);
/* harmony import */ var _name_pattern_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3800);




const SHORTHANDS = { branches: 'refs/heads/*', tags: 'refs/tags/*' };
/**
 * Namespaces that hosts fill by themselves, hide or refuse (G23). A pattern that is wider than one of them,
 * such as `refs/*`, leaves it out; a refspec that names it takes it in.
 */
const RESERVED = [
    'refs/changes/*',
    'refs/environments/*',
    'refs/github-services/*',
    'refs/keep-around/*',
    'refs/merge-requests/*',
    'refs/pipelines/*',
    'refs/pull-requests/*',
    'refs/pull/*',
    'refs/remotes/*',
    'refs/stash',
];
/**
 * Reads refspecs, one a line: `[+]SOURCE[:DESTINATION]`, with full names and at most one `*` on each side, and
 * `^NAME` or `!NAME` for what stays out of scope, wherever it stands in the list. `branches` and `tags` stand
 * for `refs/heads/*` and `refs/tags/*`.
 * @throws MirrorError `usage`: names the input and quotes the line.
 */
function parseRefspecs(lines, inputName) {
    const include = [];
    const exclude = [];
    const texts = [];
    for (const line of lines) {
        const text = line.trim();
        if (text === '')
            continue;
        const fail = (problem, hint) => {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${inputName}: "${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printableLine */ .oy)(text, 200)}" ${problem}`, { code: 'usage', hint });
        };
        texts.push(text);
        if (/^[\^!]/.test(text))
            exclude.push(parseExclusion(text, fail));
        else
            include.push(parseInclusion(text, fail));
    }
    if (include.length === 0) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${inputName}: ${exclude.length === 0 ? 'is empty' : 'says what to leave out, and not what to mirror'}`, { code: 'usage', hint: 'Name refs to mirror, one pattern a line: refs/heads/*' });
    }
    const reserved = RESERVED.filter((pattern) => isReachedByChance(include, pattern));
    return { include, exclude: [...exclude, ...reserved], texts, reserved };
}
/** Prefixes that cover all source names in scope, for `ref-prefix` (gitprotocol-v2, "ls-refs"). */
function sourcePrefixes(set) {
    return shortenPrefixes(set.include.map((spec) => (0,_name_pattern_js__WEBPACK_IMPORTED_MODULE_2__/* .parseNamePattern */ .L)(spec.source).head));
}
/** Prefixes that cover all destination names in scope. */
function destinationPrefixes(set) {
    return shortenPrefixes(set.include.map((spec) => (0,_name_pattern_js__WEBPACK_IMPORTED_MODULE_2__/* .parseNamePattern */ .L)(spec.destination).head));
}
/** git ignores the prefixes of a request that holds more than 65,536; each costs a comparison for every ref. */
const MOST_PREFIXES = 500;
function shortenPrefixes(prefixes) {
    const kept = [];
    for (const prefix of [...new Set(prefixes)].toSorted()) {
        const last = kept.at(-1);
        if (last === undefined || !prefix.startsWith(last))
            kept.push(prefix);
    }
    return kept.length > MOST_PREFIXES ? ['refs/'] : kept;
}
function parseExclusion(text, fail) {
    const name = expandShorthand(text.slice(1).trim());
    if (name.includes(':')) {
        return fail('has two sides; what is left out has one', 'Write the name at the source alone: ^refs/heads/wip/*');
    }
    checkName(name, fail);
    return name;
}
function parseInclusion(text, fail) {
    const force = text.startsWith('+');
    const sides = (force ? text.slice(1) : text).split(':').map((side) => expandShorthand(side.trim()));
    const [source = '', destination = source] = sides;
    if (sides.length > 2) {
        return fail('has more than two sides', 'Write SOURCE:DESTINATION, both as full names.');
    }
    if (source === '' || destination === '') {
        return fail('has an empty side; Git would delete or guess', 'Write both sides as full names. With prune: true, refs go away when the source no longer has them.');
    }
    for (const side of [source, destination])
        checkName(side, fail);
    const pattern = source.includes('*');
    if (pattern !== destination.includes('*')) {
        return fail('has a * on one side only', 'Give both sides one *, or none: refs/heads/*:refs/heads/mirror/*');
    }
    return { source, destination, pattern, force, text };
}
function expandShorthand(text) {
    return Object.hasOwn(SHORTHANDS, text) ? SHORTHANDS[text] : text;
}
function checkName(name, fail) {
    if (name === 'HEAD' || name === '@') {
        return fail('names HEAD, which is no branch and is never mirrored', 'Write the branch that HEAD stands for, such as refs/heads/main.');
    }
    if (!name.startsWith('refs/')) {
        return fail('is not a full ref name', `Write names from refs/ on, such as ${suggestName(name)}.`);
    }
    if (name.split('*').length > 2)
        return fail('has more than one * on a side', 'One * matches across slashes, too.');
    const why = (0,_protocol_ref_name_js__WEBPACK_IMPORTED_MODULE_3__/* .whyInvalidRefName */ .yX)(name.replace('*', 'x'));
    if (why !== undefined)
        return fail(`is not a ref name: ${why}`, 'See git help check-ref-format for the rules.');
}
function suggestName(name) {
    const full = /^(heads|tags|notes|remotes)\//.test(name) ? `refs/${name}` : `refs/heads/${name || 'main'}`;
    return (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printableLine */ .oy)(full, 200);
}
function isReachedByChance(include, reserved) {
    const name = reserved.replace('/*', '');
    const heads = include.map((spec) => ({ spec, head: (0,_name_pattern_js__WEBPACK_IMPORTED_MODULE_2__/* .parseNamePattern */ .L)(spec.source).head }));
    const isWide = heads.some(({ spec, head }) => spec.pattern && name !== head && name.startsWith(head));
    return isWide && !heads.some(({ head }) => head.startsWith(name));
}


/***/ }),

/***/ 2309:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $w: () => (/* binding */ PACKET_HEADER),
/* harmony export */   A$: () => (/* binding */ DELIM),
/* harmony export */   KF: () => (/* binding */ PacketReader),
/* harmony export */   Py: () => (/* binding */ encodePacket),
/* harmony export */   ZM: () => (/* binding */ FLUSH),
/* harmony export */   _k: () => (/* binding */ encodePackets),
/* harmony export */   cA: () => (/* binding */ lineOf),
/* harmony export */   wh: () => (/* binding */ parseLength)
/* harmony export */ });
/* unused harmony exports LARGEST_PAYLOAD, EMPTY, SHOWN */
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var _base_bytes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5771);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5145);
/* harmony import */ var _wire_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(926);




/** gitprotocol-common, "pkt-line Format": four hexadecimal digits of length, themselves included. */
const PACKET_HEADER = 4;
/** The largest payload that may be sent; readers take what four digits can say, 65,531. */
const LARGEST_PAYLOAD = 65_516;
const FLUSH = (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_1__/* .toBytes */ .ZJ)('0000');
const DELIM = (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_1__/* .toBytes */ .ZJ)('0001');
/** One pkt-line. Text is sent as it is: lines bring their own LF. @throws MirrorError `protocol` past 65,516 bytes. */
function encodePacket(payload) {
    const bytes = typeof payload === 'string' ? (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_1__/* .toBytes */ .ZJ)(payload) : payload;
    return (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_1__/* .concatBytes */ .Id)([(0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_1__/* .toBytes */ .ZJ)(encodeHeader(bytes.length)), bytes]);
}
/** Many pkt-lines in one array: the fast way for a hundred thousand haves. */
function encodePackets(payloads) {
    const parts = [];
    for (const payload of payloads)
        parts.push(encodeHeader(Buffer.byteLength(payload)), payload);
    return Buffer.from(parts.join(''));
}
function encodeHeader(length) {
    if (length > LARGEST_PAYLOAD) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MirrorError */ .En(`a packet of ${length} bytes is longer than Git allows`, { code: 'protocol' });
    }
    return (length + PACKET_HEADER).toString(16).padStart(4, '0');
}
/** The text of a data packet without its LF; what is no UTF-8 becomes U+FFFD. */
function lineOf(payload) {
    const last = payload.length - 1;
    const end = payload[last] === LF ? last : payload.length;
    return Buffer.from(payload.buffer, payload.byteOffset, end).toString();
}
const LF = 0x0a;
/** By the length in the header. */
const SPECIAL = [{ kind: 'flush' }, { kind: 'delim' }, { kind: 'response-end' }];
const EMPTY = new Uint8Array(0);
const ERR = (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_1__/* .toBytes */ .ZJ)('ERR ');
/**
 * Reads pkt-lines, however the bytes are cut. A packet whose bytes are here already is read without waiting.
 * `ERR` packets are thrown (gitprotocol-pack, "pkt-line Format").
 */
class PacketReader {
    #bytes;
    /** Length of the packet whose header was read and whose payload was not; -1: none. */
    #length = -1;
    #peeked;
    /** Payload of a packet that was peeked at and is then read in slices. */
    #rest = EMPTY;
    #first = true;
    /** Count of bytes read up to which a text that is not ASCII reaches. */
    #unplainUntil = 0;
    /** What `textNow` gave last, and the count of bytes read at which it begins. */
    #text;
    #textFrom = 0;
    constructor(bytes) {
        this.#bytes = bytes;
    }
    /**
     * The next packet; undefined at a clean end. The payload is a view of the chunk it came in.
     * @throws MirrorError `protocol` for a wrong length, `cut` inside a packet, `server` for `ERR`.
     */
    async next() {
        const now = this.nextNow();
        if (now !== undefined)
            return now;
        if (this.#peeked) {
            this.#peeked = undefined;
            return undefined;
        }
        if (this.#length < 0) {
            const header = await this.#bytes.read(PACKET_HEADER);
            if (header === undefined)
                return undefined;
            this.#length = this.#parseHeader(header);
        }
        if (this.#length <= PACKET_HEADER)
            return this.#finish(EMPTY);
        const payload = await this.#bytes.read(this.#length - PACKET_HEADER);
        if (payload === undefined)
            throw (0,_wire_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .cutInside */ .PS)();
        return this.#finish(payload);
    }
    /** The next packet when all of it is here; undefined when it would have to be waited for, or at the end. */
    nextNow() {
        if (this.#peeked) {
            const { packet } = this.#peeked;
            if (packet !== undefined)
                this.#peeked = undefined;
            return packet;
        }
        if (this.#length < 0) {
            const header = this.#bytes.readNow(PACKET_HEADER);
            if (header === undefined)
                return undefined;
            this.#length = this.#parseHeader(header);
        }
        if (this.#length <= PACKET_HEADER)
            return this.#finish(EMPTY);
        const payload = this.#bytes.readNow(this.#length - PACKET_HEADER);
        return payload === undefined ? undefined : this.#finish(payload);
    }
    /**
     * Bytes that are here, the same as text, and where in both the next packet's header begins; undefined where there
     * are none or one of them is not ASCII. For who reads a hundred thousand lines, and leaves to `next` what is no such
     * line.
     */
    textNow() {
        const { consumed } = this.#bytes;
        if (this.#peeked || this.#length >= 0 || consumed < this.#unplainUntil)
            return undefined;
        if (this.#bytes.buffered === 0 && this.#bytes.peekNow(1) === undefined)
            return undefined;
        const { buffered } = this.#bytes;
        const at = consumed - this.#textFrom;
        // Made once for all its lines, even when `next` takes some of them.
        if (this.#text !== undefined && at + buffered === this.#text.view.length)
            return { ...this.#text, at };
        const view = this.#bytes.peekNow(buffered);
        if (!(0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isAscii)(view)) {
            this.#unplainUntil = consumed + view.length;
            return undefined;
        }
        this.#textFrom = consumed;
        this.#text = { view, text: Buffer.from(view.buffer, view.byteOffset, view.length).toString('latin1') };
        return { ...this.#text, at: 0 };
    }
    /** Consumes whole packets of what `textNow` gave: `length` bytes with their headers. */
    skipNow(length) {
        if (length === 0)
            return;
        this.#bytes.readNow(length);
        this.#first = false;
    }
    /** The next packet, not consumed. */
    async peek() {
        this.#peeked ??= { packet: await this.next() };
        return this.#peeked.packet;
    }
    /**
     * The first byte of the next packet's payload, not consumed and not waited for longer than needed. Undefined
     * for a packet without payload, for bytes that are no packet, and at the end.
     */
    async peekByte() {
        if (this.#peeked) {
            return this.#peeked.packet?.kind === 'data' ? this.#peeked.packet.payload[0] : undefined;
        }
        if (this.#length >= 0)
            return this.#length > PACKET_HEADER ? (await this.#bytes.peek(1))[0] : undefined;
        const length = parseLength(await this.#bytes.peek(PACKET_HEADER));
        return length > PACKET_HEADER ? (await this.#bytes.peek(PACKET_HEADER + 1))[PACKET_HEADER] : undefined;
    }
    /**
     * Begins a packet whose payload is then taken in slices with `readSome`, so that it is never gathered. Gives
     * its length, header included: 4 and more is data, 0 to 2 flush, delim, response-end; undefined at a clean
     * end. `ERR` is not looked for.
     */
    async begin() {
        const peeked = this.#peeked;
        if (peeked) {
            this.#peeked = undefined;
            if (peeked.packet === undefined)
                return undefined;
            if (peeked.packet.kind !== 'data')
                return SPECIAL.indexOf(peeked.packet);
            this.#rest = peeked.packet.payload;
            return this.#rest.length + PACKET_HEADER;
        }
        if (this.#length < 0) {
            const header = this.#bytes.readNow(PACKET_HEADER) ?? (await this.#bytes.read(PACKET_HEADER));
            if (header === undefined)
                return undefined;
            this.#length = this.#parseHeader(header);
        }
        const length = this.#length;
        this.#length = -1;
        return length;
    }
    /**
     * Begins a data packet whose payload begins with the byte `first`, if both are here already, and gives the
     * number of bytes that follow that byte. Undefined: nothing was consumed, `begin` knows more.
     */
    beginNow(first) {
        if (this.#peeked || this.#length >= 0 || this.#rest.length > 0)
            return undefined;
        const head = this.#bytes.peekNow(PACKET_HEADER + 1);
        if (head === undefined || head[PACKET_HEADER] !== first)
            return undefined;
        const length = parseLength(head);
        if (length <= PACKET_HEADER + 1)
            return undefined;
        this.#bytes.readNow(PACKET_HEADER + 1);
        this.#first = false;
        return length - PACKET_HEADER - 1;
    }
    /** Bytes as `readSome` gives them, if some are here already. */
    readSomeNow(max) {
        return this.#rest.length > 0 ? this.#takeRest(max) : this.#bytes.readSomeNow(max);
    }
    /** At least one and at most `max` bytes of the packet that `begin` announced. @throws MirrorError `cut`. */
    async readSome(max) {
        if (this.#rest.length > 0)
            return this.#takeRest(max);
        const slice = await this.#bytes.readSome(max);
        if (slice === undefined)
            throw (0,_wire_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .cutInside */ .PS)();
        return slice;
    }
    #takeRest(max) {
        const slice = this.#rest.subarray(0, max);
        this.#rest = this.#rest.subarray(slice.length);
        return slice;
    }
    #finish(payload) {
        const length = this.#length;
        this.#length = -1;
        if (length < PACKET_HEADER)
            return SPECIAL[length];
        if (startsWith(payload, ERR))
            throw (0,_wire_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .saidError */ .kM)(payload.subarray(ERR.length));
        return { kind: 'data', payload };
    }
    #parseHeader(header) {
        const length = parseLength(header);
        if (length < 0)
            throw (0,_wire_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .noPacket */ .ks)(header, this.#bytes, this.#first);
        this.#first = false;
        return length;
    }
}
/** Length of the packet that begins at `at`, header included. -1: no pkt-line begins like that. */
function parseLength(header, at = 0) {
    if (header.length < at + PACKET_HEADER)
        return -1;
    let length = 0;
    for (let index = at; index < at + PACKET_HEADER; index++) {
        const digit = hexValue(header[index]);
        if (digit < 0)
            return -1;
        length = length * 16 + digit;
    }
    return length === 3 ? -1 : length;
}
function hexValue(code) {
    if (code >= 0x30 && code <= 0x39)
        return code - 0x30;
    const lower = code | 0x20;
    return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
function startsWith(bytes, prefix) {
    if (bytes.length < prefix.length)
        return false;
    for (let index = 0; index < prefix.length; index++)
        if (bytes[index] !== prefix[index])
            return false;
    return true;
}
const SHOWN = 120;


/***/ }),

/***/ 5790:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NR: () => (/* binding */ LONGEST_REF_NAME),
/* harmony export */   jt: () => (/* binding */ validPartOf),
/* harmony export */   yX: () => (/* binding */ whyInvalidRefName)
/* harmony export */ });
/** A ref name that no real repository exceeds; file systems take 255 bytes a part. */
const LONGEST_REF_NAME = 4096;
/**
 * Why git would refuse `name` as a full ref name (git-check-ref-format), or undefined when it would not.
 * U+FFFD stands for bytes that are no UTF-8: such a name could not be sent back as it was.
 */
function whyInvalidRefName(name) {
    if (name === '')
        return 'it is empty';
    if (name.length > LONGEST_REF_NAME)
        return `it is longer than ${LONGEST_REF_NAME} characters`;
    if (!name.includes('/'))
        return 'it has no slash';
    if (name.startsWith('/') || name.endsWith('/') || name.includes('//'))
        return 'a part between slashes is empty';
    if (name.endsWith('.'))
        return 'it ends with a dot';
    if (name.includes('..'))
        return 'it holds two dots in a row';
    if (name.includes('@{'))
        return 'it holds @{';
    const bad = /[\0-\x20\x7f~^:?*[\\]/.exec(name);
    if (bad)
        return `it holds ${describe(bad[0])}`;
    if (name.includes('\ufffd'))
        return 'it is not UTF-8';
    for (const part of name.split('/')) {
        if (part.startsWith('.'))
            return 'a part begins with a dot';
        if (part.endsWith('.lock'))
            return 'a part ends with .lock';
    }
    return undefined;
}
/** What `whyInvalidRefName` finds in the middle of a name or at its end. */
const WRONG = /[\0-\x20\x7f~^:?*[\\\ufffd]|\.\.|@\{|\/\/|\/\.|^\.|^\/|\.lock(?=\/|$)|[./]$/;
/**
 * `name` up to the first thing that git refuses in a full ref name; all of it where it is valid. A name that was
 * damaged on its way was once a longer one that began like this.
 */
function validPartOf(name) {
    if (!name.startsWith('refs/'))
        return '';
    const at = name.search(WRONG);
    return at < 0 ? name : name.slice(0, at);
}
function describe(character) {
    if (character === ' ')
        return 'a space';
    const code = character.charCodeAt(0);
    return code < 0x20 || code === 0x7f ? 'a control character' : `“${character}”`;
}


/***/ }),

/***/ 926:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Oo: () => (/* binding */ unexpectedLine),
/* harmony export */   PS: () => (/* binding */ cutInside),
/* harmony export */   Yf: () => (/* binding */ cutIn),
/* harmony export */   hN: () => (/* binding */ LONGEST_WORDS),
/* harmony export */   kM: () => (/* binding */ saidError),
/* harmony export */   ks: () => (/* binding */ noPacket)
/* harmony export */ });
/* harmony import */ var _base_bytes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5771);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5145);


/** Characters of a wrong line, and bytes of what is no packet, that an error shows. */
const LINE_SHOWN = 200;
const BYTES_SHOWN = 120;
/** A server's last words are cut to this many bytes. */
const LONGEST_WORDS = 16 * 1024;
/** The error for what a server says in an `ERR` packet. */
function saidError(message) {
    const words = (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .toText */ .fE)(message.subarray(0, LONGEST_WORDS)).trimEnd();
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`the server said: ${words}`, { code: 'server', serverText: words });
}
function cutInside() {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En('the stream ended inside a packet', { code: 'cut', retryable: true });
}
function noPacket(header, rest, first) {
    const more = rest.readNow(Math.min(BYTES_SHOWN, rest.buffered)) ?? new Uint8Array(0);
    const words = (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .toText */ .fE)((0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .concatBytes */ .Id)([header, more]));
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`expected a packet of Git's protocol, found ${JSON.stringify(words)}`, {
        code: 'protocol',
        serverText: words,
        hint: first
            ? 'Something other than Git wrote to the connection first: a login shell that prints text, a forced command, or a server of another kind.'
            : undefined,
    });
}
/** The error for a line that is not what Git's protocol has there. */
function unexpectedLine(line, expected) {
    const shown = line.slice(0, LINE_SHOWN);
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`expected ${expected}, found ${JSON.stringify(shown)}`, {
        code: 'protocol',
        serverText: shown,
    });
}
/** The error for a stream that ends in the middle of `where`. */
function cutIn(where) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`the server ended the connection in ${where}`, { code: 'cut', retryable: true });
}


/***/ }),

/***/ 7100:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ createProgressMeter)
/* harmony export */ });
/* harmony import */ var _wording_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2867);

/** `interval`: milliseconds between two lines of one destination; `now`: milliseconds of a clock. */
function createProgressMeter(interval, now) {
    const marks = new Map();
    return {
        update(destination, bytes, objects) {
            const time = now();
            const mark = marks.get(destination);
            // A second push counts from nothing again.
            if (!mark || bytes < mark.bytes) {
                marks.set(destination, { time, bytes });
                return undefined;
            }
            const elapsed = time - mark.time;
            if (elapsed < interval)
                return undefined;
            const rate = ((bytes - mark.bytes) / elapsed) * 1000;
            mark.time = time;
            mark.bytes = bytes;
            const count = objects > 0 ? `, pack of ${(0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlural */ .yk)(objects, 'object')}` : '';
            return `sent ${(0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatBytes */ .z3)(bytes)}${count}, ${(0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatBytes */ .z3)(rate)}/s`;
        },
    };
}


/***/ }),

/***/ 397:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ resultOfError),
/* harmony export */   T: () => (/* binding */ createRecorder)
/* harmony export */ });
const NO_FIGURES = {
    packBytes: 0,
    objects: 0,
    pushes: 0,
    seconds: { list: 0, negotiate: 0, transfer: 0, verify: 0 },
};
function createRecorder(options) {
    const started = options.now();
    const seen = new Map(options.destinations.map((destination) => [destination, nothingSeen()]));
    return {
        reporter: (event) => record(seen, event),
        toResult: (error) => ({
            source: options.source,
            ok: false,
            dryRun: options.dryRun,
            destinations: [...seen].map(([destination, known]) => ({
                destination,
                status: 'failed',
                changed: known.changed,
                rejected: known.rejected,
                upToDate: 0,
                warnings: known.warnings,
                error,
                figures: { ...NO_FIGURES, packBytes: known.bytes, objects: known.objects },
            })),
            error,
            seconds: (options.now() - started) / 1000,
            sourceRefs: 0,
        }),
    };
}
/** The result of a run that never began. */
function resultOfError(error) {
    return { source: '', ok: false, dryRun: false, destinations: [], error, seconds: 0, sourceRefs: 0 };
}
function nothingSeen() {
    return { changed: [], rejected: [], warnings: [], bytes: 0, objects: 0 };
}
function record(seen, event) {
    const known = 'destination' in event && event.destination ? seen.get(event.destination) : undefined;
    if (!known)
        return;
    if (event.kind === 'changed')
        known.changed.push(event.change);
    if (event.kind === 'rejected')
        known.rejected.push(event.rejected);
    if (event.kind === 'notice' && event.level === 'warning')
        known.warnings.push(event.text);
    if (event.kind === 'progress') {
        known.bytes = Math.max(known.bytes, event.bytes);
        known.objects = Math.max(known.objects, event.objects);
    }
}


/***/ }),

/***/ 7234:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E$: () => (/* binding */ redact),
/* harmony export */   c3: () => (/* binding */ SHORTEST_SECRET),
/* harmony export */   g1: () => (/* binding */ NO_SECRETS),
/* harmony export */   om: () => (/* binding */ safeLine),
/* harmony export */   rd: () => (/* binding */ redactResult)
/* harmony export */ });
/* unused harmony exports SHORTEST_START, MOST_RESULT_LINE, redactStarts, countCommon, redactLines, printWithout */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6815);


/** Shorter texts turn up everywhere in a log: hiding them would hide everything else and give them away. */
const SHORTEST_SECRET = 4;
/** Kinds of tokens begin alike: `github_pat_`. */
const SHORTEST_START = 12;
const NO_SECRETS = { texts: [], tooShort: [] };
/** Of a result's texts nothing is shown that is longer. */
const MOST_RESULT_LINE = 2000;
/** Replaces every secret of a text by `***`, and the beginning of one that was cut before. */
function redact(text, secrets) {
    let result = text;
    for (const secret of secrets.texts)
        result = result.replaceAll(secret, '***');
    return redactStarts(result, secrets.texts);
}
function redactStarts(text, secrets) {
    // The heads of keys, and user names before a password, are no secret.
    const starts = secrets.filter((secret) => secret.length > SHORTEST_START && !/^-----|:/.test(secret));
    let result = text;
    for (const secret of starts) {
        const head = secret.slice(0, SHORTEST_START);
        for (let at = result.indexOf(head); at >= 0; at = result.indexOf(head, at + 3)) {
            const end = Math.max(...starts.map((start) => at + countCommon(result.slice(at, at + start.length), start)));
            result = `${result.slice(0, at)}***${result.slice(end)}`;
        }
    }
    return result;
}
function countCommon(text, other) {
    let count = 0;
    while (count < text.length && text[count] === other[count])
        count++;
    return count;
}
/**
 * Text from anywhere as one line of a log, at most `max` UTF-16 units: printable, without a secret, and with
 * nothing that a runner obeys.
 */
function safeLine(text, secrets, max) {
    return (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .cutText */ .IN)((0,_base_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .muteLine */ .WB)(printWithout(text, secrets, max)), max);
}
/**
 * The result without a secret in any text that a server or a message had a part in: everything but the names
 * of refs. What was one error in several places stays one. Lines of texts stay lines, and are printable.
 */
function redactResult(result, secrets) {
    if (secrets.texts.length === 0)
        return result;
    const known = new Map();
    const errors = new Map();
    // Thousands of refs are rejected for the same reason.
    const clean = (text) => {
        const found = known.get(text) ?? redactLines(text, secrets);
        known.set(text, found);
        return found;
    };
    const cleanSome = (text) => text === undefined ? undefined : clean(text);
    const cleanError = (error) => {
        if (!error)
            return undefined;
        const details = { hint: cleanSome(error.hint), serverText: cleanSome(error.serverText) };
        const found = errors.get(error) ?? (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .withDetails */ .FE)(error, details, clean(error.message));
        errors.set(error, found);
        return found;
    };
    const cleanDestination = (given) => ({
        ...given,
        destination: clean(given.destination),
        rejected: given.rejected.map((ref) => ({
            ...ref,
            reason: clean(ref.reason),
            advice: cleanSome(ref.advice),
        })),
        warnings: given.warnings.map(clean),
        error: cleanError(given.error),
    });
    return {
        ...result,
        source: clean(result.source),
        destinations: result.destinations.map(cleanDestination),
        error: cleanError(result.error),
    };
}
function redactLines(text, secrets) {
    // A secret may have lines itself.
    const lines = redact(text, secrets).split(/\r\n|\r|\n/);
    return lines
        .map((line) => (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .cutText */ .IN)(printWithout(line, secrets, MOST_RESULT_LINE), MOST_RESULT_LINE))
        .join('\n');
}
/** Not cut to `max` yet, but not much longer. */
function printWithout(text, secrets, max) {
    // Before, since cutting leaves half a secret; after, since taking invisible characters away makes it whole.
    return redact((0,_base_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printableLine */ .oy)(redact(text, secrets), max * 4), secrets);
}


/***/ }),

/***/ 2867:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B4: () => (/* binding */ formatCount),
/* harmony export */   Bd: () => (/* binding */ countActions),
/* harmony export */   XZ: () => (/* binding */ describeVerdict),
/* harmony export */   Xc: () => (/* binding */ describeMessage),
/* harmony export */   Xo: () => (/* binding */ formatSeconds),
/* harmony export */   aC: () => (/* binding */ describeDestination),
/* harmony export */   m_: () => (/* binding */ shortId),
/* harmony export */   yk: () => (/* binding */ formatPlural),
/* harmony export */   z3: () => (/* binding */ formatBytes)
/* harmony export */ });
/* unused harmony exports describeCounts, countHard */
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6815);

/** `1,234`. */
function formatCount(count) {
    // Not Intl.NumberFormat: making one takes longer than most of what a run does before its first byte.
    return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
/** `1 ref`, `1,234 refs`. */
function formatPlural(count, word) {
    return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
}
/** Powers of 1000: `906 bytes`, `1.4 MB`. */
function formatBytes(bytes) {
    if (bytes < 1000)
        return bytes === 1 ? '1 byte' : `${Math.round(bytes)} bytes`;
    const units = ['kB', 'MB', 'GB', 'TB'];
    let value = bytes / 1000;
    let unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
        value /= 1000;
        unit += 1;
    }
    return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
/** `40 ms`, `1.8 s`, `12 s`, `3 min 5 s`. */
function formatSeconds(seconds) {
    if (seconds < 0.9995)
        return `${Math.round(seconds * 1000)} ms`;
    if (seconds < 9.95)
        return `${seconds.toFixed(1)} s`;
    const whole = Math.round(seconds);
    if (whole < 60)
        return `${whole} s`;
    return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
/** The first digits of an id; an empty text for the id of nothing. */
function shortId(id) {
    return /^0*$/.test(id) ? '' : id.slice(0, 10);
}
function countActions(changes) {
    const counts = { create: 0, update: 0, force: 0, delete: 0 };
    for (const change of changes)
        counts[change.action] += 1;
    return counts;
}
/** `2 created, 1 deleted`; `nothing changed` where nothing did. */
function describeCounts(counts) {
    const words = [
        ['create', 'created'],
        ['update', 'updated'],
        ['force', 'forced'],
        ['delete', 'deleted'],
    ];
    const parts = words
        .filter(([action]) => counts[action] > 0)
        .map(([action, word]) => `${formatCount(counts[action])} ${word}`);
    return parts.length === 0 ? 'nothing changed' : parts.join(', ');
}
/** One line: what became of a destination. */
function describeDestination(destination) {
    const counts = describeCounts(countActions(destination.changed));
    switch (destination.status) {
        case 'unchanged':
            return `up to date, ${formatPlural(destination.upToDate, 'ref')}`;
        case 'mirrored':
            return counts;
        case 'planned':
            return destination.changed.length === 0 ? 'nothing would change' : `would change: ${counts}`;
        case 'rejected':
            return `${formatPlural(countHard(destination), 'ref')} rejected; ${counts}`;
        case 'failed':
            return `failed${sideOf(destination.error)}: ${describeMessage(destination.error)}; ${counts}`;
    }
}
/** The sentence that comes first: did it work, and what did it do. */
function describeVerdict(result) {
    const all = result.destinations.flatMap((destination) => destination.changed);
    const counts = describeCounts(countActions(all));
    const places = formatPlural(result.destinations.length, 'destination');
    const time = formatSeconds(result.seconds);
    const failed = result.destinations.filter((destination) => destination.status === 'failed');
    const rejected = result.destinations.reduce((sum, destination) => sum + countHard(destination), 0);
    if (result.error?.code === 'cancelled')
        return `Cancelled after ${time}: ${counts}.`;
    if (result.error)
        return `${describeFailure(result.error)}.`;
    if (failed.length > 0) {
        const others = rejected > 0 ? `, ${formatPlural(rejected, 'ref')} rejected` : '';
        if (result.destinations.length === 1)
            return `${describeFailure(failed[0]?.error)}.`;
        return `Failed at ${formatCount(failed.length)} of ${places}${others}; ${counts}.`;
    }
    if (!result.ok)
        return `${formatPlural(rejected, 'ref')} rejected; ${counts} at ${places} in ${time}.`;
    if (result.dryRun) {
        return all.length === 0 ? 'Dry run: nothing would change.' : `Dry run: this would change: ${counts}.`;
    }
    if (all.length === 0)
        return `Up to date: ${places} had nothing to change.`;
    return `Mirrored: ${counts} at ${places} in ${time}.`;
}
function describeFailure(error) {
    return `Failed${sideOf(error)}: ${describeMessage(error)}`;
}
/** Both sides may be on one host: its name alone does not tell which one failed. */
function sideOf(error) {
    return error?.side === undefined ? '' : ` at the ${error.side}`;
}
/** An error's message as one printable line, without its full stop. */
function describeMessage(error) {
    return (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printableLine */ .oy)(error?.message ?? 'no reason was given', 1000).replace(/\.$/, '');
}
/** Refs whose rejection fails a run. */
function countHard(destination) {
    return destination.rejected.filter((ref) => !ref.warning).length;
}


/***/ }),

/***/ 3766:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  JH: () => (/* binding */ parseRemoteUrl),
  D1: () => (/* binding */ printUrl),
  RB: () => (/* binding */ sameRepository)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(5145);
;// CONCATENATED MODULE: ./build/transport/address/authority.js
/** Reads `[user[:password]@]host[:port]`, percent-encoded, as Git does for ssh and git addresses.
 *  @throws UrlProblem in words that fit behind the name of the input. */
function parseAuthority(text) {
    const at = text.lastIndexOf('@');
    const userinfo = at < 0 ? undefined : text.slice(0, at);
    const { host, port } = parseHostPort(text.slice(at + 1));
    const colon = userinfo?.indexOf(':') ?? -1;
    const user = colon < 0 ? userinfo : userinfo?.slice(0, colon);
    return {
        user: user === undefined || user === '' ? undefined : checkUser(decodePercent(user)),
        password: colon < 0 ? undefined : userinfo?.slice(colon + 1),
        host: checkHost(decodePercent(host)),
        port: port === undefined ? undefined : parsePort(port),
    };
}
/** What is wrong with an address, as a sentence without a subject. Holds no secret. */
class UrlProblem extends Error {
}
function parseHostPort(text) {
    const parts = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(.*))?$/.exec(text);
    if (!parts)
        throw new UrlProblem('has a host name that cannot be read');
    return { host: parts[1] ?? parts[2] ?? '', port: parts[3] === '' ? undefined : parts[3] };
}
function parsePort(text) {
    const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    if (port < 1 || port > 65535)
        throw new UrlProblem('has a port that is not a number from 1 to 65535');
    return port;
}
/** @throws UrlProblem for what no host is called, and for what a program would take as an option (J7). */
function checkHost(host) {
    if (host === '')
        throw new UrlProblem('has no host name');
    if (host.startsWith('-'))
        throw new UrlProblem("has a host name that begins with '-'");
    if (!/^[\p{L}\p{N}._~:-]+(%[\w.-]+)?$/u.test(host))
        throw new UrlProblem('has a host name that cannot be read');
    return host.toLowerCase();
}
/** @throws UrlProblem */
function checkUser(user) {
    if (user.startsWith('-'))
        throw new UrlProblem("has a user name that begins with '-'");
    checkControl(user);
    return user;
}
/** @throws UrlProblem */
function checkPath(path) {
    if (path === '' || path === '/')
        throw new UrlProblem('has no path of a repository');
    if (path.startsWith('-'))
        throw new UrlProblem("has a path that begins with '-'");
    checkControl(path);
    return path;
}
/** @throws UrlProblem */
function checkControl(text) {
    if (/[\n\r]/.test(text))
        throw new UrlProblem('has a line break in it');
    if (/[\u0000-\u001f\u007f]/.test(text))
        throw new UrlProblem('has a control character in it');
}
/** @throws UrlProblem */
function decodePercent(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        throw new UrlProblem("has a '%' that begins no percent-encoding (write it as %25)");
    }
}

;// CONCATENATED MODULE: ./build/transport/address/remote-url.js


const FORMS = 'Give https://host/path, ssh://user@host/path, user@host:path, git://host/path, file:///path or an absolute path.';
const NO_SCHEME = 'has a name and a password, and no scheme: write https:// before it';
const SSH_PORT = 22;
const GIT_PORT = 9418;
/**
 * Reads an address in the forms of git-clone(1), "GIT URLS". Pure.
 * @throws MirrorError `usage` that names `inputName`, and holds none of the address that may be secret.
 */
function parseRemoteUrl(text, inputName, platform = process.platform) {
    try {
        return parseTrimmed(text.trim(), platform);
    }
    catch (error) {
        if (!(error instanceof UrlProblem))
            throw error;
        throw new errors/* MirrorError */.En(`${inputName} ${error.message}`, { code: 'usage', hint: FORMS });
    }
}
function parseTrimmed(text, platform) {
    if (text === '')
        throw new UrlProblem('is empty');
    checkControl(text);
    const helper = /^([\w+.-]+)::/.exec(text);
    if (helper)
        throw new UrlProblem(`asks for a remote helper (${helper[1]}::), and none is ever run`);
    if (text.startsWith('-'))
        throw new UrlProblem("begins with '-'");
    const scheme = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(text);
    if (scheme)
        return parseScheme(scheme[1].toLowerCase(), scheme[2], text, platform);
    if (platform === 'win32' && /^(?:[a-z]:[\\/]|\\\\)/i.test(text))
        return { scheme: 'file', path: text };
    if (/^\/\/[^/]*[:@]/.test(text))
        throw new UrlProblem(NO_SCHEME);
    if (text.startsWith('/'))
        return { scheme: 'file', path: checkPath(text) };
    if (/^(?:[a-z]:)?\\/i.test(text))
        throw new UrlProblem('is a Windows path, and this is not Windows');
    if (/^[^/[]*:|^[^/[]*\[[^\]]*\]:/.test(text))
        return parseScp(text);
    throw new UrlProblem(relativeProblem(text));
}
function parseScheme(scheme, rest, text, platform) {
    switch (scheme) {
        case 'https':
        case 'http':
            return parseHttp(scheme, rest, text);
        case 'ssh':
        case 'git+ssh':
        case 'ssh+git':
            return parseSsh(rest);
        case 'git':
            return parseDaemon(rest);
        case 'file':
            return { scheme: 'file', path: parseFile(rest, platform) };
        default:
            throw new UrlProblem(`begins with ${scheme}://, which is not spoken here`);
    }
}
function parseHttp(scheme, rest, text) {
    if (/^[/\\]/.test(rest))
        throw new UrlProblem('has no host name');
    const authority = /^[^/\\?#]*/.exec(rest)[0];
    checkTail(authority, rest.slice(authority.length));
    if (!URL.canParse(text))
        throw new UrlProblem(`is not a readable ${scheme} address`);
    const url = new URL(text);
    if (url.hash !== '')
        throw new UrlProblem("has a fragment ('#' and what follows), which Git does not know");
    const username = decodePercent(url.username);
    const password = decodePercent(url.password);
    checkControl(username + password);
    url.username = '';
    url.password = '';
    return {
        scheme,
        host: checkHost(url.hostname.replace(/^\[|\]$/g, '')),
        port: url.port === '' ? undefined : Number(url.port),
        url,
        ...(username === '' ? {} : { username }),
        ...(password === '' ? {} : { password }),
    };
}
function parseSsh(rest) {
    const { authority, path } = splitPath(rest);
    const { user = 'git', password, host, port = SSH_PORT } = parseAuthority(authority);
    if (password !== undefined) {
        throw new UrlProblem('has a password, which ssh does not take from an address: use a key');
    }
    return { scheme: 'ssh', host, port, user, path: homePath(path) };
}
function parseDaemon(rest) {
    const { authority, path } = splitPath(rest);
    const { user, host, port = GIT_PORT } = parseAuthority(authority);
    if (user !== undefined)
        throw new UrlProblem('has a user name, and git:// knows none');
    return { scheme: 'git', host, port, path: homePath(path) };
}
function splitPath(rest) {
    const slash = rest.indexOf('/');
    if (slash < 0)
        throw new UrlProblem('has no path of a repository');
    const authority = rest.slice(0, slash);
    checkTail(authority, rest.slice(slash));
    return { authority, path: checkPath(decodePercent(rest.slice(slash))) };
}
/** `name:12/34@host/x` looks like a port and a path, and is a password that nobody encoded: it would be printed. */
function checkTail(authority, tail) {
    const at = authority.lastIndexOf('@');
    const cut = at < 0 ? /^[^[\]]*:\d*$/.test(authority) : authority.slice(0, at).includes(':');
    if (!cut || !tail.includes('@'))
        return;
    throw new UrlProblem("has an '@' behind the host: write %2F for a '/' in a password, and %40 for an '@' in a path");
}
function homePath(path) {
    return path.startsWith('/~') ? path.slice(1) : path;
}
function parseScp(text) {
    const bracket = /^((?:[^:/]*@)?)\[([^\]]*)\]:(.*)$/.exec(text);
    const colon = text.indexOf(':');
    const parts = bracket
        ? { before: `${bracket[1]}${scpHost(bracket[2])}`, path: bracket[3] }
        : { before: text.slice(0, colon), path: text.slice(colon + 1) };
    const { user = 'git', password, host, port = SSH_PORT } = parseScpAuthority(parts.before);
    // `name:token@host/path` is an https address that has lost its scheme: a token would become a path.
    const lost = password !== undefined || (!parts.before.includes('@') && /^[^@]+@[^/@]+\//.test(parts.path));
    if (lost)
        throw new UrlProblem(NO_SCHEME);
    return { scheme: 'ssh', host, port, user: checkUser(user), path: homePath(checkPath(parts.path)) };
}
/** `[host:port]` and `[user@host:port]` are Git's way to give a port without a scheme; else it is IPv6. */
function scpHost(inner) {
    return /:.*:/.test(inner) ? `[${inner}]` : inner;
}
function parseScpAuthority(text) {
    // This form is not percent-encoded.
    return parseAuthority(text.replaceAll('%', '%25'));
}
function parseFile(rest, platform) {
    const { authority, path } = splitPath(rest);
    if (platform === 'win32') {
        if (authority !== '')
            return `\\\\${checkHost(authority)}${path.replaceAll('/', '\\')}`;
        return /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
    }
    if (authority !== '' && authority !== 'localhost') {
        throw new UrlProblem('names a host: write file:/// and the absolute path');
    }
    return path;
}
function relativeProblem(text) {
    if (/^\.{0,2}[\\/]|^\.{1,2}$|^~/.test(text))
        return 'is a relative path: give the absolute one';
    if (/^[\w.-]+\/[\w.-]+$/.test(text))
        return `is '${text}', without a host: write https://github.com/${text} for one at GitHub`;
    return 'is no address of a repository';
}
/** The address for people, without any secret: a query may hold one too, and is left out. */
function printUrl(url) {
    switch (url.scheme) {
        case 'https':
        case 'http':
            return `${url.url.origin}${url.url.pathname}${url.url.search === '' ? '' : '?…'}`;
        case 'git':
            return `git://${printHost(url.host, url.port, GIT_PORT)}${printPath(url.path).replaceAll('@', '%40')}`;
        case 'ssh':
            if (/^[/~]/.test(url.path) && !url.path.startsWith('~/')) {
                return `ssh://${encodeURIComponent(url.user)}@${printHost(url.host, url.port, SSH_PORT)}${printPath(url.path)}`;
            }
            return url.port === SSH_PORT
                ? `${url.user}@${printHost(url.host, url.port, SSH_PORT)}:${url.path}`
                : `[${url.user}@${url.host}:${url.port}]:${url.path}`;
        case 'file':
            return url.path;
    }
}
function printHost(host, port, usual) {
    const name = host.includes(':') ? `[${host}]` : host;
    return port === usual ? name : `${name}:${port}`;
}
function printPath(path) {
    const encoded = path.replace(/[%\s?#"<>]/g, encodeURIComponent);
    return encoded.startsWith('/') ? encoded : `/${encoded}`;
}
/**
 * Whether two addresses name the same repository, by their text alone: the case of the host, default ports,
 * `.git` and slashes at the end do not count. Two schemes of one host are two addresses.
 */
function sameRepository(a, b) {
    return identify(a) === identify(b);
}
function identify(url) {
    switch (url.scheme) {
        case 'https':
        case 'http':
            return `${url.url.origin}${trimPath(url.url.pathname)}${url.url.search}`;
        case 'ssh':
            return `ssh ${url.user}@${url.host} ${url.port} ${trimPath(url.path).replace(/^\//, '')}`;
        case 'git':
            return `git ${url.host} ${url.port} ${trimPath(url.path)}`;
        case 'file':
            return `file ${trimPath(url.path.replaceAll('\\', '/').replace(/\/\.git\/*$/, ''))}`;
    }
}
function trimPath(path) {
    return path
        .replace(/\/+$/, '')
        .replace(/\.git$/, '')
        .replace(/\/+$/, '');
}


/***/ }),

/***/ 2079:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ht: () => (/* binding */ giveUp),
/* harmony export */   VO: () => (/* binding */ stopBody),
/* harmony export */   aj: () => (/* binding */ listSlices)
/* harmony export */ });
/* harmony import */ var _base_bytes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5771);

/** `slices` as a list. */
function listSlices(slices) {
    return slices instanceof Uint8Array ? [slices] : slices;
}
/** Tells a body, started or not, that nobody wants it. */
function stopBody(body) {
    giveUp(body[Symbol.asyncIterator]());
}
function giveUp(slices) {
    // Not awaited: a generator that waits for its own source returns when that source does.
    void Promise.resolve(slices.return?.()).catch(() => undefined);
}


/***/ }),

/***/ 6903:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   qC: () => (/* binding */ matchesHost),
/* harmony export */   rf: () => (/* binding */ hostForm),
/* harmony export */   uJ: () => (/* binding */ parseKnownHosts)
/* harmony export */ });
/* harmony import */ var _base_crypto_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6039);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5145);
/* harmony import */ var _wire_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1117);



const MARKERS = { '@cert-authority': 'cert-authority', '@revoked': 'revoked' };
/** @throws MirrorError `usage` that names input and line, when strict. */
function parseKnownHosts(text, options) {
    const entries = [];
    const lines = text.includes('\n') ? text.split(/\r?\n/) : text.split(/\r|\\n/);
    for (const [index, line] of lines.entries()) {
        const trimmed = line.trim();
        if (trimmed === '' || trimmed.startsWith('#'))
            continue;
        const entry = parseLine(trimmed);
        if (typeof entry !== 'string')
            entries.push({ ...entry, source: options.name, line: index + 1 });
        else if (options.strict)
            throw lineError(options.name, index + 1, entry);
    }
    return entries;
}
function parseLine(line) {
    const fields = line.split(/[ \t]+/);
    const first = fields[0];
    let marker;
    if (first.startsWith('@')) {
        marker = MARKERS[first];
        if (!marker)
            return 'its marker is neither @cert-authority nor @revoked';
        fields.shift();
    }
    const [hosts, type, base64] = fields;
    if (hosts !== undefined && /^(ssh-|ecdsa-|sk-)/.test(hosts) && type?.startsWith('AAAA')) {
        return 'it begins with the key: the host name is missing before it';
    }
    if (hosts === undefined || type === undefined || base64 === undefined) {
        return 'it is not "host type key"';
    }
    const key = Buffer.from(base64, 'base64');
    if ((0,_wire_js__WEBPACK_IMPORTED_MODULE_1__/* .publicKeyType */ .fi)(key) !== type)
        return `its third field is not a key of the type in the second`;
    return { marker, hosts, type, key };
}
function lineError(name, line, what) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${name}, line ${line}, cannot be used: ${what}`, {
        code: 'usage',
        hint: 'Each line is "host type key", as ssh-keyscan prints it.',
    });
}
/** The name of a host as known_hosts has it: `host`, or `[host]:port` beside port 22. */
function hostForm(host, port) {
    return port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
}
/** Whether the patterns of an entry name this host, given in the form of `hostForm`. */
function matchesHost(hosts, name) {
    if (hosts.startsWith('|'))
        return matchesHash(hosts, name);
    let matched = false;
    for (const pattern of hosts.toLowerCase().split(',')) {
        const negated = pattern.startsWith('!');
        if (!matchesPattern(negated ? pattern.slice(1) : pattern, name))
            continue;
        if (negated)
            return false;
        matched = true;
    }
    return matched;
}
function matchesHash(hosts, name) {
    const [, version, salt, hash] = hosts.split('|');
    if (version !== '1' || salt === undefined || hash === undefined)
        return false;
    const wanted = Buffer.from(hash, 'base64');
    const { createHmac, timingSafeEqual } = (0,_base_crypto_js__WEBPACK_IMPORTED_MODULE_2__/* .loadCrypto */ .Q)();
    const found = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
    return wanted.length === found.length && timingSafeEqual(wanted, found);
}
// Two indexes and one point to fall back to: a pattern of many stars takes no longer than its length times the name's.
function matchesPattern(pattern, name) {
    let at = 0;
    let star = -1;
    let resume = 0;
    let index = 0;
    while (index < name.length) {
        const wanted = pattern[at];
        if (wanted === '*') {
            star = at++;
            resume = index;
        }
        else if (wanted === '?' || wanted === name[index]) {
            at++;
            index++;
        }
        else if (star >= 0) {
            at = star + 1;
            index = ++resume;
        }
        else
            return false;
    }
    while (pattern[at] === '*')
        at++;
    return at === pattern.length;
}


/***/ }),

/***/ 1523:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Bb: () => (/* binding */ damagedKey),
  Qf: () => (/* binding */ readSshKey),
  Eq: () => (/* binding */ wrongPassphrase)
});

// EXTERNAL MODULE: ./build/base/crypto.js
var base_crypto = __webpack_require__(6039);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(5145);
// EXTERNAL MODULE: ./build/transport/ssh-keys/wire.js
var wire = __webpack_require__(1117);
;// CONCATENATED MODULE: ./build/transport/ssh-keys/encode-key.js


/** Curves of RFC 5656 by the names of RFC 7518. */
const CURVES = {
    'P-256': 'nistp256',
    'P-384': 'nistp384',
    'P-521': 'nistp521',
};
/** A private key as an unencrypted OpenSSH file (PROTOCOL.key), or the name of what ssh has no form for. */
function encodeOpenSshKey(key) {
    const fields = encodeFields(key);
    return typeof fields === 'string' ? fields : encodeFile(fields);
}
function encodeFields(key) {
    switch (key.asymmetricKeyType) {
        case 'rsa':
            return encodeRsa(key);
        case 'ec':
            return encodeEc(key);
        case 'ed25519':
            return encodeEd25519(key);
        case 'dsa':
            return 'a DSA key';
        default:
            return `a key of type ${key.asymmetricKeyType ?? 'unknown'}`;
    }
}
function encodeRsa(key) {
    const { n, e, d, p, q, qi } = readNumbers(key);
    const type = (0,wire/* encodeString */.aj)('ssh-rsa');
    const [modulus, exponent] = [(0,wire/* encodeMpint */.HK)(n), (0,wire/* encodeMpint */.HK)(e)];
    const secrets = [d, qi, p, q].map(wire/* encodeMpint */.HK);
    return {
        publicKey: Buffer.concat([type, exponent, modulus]),
        privateKey: Buffer.concat([type, modulus, exponent, ...secrets]),
    };
}
function encodeEc(key) {
    const curve = CURVES[key.export({ format: 'jwk' }).crv ?? ''];
    if (curve === undefined)
        return 'a key on a curve that ssh does not know';
    const { x, y, d } = readNumbers(key);
    const point = (0,wire/* encodeString */.aj)(Buffer.concat([Buffer.from([4]), x, y]));
    const publicKey = Buffer.concat([(0,wire/* encodeString */.aj)(`ecdsa-sha2-${curve}`), (0,wire/* encodeString */.aj)(curve), point]);
    return { publicKey, privateKey: Buffer.concat([publicKey, (0,wire/* encodeMpint */.HK)(d)]) };
}
function encodeEd25519(key) {
    const { x, d } = readNumbers(key);
    const publicKey = Buffer.concat([(0,wire/* encodeString */.aj)('ssh-ed25519'), (0,wire/* encodeString */.aj)(x)]);
    return { publicKey, privateKey: Buffer.concat([publicKey, (0,wire/* encodeString */.aj)(Buffer.concat([d, x]))]) };
}
function readNumbers(key) {
    const fields = Object.entries(key.export({ format: 'jwk' }));
    return Object.fromEntries(fields.map(([name, value]) => [name, Buffer.from(String(value), 'base64url')]));
}
function encodeFile({ publicKey, privateKey }) {
    const check = (0,base_crypto/* loadCrypto */.Q)().randomBytes(4);
    const secret = Buffer.concat([check, check, privateKey, (0,wire/* encodeString */.aj)('')]);
    const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1));
    const file = Buffer.concat([
        Buffer.from('openssh-key-v1\0'),
        (0,wire/* encodeString */.aj)('none'),
        (0,wire/* encodeString */.aj)('none'),
        (0,wire/* encodeString */.aj)(''),
        Buffer.from([0, 0, 0, 1]),
        (0,wire/* encodeString */.aj)(publicKey),
        (0,wire/* encodeString */.aj)(Buffer.concat([secret, padding])),
    ]);
    const lines = file.toString('base64').replace(/.{70}/g, '$&\n');
    return {
        text: `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`,
        publicKey,
    };
}

;// CONCATENATED MODULE: ./build/transport/ssh-keys/key-text.js

const BLOCK = /-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([\s\S]*?)-----END \1-----/;
const DEK = /DEK-Info:\s*([A-Za-z0-9-]+)\s*,\s*([0-9A-Fa-f]+)/;
const PROC_TYPE = /Proc-Type:\s*4\s*,\s*ENCRYPTED/;
/** Finds the private key in a text that secrets stores, shells and editors have been at. @throws MirrorError `usage`. */
function findArmor(pasted, inputName) {
    const text = straighten(pasted);
    const block = BLOCK.exec(text) ?? BLOCK.exec(straighten(decodeBase64(text)));
    if (!block)
        throw explainNoKey(text, inputName);
    const label = block[1];
    const body = block[2];
    const dek = DEK.exec(body);
    const base64 = body.replace(PROC_TYPE, '').replace(DEK, '').replace(/\s+/g, '');
    if (!/^[A-Za-z0-9+/]+=*$/.test(base64)) {
        throw new errors/* MirrorError */.En(`${inputName} holds a private key that is damaged between its BEGIN and END lines`, {
            code: 'usage',
            hint: 'Paste the whole file again, as it is.',
        });
    }
    const header = dek ? `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${dek[1]},${dek[2]}\n\n` : '';
    const lines = base64.replace(/.{64}/g, '$&\n').trimEnd();
    return {
        label,
        base64,
        encrypted: dek !== null,
        text: `-----BEGIN ${label}-----\n${header}${lines}\n-----END ${label}-----\n`,
    };
}
function straighten(text) {
    return text
        .replace(/^\uFEFF/, '')
        .trim()
        .replace(/^(["'])([\s\S]*)\1$/, '$2')
        .replace(/\\r\\n|\\n|\r\n?/g, '\n');
}
function decodeBase64(text) {
    const compact = text.replace(/\s+/g, '');
    if (!/^[A-Za-z0-9+/_-]+=*$/.test(compact))
        return '';
    return Buffer.from(compact, 'base64').toString('latin1');
}
function explainNoKey(text, inputName) {
    const fail = (what, hint) => new errors/* MirrorError */.En(`${inputName} ${what}`, { code: 'usage', hint });
    if (text === '') {
        return fail('is empty', 'Give the text of the private key; on GitHub an unknown secret is an empty text.');
    }
    if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) {
        return fail('holds a private key without its END line', 'Paste the whole file, its last line included.');
    }
    if (/^(ssh-|ecdsa-|sk-)[\w@.-]+ AAAA|PUBLIC KEY-----|SSH2 PUBLIC KEY/m.test(text)) {
        return fail('holds a public key', 'Give the private key: the file of the same name without .pub.');
    }
    if (text.startsWith('PuTTY-User-Key-File')) {
        return fail('holds a PuTTY key, which is not supported', 'Convert it: puttygen key.ppk -O private-openssh -o key');
    }
    if (looksLikePath(text)) {
        return fail('holds the name of a file', 'Give the text of the private key itself.');
    }
    return fail('holds no private key', 'Give the whole text of the file, from -----BEGIN … PRIVATE KEY----- to the END line.');
}
function looksLikePath(text) {
    return (text.length < 1024 &&
        /^(~|\.{0,2}[/\\]|[A-Za-z]:[/\\]|\$\w)[^\n]*$|^[\w.-]*id_[\w.-]+$|^[^\s]+\.(pem|key)$/.test(text));
}

;// CONCATENATED MODULE: ./build/transport/ssh-keys/private-key.js





const MAGIC = Buffer.from('openssh-key-v1\0');
const TYPES = new Set([
    'ssh-ed25519',
    'ssh-rsa',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
]);
/**
 * Reads a private key in any of the forms in which keys are pasted: OpenSSH, PKCS#1, PKCS#8, SEC1, with or
 * without passphrase; CRLF, no last newline, literal `\n`, spaces for newlines, base64 of the whole.
 * @throws MirrorError `usage` that names the input and holds nothing of its value.
 */
function readSshKey(input) {
    const armor = findArmor(input.text, input.inputName);
    const passphrase = input.passphrase?.replace(/\r?\n$/, '') || undefined;
    const found = { ...input, passphrase };
    return armor.label === 'OPENSSH PRIVATE KEY' ? readOpenSsh(armor, found) : readPem(armor, found);
}
/** The error for a passphrase that does not open the key. */
function wrongPassphrase(input) {
    return new errors/* MirrorError */.En(`${input.passphraseName} does not open the key in ${input.inputName}`, {
        code: 'usage',
        hint: `Give the passphrase of that key in ${input.passphraseName}.`,
    });
}
/** The error for a key that is damaged, whatever the reader of the key called it. */
function damagedKey(input, cause) {
    return new errors/* MirrorError */.En(`${input.inputName} holds a private key that is cut or damaged`, {
        code: 'usage',
        hint: 'Paste the whole file again, from the BEGIN line to the END line.',
        cause,
    });
}
function missingPassphrase(input) {
    return new errors/* MirrorError */.En(`${input.inputName} holds a key with a passphrase, and ${input.passphraseName} is not set`, {
        code: 'usage',
        hint: `Set ${input.passphraseName}, or use a key without passphrase (ssh-keygen -p removes it).`,
    });
}
function unsupportedKey(input, what) {
    return new errors/* MirrorError */.En(`${input.inputName} holds ${what}, which is not supported`, {
        code: 'usage',
        hint: 'Make a new key with: ssh-keygen -t ed25519 -N "" -f mirror-key',
    });
}
function readOpenSsh(armor, input) {
    const bytes = Buffer.from(armor.base64, 'base64');
    if (!bytes.subarray(0, MAGIC.length).equals(MAGIC))
        throw damagedKey(input);
    const reader = new wire/* WireReader */.ZT(bytes.subarray(MAGIC.length));
    const cipher = reader.string()?.toString('latin1');
    reader.string();
    reader.string();
    reader.uint32();
    const publicKey = reader.string();
    if (cipher === undefined || publicKey === undefined || reader.string() === undefined)
        throw damagedKey(input);
    const type = (0,wire/* publicKeyType */.fi)(publicKey);
    if (type.startsWith('sk-'))
        throw unsupportedKey(input, 'a key that lives on a security device');
    if (!TYPES.has(type))
        throw unsupportedKey(input, type === 'ssh-dss' ? 'a DSA key' : 'a key of an unknown type');
    if (cipher !== 'none' && input.passphrase === undefined)
        throw missingPassphrase(input);
    return {
        text: armor.text,
        ...(cipher === 'none' ? {} : { passphrase: input.passphrase }),
        type,
        fingerprint: (0,wire/* fingerprint */.Rj)(publicKey),
    };
}
function readPem(armor, input) {
    const encoded = encodeOpenSshKey(openPem(armor, input));
    if (typeof encoded === 'string')
        throw unsupportedKey(input, encoded);
    const { text, publicKey } = encoded;
    return { text, type: (0,wire/* publicKeyType */.fi)(publicKey), fingerprint: (0,wire/* fingerprint */.Rj)(publicKey) };
}
function openPem(armor, input) {
    const encrypted = armor.label === 'ENCRYPTED PRIVATE KEY' || armor.encrypted;
    if (encrypted && input.passphrase === undefined)
        throw missingPassphrase(input);
    try {
        return (0,base_crypto/* loadCrypto */.Q)().createPrivateKey(encrypted ? { key: armor.text, passphrase: input.passphrase } : armor.text);
    }
    catch (cause) {
        throw encrypted ? wrongPassphrase(input) : damagedKey(input, cause);
    }
}


/***/ }),

/***/ 1117:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HK: () => (/* binding */ encodeMpint),
/* harmony export */   Rj: () => (/* binding */ fingerprint),
/* harmony export */   ZT: () => (/* binding */ WireReader),
/* harmony export */   aj: () => (/* binding */ encodeString),
/* harmony export */   fi: () => (/* binding */ publicKeyType)
/* harmony export */ });
/* harmony import */ var _base_crypto_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6039);

/** Reads the fields of RFC 4251, section 5; undefined where the bytes end early. */
class WireReader {
    #bytes;
    #offset = 0;
    constructor(bytes) {
        this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    uint32() {
        if (this.#offset + 4 > this.#bytes.length)
            return undefined;
        const value = this.#bytes.readUInt32BE(this.#offset);
        this.#offset += 4;
        return value;
    }
    string() {
        const length = this.uint32();
        if (length === undefined || this.#offset + length > this.#bytes.length)
            return undefined;
        this.#offset += length;
        return this.#bytes.subarray(this.#offset - length, this.#offset);
    }
}
/** A `string` of RFC 4251: its length, then its bytes. */
function encodeString(value) {
    const bytes = Buffer.from(value);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
}
/** An `mpint` of RFC 4251, of an unsigned number in big-endian order. */
function encodeMpint(number) {
    let start = 0;
    while (start < number.length && number[start] === 0)
        start++;
    const digits = Buffer.from(number.subarray(start));
    const signed = digits.length > 0 && digits[0] >= 0x80;
    return encodeString(signed ? Buffer.concat([Buffer.from([0]), digits]) : digits);
}
/** The type that a public key names itself: `ssh-ed25519`, `ssh-rsa`, … Empty for what is no key. */
function publicKeyType(key) {
    return new WireReader(key).string()?.toString('latin1') ?? '';
}
/** As OpenSSH and the hosts print it: `SHA256:` and unpadded base64. */
function fingerprint(key) {
    return `SHA256:${(0,_base_crypto_js__WEBPACK_IMPORTED_MODULE_0__/* .loadCrypto */ .Q)().createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}


/***/ })

};
