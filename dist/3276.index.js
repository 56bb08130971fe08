export const id = 3276;
export const ids = [3276,768];
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

/***/ 70929:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ parseRetryAfter)
/* harmony export */ });
/** Milliseconds to wait: RFC 9110's seconds or date. `now` in milliseconds. */
function parseRetryAfter(value, now) {
    if (value === undefined)
        return undefined;
    const text = value.trim();
    if (/^\d{1,9}$/.test(text))
        return Number(text) * 1000;
    const date = /^[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}


/***/ }),

/***/ 38122:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ makeGitHubClient)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(86815);
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62867);
/* harmony import */ var _rate_limit_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(86538);




/** Milliseconds of one request. */
const TIME_LIMIT_MS = 60_000;
/** Octokit with our errors, limits of time, and waits. */
async function makeGitHubClient(question) {
    const { api, token } = question;
    const { getOctokit } = await Promise.all(/* import() */[__webpack_require__.e(4942), __webpack_require__.e(8665), __webpack_require__.e(1351)]).then(__webpack_require__.bind(__webpack_require__, 61351));
    const octokit = getOctokit(token, { baseUrl: api.href.replace(/\/$/, ''), log: QUIET });
    let last;
    return {
        header: (name) => {
            const value = last?.headers?.[name];
            return value === undefined ? undefined : String(value);
        },
        async ask(route, parameters = {}) {
            const place = (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .printableLine */ .oy)(`${route.split(' ')[0]} ${octokit.request.endpoint(route, parameters).url.replace(/\?.*/, '')}`, 300);
            for (let tries = 0;; tries++) {
                const late = AbortSignal.timeout(question.timeLimit ?? TIME_LIMIT_MS);
                const signal = AbortSignal.any([question.signal, late]);
                try {
                    const { data, headers, status } = await octokit.request(route, {
                        ...parameters,
                        request: { signal, redirect: 'manual' },
                    });
                    last = { headers };
                    // Octokit counts these as answers.
                    if (status >= 300)
                        throw Object.assign(new Error('moved'), { status, response: { headers, data } });
                    question.onRequest?.(`${place}: HTTP ${status}`);
                    if (typeof data === 'string' && data !== '')
                        throw noJson(place);
                    return { data: data };
                }
                catch (thrown) {
                    last = thrown.response ?? last;
                    const error = question.signal.aborted
                        ? (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .toMirrorError */ .Ho)(question.signal.reason, { code: 'cancelled' })
                        : explain(thrown, place, late.aborted);
                    if (error.status !== undefined)
                        question.onRequest?.(`${place}: HTTP ${error.status}`);
                    await (0,_rate_limit_js__WEBPACK_IMPORTED_MODULE_2__/* .waitBefore */ .f)(error, tries, question);
                }
            }
        },
    };
}
function noJson(place) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${place} did not answer in JSON`, {
        code: 'protocol',
        hint: 'Check the address of the API: host-api, or GITHUB_API_URL.',
    });
}
/** What Octokit threw, in our words: its own may hold the address with its query. */
function explain(thrown, place, isLate) {
    if (thrown instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En)
        return thrown;
    if (isLate)
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${place} did not answer in time`, { code: 'timeout', retryable: true });
    const { status, response } = thrown;
    if (typeof status !== 'number' || response === undefined) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${place} cannot be reached`, { code: 'connect', retryable: true, cause: thrown });
    }
    const header = (name) => {
        const value = response.headers?.[name];
        return value === undefined ? undefined : String(value);
    };
    const serverText = typeof response.data === 'object' ? JSON.stringify(response.data) : undefined;
    const limit = (0,_rate_limit_js__WEBPACK_IMPORTED_MODULE_2__/* .readRateLimit */ .y)({ status, header }, Date.now());
    if (limit !== undefined) {
        const text = `${place} asks to wait ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSeconds */ .Xo)(limit / 1000)} before the next request (HTTP ${status})`;
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(text, { code: 'http', status, retryable: true, retryAfter: limit, serverText });
    }
    if (status >= 300 && status < 400) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${place} has moved (HTTP ${status})`, {
            code: 'not-found',
            status,
            hint: 'The repository was renamed: write its new address.',
        });
    }
    if (status === 401 || status === 403) {
        const hint = 'Give a token with Administration: write and Contents: write for this repository.';
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${place} refused the token (HTTP ${status})`, {
            code: 'auth',
            status,
            hint,
            serverText,
        });
    }
    if (status === 404) {
        const text = `${place}: there is nothing, or nothing that this token may see`;
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(text, { code: 'not-found', status, serverText });
    }
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${place} refused the request (HTTP ${status})`, {
        code: 'http',
        status,
        serverText,
        retryable: status >= 500 && status !== 501,
    });
}
const QUIET = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
};


