export const id = 3686;
export const ids = [3686];
export const modules = {

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

/***/ 76429:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $6: () => (/* binding */ textAt),
/* harmony export */   Br: () => (/* binding */ pathBelow),
/* harmony export */   Qc: () => (/* binding */ flagAt),
/* harmony export */   gT: () => (/* binding */ listAt),
/* harmony export */   u4: () => (/* binding */ isRecord)
/* harmony export */ });
/** What an API's answer has under a key, where it is of the kind that is asked for. */
function textAt(value, key) {
    const found = isRecord(value) ? value[key] : undefined;
    return typeof found === 'string' ? found : '';
}
function flagAt(value, key) {
    return isRecord(value) && value[key] === true;
}
function listAt(value) {
    return Array.isArray(value) ? value : [];
}
function isRecord(value) {
    return typeof value === 'object' && value !== null;
}
/** What is left of `full` without the owner before it. */
function pathBelow(owner, full) {
    const head = `${owner}/`.toLowerCase();
    return full.toLowerCase().startsWith(head) ? full.slice(head.length) : full;
}


/***/ }),

/***/ 23686:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   listGitHubRepositories: () => (/* binding */ listGitHubRepositories)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(86815);
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62867);
/* harmony import */ var _found_repository_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76429);
/* harmony import */ var _rate_limit_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(86538);





