export const id = 1231;
export const ids = [1231,4062,768];
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

/***/ 8658:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   listBitbucketRepositories: () => (/* binding */ listBitbucketRepositories)
/* harmony export */ });
/* harmony import */ var _transport_address_credentials_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(56263);
/* harmony import */ var _found_repository_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76429);
/* harmony import */ var _json_client_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24062);



/** The repositories of a workspace of Bitbucket Cloud. It has no archive. */
const listBitbucketRepositories = async (question) => {
    const { api, owner, token, username } = question;
    const client = (0,_json_client_js__WEBPACK_IMPORTED_MODULE_1__.createJsonClient)({ ...question, base: api, headers: loginHeaders(token, username) });
    const found = [];
    const first = `repositories/${encodeURIComponent(owner)}?pagelen=100`;
    try {
        for await (const { value } of client.pages(first, (answer) => (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .textAt */ .$6)(answer.value, 'next') || undefined)) {
            for (const repository of (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .listAt */ .gT)((0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .isRecord */ .u4)(value) ? value['values'] : undefined)) {
                found.push({
                    owner,
                    path: (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .pathBelow */ .Br)(owner, (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .textAt */ .$6)(repository, 'full_name')),
                    address: cloneAddress(repository),
                    archived: false,
                    fork: (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .isRecord */ .u4)(repository) && (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .isRecord */ .u4)(repository['parent']),
                    empty: (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .isRecord */ .u4)(repository) && repository['mainbranch'] === null,
                });
            }
        }
        return found;
    }
    finally {
        await client.dispose();
    }
};
/** Access tokens go as Bearer; an API token of a person goes with the person's mail address. */
function loginHeaders(token, username) {
    if (token === undefined)
        return {};
    const isPerson = username?.includes('@') === true;
    return { authorization: isPerson ? (0,_transport_address_credentials_js__WEBPACK_IMPORTED_MODULE_0__/* .encodeBasic */ .rY)({ username, password: token }) : `Bearer ${token}` };
}
/** The https link holds the name of the person that asks. */
function cloneAddress(repository) {
    const links = (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .isRecord */ .u4)(repository) && (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .isRecord */ .u4)(repository['links']) ? repository['links']['clone'] : undefined;
    const link = (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .listAt */ .gT)(links).find((entry) => (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .textAt */ .$6)(entry, 'name') === 'https');
    const url = URL.parse((0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .textAt */ .$6)(link, 'href'));
    if (url === null)
        return '';
    url.username = '';
    url.password = '';
    return url.href;
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

/***/ 34031:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   listGiteaRepositories: () => (/* binding */ listGiteaRepositories)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _found_repository_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76429);
/* harmony import */ var _json_client_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24062);



const PAGE_LENGTH = 50;
/** An organisation's repositories, else a user's, at Gitea and Forgejo. */
const listGiteaRepositories = async (question) => {
    const { api, owner, token } = question;
    const client = (0,_json_client_js__WEBPACK_IMPORTED_MODULE_1__.createJsonClient)({
        ...question,
        base: api,
        headers: token === undefined ? {} : { authorization: `token ${token}` },
    });
    const name = encodeURIComponent(owner);
    try {
        return await collect(client, owner, `orgs/${name}/repos`);
    }
    catch (thrown) {
        if (!(thrown instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En && thrown.code === 'not-found'))
            throw thrown;
        return await collect(client, owner, `users/${name}/repos`);
    }
    finally {
        await client.dispose();
    }
};
async function collect(client, owner, path) {
    const found = [];
    let page = 1;
    let hasLinks = false;
    const address = () => `${path}?page=${page}&limit=${PAGE_LENGTH}`;
    /** A server may cap a page below what was asked for: a short page is not the last one. */
    const next = (answer) => {
        hasLinks ||= answer.next !== undefined;
        if (hasLinks)
            return answer.next;
        const total = Number(answer.header('x-total-count') ?? Number.POSITIVE_INFINITY);
        page++;
        return (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .listAt */ .gT)(answer.value).length === 0 || found.length >= total ? undefined : address();
    };
    for await (const { value } of client.pages(address(), next)) {
        for (const repository of (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .listAt */ .gT)(value)) {
            found.push({
                owner,
                path: (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .pathBelow */ .Br)(owner, (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .textAt */ .$6)(repository, 'full_name')),
                address: (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .textAt */ .$6)(repository, 'clone_url'),
                archived: (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .flagAt */ .Qc)(repository, 'archived'),
                fork: (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .flagAt */ .Qc)(repository, 'fork'),
                empty: (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .flagAt */ .Qc)(repository, 'empty'),
            });
        }
    }
    return found;
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
    const { GitHub, getOctokitOptions } = await Promise.all(/* import() */[__webpack_require__.e(4942), __webpack_require__.e(8665)]).then(__webpack_require__.bind(__webpack_require__, 78665));
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

/***/ 63966:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   listGitLabRepositories: () => (/* binding */ listGitLabRepositories)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _found_repository_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76429);
/* harmony import */ var _json_client_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24062);



