export const id = 5935;
export const ids = [5935];
export const modules = {

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

/***/ 45935:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createHttpRemote: () => (/* binding */ createHttpRemote)
});

// EXTERNAL MODULE: ./build/base/deadline.js
var deadline = __webpack_require__(68606);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/transport/address/credentials.js
var credentials = __webpack_require__(56263);
// EXTERNAL MODULE: ./build/transport/http-client/http-client.js + 8 modules
var http_client = __webpack_require__(19003);
// EXTERNAL MODULE: ./build/transport/http-client/http-connections.js + 4 modules
var http_connections = __webpack_require__(76685);
// EXTERNAL MODULE: ./build/transport/address/loopback.js
var loopback = __webpack_require__(4076);
// EXTERNAL MODULE: ./build/transport/route/private-address.js
var private_address = __webpack_require__(60982);
// EXTERNAL MODULE: ./build/transport/http/refusals.js + 1 modules
var refusals = __webpack_require__(26331);
// EXTERNAL MODULE: ./build/transport/http/site.js
var http_site = __webpack_require__(58080);
;// CONCATENATED MODULE: ./build/transport/http/discovery.js





const MAX_REDIRECTS = 5;
/**
 * Asks `<base>/info/refs` for the refs of a service (gitprotocol-http, "Smart Clients") and follows up to
 * five redirects to an address that ends as the asked one does, never from https to http, and never from a public
 * host to a private one.
 * @throws MirrorError for every answer but a smart server's.
 */
