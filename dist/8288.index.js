export const id = 8288;
export const ids = [8288];
export const modules = {

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
