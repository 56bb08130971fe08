export const id = 4062;
export const ids = [4062,768];
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

/***/ 24062:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createJsonClient: () => (/* binding */ createJsonClient)
/* harmony export */ });
/* harmony import */ var _base_json_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(10768);
/* harmony import */ var _base_bytes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25771);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(86815);
/* harmony import */ var _base_version_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7844);
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62867);
/* harmony import */ var _transport_http_client_http_client_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(19003);
/* harmony import */ var _rate_limit_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(86538);








const CONNECT_LIMIT_MS = 30_000;
const TIME_LIMIT_MS = 60_000;
const MOST_ANSWER_BYTES = 32 * 1024 * 1024;
const MOST_PAGE_BYTES = 64 * 1024;
const MOST_PAGES = 1000;
const MOST_REDIRECTS = 5;
function createJsonClient(options) {
    const client = new _transport_http_client_http_client_js__WEBPACK_IMPORTED_MODULE_3__/* .HttpClient */ .Q({ env: options.env, limit: CONNECT_LIMIT_MS });
    const base = new URL(options.base);
    if (!base.pathname.endsWith('/'))
        base.pathname += '/';
    const resolve = (path) => checkOrigin(new URL(path, base), base);
    async function ask(path, method = 'GET', body) {
        const question = { method, url: resolve(path), body };
        for (let tries = 0;; tries++) {
            try {
                return await askOnce(client, options, question);
            }
            catch (thrown) {
                const reason = options.signal.aborted ? options.signal.reason : thrown;
                await (0,_rate_limit_js__WEBPACK_IMPORTED_MODULE_4__/* .waitBefore */ .f)((0,_base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .toMirrorError */ .Ho)(reason, { code: 'cut' }), tries, options);
            }
        }
    }
    async function send(method, path, body) {
        const { bytes, url, answer } = await ask(path, method, body);
        const text = (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .toText */ .fE)(bytes);
        return {
            value: text === '' && method !== 'GET' ? undefined : parseJson(text, url),
            next: readNext(answer, url, base),
            header: (name) => answer.header(name),
        };
    }
    const get = async (path) => await send('GET', path);
    return {
        get,
        send,
        getText: async (path) => (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .toText */ .fE)((await ask(path)).bytes),
        getBytes: async (path) => (await ask(path)).bytes,
        async *pages(path, next = (answer) => answer.next) {
            const seen = new Set();
            for (let url = resolve(path); url !== undefined;) {
                if (seen.has(url.href)) {
                    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`the pages of ${printPlace(url)} go round in a circle`, { code: 'protocol' });
                }
                if (seen.size === MOST_PAGES) {
                    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`${printPlace(url)} has more than ${MOST_PAGES} pages`, { code: 'limit' });
                }
                seen.add(url.href);
                const answer = await get(url);
                yield answer;
                const following = next(answer);
                url = following === undefined ? undefined : resolve(following);
            }
        },
        dispose: () => client.dispose(),
    };
}
const DONE = new Set([200, 201, 202, 204]);
async function askOnce(client, options, question) {
    const { method, body, url: first } = question;
    const late = AbortSignal.timeout(options.timeLimit ?? TIME_LIMIT_MS);
    const signal = AbortSignal.any([options.signal, late]);
    try {
        let url = first;
        for (let redirects = 0;; redirects++) {
            const answer = await client.request({
                method,
                url,
                headers: {
                    'user-agent': `kalandra/${_base_version_js__WEBPACK_IMPORTED_MODULE_5__/* .VERSION */ .x}`,
                    accept: 'application/json',
                    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
                    ...options.headers,
                },
                body: body === undefined ? undefined : (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .toBytes */ .ZJ)(JSON.stringify(body)),
                repeatable: method !== 'POST',
                signal,
            });
            options.onRequest?.(`${method} ${printPlace(url)}: HTTP ${answer.status}`);
            const target = redirectOf(answer, url);
            if (target === undefined || redirects === MOST_REDIRECTS) {
                const isDone = DONE.has(answer.status);
                const bytes = await answer.bytes.readAll(isDone ? MOST_ANSWER_BYTES : MOST_PAGE_BYTES);
                if (!isDone)
                    throw refusal(answer, url, (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .toText */ .fE)(bytes), options.tokenHint);
                return { bytes, url, answer };
            }
            await answer.bytes.cancel();
            url = checkOrigin(target, first);
        }
    }
    catch (thrown) {
        if (!late.aborted || options.signal.aborted)
            throw thrown;
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`${printPlace(first)} did not answer in time`, { code: 'timeout', retryable: true });
    }
}
function redirectOf(answer, from) {
    const location = answer.header('location');
    const isRedirect = [301, 302, 307, 308].includes(answer.status) && location !== undefined;
    return isRedirect ? (URL.parse(location, from.href) ?? undefined) : undefined;
}
/** @throws MirrorError where an answer leads to another server: neither login nor questions go there. */
function checkOrigin(url, base) {
    if (url.origin === base.origin)
        return url;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`${printPlace(base)} leads to another server, ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_6__/* .printableLine */ .oy)(url.origin, 200)}`, {
        code: 'protocol',
        hint: 'Nothing is asked there. Give the address of the API itself, under `api` of this host.',
    });
}
function refusal(answer, url, page, tokenHint = 'Give the host a token that may read its repositories, under `hosts`.') {
    const { status } = answer;
    const place = printPlace(url);
    const limit = (0,_rate_limit_js__WEBPACK_IMPORTED_MODULE_4__/* .readRateLimit */ .y)(answer, Date.now());
    const details = { status, serverText: page === '' ? undefined : page };
    if (limit !== undefined) {
        const text = `${place} asks to wait ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_2__/* .formatSeconds */ .Xo)(limit / 1000)} before the next request (HTTP ${status})`;
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(text, { ...details, code: 'http', retryable: true, retryAfter: limit });
    }
    // Azure DevOps shows its login page with 203.
    if (status === 401 || status === 403 || status === 203) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`${place} refused the token (HTTP ${status})`, {
            ...details,
            code: 'auth',
            hint: tokenHint,
        });
    }
    if (status === 404) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`there is nothing at ${place}, or nothing that this token may see`, {
            ...details,
            code: 'not-found',
        });
    }
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`${place} refused the request (HTTP ${status})`, {
        ...details,
        code: 'http',
        retryable: status === 408 || status === 429 || (status >= 500 && status !== 501),
    });
}
function readNext(answer, url, base) {
    const link = /<([^<>]*)>\s*(?:;[^,;]*)*;\s*rel="?next"?(?=[\s;,]|$)/i.exec(answer.header('link') ?? '');
    const next = link?.[1] === undefined ? undefined : URL.parse(link[1], url.href);
    return next ? checkOrigin(next, base) : undefined;
}
function parseJson(text, url) {
    try {
        return (0,_base_json_js__WEBPACK_IMPORTED_MODULE_7__/* .parseStrangersJson */ .$)(text);
    }
    catch {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`${printPlace(url)} did not answer in JSON`, {
            code: 'protocol',
            hint: 'Check the address of the API, under `api` of this host.',
        });
    }
}
/** A query may hold a token. */
function printPlace(url) {
    return (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_6__/* .printableLine */ .oy)(`${url.origin}${url.pathname}`, 300);
}


