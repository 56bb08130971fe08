export const id = 2795;
export const ids = [2795];
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


/***/ })

};