async function discoverRefs(site, place, call) {
    const { base } = place;
    let { publicOnly } = place;
    let url = discoveryUrl(base, call.service);
    let permanent = true;
    for (let hops = 0;; hops++) {
        const answer = await site.client.request({
            method: 'GET',
            url,
            headers: { ...(0,http_site/* commonHeaders */.o_)(site, call, url), accept: '*/*', pragma: 'no-cache' },
            repeatable: true,
            publicOnly,
            signal: call.signal,
            onActivity: call.onActivity,
        });
        const target = (0,http_site/* redirectTarget */.ET)(answer, url);
        if (!target || (0,refusals/* isLoginAddress */.WD)(target)) {
            await (0,http_site/* acceptAnswer */.dn)(answer, { site, call, url }, 'advertisement');
            return { base: hops === 0 ? base : baseOf(url, call.service), permanent, publicOnly, answer };
        }
        await answer.bytes.cancel();
        checkRedirect(url, target, hops);
        baseOf(target, call.service);
        publicOnly ||= target.host !== url.host && isPublic(answer.peer ?? url.hostname);
        site.onNotice(`${(0,http_site/* printAddress */.SY)(url)} redirects to ${(0,http_site/* printAddress */.SY)(target)}`);
        permanent &&= answer.status === 301 || answer.status === 308;
        url = target;
    }
}
/** What a proxy was asked for by name may be anywhere: it counts as public. */
function isPublic(address) {
    return !(0,private_address/* isPrivateAddress */.C0)(address) && !(0,loopback/* isLoopback */.U)(address);
}
/** The configured address as the text that `/info/refs` is put after. */
function baseAddress(home) {
    return home.href.replace(/\/+$/, '');
}
/** Git puts the path after a query as well, as remote-curl does. */
function discoveryUrl(base, service) {
    return new URL(`${base}/info/refs${base.includes('?') ? '&' : '?'}service=${service}`);
}
/** @throws MirrorError for an address that ends otherwise than a discovery does. */
function baseOf(url, service) {
    const tail = ['?', '&']
        .map((mark) => `/info/refs${mark}service=${service}`)
        .find((text) => url.href.endsWith(text));
    if (tail !== undefined)
        return url.href.slice(0, -tail.length).replace(/\/+$/, '');
    throw new errors/* MirrorError */.En(`the server redirects to ${(0,http_site/* printAddress */.SY)(url)}, which is not the address of a repository`, {
        code: 'http',
        hint: 'Use the address that git clone takes.',
    });
}
function checkRedirect(from, to, hops) {
    if (to.protocol !== 'https:' && (to.protocol !== 'http:' || from.protocol === 'https:')) {
        throw new errors/* MirrorError */.En(`${(0,http_site/* printAddress */.SY)(from)} redirects to ${to.protocol}//, which is not followed from https`, {
            code: 'http',
            hint: 'The server has to redirect to an https address.',
        });
    }
    if (hops >= MAX_REDIRECTS) {
        throw new errors/* MirrorError */.En(`${(0,http_site/* printAddress */.SY)(from)} redirects more than ${MAX_REDIRECTS} times`, {
            code: 'http',
            hint: 'Use the address that git clone takes.',
        });
    }
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./build/base/bytes.js
var bytes = __webpack_require__(25771);
// EXTERNAL MODULE: ./build/transport/connection/connection.js
var connection = __webpack_require__(22079);
// EXTERNAL MODULE: ./build/transport/http-client/upload.js
var http_client_upload = __webpack_require__(75400);
;// CONCATENATED MODULE: ./build/transport/http/gather-body.js



/**
 * Pulls up to `limit` bytes to see whether that is all.
 * @throws what the body throws; the signal's reason.
 */
async function gatherBody(body, limit, signal) {
    const upload = new http_client_upload/* Upload */._(body);
    const abort = () => upload.fail(signal.reason);
    signal.throwIfAborted();
    signal.addEventListener('abort', abort, { once: true });
    try {
        const parts = [];
        for (let length = 0; length <= limit;) {
            const next = await upload.next();
            if (next.done)
                return { whole: (0,bytes/* concatBytes */.Id)(parts.flatMap(connection/* listSlices */.aj)) };
            parts.push(next.value);
            for (const slice of (0,connection/* listSlices */.aj)(next.value))
                length += slice.length;
        }
        return { rest: startWith(parts, upload) };
    }
    finally {
        signal.removeEventListener('abort', abort);
    }
}
/** No generator: its `return` would wait for a slice that is under way. */
function startWith(parts, rest) {
    const slices = {
        next(written) {
            const part = parts.shift();
            return part ? Promise.resolve({ done: false, value: part }) : rest.next(written);
        },
        return() {
            parts.length = 0;
            return rest.return();
        },
    };
    return { [Symbol.asyncIterator]: () => slices };
}

;// CONCATENATED MODULE: ./build/transport/http/turn.js





/** A longer body is streamed; git's http.postBuffer is the same. */
const LONGEST_BUFFERED_BYTES = 1024 * 1024;
/** Shorter requests are not worth compressing; git draws the line there too. */
const SHORTEST_COMPRESSED_BYTES = 1024;
/** Of a probe's answer; a whole one is empty. */
const PROBE_ANSWER_BYTES = 64 * 1024;
/** Refusals that the same request in another coding would get again. */
const REFUSES_IDENTITY_TOO = new Set([401, 402, 403, 404, 407, 408, 410, 413, 429]);
/**
 * POSTs one request to upload-pack, compressed when it is worth it (A7).
 * @throws MirrorError for every answer but a smart server's.
 */
async function postUploadPack(body, options, coding) {
    const gathered = await gather(body, options);
    if ('rest' in gathered)
        return await post(gathered.rest, options, lengthHeader(options));
    const { whole } = gathered;
    if (whole.length > SHORTEST_COMPRESSED_BYTES && !coding.refusesGzip) {
        const { gzip } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 38522, 19));
        const packed = await (0,external_node_util_.promisify)(gzip)(whole, { level: 1 });
        options.call.signal.throwIfAborted();
        const answer = await send(packed, options, { 'content-encoding': 'gzip' }, { repeatable: true });
        if (answer.status < 400 || answer.status > 499 || REFUSES_IDENTITY_TOO.has(answer.status)) {
            return await accept(answer, options);
        }
        await answer.bytes.cancel();
        coding.refusesGzip = true;
        options.site.onNotice(`the server answers ${answer.status} to a compressed request: sent again as it is`);
    }
    return await post(whole, options, {}, { repeatable: true });
}
/**
 * POSTs one push on a connection of its own. What ends within 1 MiB goes with Content-Length, the rest
 * chunked, after a probe that finds out whether the server would refuse the credential.
 * @throws MirrorError for every answer but a smart server's; what the body threw.
 */
async function postReceivePack(body, options) {
    const gathered = await gather(body, options);
    if ('whole' in gathered)
        return await post(gathered.whole, options, {}, { fresh: true });
    try {
        await probe(options);
    }
    catch (error) {
        (0,connection/* stopBody */.VO)(gathered.rest);
        throw error;
    }
    return await post(gathered.rest, options, lengthHeader(options), { fresh: true });
}
/** A lone flush, as remote-curl sends it: answered with nothing, or with the refusal that a pack would get. */
async function probe(options) {
    const answer = await send((0,bytes/* toBytes */.ZJ)('0000'), options, {}, { repeatable: true });
    const { status } = answer;
    if (status === 401 || status === 403 || status === 404 || (status >= 300 && status < 400)) {
        await accept(answer, options);
    }
    // Any other refusal may be of the probe alone.
    await answer.bytes.readAll(PROBE_ANSWER_BYTES).catch(() => answer.bytes.cancel());
}
async function gather(body, { call, length }) {
    if (body instanceof Uint8Array)
        return { whole: body };
    if (length !== undefined)
        return { rest: body };
    return await gatherBody(body, LONGEST_BUFFERED_BYTES, call.signal);
}
function lengthHeader({ length }) {
    return length === undefined ? {} : { 'content-length': String(length) };
}
async function post(body, options, headers, sending = {}) {
    return await accept(await send(body, options, headers, sending), options);
}
function send(body, options, headers, sending) {
    const { site, call } = options;
    const url = turnUrl(options);
    return site.client.request({
        method: 'POST',
        url,
        headers: {
            ...(0,http_site/* commonHeaders */.o_)(site, call, url),
            'content-type': `application/x-${call.service}-request`,
            accept: `application/x-${call.service}-result`,
            ...headers,
        },
        body,
        ...sending,
        publicOnly: options.publicOnly,
        signal: call.signal,
        onActivity: call.onActivity,
    });
}
async function accept(answer, options) {
    return await (0,http_site/* acceptAnswer */.dn)(answer, { ...options, url: turnUrl(options) }, 'result');
}
function turnUrl({ base, call }) {
    return new URL(`${base}/${call.service}`);
}