/** Milliseconds of one request. */
const TIME_LIMIT_MS = 60_000;
const MOST_PAGES = 1000;
/** Sizes lag behind: what looks empty is looked at, for so many repositories. */
const MOST_LOOKS = 200;
/** Milliseconds after which no other push has the time of the last one. */
const SETTLED_MS = 300_000;
/** An organisation's repositories, else a user's, at GitHub and its Enterprise Server. */
const listGitHubRepositories = async (question) => {
    const { owner } = question;
    const octokit = await makeOctokit(question);
    const items = new Map();
    const take = async (list) => {
        for await (const { data } of list())
            for (const item of data)
                items.set(item.full_name, item);
    };
    try {
        await take(() => octokit.paginate.iterator(octokit.rest.repos.listForOrg, { org: owner, per_page: 100, type: 'all' }));
    }
    catch (thrown) {
        if (!isNotFound(thrown))
            throw thrown;
        await takeOfUser(octokit, question, take);
    }
    await takeOfInstallation(octokit, question, take);
    const found = [];
    let looks = 0;
    for (const item of items.values()) {
        const isSmall = item.size === 0 && looks++ < MOST_LOOKS;
        found.push({
            owner,
            path: (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .pathBelow */ .Br)(owner, item.full_name),
            address: item.clone_url ?? '',
            archived: item.archived === true,
            fork: item.fork,
            empty: isSmall && (await isEmpty(octokit, item)),
            pushed: markOf(item, Date.now()),
        });
    }
    return found;
};
/** The time of a push tells it from others once it is over for certain: it has seconds, and clocks differ. */
function markOf({ pushed_at: pushed }, now) {
    const time = Date.parse(pushed ?? '');
    return time < now - SETTLED_MS ? (pushed ?? undefined) : undefined;
}
/** Of a user others see what is public; the user's own token sees all. */
async function takeOfUser(octokit, { owner, token }, take) {
    const isPersonal = token !== undefined && !token.startsWith('ghs_');
    const login = isPersonal
        ? await octokit.rest.users.getAuthenticated().then(({ data }) => data.login, () => '')
        : '';
    if (login.toLowerCase() === owner.toLowerCase()) {
        await take(() => octokit.paginate.iterator(octokit.rest.repos.listForAuthenticatedUser, {
            affiliation: 'owner',
            per_page: 100,
        }));
        return;
    }
    await take(() => octokit.paginate.iterator(octokit.rest.repos.listForUser, {
        username: owner,
        per_page: 100,
        type: 'owner',
    }));
}
/** The list of an organisation need not have the private repositories to which an App was given access. */
async function takeOfInstallation(octokit, { owner, token }, take) {
    if (token?.startsWith('ghs_') !== true)
        return;
    try {
        await take(async function* () {
            const pages = octokit.paginate.iterator(octokit.rest.apps.listReposAccessibleToInstallation, {
                per_page: 100,
            });
            for await (const { data } of pages) {
                // One page is a list to the iterator, and an object with a list to the types.
                const list = data;
                yield { data: list.filter((item) => item.owner.login.toLowerCase() === owner.toLowerCase()) };
            }
        });
    }
    catch (thrown) {
        // A workflow's own token need not be allowed to ask.
        const isRefused = thrown instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En && (thrown.code === 'auth' || thrown.code === 'not-found');
        if (!isRefused)
            throw thrown;
    }
}
function isNotFound(thrown) {
    return thrown instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En && thrown.code === 'not-found';
}
async function isEmpty(octokit, item) {
    const [owner = '', repo = ''] = item.full_name.split('/');
    const { data } = await octokit.rest.repos.listBranches({ owner, repo, per_page: 1 });
    return data.length === 0;
}
async function makeOctokit(question) {
    const { api, token } = question;
    const { GitHub, getOctokitOptions } = await Promise.all(/* import() */[__webpack_require__.e(4942), __webpack_require__.e(1046)]).then(__webpack_require__.bind(__webpack_require__, 78665));
    const common = { baseUrl: api.href.replace(/\/$/, ''), log: QUIET };
    const octokit = new GitHub(token === undefined ? common : getOctokitOptions(token, common));
    const check = makeCheck(api);
    octokit.hook.wrap('request', async (request, options) => {
        const url = new URL(octokit.request.endpoint(options).url);
        check(url);
        const tell = (status) => question.onRequest?.(`GET ${printPlace(url)}: ${status === undefined ? 'no answer' : `HTTP ${status}`}`);
        for (let tries = 0;; tries++) {
            const late = AbortSignal.timeout(TIME_LIMIT_MS);
            options.request = { ...options.request, signal: AbortSignal.any([question.signal, late]) };
            try {
                const answer = await request(options);
                tell(answer.status);
                return answer;
            }
            catch (thrown) {
                const error = explain(thrown, question, late.aborted);
                tell(error.status);
                await (0,_rate_limit_js__WEBPACK_IMPORTED_MODULE_2__/* .waitBefore */ .f)(error, tries, question);
            }
        }
    });
    return octokit;
}
/** `paginate` follows `Link` to wherever it leads, with the token. */
function makeCheck(api) {
    const asked = new Set();
    return (url) => {
        if (url.origin !== api.origin) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${printPlace(api)} leads to another server, ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printableLine */ .oy)(url.origin, 200)}`, {
                code: 'protocol',
                hint: 'Nothing is asked there.',
            });
        }
        if (asked.has(url.href)) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the pages of ${printPlace(url)} go round in a circle`, { code: 'protocol' });
        }
        if (asked.size >= MOST_PAGES + MOST_LOOKS) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${printPlace(api)} has more than ${MOST_PAGES} pages`, { code: 'limit' });
        }
        asked.add(url.href);
    };
}
/** What Octokit threw, in our words: its own may hold the address with its query. */
function explain(thrown, { api, signal }, isLate) {
    if (thrown instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En)
        return thrown;
    if (signal.aborted)
        return (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .toMirrorError */ .Ho)(signal.reason, { code: 'cancelled' });
    if (isLate) {
        const text = `${printPlace(api)} did not answer in time`;
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(text, { code: 'timeout', retryable: true });
    }
    const { status, response } = thrown;
    const place = printPlace(api);
    if (typeof status !== 'number' || response === undefined) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${place} cannot be reached`, { code: 'connect', retryable: true, cause: thrown });
    }
    const header = (name) => {
        const value = response.headers?.[name];
        return value === undefined ? undefined : String(value);
    };
    const limit = (0,_rate_limit_js__WEBPACK_IMPORTED_MODULE_2__/* .readRateLimit */ .y)({ status, header }, Date.now());
    if (limit !== undefined) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${place} asks to wait ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSeconds */ .Xo)(limit / 1000)} before the next request (HTTP ${status})`, { code: 'http', status, retryable: true, retryAfter: limit });
    }
    if (status === 401 || status === 403) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${place} refused the token (HTTP ${status})`, {
            code: 'auth',
            status,
            hint: 'Give the host a token that may read its repositories, under `hosts`.',
        });
    }
    if (status === 404) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`there is no such owner at ${place}, or none that this token may see`, {
            code: 'not-found',
            status,
        });
    }
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${place} refused the request (HTTP ${status})`, {
        code: 'http',
        status,
        retryable: status >= 500 && status !== 501,
    });
}
function printPlace(url) {
    return (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printableLine */ .oy)(`${url.origin}${url.pathname}`, 300);
}
const QUIET = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
};


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
