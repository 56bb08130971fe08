export const id = 8948;
export const ids = [8948];
export const modules = {

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

/***/ 68948:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  addDiagnosis: () => (/* binding */ addDiagnosis)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/hosts/github-api.js
var github_api = __webpack_require__(776);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
;// CONCATENATED MODULE: ./build/hosts/github-explain.js

/** What to do, in our words; undefined where the answer explains nothing. Pure. */
function explainAnswer(answer, question) {
    const repository = `${question.owner}/${question.name}`;
    const need = question.wants === 'push' ? 'Contents: write' : 'Contents: read';
    if (answer.status === 401) {
        return 'GitHub does not know this token: it is wrong, expired or revoked. Make a new one.';
    }
    if (answer.status === 404) {
        return (`GitHub shows no repository ${repository} to this token: either there is none (create it, it may stay ` +
            `empty), or the token was not given access to it (${need}). ${ownTokenHint(question)}`).trim();
    }
    if (answer.status !== 200)
        return undefined;
    if (answer.archived === true && question.wants === 'push') {
        return `${repository} is archived and takes no push: unarchive it in its settings, or mirror elsewhere.`;
    }
    if (answer.disabled === true)
        return `GitHub has disabled ${repository}: its owner has to ask GitHub's support.`;
    const { permissions } = answer;
    if (question.wants === 'push' && permissions?.push === false && permissions.pull === true) {
        return `This token may read ${repository} and not write to it: give it ${need}. ${ownTokenHint(question)}`.trim();
    }
    const fullName = answer.fullName ?? repository;
    if (fullName.toLowerCase() !== repository.toLowerCase()) {
        return `${repository} is now called ${(0,printable/* printableLine */.oy)(fullName, 200)}: write its new address.`;
    }
    return undefined;
}
function ownTokenHint(question) {
    if (!question.token.startsWith('ghs_'))
        return '';
    return "The workflow's own token reaches the workflow's own repository only; others need a token or a deploy key.";
}

;// CONCATENATED MODULE: ./build/hosts/github-diagnosis.js



/** Milliseconds for all questions of a run together. */
const QUESTIONS_LIMIT_MS = 5000;
/**
 * Where GitHub refused, its API tells why: Git's own answer is the same for a wrong name, a token without
 * access, and an archived repository. The better hint takes the place of the general one. Never throws, and
 * asks only servers that are known to be GitHub, with the token that was meant for them.
 */
async function addDiagnosis(result, options, signal, limit = QUESTIONS_LIMIT_MS) {
    const context = { env: options.env, signal: AbortSignal.any([signal, AbortSignal.timeout(limit)]) };
    const destinations = await Promise.all(result.destinations.map(async (destination, index) => {
        const endpoint = options.destinations[index];
        const { error } = destination;
        if (!error || !endpoint || error.side === 'source')
            return destination;
        return { ...destination, error: await explainError(error, endpoint, { ...context, wants: 'push' }) };
    }));
    const error = result.error?.side === 'source'
        ? await explainError(result.error, options.source, { ...context, wants: 'pull' })
        : result.error;
    return { ...result, destinations, error };
}
async function explainError(error, endpoint, question) {
    if (error.code !== 'auth' && error.code !== 'not-found')
        return error;
    const repository = (0,github_api/* findApiRepository */.G)(endpoint.url, question.env);
    const { token } = endpoint.credentials;
    if (!repository || !token)
        return error;
    const answer = await askRepository(repository, token, question.signal);
    const hint = answer && explainAnswer(answer, { ...repository, token, wants: question.wants });
    return hint === undefined ? error : (0,errors/* withDetails */.FE)(error, { hint });
}
/** `GET /repos/{owner}/{repo}`; undefined where no answer came. */
async function askRepository(repository, token, signal) {
    try {
        // Loading it reads the event file and the proxy settings, so not before it is needed.
        const { getOctokit } = await Promise.all(/* import() */[__webpack_require__.e(4942), __webpack_require__.e(8665), __webpack_require__.e(1351)]).then(__webpack_require__.bind(__webpack_require__, 61351));
        const octokit = getOctokit(token, { baseUrl: repository.api, log: QUIET });
        const { data } = await octokit.rest.repos.get({
            owner: repository.owner,
            repo: repository.name,
            request: { signal },
        });
        return {
            status: 200,
            fullName: data.full_name,
            archived: data.archived,
            disabled: data.disabled,
            permissions: data.permissions,
        };
    }
    catch (thrown) {
        const status = thrown?.status;
        return typeof status === 'number' && !signal.aborted ? { status } : undefined;
    }
}
const QUIET = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
};


/***/ })

};
