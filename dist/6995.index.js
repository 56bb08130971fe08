export const id = 6995;
export const ids = [6995,4062,768];
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

/***/ 59465:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M8: () => (/* binding */ textField),
/* harmony export */   Mr: () => (/* binding */ orMissing),
/* harmony export */   SX: () => (/* binding */ isRuleFor),
/* harmony export */   VP: () => (/* binding */ mayPushBy),
/* harmony export */   Z9: () => (/* binding */ wordsOf),
/* harmony export */   ZZ: () => (/* binding */ field),
/* harmony export */   c2: () => (/* binding */ statusOf),
/* harmony export */   c3: () => (/* binding */ listOf),
/* harmony export */   xj: () => (/* binding */ createOrFind)
/* harmony export */ });
/* harmony import */ var _base_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(10768);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(86815);



/** The status of a refusal; undefined for anything else. */
function statusOf(thrown) {
    return thrown instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En ? thrown.status : undefined;
}
/** `read`, or undefined where the service answers 404. */
async function orMissing(read) {
    try {
        return await read();
    }
    catch (thrown) {
        if (statusOf(thrown) === 404)
            return undefined;
        throw thrown;
    }
}
/**
 * Makes a repository, whatever the status by which its host says that it is there: another run may have been faster.
 * @throws MirrorError the host's refusal, with what to do
 */