/** All of a group's projects, those of its subgroups included, without those that others share with it; else a user's. */
const listGitLabRepositories = async (question) => {
    const { api, owner, token } = question;
    const client = (0,_json_client_js__WEBPACK_IMPORTED_MODULE_1__.createJsonClient)({
        ...question,
        base: api,
        // Taken for personal, project and group tokens as well as for OAuth.
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
    const id = encodeURIComponent(owner);
    const rest = 'per_page=100&order_by=id&sort=asc';
    try {
        return await collect(client, owner, `groups/${id}/projects?include_subgroups=true&with_shared=false&${rest}`);
    }
    catch (thrown) {
        if (!(thrown instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En && thrown.code === 'not-found'))
            throw thrown;
        return await collect(client, owner, `users/${id}/projects?${rest}`);
    }
    finally {
        await client.dispose();
    }
};
async function collect(client, owner, path) {
    const found = [];
    for await (const { value } of client.pages(path)) {
        for (const project of (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .listAt */ .gT)(value)) {
            found.push({
                owner,
                path: (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .pathBelow */ .Br)(owner, (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .textAt */ .$6)(project, 'path_with_namespace')),
                address: (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .textAt */ .$6)(project, 'http_url_to_repo'),
                archived: (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .flagAt */ .Qc)(project, 'archived'),
                fork: (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .isRecord */ .u4)(project) && (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .isRecord */ .u4)(project['forked_from_project']),
                empty: (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_2__/* .flagAt */ .Qc)(project, 'empty_repo'),
            });
        }
    }
    return found;
}


/***/ }),

/***/ 94254:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readGrokmirrorManifest: () => (/* binding */ readGrokmirrorManifest)
/* harmony export */ });
/* harmony import */ var _base_json_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(10768);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57975);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45145);
/* harmony import */ var _transport_address_credentials_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(56263);
/* harmony import */ var _found_repository_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(76429);
/* harmony import */ var _json_client_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(24062);






const MOST_MANIFEST_BYTES = 64 * 1024 * 1024;
/**
 * The repositories of a manifest, as grokmirror writes it and kernel.org publishes it: a JSON object of paths below the
 * server's root, each with a `fingerprint`, the SHA-1 of `git show-ref`; compressed where the name ends in `.gz`.
 * @throws MirrorError as `createJsonClient`; `protocol` for what is no manifest
 */
async function readGrokmirrorManifest(manifest, { token, username = 'x-access-token', ...question }) {
    const headers = token === undefined ? {} : { authorization: (0,_transport_address_credentials_js__WEBPACK_IMPORTED_MODULE_2__/* .encodeBasic */ .rY)({ username, password: token }) };
    const client = (0,_json_client_js__WEBPACK_IMPORTED_MODULE_3__.createJsonClient)({ ...question, base: manifest, headers: { accept: '*/*', ...headers } });
    try {
        const entries = parseManifest(await unpack(await client.getBytes(manifest)));
        return Object.entries(entries).map(([path, entry]) => {
            const fingerprint = (0,_found_repository_js__WEBPACK_IMPORTED_MODULE_4__/* .textAt */ .$6)(entry, 'fingerprint');
            return {
                owner: manifest.hostname,
                path: path.replace(/^\/+/, '').replace(/\.git$/, ''),
                address: addressOf(manifest, path),
                archived: false,
                fork: false,
                empty: fingerprint === '',
                pushed: fingerprint === '' ? undefined : fingerprint,
            };
        });
    }
    finally {
        await client.dispose();
    }
}
/** Below the root of the server, whatever the path looks like. */
function addressOf(manifest, path) {
    const address = new URL(manifest.origin);
    address.pathname = `/${path.replace(/^\/+/, '')}`;
    return address.href;
}
/** Servers differ in whether they say that it is compressed: its first bytes tell. */
async function unpack(bytes) {
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    if (!isPacked)
        return Buffer.from(bytes).toString();
    const { gunzip } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 38522, 19));
    try {
        const text = await (0,node_util__WEBPACK_IMPORTED_MODULE_0__.promisify)(gunzip)(bytes, { maxOutputLength: MOST_MANIFEST_BYTES });
        return text.toString();
    }
    catch (thrown) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En('the manifest cannot be unpacked, or is larger than 64 MiB', {
            code: 'protocol',
            cause: thrown,
        });
    }
}
function parseManifest(text) {
    try {
        const value = (0,_base_json_js__WEBPACK_IMPORTED_MODULE_5__/* .parseStrangersJson */ .$)(text);
        if ((0,_found_repository_js__WEBPACK_IMPORTED_MODULE_4__/* .isRecord */ .u4)(value) && !Array.isArray(value) && Object.values(value).every(_found_repository_js__WEBPACK_IMPORTED_MODULE_4__/* .isRecord */ .u4))
            return value;
    }
    catch {
        // Told below.
    }
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En('this is no manifest of grokmirror', {
        code: 'protocol',
        hint: 'Give the address of the manifest itself, such as https://git.kernel.org/manifest.js.gz.',
    });
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
