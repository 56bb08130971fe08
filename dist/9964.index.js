export const id = 9964;
export const ids = [9964];
export const modules = {

/***/ 82795:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openAzureHost: () => (/* binding */ openAzureHost)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _json_client_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24062);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(59465);
/* harmony import */ var _refuse_format_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(65287);




const TOKEN_HINT = 'Give a personal access token with Code: Read, write & manage.';
const VERSION = 'api-version=7.1';
/** Azure DevOps: `_apis/git/repositories` of a project. */
const openAzureHost = (question) => {
    const { project, name } = readPath(question.path);
    const authorization = `Basic ${Buffer.from(`:${question.token}`).toString('base64')}`;
    const client = (0,_json_client_js__WEBPACK_IMPORTED_MODULE_1__.createJsonClient)({
        ...question,
        base: question.api,
        headers: { authorization },
        tokenHint: TOKEN_HINT,
    });
    const repositories = `${project.map(encodeURIComponent).join('/')}/_apis/git/repositories`;
    const read = async () => (await (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .orMissing */ .Mr)(() => client.get(`${repositories}/${encodeURIComponent(name)}?${VERSION}`)))?.value;
    const host = {
        kind: 'azure',
        async look() {
            const value = await read();
            if (value === undefined)
                return undefined;
            return {
                defaultBranch: (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .textField */ .M8)(value, 'defaultBranch')?.replace(/^refs\/heads\//, ''),
                archived: (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(value, 'isDisabled') === true,
                isMirror: false,
                mayPush: undefined,
            };
        },
        async create({ format }) {
            (0,_refuse_format_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseFormat */ .A)('Azure DevOps', format);
            const make = () => client.send('POST', `${repositories}?${VERSION}`, { name });
            return await (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .createOrFind */ .xj)(host, make, 'Code: Read, write & manage, and Create repository in the project');
        },
        async setDefaultBranch(branch) {
            // A change names the repository by its id.
            const id = (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .textField */ .M8)(await read(), 'id');
            if (id === undefined)
                throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En('Azure DevOps does not show the repository', { code: 'not-found' });
            await client.send('PATCH', `${repositories}/${encodeURIComponent(id)}?${VERSION}`, {
                defaultBranch: `refs/heads/${branch}`,
            });
        },
        dispose: () => client.dispose(),
    };
    return host;
};
/** `ORG/PROJECT/_git/NAME`, `ORG/_git/NAME` where the project has that name, and `v3/ORG/PROJECT/NAME` over ssh. */
function readPath(path) {
    const words = /^v\d$/.test(path[0] ?? '') ? path.slice(1) : path;
    const name = words.at(-1) ?? '';
    const before = words.slice(0, -1);
    if (before.at(-1) !== '_git')
        return { project: before, name };
    const project = before.slice(0, -1);
    return { project: project.length < 2 ? [...project, name] : project, name };
}


/***/ }),

/***/ 6533:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openBitbucketHost: () => (/* binding */ openBitbucketHost)
/* harmony export */ });
/* harmony import */ var _json_client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24062);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(59465);
/* harmony import */ var _refuse_token_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(69475);
/* harmony import */ var _refuse_format_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(65287);




const TOKEN_HINT = 'Give a token with the scopes repository:write and repository:admin; app passwords no longer work.';
/** User names that stand for an access token rather than for a person. */
const TOKEN_USERS = new Set(['x-token-auth', 'x-access-token', 'x-bitbucket-api-token-auth']);
/** Bitbucket Cloud: `/2.0`. */
const openBitbucketHost = (question) => {
    const { token, username } = question;
    const [workspace = '', slug = ''] = question.path;
    const isPerson = username !== undefined && !TOKEN_USERS.has(username);
    const authorization = isPerson
        ? `Basic ${Buffer.from(`${username}:${token}`).toString('base64')}`
        : `Bearer ${token}`;
    const client = (0,_json_client_js__WEBPACK_IMPORTED_MODULE_0__.createJsonClient)({
        ...question,
        base: question.api,
        headers: { authorization },
        tokenHint: TOKEN_HINT,
    });
    const repository = `repositories/${encodeURIComponent(workspace)}/${encodeURIComponent(slug.toLowerCase())}`;
    const host = {
        kind: 'bitbucket',
        async look() {
            const answer = await (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .orMissing */ .Mr)(() => client.get(repository));
            if (answer === undefined)
                return undefined;
            return {
                defaultBranch: (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)((0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(answer.value, 'mainbranch'), 'name'),
                archived: false,
                isMirror: false,
                mayPush: undefined,
            };
        },
        async create({ visibility, format }) {
            if (visibility === 'internal')
                throw _refuse_token_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseToken */ .y.internal('Bitbucket Cloud');
            (0,_refuse_format_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseFormat */ .A)('Bitbucket', format);
            const make = () => client.send('POST', repository, { scm: 'git', name: slug, is_private: visibility === 'private' });
            return await (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .createOrFind */ .xj)(host, make, 'repository:admin in that workspace');
        },
        async setDefaultBranch(branch) {
            await client.send('PUT', repository, { mainbranch: { name: branch } });
        },
        dispose: () => client.dispose(),
    };
    return host;
};


/***/ }),

