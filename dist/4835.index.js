export const id = 4835;
export const ids = [4835];
export const modules = {

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
    const { getOctokit } = await Promise.all(/* import() */[__webpack_require__.e(4942), __webpack_require__.e(1046), __webpack_require__.e(1351)]).then(__webpack_require__.bind(__webpack_require__, 61351));
    const octokit = getOctokit(token, { baseUrl: api.href.replace(/\/$/, ''), log: QUIET });
    return {
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
                    // Octokit counts these as answers.
                    if (status >= 300)
                        throw Object.assign(new Error('moved'), { status, response: { headers, data } });
                    question.onRequest?.(`${place}: HTTP ${status}`);
                    if (typeof data === 'string' && data !== '')
                        throw noJson(place);
                    return { data: data, headers };
                }
                catch (thrown) {
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

/***/ 44835:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openGitHubHost: () => (/* binding */ openGitHubHost)
/* harmony export */ });
/* harmony import */ var _github_client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38122);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(59465);
/* harmony import */ var _refuse_format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(65287);
/* harmony import */ var _refuse_token_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(69475);




const PAGE_LENGTH = 100;
/** Nobody reads more names of protected branches than these. */
const MOST_PAGES = 10;
/** GitHub, its Enterprise Server, and data residency. */
const openGitHubHost = async (question) => {
    const [owner = '', repo = ''] = question.path;
    const client = await (0,_github_client_js__WEBPACK_IMPORTED_MODULE_0__/* .makeGitHubClient */ .h)(question);
    const host = {
        kind: 'github',
        async look() {
            const answer = await (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .orMissing */ .Mr)(() => client.ask('GET /repos/{owner}/{repo}', { owner, repo }));
            if (answer === undefined)
                return undefined;
            return {
                defaultBranch: (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(answer.data, 'default_branch'),
                archived: (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(answer.data, 'archived') === true || (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(answer.data, 'disabled') === true,
                isMirror: false,
                mayPush: (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .mayPushBy */ .VP)(answer.data),
            };
        },
        async create({ visibility, format }) {
            (0,_refuse_format_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseFormat */ .A)('GitHub', format);
            const body = { name: repo, private: visibility !== 'public', auto_init: false };
            const make = async () => {
                const inOrganisation = { ...body, ...(visibility === 'internal' ? { visibility } : {}), org: owner };
                const made = await (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .orMissing */ .Mr)(() => client.ask('POST /orgs/{org}/repos', inOrganisation));
                if (made !== undefined)
                    return made;
                if (visibility === 'internal')
                    throw _refuse_token_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseToken */ .y.internal('GitHub outside of an organisation of an enterprise');
                const login = (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)((await client.ask('GET /user')).data, 'login') ?? '';
                if (login.toLowerCase() !== owner.toLowerCase())
                    throw _refuse_token_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseToken */ .y.owner(owner, login);
                return await client.ask('POST /user/repos', body);
            };
            return await (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .createOrFind */ .xj)(host, make, 'Administration: write, or the classic scope repo');
        },
        async setDefaultBranch(branch) {
            await client.ask('PATCH /repos/{owner}/{repo}', { owner, repo, default_branch: branch });
        },
        async listProtected() {
            const branches = [];
            // Counted rather than by `Link`, which may lead anywhere.
            for (let page = 1; page <= MOST_PAGES; page++) {
                const query = { owner, repo, protected: true, per_page: PAGE_LENGTH, page };
                const { data } = await client.ask('GET /repos/{owner}/{repo}/branches', query);
                const found = Array.isArray(data) ? data : [];
                branches.push(...found);
                if (found.length < PAGE_LENGTH)
                    break;
            }
            // Whether a rule lets somebody force is told to administrators alone.
            return branches.map((branch) => ({ rule: (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(branch, 'name') ?? '', allowsForce: false }));
        },
        async readExpiry() {
            const answer = await (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .orMissing */ .Mr)(() => client.ask('GET /repos/{owner}/{repo}', { owner, repo }));
            const text = answer?.headers['github-authentication-token-expiration'];
            const date = new Date(String(text ?? '')
                .replace(' UTC', 'Z')
                .replace(' ', 'T'));
            return Number.isNaN(date.getTime()) ? undefined : date;
        },
        async dispose() { },
    };
    return host;
};


/***/ }),

/***/ 65287:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ refuseFormat)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);

/** @throws MirrorError `format` where a service only makes repositories for sha1 */
function refuseFormat(service, format) {
    if (format === 'sha1')
        return;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the source uses ${format}, and ${service} makes repositories for sha1`, {
        code: 'format',
        side: 'destination',
        hint: 'Mirror to a host that takes sha256: Gitea or Forgejo.',
    });
}


/***/ }),

/***/ 69475:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ refuseToken)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(86815);


/** Wishes that no call is made for. */
const refuseToken = {
    /** `login`: whose token it is. */
    owner(owner, login) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printableLine */ .oy)(owner, 100)} is no organisation that this token may see, and the token belongs to ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printableLine */ .oy)(login, 100)}`, {
            code: 'not-found',
            side: 'destination',
            hint: 'Make the organisation first, or give a token of that account.',
        });
    },
    internal(service) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`create: internal is not known to ${service}`, {
            code: 'usage',
            side: 'destination',
            hint: 'Write private or public.',
        });
    },
};


/***/ })

};