/***/ }),

/***/ 23276:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   mintToken: () => (/* binding */ mintToken)
/* harmony export */ });
/* unused harmony export makeProof */
/* harmony import */ var _base_crypto_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(26039);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(86815);
/* harmony import */ var _options_app_key_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(56452);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(59465);
/* harmony import */ var _github_client_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(38122);






/** Seconds that our clock may be ahead, and seconds of a proof: GitHub takes ten minutes. */
const CLOCK_SKEW_S = 60;
const PROOF_S = 540;
/**
 * A token of the installation of an App (GitHub REST API, "Create an installation access token for an app"). It lasts an
 * hour.
 * @throws MirrorError `usage` for a key that is none, `auth` and `not-found` where GitHub gives no token
 */
async function mintToken({ api, owner, name }, app, { need, ...context }) {
    const proof = makeProof(app, Math.floor(Date.now() / 1000));
    context.onSecret(proof);
    const client = await (0,_github_client_js__WEBPACK_IMPORTED_MODULE_3__/* .makeGitHubClient */ .h)({ ...context, api: new URL(api), token: proof });
    const place = (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printableLine */ .oy)(name === undefined ? owner : `${owner}/${name}`, 200);
    try {
        const { installation, isOne } = await findInstallation(client, { owner, name });
        const granted = (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(installation, 'permissions');
        const permissions = { metadata: 'read', contents: need.contents };
        if (need.contents === 'write' && (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(granted, 'workflows') === 'write')
            permissions['workflows'] = 'write';
        if (need.administration && (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(granted, 'administration') === 'write') {
            permissions['administration'] = 'write';
        }
        const { data } = await client.ask('POST /app/installations/{installation_id}/access_tokens', {
            installation_id: (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(installation, 'id'),
            permissions,
            ...(isOne ? { repositories: [name] } : {}),
        });
        const token = (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .textField */ .M8)(data, 'token');
        const expiresAt = Date.parse((0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .textField */ .M8)(data, 'expires_at') ?? '');
        if (token === undefined || Number.isNaN(expiresAt)) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En('GitHub answered without a token', { code: 'protocol' });
        }
        context.onSecret(token);
        return { token, mintedAt: Date.now(), expiresAt };
    }
    catch (thrown) {
        throw explainRefusal((0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .toMirrorError */ .Ho)(thrown, { code: 'cut' }), place);
    }
}
/** By the repository, or by its owner where it is still to be made. */
async function findInstallation(client, { owner, name }) {
    if (name !== undefined) {
        const one = await (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .orMissing */ .Mr)(() => client.ask('GET /repos/{owner}/{repo}/installation', { owner, repo: name }));
        if (one !== undefined)
            return { installation: one.data, isOne: true };
    }
    const org = await (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .orMissing */ .Mr)(() => client.ask('GET /orgs/{org}/installation', { org: owner }));
    if (org !== undefined)
        return { installation: org.data, isOne: false };
    return {
        installation: (await client.ask('GET /users/{username}/installation', { username: owner })).data,
        isOne: false,
    };
}
function explainRefusal(error, place) {
    const words = (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .wordsOf */ .Z9)(error.serverText);
    const said = words === '' ? '' : `: ${words}`;
    const status = (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .statusOf */ .c2)(error);
    if (status === 404) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the GitHub App is not installed where ${place} is${said}`, {
            code: 'not-found',
            status,
            hint: 'Install the App for this repository, in its settings under Install App.',
        });
    }
    if (status === 401) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`GitHub does not take the key of the App${said}`, {
            code: 'auth',
            status,
            hint: "Check that app-id and app-private-key belong together, and this machine's clock.",
        });
    }
    if (status === 403 || status === 422) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the GitHub App may not do what is needed for ${place}${said}`, {
            code: 'auth',
            status,
            hint: 'Give the App Contents: write (and Workflows: write for workflow files), and accept the new permissions where it is installed.',
        });
    }
    return error;
}
/** A JSON Web Token that proves who we are (RS256). `now` in seconds. @throws MirrorError `usage` */
function makeProof({ id, privateKey }, now) {
    const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const head = encode({ alg: 'RS256', typ: 'JWT' });
    const body = encode({ iat: now - CLOCK_SKEW_S, exp: now + PROOF_S, iss: id });
    const text = `${head}.${body}`;
    return `${text}.${(0,_base_crypto_js__WEBPACK_IMPORTED_MODULE_5__/* .loadCrypto */ .Q)().sign('RSA-SHA256', Buffer.from(text), (0,_options_app_key_js__WEBPACK_IMPORTED_MODULE_1__/* .readAppKey */ .b)(privateKey)).toString('base64url')}`;
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