/***/ 35419:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openBitbucketServerHost: () => (/* binding */ openBitbucketServerHost)
/* harmony export */ });
/* harmony import */ var _json_client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24062);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(59465);
/* harmony import */ var _refuse_token_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(69475);
/* harmony import */ var _refuse_format_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(65287);




const TOKEN_HINT = 'Give an HTTP access token with Project admin to make repositories, Repository admin for the rest.';
/** Bitbucket Data Center: `/rest/api/1.0`. */
const openBitbucketServerHost = (question) => {
    const headers = { authorization: `Bearer ${question.token}` };
    const client = (0,_json_client_js__WEBPACK_IMPORTED_MODULE_0__.createJsonClient)({ ...question, base: question.api, headers, tokenHint: TOKEN_HINT });
    // Addresses over http have `scm` before the project.
    const [key = '', slug = ''] = question.path[0] === 'scm' ? question.path.slice(1) : question.path;
    const repositories = `projects/${encodeURIComponent(key)}/repos`;
    const repository = `${repositories}/${encodeURIComponent(slug.toLowerCase())}`;
    const host = {
        kind: 'bitbucket-server',
        async look() {
            const answer = await (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .orMissing */ .Mr)(() => client.get(repository));
            if (answer === undefined)
                return undefined;
            const branch = await (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .orMissing */ .Mr)(() => client.get(`${repository}/branches/default`));
            return {
                defaultBranch: (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(branch?.value, 'displayId'),
                archived: (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(answer.value, 'archived') === true,
                isMirror: false,
                mayPush: undefined,
            };
        },
        async create({ visibility, format }) {
            if (visibility === 'internal')
                throw _refuse_token_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseToken */ .y.internal('Bitbucket Data Center');
            (0,_refuse_format_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseFormat */ .A)('Bitbucket', format);
            const make = () => client.send('POST', repositories, { name: slug, scmId: 'git', public: visibility === 'public' });
            return await (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .createOrFind */ .xj)(host, make, 'Project admin');
        },
        async setDefaultBranch(branch) {
            const body = { id: `refs/heads/${branch}` };
            try {
                await client.send('PUT', `${repository}/branches/default`, body);
            }
            catch (thrown) {
                // Newer versions have it under another name.
                if ((0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .statusOf */ .c2)(thrown) !== 404 && (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .statusOf */ .c2)(thrown) !== 405)
                    throw thrown;
                await client.send('PUT', `${repository}/default-branch`, body);
            }
        },
        dispose: () => client.dispose(),
    };
    return host;
};


/***/ }),

/***/ 28288:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openGiteaHost: () => (/* binding */ openGiteaHost)
/* harmony export */ });
/* harmony import */ var _json_client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24062);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(59465);
/* harmony import */ var _refuse_token_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(69475);



