export const id = 5419;
export const ids = [5419];
export const modules = {

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