/***/ }),

/***/ 86538:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ waitBefore),
/* harmony export */   y: () => (/* binding */ readRateLimit)
/* harmony export */ });
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62867);
/* harmony import */ var _base_retry_after_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(70929);


/** What GitHub wants where it does not say how long: "wait for at least one minute". */
const UNKNOWN_WAIT_MS = 60_000;
/**
 * Milliseconds that an answer asks to wait; undefined: it is no rate limit. Hosts say it in different ways: 429, or 403
 * with `Retry-After`, or 403 with nothing left until a time in epoch seconds (GitHub `x-ratelimit-*`, GitLab
 * `ratelimit-*`). `now` in milliseconds.
 */
function readRateLimit(answer, now) {
    const { status } = answer;
    if (status !== 429 && status !== 403 && status !== 503)
        return undefined;
    const after = (0,_base_retry_after_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRetryAfter */ .m)(answer.header('retry-after'), now);
    if (after !== undefined)
        return after;
    if (status === 503)
        return undefined;
    const remaining = answer.header('x-ratelimit-remaining') ?? answer.header('ratelimit-remaining');
    const reset = Number(answer.header('x-ratelimit-reset') ?? answer.header('ratelimit-reset') ?? Number.NaN);
    if (remaining?.trim() === '0' && reset > 0)
        return Math.max(0, reset * 1000 - now);
    return status === 429 ? UNKNOWN_WAIT_MS : undefined;
}
/** How long a server may ask to be left alone, by default. */
const MOST_WAIT_MS = 120_000;
const MOST_RETRIES = 3;
const FIRST_DELAY_MS = 500;
/**
 * Waits before a request is sent again.
 * @throws MirrorError `error` itself where trying again cannot help, or there is no time for it
 */
async function waitBefore(error, tries, patience) {
    const delay = error.retryAfter ?? FIRST_DELAY_MS * 2 ** tries;
    if (!error.retryable || tries === MOST_RETRIES || delay > (patience.mostWait ?? MOST_WAIT_MS))
        throw error;
    patience.onNotice?.(`${error.message}; trying again in ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatSeconds */ .Xo)(delay / 1000)}`);
    const { setTimeout: wait } = process.getBuiltinModule('node:timers/promises');
    await wait(delay, undefined, { signal: patience.signal }).catch(() => patience.signal.throwIfAborted());
}


/***/ })

};