const TOKEN_HINT = 'Give a token with write:repository, and write:organization or write:user to make repositories.';
/** Gitea, Forgejo and Codeberg: `/api/v1`. */
const openGiteaHost = (question) => {
    const [owner = '', name = ''] = question.path;
    const headers = { authorization: `token ${question.token}` };
    const client = (0,_json_client_js__WEBPACK_IMPORTED_MODULE_0__.createJsonClient)({ ...question, base: question.api, headers, tokenHint: TOKEN_HINT });
    const repository = `repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
    const listRules = async () => (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .listOf */ .c3)((await client.get(`${repository}/branch_protections`)).value).map((rule) => ({
        rule: (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(rule, 'rule_name') ?? (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(rule, 'branch_name') ?? '',
        allowsForce: (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(rule, 'enable_force_push') === true,
    }));
    const setForce = async (rule, allows, signal = question.signal) => {
        const other = signal === question.signal
            ? client
            : (0,_json_client_js__WEBPACK_IMPORTED_MODULE_0__.createJsonClient)({ ...question, base: question.api, headers, signal });
        try {
            await other.send('PATCH', `${repository}/branch_protections/${encodeURIComponent(rule)}`, {
                enable_force_push: allows,
            });
        }
        finally {
            if (other !== client)
                await other.dispose();
        }
    };
    const host = {
        kind: 'gitea',
        async look() {
            const answer = await (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .orMissing */ .Mr)(() => client.get(repository));
            if (answer === undefined)
                return undefined;
            const { value } = answer;
            return {
                defaultBranch: (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(value, 'default_branch'),
                archived: (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(value, 'archived') === true,
                isMirror: (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(value, 'mirror') === true,
                isEmpty: (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(value, 'empty') === true,
                mayPush: (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .mayPushBy */ .VP)(value),
            };
        },
        async create({ visibility, format }) {
            if (visibility === 'internal')
                throw _refuse_token_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseToken */ .y.internal('Gitea');
            const body = {
                name,
                private: visibility === 'private',
                auto_init: false,
                ...(format === 'sha1' ? {} : { object_format_name: format }),
            };
            const make = async () => {
                const answer = await (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .orMissing */ .Mr)(() => client.send('POST', `orgs/${encodeURIComponent(owner)}/repos`, body));
                return answer ?? (await makeOwn(client, question, body));
            };
            return await (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .createOrFind */ .xj)(host, make, 'write:organization for an organisation, write:user for your own account');
        },
        async setDefaultBranch(branch) {
            await client.send('PATCH', repository, { default_branch: branch });
        },
        listProtected: listRules,
        async allowForce(branch, mayLift) {
            const rules = await listRules();
            // The rule with the branch's own name goes before a pattern.
            const found = rules.find(({ rule }) => rule === branch) ?? rules.find(({ rule }) => (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .isRuleFor */ .SX)(rule, branch));
            if (found === undefined || found.allowsForce || !(await mayLift(found.rule)))
                return false;
            await setForce(found.rule, true);
            return true;
        },
        forbidForce: (rule, signal) => setForce(rule, false, signal),
        dispose: () => client.dispose(),
    };
    return host;
};
/** No organisation: the account of the token, where it is the one that is meant. */
async function makeOwn(client, { path: [owner = ''] }, body) {
    const login = (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)((await client.get('user')).value, 'login') ?? '';
    if (login.toLowerCase() === owner.toLowerCase())
        return await client.send('POST', 'user/repos', body);
    throw _refuse_token_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseToken */ .y.owner(owner, login);
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
            // It stands in every answer to a token that ends, also in one about a repository that is not there yet.
            await (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .orMissing */ .Mr)(() => client.ask('GET /repos/{owner}/{repo}', { owner, repo }));
            const text = client.header('github-authentication-token-expiration') ?? '';
            const date = new Date(text.replace(' UTC', 'Z').replace(' ', 'T'));
            return Number.isNaN(date.getTime()) ? undefined : date;
        },
        async dispose() { },
    };
    return host;
};


/***/ }),

/***/ 47227:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openGitLabHost: () => (/* binding */ openGitLabHost)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(86815);
/* harmony import */ var _json_client_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24062);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(59465);
/* harmony import */ var _refuse_format_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(65287);





const TOKEN_HINT = 'Give a token with the scope api, and the role Maintainer or Owner.';
const DEVELOPER = 30;
/** GitLab: `/api/v4`. */
const openGitLabHost = (question) => {
    const headers = { 'private-token': question.token };
    const client = (0,_json_client_js__WEBPACK_IMPORTED_MODULE_1__.createJsonClient)({ ...question, base: question.api, headers, tokenHint: TOKEN_HINT });
    const name = question.path.at(-1) ?? '';
    const groups = question.path.slice(0, -1);
    const project = `projects/${encodeURIComponent(question.path.join('/'))}`;
    const listRules = async () => {
        const rules = [];
        for await (const { value } of client.pages(`${project}/protected_branches?per_page=100`)) {
            for (const rule of (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .listOf */ .c3)(value)) {
                rules.push({
                    rule: (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .textField */ .M8)(rule, 'name') ?? '',
                    allowsForce: (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(rule, 'allow_force_push') === true,
                });
            }
        }
        return rules;
    };
    const setForce = async (rule, allows, signal = question.signal) => {
        const other = signal === question.signal
            ? client
            : (0,_json_client_js__WEBPACK_IMPORTED_MODULE_1__.createJsonClient)({ ...question, base: question.api, headers, signal });
        try {
            await other.send('PATCH', `${project}/protected_branches/${encodeURIComponent(rule)}`, {
                allow_force_push: allows,
            });
        }
        finally {
            if (other !== client)
                await other.dispose();
        }
    };
    const host = {
        kind: 'gitlab',
        async look() {
            const answer = await (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .orMissing */ .Mr)(() => client.get(project));
            if (answer === undefined)
                return undefined;
            const { value } = answer;
            return {
                defaultBranch: (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .textField */ .M8)(value, 'default_branch'),
                archived: (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(value, 'archived') === true,
                isMirror: (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(value, 'mirror') === true,
                isEmpty: (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(value, 'empty_repo') === true,
                mayPush: mayPush(value),
            };
        },
        async create({ visibility, format }) {
            (0,_refuse_format_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseFormat */ .A)('GitLab', format);
            const make = async () => {
                const namespace = await findNamespace(client, groups);
                return await client.send('POST', 'projects', {
                    name,
                    path: name,
                    namespace_id: namespace,
                    visibility,
                    initialize_with_readme: false,
                    auto_devops_enabled: false,
                });
            };
            return await (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .createOrFind */ .xj)(host, make, 'the scope api, and the role Developer or above in the group');
        },
        async setDefaultBranch(branch) {
            await client.send('PUT', project, { default_branch: branch });
        },
        listProtected: listRules,
        async allowForce(branch, mayLift) {
            const found = (await listRules()).filter(({ rule, allowsForce }) => !allowsForce && (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .isRuleFor */ .SX)(rule, branch));
            for (const { rule } of found) {
                if (!(await mayLift(rule)))
                    return false;
                await setForce(rule, true);
            }
            return found.length > 0;
        },
        forbidForce: (rule, signal) => setForce(rule, false, signal),
        async readExpiry() {
            const answer = await (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .orMissing */ .Mr)(() => client.get('personal_access_tokens/self'));
            const text = (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .textField */ .M8)(answer?.value, 'expires_at');
            return text === undefined ? undefined : new Date(`${text.slice(0, 10)}T00:00:00Z`);
        },
        dispose: () => client.dispose(),
    };
    return host;
};
function mayPush(value) {
    const permissions = (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(value, 'permissions');
    const levels = ['project_access', 'group_access'].map((key) => (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)((0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(permissions, key), 'access_level'));
    const known = levels.filter((level) => typeof level === 'number');
    return known.length === 0 ? undefined : known.some((level) => level >= DEVELOPER);
}
/** The id of the group, or of the user's own namespace; groups in groups are made where they are missing. */
async function findNamespace(client, groups) {
    const path = groups.join('/');
    const found = await (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .orMissing */ .Mr)(() => client.get(`namespaces/${encodeURIComponent(path)}`));
    const id = (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(found?.value, 'id');
    if (typeof id === 'number')
        return id;
    const name = groups.at(-1);
    if (groups.length < 2 || name === undefined) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`there is no group or user ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printableLine */ .oy)(path, 200)} that this token may see`, {
            code: 'not-found',
            side: 'destination',
            status: 404,
            hint: 'Make the group first: GitLab makes only groups within groups for a token.',
        });
    }
    const parent = await findNamespace(client, groups.slice(0, -1));
    try {
        const made = await client.send('POST', 'groups', {
            name,
            path: name,
            parent_id: parent,
            visibility: 'private',
        });
        return Number((0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(made.value, 'id'));
    }
    catch (thrown) {
        // Another run may have been faster.
        const again = await (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .orMissing */ .Mr)(() => client.get(`namespaces/${encodeURIComponent(path)}`));
        const known = (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(again?.value, 'id');
        if (typeof known === 'number')
            return known;
        const words = (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .wordsOf */ .Z9)(thrown instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En ? thrown.serverText : undefined);
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the group ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printableLine */ .oy)(path, 200)} could not be made: ${words || 'GitLab refused it'}`, {
            code: 'auth',
            side: 'destination',
            hint: TOKEN_HINT,
            cause: thrown,
        });
    }
}


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