;// CONCATENATED MODULE: ./build/transport/http/http-remote.js









/** Milliseconds that `close` waits for the rest of an answer. */
const CLOSE_LIMIT_MS = 1000;
/** Milliseconds that a turn waits for the end of the answer before, so that its connection can be used. */
const REUSE_LIMIT_MS = 100;
/**
 * A repository behind Git's smart HTTP protocol (gitprotocol-http). `open` asks for the refs; each turn is a
 * POST. Connections are kept for all but pushes.
 */
function createHttpRemote(url, options) {
    const home = new URL(url.url);
    home.username = '';
    home.password = '';
    home.hash = '';
    const opening = { env: options.env, limit: options.limits.connect };
    const client = new http_client/* HttpClient */.Q(opening, options.connections && (0,http_connections/* shareHttpConnections */.B)(options.connections, opening));
    const site = {
        client,
        home,
        // Asked each time: a long run outlives the tokens of an App, and gets new ones.
        get authorization() {
            const login = (0,credentials/* chooseLogin */.VK)(options.credentials, url);
            return login && (0,credentials/* encodeBasic */.rY)(login);
        },
        userAgent: options.userAgent,
        env: options.env,
        freshToken: options.retryFreshToken ?? false,
        onNotice: (text) => options.onNotice?.(text),
    };
    const coding = { refusesGzip: false };
    let place = { base: baseAddress(home), publicOnly: false };
    return {
        label: (0,http_site/* printAddress */.SY)(home),
        async open(open) {
            const connection = await openConnection({ site, place, coding }, open);
            place = connection.lastingPlace;
            return connection;
        },
        dispose: () => client.dispose(),
    };
}
async function openConnection({ site, place: asked, coding }, open) {
    const ending = new AbortController();
    const call = {
        service: open.service,
        version: open.version,
        signal: AbortSignal.any([open.signal, ending.signal]),
        onActivity: open.onActivity,
    };
    const { base, permanent, publicOnly, answer } = await discoverRefs(site, asked, call);
    const answers = new Set([answer]);
    return {
        lastingPlace: permanent ? { base, publicOnly } : asked,
        forgets: true,
        greeting: answer.bytes,
        async turn(body, { length } = {}) {
            const options = { site, call, base, publicOnly, length };
            try {
                await whenOver(answers);
                const answer = call.service === 'git-upload-pack'
                    ? await postUploadPack(body, options, coding)
                    : await postReceivePack(body, options);
                answers.add(answer);
                return answer.bytes;
            }
            catch (error) {
                if (!(body instanceof Uint8Array))
                    (0,connection/* stopBody */.VO)(body);
                throw error;
            }
        },
        prepare() {
            // Pushes alone go on a connection of their own.
            if (call.service === 'git-receive-pack')
                site.client.openAhead(new URL(base), publicOnly);
        },
        async close() {
            await Promise.all(Array.from(answers, settle));
            answers.clear();
            return { text: '' };
        },
        abort(reason) {
            ending.abort(reason ?? new errors/* MirrorError */.En('the connection was given up', { code: 'cancelled' }));
        },
    };
}
/** The last packet of an answer comes a little before its end. */
async function whenOver(answers) {
    const waiting = Array.from(answers).filter(({ over }) => !over);
    if (waiting.length === 0)
        return;
    await (0,deadline/* within */.u)(Promise.all(waiting.map((answer) => answer.whenOver)), REUSE_LIMIT_MS);
}
/** Reads what is left, so that the connection can be used again, or gives it up. */
async function settle({ bytes, over }) {
    if (over)
        return;
    const timer = setTimeout(() => void bytes.cancel(), CLOSE_LIMIT_MS);
    await bytes.drain().catch(() => undefined);
    clearTimeout(timer);
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
