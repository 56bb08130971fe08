export const id = 6533;
export const ids = [6533];
export const modules = {

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