async function createOrFind(host, make, need) {
    try {
        await make();
        return true;
    }
    catch (thrown) {
        const status = statusOf(thrown);
        if (status === undefined || status >= 500)
            throw thrown;
        if (status !== 401 && (await host.look()) !== undefined)
            return false;
        throw refusedCreation(thrown, need);
    }
}
/** How many characters of a host's own words an error shows. */
const WORDS_LENGTH = 300;
function refusedCreation(error, need) {
    const words = wordsOf(error.serverText);
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the repository could not be made: ${error.message}${words === '' ? '' : `: ${words}`}`, {
        code: error.code === 'http' ? 'auth' : error.code,
        status: error.status,
        side: 'destination',
        hint: `Make the repository by hand, empty, or give a token that may: ${need}.`,
    });
}
/** What a service says in the JSON of a refusal, in one line; nothing of a page of HTML. */
function wordsOf(text) {
    try {
        return (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printableLine */ .oy)(collectWords((0,_base_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseStrangersJson */ .$)(text ?? '')).join('; '), WORDS_LENGTH);
    }
    catch {
        return '';
    }
}
function collectWords(value) {
    if (typeof value === 'string')
        return [value];
    if (typeof value !== 'object' || value === null)
        return [];
    const entries = Object.entries(value).filter(([key]) => !SILENT_KEYS.has(key));
    return entries.flatMap(([, inner]) => collectWords(inner));
}
/** Fields of refusals that say nothing to a person. */
const SILENT_KEYS = new Set([
    'documentation_url',
    'url',
    '$id',
    'typeName',
    'typeKey',
    'exceptionName',
    'resource',
    'code',
]);
/** What an answer has at a key, where it is of the kind that is asked for. */
function field(value, key) {
    return typeof value === 'object' && value !== null ? value[key] : undefined;
}
function textField(value, key) {
    const found = field(value, key);
    return typeof found === 'string' && found !== '' ? found : undefined;
}
function listOf(value) {
    return Array.isArray(value) ? value : [];
}
/** Where the permission is told: whether a push is allowed. */
function mayPushBy(value) {
    const push = field(field(value, 'permissions'), 'push');
    return typeof push === 'boolean' ? push : undefined;
}
/** Whether a rule's name, in which `*` stands for anything, means `branch`. */
function isRuleFor(rule, branch) {
    const pattern = rule.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\*+/g, '.*');
    return new RegExp(`^${pattern}$`).test(branch);
}


/***/ }),

/***/ 36566:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Zb: () => (/* binding */ openHost),
/* harmony export */   oH: () => (/* binding */ findKind),
/* harmony export */   vt: () => (/* binding */ kindByName)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(60531);
/* harmony import */ var _json_client_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(24062);
/* harmony import */ var _github_api_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(776);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(59465);





const OPENERS = {
    github: async () => (await __webpack_require__.e(/* import() | hosts */ 9964).then(__webpack_require__.bind(__webpack_require__, 44835))).openGitHubHost,
    gitlab: async () => (await __webpack_require__.e(/* import() | hosts */ 9964).then(__webpack_require__.bind(__webpack_require__, 47227))).openGitLabHost,
    gitea: async () => (await __webpack_require__.e(/* import() | hosts */ 9964).then(__webpack_require__.bind(__webpack_require__, 28288))).openGiteaHost,
    bitbucket: async () => (await __webpack_require__.e(/* import() | hosts */ 9964).then(__webpack_require__.bind(__webpack_require__, 6533))).openBitbucketHost,
    'bitbucket-server': async () => (await __webpack_require__.e(/* import() | hosts */ 9964).then(__webpack_require__.bind(__webpack_require__, 35419))).openBitbucketServerHost,
    azure: async () => (await __webpack_require__.e(/* import() | hosts */ 9964).then(__webpack_require__.bind(__webpack_require__, 82795))).openAzureHost,
};
/**
 * The API of the host of an endpoint. Asks the host what it is where neither its name nor an option tells.
 * @throws MirrorError `usage` where there is no API, no token for it, or nobody knows its kind
 */
async function openHost(endpoint, context) {
    const { url } = endpoint;
    const origin = originOf(url);
    const { token, username } = endpoint.api ?? endpoint.credentials;
    if (origin === undefined)
        throw unknownHost(url);
    const kind = await findKind(url, context);
    if (kind === undefined)
        throw unknownHost(url);
    if (token === undefined || token === '')
        throw noToken(url);
    const api = new URL(context.api ?? apiOf(kind, origin, url, context.env));
    if (!api.pathname.endsWith('/'))
        api.pathname += '/';
    const open = await OPENERS[kind]();
    return await open({ ...context, api, path: pathOf(url), token, username });
}
/** What a host is: as it was said, by its name, or by asking it; undefined: nobody knows. Never throws but for its signal. */
async function findKind(url, context) {
    const origin = originOf(url);
    if (origin === undefined)
        return undefined;
    return context.kind ?? kindByName(url, context.env) ?? (await probeKind(origin, context));
}
/** The web server behind an address; undefined: there is none. */
function originOf(url) {
    if (url.scheme === 'https' || url.scheme === 'http')
        return url.url.origin;
    if (url.scheme !== 'ssh')
        return undefined;
    const host = url.host.toLowerCase();
    const web = WEB_HOSTS[host] ?? host;
    return `https://${web.includes(':') ? `[${web}]` : web}`;
}
/** Hosts of ssh that have another name than the web server. */
const WEB_HOSTS = {
    'ssh.github.com': 'github.com',
    'altssh.gitlab.com': 'gitlab.com',
    'altssh.bitbucket.org': 'bitbucket.org',
    'ssh.dev.azure.com': 'dev.azure.com',
    'vs-ssh.visualstudio.com': 'dev.azure.com',
};
/** What a host is by its name alone. */
function kindByName(url, env) {
    const origin = originOf(url);
    if (origin === undefined)
        return undefined;
    const { hostname } = new URL(origin);
    if (hostname === 'gitlab.com')
        return 'gitlab';
    if (hostname === 'codeberg.org')
        return 'gitea';
    if (hostname === 'bitbucket.org')
        return 'bitbucket';
    if (hostname === 'dev.azure.com' || hostname.endsWith('.visualstudio.com'))
        return 'azure';
    return (0,_github_api_js__WEBPACK_IMPORTED_MODULE_4__/* .findGitHubApi */ .z)(new URL(origin), env) === undefined ? undefined : 'github';
}
function apiOf(kind, origin, url, env) {
    switch (kind) {
        case 'github':
            return (0,_github_api_js__WEBPACK_IMPORTED_MODULE_4__/* .findGitHubApi */ .z)(new URL(origin), env) ?? `${origin}/api/v3`;
        case 'gitlab':
            return `${origin}/api/v4`;
        case 'gitea':
            return `${origin}/api/v1`;
        case 'bitbucket':
            return 'https://api.bitbucket.org/2.0';
        case 'bitbucket-server':
            return `${origin}${contextOf(url)}/rest/api/1.0`;
        case 'azure':
            return origin;
    }
}
/** What stands before `/scm/` where the server lives below a folder. */
function contextOf(url) {
    const path = url.scheme === 'https' || url.scheme === 'http' ? url.url.pathname : '';
    const at = path.indexOf('/scm/');
    return at > 0 ? path.slice(0, at) : '';
}
function pathOf(url) {
    const path = url.scheme === 'https' || url.scheme === 'http'
        ? decodeURIComponent(url.url.pathname)
        : url.scheme === 'ssh'
            ? decodeURIComponent(url.path)
            : '';
    const context = decodeURIComponent(contextOf(url));
    const words = path
        .slice(context.length)
        .replace(/^~?\/+/, '')
        .replace(/\/*$/, '')
        .replace(/\.git$/, '')
        .split('/');
    return words.filter((word) => word !== '');
}
/** Each names a kind of host by what only it answers. */
const PROBES = [
    { kind: 'gitea', path: 'api/v1/version', isIt: (value) => (0,_host_js__WEBPACK_IMPORTED_MODULE_3__/* .textField */ .M8)(value, 'version') !== undefined },
    { kind: 'gitlab', path: 'api/v4/version', isIt: (value) => (0,_host_js__WEBPACK_IMPORTED_MODULE_3__/* .textField */ .M8)(value, 'version') !== undefined },
    {
        kind: 'github',
        path: 'api/v3/meta',
        isIt: (value) => (0,_host_js__WEBPACK_IMPORTED_MODULE_3__/* .textField */ .M8)(value, 'installed_version') !== undefined,
    },
    {
        kind: 'bitbucket-server',
        path: 'rest/api/1.0/application-properties',
        isIt: (value) => (0,_host_js__WEBPACK_IMPORTED_MODULE_3__/* .textField */ .M8)(value, 'version') !== undefined,
    },
];
/** Milliseconds of one such question. */
const PROBE_LIMIT_MS = 10_000;
/** Asks a host what it is, without any token. */
async function probeKind(origin, context) {
    const client = (0,_json_client_js__WEBPACK_IMPORTED_MODULE_2__.createJsonClient)({
        ...context,
        base: new URL(`${origin}/`),
        headers: {},
        timeLimit: PROBE_LIMIT_MS,
        mostWait: 0,
    });
    try {
        for (const { kind, path, isIt } of PROBES) {
            try {
                if (isIt((await client.get(path)).value))
                    return kind;
            }
            catch (thrown) {
                context.signal.throwIfAborted();
                // GitLab wants a login for its version, and says so in JSON.
                if (kind === 'gitlab' && isGitLabLogin(thrown))
                    return kind;
            }
        }
        return undefined;
    }
    finally {
        await client.dispose();
    }
}
function isGitLabLogin(thrown) {
    return (thrown instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En &&
        thrown.status === 401 &&
        /"message"\s*:\s*"401/.test(thrown.serverText ?? ''));
}
function unknownHost(url) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${(0,_transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_1__/* .printUrl */ .D1)(url)} is at no host whose API is known`, {
        code: 'usage',
        side: 'destination',
        hint: `Set host-kind (${Object.keys(OPENERS).join(', ')}), or leave out create, default-branch and protected.`,
    });
}
function noToken(url) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`there is no token for the API of the host of ${(0,_transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_1__/* .printUrl */ .D1)(url)}`, {
        code: 'usage',
        side: 'destination',
        hint: 'Set destination-token: an ssh key opens no API.',
    });
}


/***/ }),

/***/ 5452:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ describeExpiry),
/* harmony export */   b: () => (/* binding */ warnOfExpiry)
/* harmony export */ });
const DAY_MS = 86_400_000;
/** Days before the end of a token at which a warning says so. */
const WARNING_DAYS = 14;
/** The words of a warning; undefined: the end is not near. Pure. */
function describeExpiry(expiry, now) {
    const left = Math.floor((expiry.getTime() - now) / DAY_MS);
    if (left >= WARNING_DAYS)
        return undefined;
    const date = expiry.toISOString().slice(0, 10);
    if (expiry.getTime() <= now)
        return `the token expired on ${date}: make a new one`;
    const when = left === 0 ? 'within a day' : `in ${left} day${left === 1 ? '' : 's'}`;
    return `the token expires ${when}, on ${date}: make a new one before`;
}
/** Warns of a token that will soon be worth nothing. What a host does not tell is no failure. */
async function warnOfExpiry({ readExpiry }, warn) {
    const expiry = await readExpiry?.().catch(() => undefined);
    const text = expiry && describeExpiry(expiry, Date.now());
    if (text !== undefined)
        warn(text);
}


/***/ }),

/***/ 776:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ findApiRepository),
/* harmony export */   z: () => (/* binding */ findGitHubApi)
/* harmony export */ });
/** Where GitHub's API tells about a repository; undefined for everything that is not known to be GitHub. */
function findApiRepository(url, env) {
    if (url.scheme !== 'https' && url.scheme !== 'http')
        return undefined;
    const path = /^\/+([\w.-]+)\/+([\w.-]+?)(?:\.git)?\/*$/.exec(url.url.pathname);
    const api = findGitHubApi(url.url, env);
    if (!api || !path?.[1] || !path[2])
        return undefined;
    return { api, owner: path[1], name: path[2] };
}
/** Base address of GitHub's API for its web server, without a slash at its end; undefined: it is not known to be GitHub. */
function findGitHubApi(url, env) {
    const own = env['GITHUB_SERVER_URL'] ?? '';
    const ownApi = env['GITHUB_API_URL'] ?? '';
    if (URL.canParse(own) && new URL(own).origin === url.origin && URL.canParse(ownApi)) {
        return ownApi.replace(/\/+$/, '');
    }
    if (url.protocol !== 'https:' || url.port !== '')
        return undefined;
    if (url.hostname === 'github.com')
        return 'https://api.github.com';
    // Data residency: each enterprise has a subdomain, and its API one below.
    return /^[a-z0-9-]+\.ghe\.com$/.test(url.hostname) ? `https://api.${url.hostname}` : undefined;
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
