export const id = 4237;
export const ids = [4237];
export const modules = {

/***/ 35557:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V9: () => (/* binding */ checkSchedules),
/* harmony export */   e0: () => (/* binding */ readPeriod),
/* harmony export */   rH: () => (/* binding */ scheduleOf)
/* harmony export */ });
/* harmony import */ var _fleet_file_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(92130);

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const LONGEST_PERIOD_MS = 366 * 86_400_000;
/** When a mirror runs, by itself or by the defaults. */
function scheduleOf(part) {
    return (0,_fleet_file_js__WEBPACK_IMPORTED_MODULE_0__/* .settingOf */ .y7)(part, 'schedule');
}
/** `every 4h`, `every: 30m`; undefined: not a period. */
function readPeriod(text) {
    const parts = /^every:? ?([1-9]\d{0,5}) ?([mhd])$/i.exec(text.trim());
    const every = Number(parts?.[1]) * (UNITS_MS[parts?.[2]?.toLowerCase() ?? ''] ?? 0);
    return every > 0 && every <= LONGEST_PERIOD_MS ? { every } : undefined;
}
/** Complains about schedules that are none: five fields of cron, in the order of crontab(5), or a period. */
async function checkSchedules({ defaults, mirrors }, complaints) {
    const scheduled = [...defaults, ...mirrors].filter(({ tree }) => tree['schedule'] !== undefined);
    if (scheduled.length === 0)
        return;
    const { Cron } = await __webpack_require__.e(/* import() */ 5814).then(__webpack_require__.bind(__webpack_require__, 55814));
    const known = new Map();
    for (const { path, tree } of scheduled) {
        const text = tree['schedule'];
        if (!known.has(text))
            known.set(text, isSchedule(Cron, text));
        if (known.get(text) === true)
            continue;
        complaints.add([...path, 'schedule'], 'this is not a schedule', "Write five fields of cron, such as '17 */4 * * *', or a period such as 'every 4h'");
    }
}
function isSchedule(Cron, text) {
    if (readPeriod(text) !== undefined)
        return true;
    if (text.trim().split(/\s+/).length !== 5)
        return false;
    try {
        // A day that never comes is no schedule either.
        return new Cron(text, { paused: true, timezone: 'UTC' }).nextRun() !== null;
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 65354:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ gatherComplaints)
/* harmony export */ });
/* harmony import */ var _config_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(27085);

function gatherComplaints(file) {
    const complaints = [];
    const told = new Set();
    return {
        add(path, text, hint) {
            const place = file.place(path);
            // What `defaults` and `hosts` say is read for each mirror anew.
            const key = `${place.file}:${place.line}:${place.column} ${text}`;
            if (told.has(key))
                return;
            told.add(key);
            complaints.push({ ...place, text, hint });
        },
        get found() {
            return complaints.length > 0;
        },
        throwAny() {
            if (complaints.length > 0)
                throw new _config_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigError */ .xL(file.name, complaints);
        },
    };
}


/***/ }),

/***/ 27085:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NP: () => (/* binding */ renderConfigError),
/* harmony export */   RO: () => (/* binding */ namePlace),
/* harmony export */   ig: () => (/* binding */ comparePlaces),
/* harmony export */   xL: () => (/* binding */ ConfigError)
/* harmony export */ });
/* unused harmony export MOST_COMPLAINTS */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62867);


/** `line 5`, or `more.yml:5` where there are several files. */
function namePlace({ file, line }) {
    return file === undefined ? `line ${line}` : `${file}:${line}`;
}
/** More mistakes are counted, and not told one by one. */
const MOST_COMPLAINTS = 50;
/** Everything that is wrong with a config file, at once and in the order of the file. */
class ConfigError extends _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En {
    /** Printable path of the file, or of the folder or the first of several; `config` for an inline one. */
    file;
    complaints;
    /** Mistakes beyond `MOST_COMPLAINTS`. */
    leftOut;
    constructor(file, complaints) {
        const sorted = complaints.toSorted(comparePlaces);
        const told = sorted.slice(0, MOST_COMPLAINTS);
        const count = complaints.length;
        super(`${file}: ${count === 1 ? 'one mistake' : `${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_1__/* .formatCount */ .B4)(count)} mistakes`}; nothing was touched`, {
            code: 'usage',
            hint: 'Mend the file, and see it checked with: check CONFIG',
        });
        this.file = file;
        this.complaints = told;
        this.leftOut = count - told.length;
    }
}
/** In the order of the files and of what stands in them. */
function comparePlaces(a, b) {
    const [one = '', other = ''] = [a.file, b.file];
    return (one < other ? -1 : one > other ? 1 : 0) || a.line - b.line || a.column - b.column;
}
/** `mirrors.yml:8:5  unknown key "prun". Did you mean "prune"?`, a line for each mistake. */
function renderConfigError(error) {
    const lines = error.complaints.map(({ file = error.file, line, column, text, hint }) => `${file}:${line}:${column}  ${text}${hint === undefined ? '' : `. ${hint}`}`);
    return error.leftOut === 0 ? lines : [...lines, `${error.file}: … and ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_1__/* .formatCount */ .B4)(error.leftOut)} more`];
}


/***/ }),

/***/ 29993:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GI: () => (/* binding */ addressText),
/* harmony export */   Kx: () => (/* binding */ makeDraft),
/* harmony export */   Vn: () => (/* binding */ draftMirror),
/* harmony export */   Z2: () => (/* binding */ defaultName),
/* harmony export */   rT: () => (/* binding */ isDiscovery)
/* harmony export */ });
/* unused harmony export nameOfDiscovery */
/* harmony import */ var _transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(60531);
/* harmony import */ var _transport_address_identity_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(32227);
/* harmony import */ var _fleet_file_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(92130);
/* harmony import */ var _file_schema_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(38446);




/** A name is part of an address of the server: clients fold `a//b`, `a/../b` and `a/` into something else. */
const NAME = /^(?!.*\/\.{0,2}(?:\/|$))[A-Za-z0-9][A-Za-z0-9._/-]*$/;
function isDiscovery({ tree }) {
    return tree['discover'] !== undefined;
}
/** The template of an entry's names: by default the path of each repository below its owner's. */
function nameOfDiscovery({ tree }) {
    return typeof tree['name'] === 'string' ? tree['name'] : '{owner}/{path}';
}
/** The draft of a mirror that stands in the file; undefined: complained about. */
function draftMirror(input, part) {
    const { tree, path } = part;
    const given = tree['name'];
    if (typeof given === 'string') {
        const name = input.fill.text([...path, 'name'], given);
        return name === undefined ? undefined : makeDraft(input, part, { name, template: undefined });
    }
    const address = addressText(tree['source']);
    const filled = input.fill.text([...path, 'source'], address.text);
    const url = filled === undefined ? undefined : tryParse(filled);
    // A bad address is complained about where it is read for good.
    const name = url === undefined ? `mirror-${path.join('-')}` : defaultName(url);
    return makeDraft(input, part, { name, template: undefined });
}
/** A draft with its own name; undefined: complained about. */
function makeDraft({ fill, complaints }, part, given) {
    const { path, tree, defaults } = part;
    const { name } = given;
    if (!NAME.test(name) || name.length > _file_schema_js__WEBPACK_IMPORTED_MODULE_3__/* .MOST_NAME_LENGTH */ .$P) {
        complaints.add([...path, 'name'], `the name of a mirror has letters, digits and . _ - / and at most ${_file_schema_js__WEBPACK_IMPORTED_MODULE_3__/* .MOST_NAME_LENGTH */ .$P} of them`, 'Write another `name`');
        return undefined;
    }
    const labels = ((0,_fleet_file_js__WEBPACK_IMPORTED_MODULE_2__/* .settingOf */ .y7)(part, 'labels') ?? []);
    const texts = (typeof labels === 'string' ? [labels] : labels).map((label) => fill.text([...path, 'labels'], label, given.template));
    return {
        path,
        tree,
        defaults,
        ...given,
        labels: texts.filter((label) => label !== undefined),
        paused: ((0,_fleet_file_js__WEBPACK_IMPORTED_MODULE_2__/* .settingOf */ .y7)(part, 'paused') ?? false),
    };
}
/** The text of an address that stands alone or as `url`, and where it stands below its key. */
function addressText(value) {
    if (typeof value === 'string')
        return { text: value, below: [] };
    return { text: value.url, below: ['url'] };
}
/** Host and path of a repository, in the letters of a name. */
function defaultName(url) {
    const letters = (0,_transport_address_identity_js__WEBPACK_IMPORTED_MODULE_1__/* .identity */ .D)(url)
        .replace(/^file:\/*/, '')
        .replaceAll(/[^A-Za-z0-9._/-]+/g, '-');
    return letters.replace(/^[^A-Za-z0-9]+/, '') || 'mirror';
}
function tryParse(text) {
    try {
        return (0,_transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_0__/* .parseRemoteUrl */ .JH)(text, 'source');
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 38446:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Dt: () => (/* binding */ MOST_MIRRORS),
  $P: () => (/* binding */ MOST_NAME_LENGTH),
  co: () => (/* binding */ makeFileSchema)
});

;// CONCATENATED MODULE: ./build/fleet/schema/server-schema.js
const SECONDS = /^[0-9]{1,7} ?[smhSMH]?$/;
const TIME_WORDS = 'is not a time: seconds, or a time such as 90m or 6h';
const USER = /^[^\s:]{1,200}$/;
const HOST = /^[^\s/@]+$/;
/** What stands below `server`. */
function serverMapping(parts) {
    return parts.mapping({
        token: parts.described(parts.secrets, 'Opens what changes or shows anything, as Authorization: Bearer; at least 16 characters. A list while it changes.'),
        hooks: parts.described(hooksMapping(parts), 'Hosts whose webhooks are taken, each with its secret.'),
        state: parts.described(parts.text(4096), 'File that keeps what was last known of each mirror.'),
        'stop-grace': parts.described(parts.matching(SECONDS, TIME_WORDS), 'How long running mirrors may go on after SIGTERM; default: 20s.'),
        'time-zone': parts.described(parts.text(100), 'Of schedules, such as Europe/Berlin; default: UTC.'),
        'page-public': parts.described(parts.boolean, 'true shows the page to everybody.'),
        'metrics-public': parts.described(parts.boolean, 'true shows /metrics to everybody.'),
        'metrics-by-mirror': parts.described(parts.boolean, 'false leaves the figures of single mirrors out.'),
        'sync-on-start': parts.described(parts.boolean, 'false waits for the schedule, also where the last success is too old.'),
        'hosts-allowed': parts.described(parts.textOrList(parts.matching(HOST, 'is not the name of a host')), 'Names by which the page may be asked for, beside those of this machine.'),
        heal: parts.described(parts.boolean, 'true runs a mirror as well when its destination says that somebody pushed there.'),
        'trust-proxy': parts.described(parts.boolean, 'true takes the sender of a request from X-Forwarded-For, where a proxy of yours writes it.'),
    });
}
function hooksMapping(parts) {
    const secret = parts.described(parts.secrets, 'The secret of the hook; a list while it changes.');
    const signed = parts.mapping({ secret }, { needs: [{ keys: ['secret'], exactly: true }] });
    const withUser = parts.mapping({
        secret,
        username: parts.described(parts.matching(USER, 'is not a user name: text without spaces and colons'), 'The user name of the hook; default: kalandra.'),
    }, { needs: [{ keys: ['secret'], exactly: true }] });
    return parts.mapping({
        github: parts.described(signed, 'POST /hooks/github.'),
        gitlab: parts.described(signed, 'POST /hooks/gitlab: signing token or secret token.'),
        gitea: parts.described(signed, 'POST /hooks/gitea, for Forgejo as well.'),
        bitbucket: parts.described(withUser, 'POST /hooks/bitbucket, Cloud and Data Center: a signature, or user name and password.'),
        azure: parts.described(withUser, 'POST /hooks/azure: user name and password.'),
    });
}

// EXTERNAL MODULE: ./build/fleet/config/option-keys.js
var option_keys = __webpack_require__(91114);
// EXTERNAL MODULE: ./build/fleet/schema/schema-parts.js
var schema_parts = __webpack_require__(34387);
;// CONCATENATED MODULE: ./build/fleet/config/file-schema.js



const MOST_NAME_LENGTH = 200;
const MOST_MIRRORS = 50_000;
const MOST_AT_ONCE = 1000;
const MOST_ADDRESS = 4096;
const NAME = /^[A-Za-z0-9{$][A-Za-z0-9._/{}$-]*$/;
const file_schema_HOST = /^[^\s/@]+$/;
const file_schema_SECONDS = /^[0-9]{1,7} ?[smhSMH]?$/;
const SIZE = /^[0-9.]{1,20} ?([kKmMgG][iI]?)?[bB]?$/;
const SPAN = /^[0-9]{1,5} ?[mhdMHD]$/;
const API = /^https?:\/\/[^\s@]+$/;
/** The schema of a config file. */
function makeFileSchema(v) {
    const parts = (0,schema_parts/* makeSchemaParts */.w)(v);
    const optionsAt = (place) => Object.fromEntries((0,option_keys/* keysAt */._)(place).map((key) => [key.name, parts.described(schemaOfOption(parts, v, key), key.about)]));
    const defaults = { ...optionsAt('mirror'), ...fleetKeys(parts) };
    const login = loginKeys(parts);
    const address = parts.text(MOST_ADDRESS);
    const source = v.union([address, parts.mapping({ url: address, ...login }, { needs: [one('url')] })]);
    const destination = v.union([
        address,
        parts.mapping({ url: address, ...login, ...optionsAt('endpoint') }, { needs: [one('url')] }),
    ]);
    const mirror = parts.mapping({
        name: parts.described(parts.matching(NAME, 'is not a name: letters, digits and . _ - /, with a letter or digit first', MOST_NAME_LENGTH), 'Unique; default: host and path of the source.'),
        source: parts.described(source, 'Address to read from.'),
        discover: parts.described(discoverMapping(parts), 'One mirror for each repository that is found.'),
        destination: parts.described(destination, 'Address to write to.'),
        destinations: parts.described(parts.list(destination), 'Addresses to write to.'),
        ...defaults,
    }, {
        needs: [
            { keys: ['source', 'discover'], exactly: false },
            { keys: ['destination', 'destinations'], exactly: true, unless: ['discover', 'list'] },
        ],
    });
    const tooMany = { count: MOST_MIRRORS, words: `has more than ${MOST_MIRRORS} mirrors` };
    return parts.mapping({
        version: v.literal(1, 'must be 1'),
        hosts: parts.described(v.record(v.pipe(v.string(), v.regex(file_schema_HOST, 'is not the name of a host')), hostMapping(parts, { ...login, ...optionsAt('host') })), 'How to get in, once for each host: NAME or NAME:PORT.'),
        defaults: parts.described(parts.mapping(defaults), 'Options of every mirror that does not say otherwise.'),
        mirrors: parts.described(parts.list(mirror, tooMany), 'What is mirrored where.'),
        heartbeat: parts.described(parts.mapping({ url: parts.textOrPlace }, { needs: [one('url')] }), 'Asked for (GET) after a round without failures, and with /fail behind it after one with failures.'),
        server: parts.described(serverMapping(parts), 'What `serve` needs beside the mirrors.'),
    }, { needs: [one('version'), { keys: ['mirrors', 'hosts', 'defaults'], exactly: false }] });
}
function one(...keys) {
    return { keys, exactly: true };
}
function loginKeys(parts) {
    return {
        token: parts.described(parts.secret, "The password over https, and the token of the host's API."),
        username: parts.described(parts.text(200), 'User name beside the token; default: x-access-token.'),
        'ssh-key': parts.described(parts.secret, 'Private key.'),
        'ssh-passphrase': parts.described(parts.secret, 'Opens the private key.'),
        'known-hosts': parts.described(parts.textOrPlace, 'known_hosts lines, added to the built-in keys of the big hosts.'),
    };
}
function hostMapping(parts, keys) {
    return parts.mapping({
        ...keys,
        'app-id': parts.described(parts.text(200), 'A GitHub App, by its client id or App id: it gives the token for every repository of this host that has none, for as long as a round takes.'),
        'app-private-key': parts.described(parts.secret, 'Private key of the GitHub App (PEM).'),
        'mirrors-at-once': parts.described(parts.count(1, MOST_AT_ONCE), 'Mirrors that talk with this host at the same time; default: 4, and one more that has something to send.'),
        api: parts.described(parts.matching(API, 'is not an http or https address without a user name'), 'Base address of the API, where it is not the usual one.'),
    });
}
function fleetKeys(parts) {
    return {
        schedule: parts.described(parts.text(200), 'For `serve`: five fields of cron, or `every: 4h` in one text. A round runs at once.'),
        'skip-unpushed': parts.described(parts.matching(SPAN, 'is not a time such as 24h'), 'How long a mirror may go unseen whose source was not pushed to, by the list that found it. Needs a state file.'),
        paused: parts.described(parts.boolean, 'Left out of every round, and said so.'),
        labels: parts.described(parts.textOrList(parts.matching(NAME, 'is not a label: letters, digits and . _ - /', MOST_NAME_LENGTH)), 'Words that `only` knows, beside names.'),
    };
}
function discoverMapping(parts) {
    const where = parts.text(MOST_ADDRESS);
    const globs = parts.textOrList(parts.text(500));
    return parts.mapping({
        github: parts.described(where, 'An organisation or user, or https://HOST/OWNER of a server of your own.'),
        gitlab: parts.described(where, 'A group with its subgroups, a user, or https://HOST/GROUP of a server of your own.'),
        gitea: parts.described(where, 'https://HOST/OWNER.'),
        forgejo: parts.described(where, 'https://HOST/OWNER.'),
        bitbucket: parts.described(where, 'A workspace of Bitbucket Cloud.'),
        grokmirror: parts.described(where, 'The https address of a manifest, such as that of kernel.org.'),
        list: parts.described(where, 'A file, or an https address: SOURCE or SOURCE DESTINATION a line.'),
        include: parts.described(globs, 'Globs on the path below the owner; default: everything.'),
        exclude: parts.described(globs, 'Globs of what is left out, whatever include says.'),
        archived: parts.described(parts.boolean, 'true takes archived repositories, too.'),
        forks: parts.described(parts.boolean, 'true takes forks, too.'),
    }, { needs: [one('github', 'gitlab', 'gitea', 'forgejo', 'bitbucket', 'grokmirror', 'list')] });
}
function schemaOfOption(parts, v, key) {
    switch (key.kind) {
        case 'switch':
            return parts.boolean;
        case 'number': {
            const number = parts.count(key.min, key.max);
            const words = 'must be a whole number or unlimited';
            return 'unlimited' in key && key.unlimited
                ? v.union([number, v.literal('unlimited', words)], words)
                : number;
        }
        case 'seconds': {
            if (!('units' in key && key.units))
                return parts.count(key.min, key.max);
            const words = 'is not a time: seconds, or a time such as 90m or 6h';
            return v.union([parts.count(key.min, key.max), parts.matching(file_schema_SECONDS, words)], words);
        }
        case 'size': {
            const words = 'is not a size such as 500M or 2G';
            return v.union([parts.count(1, Number.MAX_SAFE_INTEGER), parts.matching(SIZE, words)], words);
        }
        case 'lines':
            return parts.textOrList(parts.text());
        case 'text':
            return parts.text();
        case 'secret':
            return parts.secret;
        case 'choice':
            return parts.choice(key.choices);
    }
}


/***/ }),

/***/ 27921:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ makeFillIn)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _options_secrets_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(93588);



/** Bytes of a file with a secret. */
const MOST_FILE_BYTES = 64 * 1024;
const REFERENCES = /\$\$|\$\{([^}]*)(\}?)|\{([a-z-]*)\}/g;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Values are read once for each `FillIn`: a round makes its own, since mounted secrets change. */
function makeFillIn(input) {
    const { complaints } = input;
    const files = new Map();
    const variable = (path, name, isSecret) => {
        if (!VARIABLE.test(name)) {
            complaints.add(path, '${…} does not hold the name of a variable', 'Write ${NAME}, or $$ for a dollar sign');
            return undefined;
        }
        const value = input.env[name];
        if (value !== undefined && (value !== '' || !isSecret))
            return value;
        complaints.add(path, `${describeVariable(name)} is ${value === undefined ? 'not set' : 'empty'}`, SET_IT);
        return undefined;
    };
    const file = (path, given) => {
        const whole = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(given) ? given : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(input.folderOf(path), given);
        if (!files.has(whole))
            files.set(whole, readLimited(path, given, whole, complaints));
        return files.get(whole);
    };
    const text = (path, value, template) => {
        let isWhole = true;
        const filled = value.replaceAll(REFERENCES, (all, name, end, part) => {
            if (all === '$$')
                return '$';
            const found = part === undefined
                ? variable(path, end === '' ? '' : (name ?? ''), false)
                : templatePart(path, part, template, complaints);
            isWhole &&= found !== undefined;
            return found ?? '';
        });
        return isWhole ? filled : undefined;
    };
    return {
        text,
        place(path, value) {
            if (typeof value === 'string') {
                const name = /^\$\{([^}]*)\}$/.exec(value)?.[1];
                return name === undefined ? text(path, value) : variable(path, name, true);
            }
            const { env, file: from } = value;
            if (env !== undefined)
                return variable([...path, 'env'], env, true);
            const name = from === undefined ? undefined : text([...path, 'file'], from);
            return name === undefined ? undefined : file([...path, 'file'], name);
        },
    };
}
const SET_IT = 'Set it where this runs; in a workflow: env: NAME: ${{ secrets.NAME }}';
/** A token that stands where its variable's name should: it is not repeated. */
function describeVariable(name) {
    const isConstant = /^[A-Z]+(?:_[A-Z0-9]+)+$/.test(name);
    return ((0,_options_secrets_js__WEBPACK_IMPORTED_MODULE_2__/* .looksLikeToken */ .NM)(name) && !isConstant) || name.length > 100
        ? 'the variable that is named here'
        : `the variable ${name}`;
}
function templatePart(path, part, template, complaints) {
    if (template !== undefined && Object.hasOwn(template, part))
        return template[part];
    if (template === undefined)
        complaints.add(path, `{${part}} stands for something with \`discover\` alone`);
    else
        complaints.add(path, `{${part}} stands for nothing`, `Known are: ${Object.keys(template)
            .map((key) => `{${key}}`)
            .join(', ')}`);
    return undefined;
}
function readLimited(path, given, whole, complaints) {
    const name = /\n/.test(given) || given.length > 200 || (0,_options_secrets_js__WEBPACK_IMPORTED_MODULE_2__/* .looksLikeToken */ .NM)(given) ? 'this file' : `the file ${given}`;
    try {
        const text = readStart(whole);
        if (text.length > MOST_FILE_BYTES)
            complaints.add(path, `${name} is larger than 64 KiB`);
        else if (text.toString().trim() === '')
            complaints.add(path, `${name} is empty`);
        else
            return text.toString();
    }
    catch (thrown) {
        complaints.add(path, `${name} can't be read (${thrown.code ?? 'no reason given'})`);
    }
    return undefined;
}
/** At most one byte more than is allowed, from a file or a pipe. */
function readStart(path) {
    const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, 'r');
    try {
        const buffer = Buffer.alloc(MOST_FILE_BYTES + 1);
        let length = 0;
        while (length < buffer.length) {
            const read = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readSync)(descriptor, buffer, length, buffer.length - length, null);
            if (read === 0)
                break;
            length += read;
        }
        return buffer.subarray(0, length);
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
    }
}


/***/ }),

/***/ 92130:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  my: () => (/* binding */ findHost),
  _9: () => (/* binding */ hostKey),
  w4: () => (/* binding */ hostOf),
  xV: () => (/* binding */ isOfMirror),
  N6: () => (/* binding */ readFleetFile),
  y7: () => (/* binding */ settingOf)
});

// EXTERNAL MODULE: ./build/transport/address/identity.js
var identity = __webpack_require__(32227);
// EXTERNAL MODULE: ./build/options/secrets.js
var secrets = __webpack_require__(93588);
// EXTERNAL MODULE: ./build/fleet/config/config-error.js
var config_error = __webpack_require__(27085);
// EXTERNAL MODULE: ./build/fleet/config/file-schema.js + 1 modules
var file_schema = __webpack_require__(38446);
;// CONCATENATED MODULE: ./build/fleet/config/nearest.js
/** The known word that a misspelt one is nearest to; undefined where none is near. */
function findNearest(word, known) {
    const most = Math.max(1, Math.min(3, Math.floor(word.length / 3)));
    let nearest;
    let least = most + 1;
    for (const candidate of known) {
        if (Math.abs(candidate.length - word.length) >= least)
            continue;
        const distance = countEdits(word.toLowerCase(), candidate);
        if (distance < least)
            [nearest, least] = [candidate, distance];
    }
    return nearest;
}
/** Letters to insert, drop, replace or swap with their neighbour (Damerau–Levenshtein, restricted). */
function countEdits(from, to) {
    let before = [];
    let last = Array.from({ length: to.length + 1 }, (_, index) => index);
    for (let row = 1; row <= from.length; row++) {
        const next = [row];
        for (let column = 1; column <= to.length; column++) {
            const cost = from[row - 1] === to[column - 1] ? 0 : 1;
            let edits = Math.min(last[column] + 1, next[column - 1] + 1, last[column - 1] + cost);
            if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
                edits = Math.min(edits, before[column - 2] + 1);
            }
            next.push(edits);
        }
        before = last;
        last = next;
    }
    return last[to.length];
}

// EXTERNAL MODULE: ./build/fleet/schema/schema-parts.js
var schema_parts = __webpack_require__(34387);
;// CONCATENATED MODULE: ./build/fleet/config/check-file.js





/**
 * Checks keys and kinds of values of a whole file.
 * @throws ConfigError with every mistake; its texts hold keys that are known or fit to print, and no value.
 */
async function checkFile(file) {
    const v = await __webpack_require__.e(/* import() */ 7934).then(__webpack_require__.bind(__webpack_require__, 77934));
    const schema = (0,file_schema/* makeFileSchema */.co)(v);
    const { value } = file;
    if (value === null || value === undefined) {
        throw new config_error/* ConfigError */.xL(file.name, [
            { line: 1, column: 1, text: 'the file is empty', hint: 'Begin with `version: 1` and `mirrors:`.' },
        ]);
    }
    const mirrors = isMapping(value) ? value['mirrors'] : undefined;
    const check = makeCheck(file);
    if (Array.isArray(mirrors) && mirrors.length > file_schema/* MOST_MIRRORS */.Dt) {
        check.add(['mirrors'], `mirrors has more than ${file_schema/* MOST_MIRRORS */.Dt} mirrors`);
        throw new config_error/* ConfigError */.xL(file.name, check.complaints);
    }
    findStrays(check, schema, value, []);
    const { issues = [] } = v.safeParse(schema, value);
    for (const issue of issues)
        reportIssue(check, issue, []);
    if (check.complaints.length > 0)
        throw new config_error/* ConfigError */.xL(file.name, check.complaints);
    return value;
}
function makeCheck(file) {
    const complaints = [];
    const told = new Set();
    return {
        complaints,
        add(path, text, { part, hint, once } = {}) {
            const place = file.place(path, part);
            const key = `${place.line}:${place.column}`;
            if (once === true && told.has(key))
                return;
            told.add(key);
            complaints.push({ ...place, text: `${describeOwner(file.value, path)}${text}`, hint });
        },
    };
}
/** `mirror "a": ` where the path leads into a mirror that has a name. */
function describeOwner(root, [top, index]) {
    if (top !== 'mirrors' || typeof index !== 'number')
        return '';
    const mirror = root.mirrors?.[index];
    const name = isMapping(mirror) ? mirror['name'] : undefined;
    return typeof name === 'string' && isPrintable(name) ? `mirror "${name}": ` : '';
}
/** Unknown keys, lists where a mapping should be, and missing keys: all of them, where valibot tells the first. */
function findStrays(check, schema, value, path) {
    if (schema.type === 'exact_optional') {
        return findStrays(check, schema.wrapped, value, path);
    }
    if (schema.type === 'union') {
        const { options, message } = schema;
        const branch = chooseBranch(options, value);
        if (branch !== undefined)
            findStrays(check, branch, value, path);
        // To the library, a list is an object that has no known key.
        else if (Array.isArray(value))
            check.add(path, sayOf(path, message ?? NO_BRANCH));
        return;
    }
    if (schema.type === 'array' && Array.isArray(value)) {
        const { item } = schema;
        for (const [index, entry] of value.entries())
            findStrays(check, item, entry, [...path, index]);
    }
    if (schema.type === 'record' && isMapping(value)) {
        const { value: entrySchema } = schema;
        for (const [key, entry] of Object.entries(value))
            findStrays(check, entrySchema, entry, [...path, key]);
    }
    if (schema.type === 'record' && Array.isArray(value))
        check.add(path, `${nameOf(path)}must be a mapping`);
    if (schema.type === 'strict_object')
        findStrayKeys(check, schema, value, path);
}
function findStrayKeys(check, schema, value, path) {
    if (Array.isArray(value))
        return check.add(path, `${nameOf(path)}must be a mapping`);
    if (!isMapping(value))
        return;
    const known = Object.keys(schema.entries);
    for (const [key, entry] of Object.entries(value)) {
        const entrySchema = Object.hasOwn(schema.entries, key) ? schema.entries[key] : undefined;
        if (entrySchema !== undefined)
            findStrays(check, entrySchema, entry, [...path, key]);
        else
            check.add([...path, key], ...describeStray(schema, key, known));
    }
    for (const need of schema.needs)
        reportNeed(check, need, value, path);
}
function describeStray(schema, key, known) {
    if (schema.secret)
        return ['unknown key', { part: 'key', hint: 'Write { env: NAME } or { file: PATH }' }];
    const nearest = findNearest(key, known);
    const quoted = isPrintable(key) ? ` "${key}"` : '';
    const hint = nearest === undefined ? `Known are: ${known.join(', ')}` : `Did you mean "${nearest}"?`;
    return [`unknown key${quoted}`, { part: 'key', hint }];
}
function reportNeed(check, { keys, exactly, unless }, value, path) {
    const other = unless === undefined ? undefined : value[unless[0]];
    const isExempt = unless !== undefined && isMapping(other) && Object.hasOwn(other, unless[1]);
    const there = keys.filter((key) => Object.hasOwn(value, key));
    const names = keys.map((key) => `"${key}"`);
    if (there.length === 0) {
        if (isExempt)
            return;
        check.add(path, keys.length === 1 ? `the key ${names[0]} is missing` : `needs one of ${names.join(', ')}`, {
            part: 'key',
        });
    }
    else if (exactly && there.length > 1) {
        check.add([...path, there[1]], `takes one of ${names.join(', ')}, not several`, { part: 'key' });
    }
}
/** One issue of valibot in our words: of a union, what its branch for this kind of value says. */
function reportIssue(check, issue, above) {
    const path = [...above, ...(issue.path ?? []).map(({ key }) => key)];
    if (issue.expected === 'never')
        return;
    const branch = (issue.issues ?? []).filter(({ path: below }) => below !== undefined);
    if (branch.length > 0 && typeof issue.input === 'object') {
        for (const nested of branch)
            reportIssue(check, nested, path);
        return;
    }
    const isKey = issue.path?.at(-1)?.origin === 'key';
    const words = isOurs(issue.message) ? issue.message : 'must be text or a mapping';
    // A secret's own words make a sentence without the key.
    check.add(path, words.startsWith('a secret') ? words : `${nameOf(path)}${words}`, isKey ? { part: 'key' } : {});
}
const NO_BRANCH = 'must be text or a mapping';
/** Most words need the name of the key before them; those about secrets make a sentence by themselves. */
function sayOf(path, words) {
    return words === schema_parts/* SECRET_WORDS */.v ? words : `${nameOf(path)}${words}`;
}
/** Ours begin in lower case, valibot's own with `Invalid`. */
function isOurs(message) {
    return /^[a-z]/.test(message);
}
function chooseBranch(options, value) {
    if (Array.isArray(value))
        return options.find(({ type }) => type === 'array');
    if (!isMapping(value))
        return undefined;
    const mappings = options.filter((option) => option.type === 'strict_object');
    const fits = (mapping) => Object.keys(mapping.entries).some((key) => Object.hasOwn(value, key));
    return mappings.find(fits) ?? mappings[0];
}
/** `prune ` for a value, nothing for an item of a list. */
function nameOf(path) {
    const last = path.findLast((step) => typeof step === 'string');
    return last !== undefined && isPrintable(last) ? `${last} ` : '';
}
function isMapping(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isPrintable(text) {
    return /^[\w./:{}-]{1,200}$/.test(text) && !(0,secrets/* looksLikeToken */.NM)(text);
}

// EXTERNAL MODULE: ./build/fleet/config/complaints.js
var config_complaints = __webpack_require__(65354);
// EXTERNAL MODULE: ./build/fleet/config/read-yaml.js
var read_yaml = __webpack_require__(24750);
;// CONCATENATED MODULE: ./build/fleet/config/fleet-file.js






/**
 * Reads the files of a fleet. Hosts and mirrors of all of them count together; `heartbeat` and `server` stand in one of them.
 * @throws ConfigError with every mistake that shows without filling in variables.
 */
async function readFleetFile(sources) {
    const [first = { name: 'config' }] = sources;
    const name = sources.length === 1 ? first.name : `${first.name} and ${sources.length - 1} more`;
    const files = await readEach(sources, name);
    const readAt = (path) => files[path[0] === 'files' ? Number(path[1]) : 0];
    const place = (path, part) => {
        const { yaml, head } = readAt(path);
        const found = yaml.place(path.slice(head.length), part);
        return files.length === 1 ? found : { ...found, file: yaml.name };
    };
    const complaints = (0,config_complaints/* gatherComplaints */.Y)({ name, place });
    const partsOf = (key) => files.flatMap(({ tree, head }) => tree[key] === undefined ? [] : [{ path: [...head, key], tree: tree[key] }]);
    const single = (key) => {
        const [part, ...others] = partsOf(key);
        for (const { path } of others)
            complaints.add(path, `${key} stands in ${(0,config_error/* namePlace */.RO)(place(part.path, 'key'))}, too`, 'Keep one of them');
        return part;
    };
    const isCommon = ({ tree }) => tree['mirrors'] === undefined;
    const defaultsOf = (file) => file.tree['defaults'] === undefined
        ? []
        : [{ path: [...file.head, 'defaults'], tree: file.tree['defaults'] }];
    const common = files.filter(isCommon).flatMap(defaultsOf);
    for (const { path } of common.slice(1)) {
        complaints.add(path, `two files without mirrors have defaults: ${(0,config_error/* namePlace */.RO)(place(common[0].path, 'key'))} has them, too`, 'Which of them counts would hang on their names: keep one');
    }
    const mirrors = files.flatMap((file) => {
        const defaults = [...defaultsOf(file), ...common];
        const entries = (file.tree['mirrors'] ?? []);
        return entries.map((tree, index) => ({ path: [...file.head, 'mirrors', index], tree, defaults }));
    });
    if (files.every(isCommon))
        complaints.add([], 'the key "mirrors" is missing');
    if (mirrors.length > file_schema/* MOST_MIRRORS */.Dt)
        complaints.add([], `the files have more than ${file_schema/* MOST_MIRRORS */.Dt} mirrors together`);
    const hosts = readHosts(partsOf('hosts'), place, complaints);
    const [heartbeat, server] = [single('heartbeat'), single('server')];
    complaints.throwAny();
    return {
        name,
        place,
        folderOf: (path) => readAt(path).folder,
        files,
        mirrors,
        defaults: partsOf('defaults'),
        hosts,
        heartbeat,
        server,
    };
}
/** All mistakes of all files are told at once. */
async function readEach(sources, name) {
    const files = [];
    const complaints = [];
    for (const [index, source] of sources.entries()) {
        try {
            const yaml = await (0,read_yaml/* readYaml */.gM)(source.text, source.name);
            const head = index === 0 ? [] : ['files', index];
            files.push({ yaml, folder: source.folder, tree: await checkFile(yaml), head });
        }
        catch (thrown) {
            if (!(thrown instanceof config_error/* ConfigError */.xL) || sources.length === 1)
                throw thrown;
            complaints.push(...thrown.complaints.map((complaint) => ({ ...complaint, file: source.name })));
        }
    }
    if (complaints.length > 0)
        throw new config_error/* ConfigError */.xL(name, complaints);
    return files;
}
function readHosts(parts, place, complaints) {
    const found = new Map();
    const entries = parts.flatMap(({ path, tree }) => Object.entries(tree).map(([key, below]) => [key, { path: [...path, key], tree: below }]));
    for (const [key, { path, tree }] of entries) {
        const words = /^(\[[^\]]+\]|[^:]+|[^:]+:[^:]+:.*)(?::(\d{1,5}))?$/.exec(key);
        const host = (0,identity/* canonicalHost */.r)((words?.[1] ?? '').replace(/^\[|\]$/g, ''));
        const name = words?.[2] === undefined ? host : `${host}:${words[2]}`;
        const other = found.get(name);
        if (words === null || host === '')
            complaints.add(path, 'this is not HOST or HOST:PORT');
        else if (other !== undefined) {
            const where = (0,config_error/* namePlace */.RO)(place(other.path, 'key'));
            complaints.add(path, `${where} has the same host`, 'Give the credentials of a host once');
        }
        else
            found.set(name, { path, tree });
    }
    return found;
}
/** What `hosts` says of the server of an address: with its port if there is such an entry, else without. */
function findHost(hosts, url) {
    if (url.scheme === 'file')
        return undefined;
    const host = (0,identity/* canonicalHost */.r)(url.host);
    const port = url.port ?? (url.scheme === 'http' ? 80 : 443);
    return hosts.get(`${host}:${port}`) ?? hosts.get(host);
}
/** The name under which a host's limits and failures are counted: that of its entry, else host and port. */
function hostKey(hosts, url) {
    if (url.scheme === 'file')
        return '';
    const entry = findHost(hosts, url);
    if (entry !== undefined)
        return hostOf(entry);
    return (0,identity/* canonicalHost */.r)(url.host);
}
/** What a mirror says by itself, else by the defaults. */
function settingOf({ tree, defaults }, key) {
    return [tree, ...defaults.map((part) => part.tree)].find((layer) => layer[key] !== undefined)?.[key];
}
/** Whether it stands in an entry of `mirrors`. */
function isOfMirror(path) {
    return path[path[0] === 'files' ? 2 : 0] === 'mirrors';
}
/** The key of an entry of `hosts`. */
function hostOf({ path }) {
    return String(path.at(-1));
}


/***/ }),

/***/ 91114:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ keysAt)
/* harmony export */ });
/* harmony import */ var _options_names_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(85222);

/** Options that have shorter names in the file, where each end is a mapping of its own. */
const OF_ENDS = /^(?:source|destination|ssh|app)(?:-|$)/;
const KEYS = {
    mirror: listKeys('mirror'),
    host: listKeys('host'),
    endpoint: listKeys('endpoint'),
};
/** The options that may stand at a place, by the table of all options. */
function keysAt(place) {
    return KEYS[place];
}
function listKeys(place) {
    return _options_names_js__WEBPACK_IMPORTED_MODULE_0__/* .OPTION_SPECS */ .Fx.filter(({ name, places }) => places.includes(place) && !OF_ENDS.test(name));
}


/***/ }),

/***/ 24750:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g$: () => (/* binding */ tooLarge),
/* harmony export */   gM: () => (/* binding */ readYaml),
/* harmony export */   zX: () => (/* binding */ MOST_CONFIG_BYTES)
/* harmony export */ });
/* harmony import */ var _config_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(27085);

/** Bytes. 50,000 mirrors of 80 bytes each. */
const MOST_CONFIG_BYTES = 4 * 1024 * 1024;
/** Values that a file may have when every anchor is unfolded. */
const MOST_VALUES = 2_000_000;
const MOST_DEPTH = 50;
/** Open brackets in the text before it is parsed. */
const MOST_BRACKETS = 500;
/** The library's own messages may quote a line, and a line may hold a secret. */
const WORDS = {
    TAB_AS_INDENT: 'a tab indents this line: YAML takes spaces only',
    MULTIPLE_DOCS: 'a second document begins here: a config is one document',
    TAG_RESOLVE_FAILED: 'a tag (!…) has no meaning here',
    NON_STRING_KEY: 'a key must be text',
    BAD_INDENT: 'the indentation does not fit what stands above',
    MISSING_CHAR: 'a character is missing, such as a bracket, a quote, a comma or a colon',
    UNEXPECTED_TOKEN: 'something stands here that YAML does not allow at this place',
    BAD_SCALAR_START: 'a plain value cannot begin like this: put it in quotes',
    BAD_DQ_ESCAPE: 'a backslash in double quotes begins no escape: use single quotes',
    BAD_ALIAS: 'an alias (*…) has no name',
    MULTILINE_IMPLICIT_KEY: 'a key or a colon is missing, or a quote is not closed',
    BLOCK_AS_IMPLICIT_KEY: 'a mapping cannot begin on this line: a key, a value or an indentation is missing',
    KEY_OVER_1024_CHARS: 'a key is longer than 1,024 characters',
    RESOURCE_EXHAUSTION: 'values are nested too deep',
};
const TWICE = 'this key stands twice in one mapping';
const HALF = 'this text has half a character in it, by an escape such as \\ud800';
/**
 * Reads one YAML 1.2 document, strictly: no tags, no merge keys, no second document.
 * @throws ConfigError with every mistake
 */
async function readYaml(text, name) {
    if (Buffer.byteLength(text) > MOST_CONFIG_BYTES) {
        throw tooLarge(name);
    }
    const yaml = await __webpack_require__.e(/* import() */ 8815).then(__webpack_require__.t.bind(__webpack_require__, 38815, 19));
    const lines = new yaml.LineCounter();
    const document = parse(yaml, text.replace(/^\ufeff/, ''), name, lines);
    const reading = { yaml, lines, complaints: [], anchors: new Map(), targets: new Map() };
    for (const { code, pos } of [...document.errors, ...document.warnings]) {
        complain(reading, pos[0], WORDS[code] ?? 'this is not YAML');
    }
    if (document.directives?.yaml.explicit === true && document.directives.yaml.version !== '1.2') {
        complain(reading, 0, 'the file asks for an older YAML: it is read as YAML 1.2');
    }
    const root = document.contents;
    const { value, size } = convert(reading, root, 0);
    if (size > MOST_VALUES)
        complain(reading, 0, 'anchors unfold to more values than a fleet needs');
    if (reading.complaints.length > 0)
        throw new _config_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigError */ .xL(name, reading.complaints);
    return {
        name,
        value,
        place: (path, part = 'value') => findPlace(reading, root, path, part),
    };
}
/** A config that was not read for its size. */
function tooLarge(name) {
    const text = 'a config file has at most 4 MiB';
    const hint = 'Let `discover` find the repositories, or split the fleet into several files';
    return new _config_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigError */ .xL(name, [{ line: 1, column: 1, text, hint }]);
}
function parse(yaml, text, name, lineCounter) {
    try {
        // Deep nesting takes the library a long time, and at the end of the stack it takes Node down.
        if (nestsTooDeep(text))
            throw new RangeError();
        return yaml.parseDocument(text, {
            lineCounter,
            prettyErrors: false,
            schema: 'core',
            resolveKnownTags: false,
            stringKeys: true,
            // Compares each key with all before it; `convertMap` does it in linear time.
            uniqueKeys: false,
            logLevel: 'error',
        });
    }
    catch {
        throw new _config_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigError */ .xL(name, [{ line: 1, column: 1, text: 'values are nested too deep' }]);
    }
}
/** By the brackets and the indicators of one line; quotes are not looked at, so the limit is far from any real file. */
function nestsTooDeep(text) {
    if (/(?:[-?:][ \t]+){100}|^ {400}/m.test(text))
        return true;
    let depth = 0;
    for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (code === 0x5b || code === 0x7b)
            depth++;
        else if ((code === 0x5d || code === 0x7d) && depth > 0)
            depth--;
        if (depth > MOST_BRACKETS)
            return true;
    }
    return false;
}
const NOTHING = { value: null, size: 1 };
/** Not the library's `toJS`: it looks an alias up from the top each time, and takes a hundred of one for an attack. */
function convert(reading, node, depth) {
    const { yaml } = reading;
    if (node === null)
        return NOTHING;
    if (depth > MOST_DEPTH) {
        complain(reading, startOf(node), 'values are nested too deep');
        return NOTHING;
    }
    if (yaml.isAlias(node))
        return followAlias(reading, node);
    const converted = yaml.isMap(node)
        ? convertMap(reading, node, depth)
        : yaml.isSeq(node)
            ? convertList(reading, node, depth)
            : { value: yaml.isScalar(node) ? node.value : null, size: 1 };
    if (!isWellFormed(converted.value))
        complain(reading, startOf(node), HALF);
    if ('anchor' in node && node.anchor !== undefined)
        reading.anchors.set(node.anchor, { ...converted, node });
    return converted;
}
function followAlias(reading, alias) {
    const found = reading.anchors.get(alias.source);
    if (found === undefined) {
        complain(reading, startOf(alias), 'an alias (*…) names no anchor (&…) that stands before it', 'Put a value that begins with * in quotes.');
        return NOTHING;
    }
    reading.targets.set(alias, found.node);
    return found;
}
function convertMap(reading, map, depth) {
    const value = {};
    let size = 1;
    for (const pair of map.items) {
        const key = keyOf(reading, pair);
        if (!isWellFormed(key))
            complain(reading, startOf(pair.key), HALF);
        if (Object.hasOwn(value, key))
            complain(reading, startOf(pair.key), TWICE);
        if (key === '<<') {
            complain(reading, startOf(pair.key), 'merge keys (<<) are not read', 'Use `defaults`.');
            continue;
        }
        const converted = convert(reading, pair.value, depth + 1);
        size += converted.size;
        // Not an assignment: `__proto__` is a key like any other.
        Object.defineProperty(value, key, { value: converted.value, enumerable: true, configurable: true });
    }
    return { value, size };
}
function convertList(reading, list, depth) {
    const value = [];
    let size = 1;
    for (const item of list.items) {
        const converted = convert(reading, item, depth + 1);
        size += converted.size;
        value.push(converted.value);
    }
    return { value, size };
}
/** No encoding holds half a character: an address with it could not be asked for. */
function isWellFormed(value) {
    return typeof value !== 'string' || value.isWellFormed();
}
function keyOf({ yaml }, pair) {
    return yaml.isScalar(pair.key) ? String(pair.key.value) : '';
}
function findPlace(reading, root, path, part) {
    const { yaml, targets } = reading;
    let node = root;
    let offset = startOf(root);
    for (const [depth, step] of path.entries()) {
        const whole = node !== null && yaml.isAlias(node) ? targets.get(node) : node;
        if (whole && yaml.isMap(whole)) {
            const pair = whole.items.find((item) => keyOf(reading, item) === step);
            if (pair === undefined)
                break;
            node = pair.value;
            const isKey = node === null || (part === 'key' && depth === path.length - 1);
            offset = startOf(isKey ? pair.key : node);
        }
        else if (whole && yaml.isSeq(whole) && typeof step === 'number' && step < whole.items.length) {
            node = whole.items[step];
            if (node !== null)
                offset = startOf(node);
        }
        else
            break;
    }
    return placeAt(reading, offset);
}
function startOf(node) {
    return node?.range?.[0] ?? 0;
}
function placeAt({ lines }, offset) {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
}
function complain(reading, offset, text, hint) {
    reading.complaints.push({ ...placeAt(reading, offset), text, hint });
}


/***/ }),

/***/ 43847:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Re: () => (/* binding */ FLEET_TIME_LIMIT),
  DF: () => (/* binding */ checkLogins),
  $i: () => (/* binding */ resolveOptions),
  ST: () => (/* binding */ resolveScopes)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/options/read-host.js
var read_host = __webpack_require__(63288);
// EXTERNAL MODULE: ./build/options/read-options.js + 4 modules
var read_options = __webpack_require__(67566);
// EXTERNAL MODULE: ./build/options/values.js
var values = __webpack_require__(68739);
// EXTERNAL MODULE: ./build/options/secrets.js
var secrets = __webpack_require__(93588);
// EXTERNAL MODULE: ./build/transport/address/remote-url.js
var remote_url = __webpack_require__(60531);
// EXTERNAL MODULE: ./build/fleet/config/draft.js
var config_draft = __webpack_require__(29993);
;// CONCATENATED MODULE: ./build/fleet/config/addresses.js




/** The addresses of a mirror; undefined: complained about. */
function readAddresses(draft, fill, complaints) {
    const { source, destinations } = readEachAddress(draft, fill, complaints);
    if (source === undefined || destinations.includes(undefined))
        return undefined;
    return { source, destinations: destinations };
}
/** The same, each by itself. */
function readEachAddress(draft, fill, complaints) {
    const { tree, path } = draft;
    const context = { draft, fill, complaints };
    const entry = tree['source'] === undefined
        ? { path: [...path, 'discover'], value: draft.source, key: 'source', literal: true }
        : { path: [...path, 'source'], value: tree['source'], key: 'source' };
    return {
        source: readAddress(context, entry),
        destinations: destinationEntries(draft).map((destination) => readAddress(context, destination)),
    };
}
/** A list may say where each of its repositories goes. */
function destinationEntries({ path, tree, destination }) {
    const key = 'destination';
    if (destination !== undefined)
        return [{ path: [...path, 'discover'], value: destination, key, literal: true }];
    if (tree['destination'] !== undefined) {
        return [{ path: [...path, 'destination'], value: tree['destination'], key }];
    }
    const entries = (tree['destinations'] ?? []);
    return entries.map((value, index) => ({ path: [...path, 'destinations', index], value, key }));
}
function readAddress({ draft, fill, complaints }, { path, value, key, literal = false }) {
    const { text: written, below } = (0,config_draft/* addressText */.GI)(value);
    const where = [...path, ...below];
    const owner = `mirror "${draft.name}"`;
    if (hasLogin(written)) {
        complaints.add(where, `${owner}: ${key} has a password or token in the address, which does not belong into this file`, 'Put it under `hosts`, or write ${NAME} for it');
        return undefined;
    }
    const text = literal ? written : fill.text(where, written, draft.template);
    if (text === undefined)
        return undefined;
    try {
        const url = (0,remote_url/* parseRemoteUrl */.JH)(text, key);
        const tree = below.length === 0 ? {} : value;
        return { path: where, text, url, tree };
    }
    catch (thrown) {
        if (!(thrown instanceof errors/* MirrorError */.En))
            throw thrown;
        complaints.add(where, `${owner}: ${thrown.message}`, thrown.hint);
        return undefined;
    }
}
/** Whether a password, or what looks like a token, stands in the address itself, and not as `${NAME}`. */
function hasLogin(written) {
    const userinfo = /^\s*(?:[a-z][\w+.-]*:)?\/\/([^/?#\s]*)@/i.exec(written)?.[1];
    if (userinfo === undefined)
        return false;
    const [name = '', ...rest] = userinfo.split(/:(?![^{}]*\})/);
    const literal = (text) => text.replaceAll(/\$\{[A-Za-z_][A-Za-z0-9_]*\}/g, '');
    return rest.some((part) => literal(part) !== '') || (0,secrets/* looksLikeToken */.NM)(literal(name));
}

// EXTERNAL MODULE: ./build/fleet/config/fleet-file.js + 2 modules
var fleet_file = __webpack_require__(92130);
// EXTERNAL MODULE: ./build/fleet/config/settings.js
var config_settings = __webpack_require__(97041);
;// CONCATENATED MODULE: ./build/fleet/config/resolve-mirror.js







/** Addresses and refspecs of a mirror; undefined: complained about. */
function resolveScopes(context, draft) {
    const addresses = readAddresses(draft, context.fill, context.complaints);
    if (addresses === undefined)
        return undefined;
    const refspecs = addresses.destinations.map((destination) => {
        const options = (0,config_settings/* collectOptions */.Dn)(context, draft, destination);
        if (!options.whole)
            return undefined;
        return attempt(context, draft, { settings: options, address: destination }, () => context.parseRefspecs((0,values/* readValue */.wK)({ values: options.values, label: labelOf }, 'refs'), labelOf('refs')));
    });
    return refspecs.includes(undefined) ? undefined : { addresses, refspecs: refspecs };
}
/** Options for which an API is asked: beside an ssh key, a token opens it. */
const API_OPTIONS = ['create', 'default-branch', 'protected'];
/** The options of a mirror, by the reader of the inputs; undefined: complained about. */
function resolveOptions(context, draft, { source, destinations }) {
    const groups = new Map();
    const pairs = [];
    const notices = new Map();
    const sourceLogin = (0,config_settings/* collectLogin */.gQ)(context, 'source', source);
    const sourceApp = resolveApp(context, draft, source);
    let whole = sourceLogin.whole && sourceApp !== 'wrong';
    for (const destination of destinations) {
        const options = (0,config_settings/* collectOptions */.Dn)(context, draft, destination);
        const needsApi = API_OPTIONS.some((name) => !['', 'off', 'keep', 'respect', undefined].includes(options.values[name]));
        const login = (0,config_settings/* collectLogin */.gQ)(context, 'destination', destination, needsApi);
        const app = resolveApp(context, draft, destination);
        const addresses = {
            values: { source: source.text, destination: destination.text },
            origins: new Map([
                ['source', source.path],
                ['destination', destination.path],
            ]),
        };
        const settings = (0,config_settings/* joinSettings */.wj)(options, sourceLogin, login, addresses);
        context.onValues(settings);
        const isWhole = sourceLogin.whole && login.whole && options.whole;
        const read = isWhole ? readPair(context, draft, { settings, address: destination }) : undefined;
        whole &&= read !== undefined && app !== 'wrong';
        if (read === undefined || app === 'wrong' || sourceApp === 'wrong')
            continue;
        const isImplied = draft.template !== undefined && options.values['default-branch'] === undefined;
        const made = withApps(isImplied ? withSourceBranch(read.options) : read.options, sourceApp, app);
        for (const notice of read.notices)
            notices.set(notice.text, notice);
        const [endpoint] = read.options.destinations;
        pairs.push({ source: read.options.source, destination: endpoint, settings: options });
        // A source is read once for all destinations with the same options.
        const key = JSON.stringify(Object.entries(options.values).toSorted(([a], [b]) => (a < b ? -1 : 1)));
        const group = groups.get(key);
        groups.set(key, group === undefined ? made : { ...group, destinations: [...group.destinations, ...made.destinations] });
    }
    return whole ? { groups: [...groups.values()], pairs, notices: [...notices.values()] } : undefined;
}
/** The GitHub App of the host of an address; `wrong`: complained about. */
function resolveApp(context, draft, address) {
    const settings = (0,config_settings/* collectApp */.cT)(context, address);
    if (settings === undefined)
        return undefined;
    context.onValues(settings);
    if (!settings.whole)
        return 'wrong';
    const app = attempt(context, draft, { settings, address }, () => (0,read_host/* readApp */.uW)({ values: settings.values, label: labelOf }));
    const api = (0,fleet_file/* findHost */.my)(context.file.hosts, address.url)?.tree['api'];
    return app === undefined ? 'wrong' : { ...app, isOfHost: true, api: api?.replace(/\/+$/, '') };
}
/** What was found has no default branch yet that anybody has chosen: it follows its source. */
function withSourceBranch(options) {
    return { ...options, host: { ...options.host, defaultBranch: { kind: 'source', isImplied: true } } };
}
function withApps(options, source, destination) {
    return {
        ...options,
        source: { ...options.source, app: source },
        destinations: options.destinations.map((endpoint) => ({ ...endpoint, app: destination })),
    };
}
/** Complains about the credentials of a mirror whose addresses are not all known. */
function checkLogins(context, draft) {
    const { source, destinations } = readEachAddress(draft, context.fill, context.complaints);
    if (source !== undefined)
        (0,config_settings/* collectLogin */.gQ)(context, 'source', source);
    for (const destination of destinations) {
        if (destination !== undefined)
            (0,config_settings/* collectLogin */.gQ)(context, 'destination', destination);
    }
}
function readPair(context, draft, given) {
    const { settings } = given;
    const dryRun = context.dryRun ? { 'dry-run': 'true' } : {};
    const read = attempt(context, draft, given, () => (0,read_options/* readOptions */.T)({
        values: { 'time-limit': FLEET_TIME_LIMIT, ...settings.values, ...dryRun },
        env: context.env,
        label: labelOf,
        parseRefspecs: context.parseRefspecs,
        isWorkflowToken: context.isWorkflowToken,
        knownHostsFiles: context.knownHostsFiles,
        verbose: context.verbose,
    }));
    if (read === undefined)
        return undefined;
    const { options, notices } = read;
    const name = (endpoint) => nameEndpoint(context.file, { draft, settings }, endpoint);
    return {
        options: { ...options, source: name(options.source), destinations: options.destinations.map(name) },
        notices: notices.map(({ level, text }) => ({
            level,
            text: `mirror "${draft.name}": ${nameLabels(text)}`,
        })),
    };
}
/** What errors of ssh call its secrets, in the words of the file: those of a host where the mirror has none of its own. */
function nameEndpoint({ hosts }, { draft, settings }, endpoint) {
    const { inputNames, url } = endpoint;
    if (inputNames === undefined)
        return endpoint;
    const name = (label) => {
        const origin = settings.origins.get(label.replaceAll(LABEL, '$1'));
        const owner = origin?.[0] === 'mirrors' ? `mirror "${draft.name}"` : `"${(0,fleet_file/* hostKey */._9)(hosts, url)}" below hosts`;
        return `${nameLabels(label)} of ${owner}`;
    };
    const { sshKey, sshPassphrase, knownHosts } = inputNames;
    return {
        ...endpoint,
        inputNames: { sshKey: name(sshKey), sshPassphrase: name(sshPassphrase), knownHosts: name(knownHosts) },
    };
}
/** Of a mirror that says nothing: one that hangs must not hold up the round for ever. */
const FLEET_TIME_LIMIT = '6h';
const LABEL_START = '\u0001';
const LABEL_END = '\u0002';
const LABEL_AT_START = new RegExp(`(?:^|; )${LABEL_START}`);
const LABEL = new RegExp(`${LABEL_START}([a-z-]*)${LABEL_END}`, 'g');
/** Every message of the reader begins with the label: control characters tell it from what the message quotes. */
function labelOf(name) {
    return `${LABEL_START}${name}${LABEL_END}`;
}
function attempt({ file, complaints }, draft, { settings, address }, read) {
    try {
        return read();
    }
    catch (thrown) {
        if (!(thrown instanceof errors/* MirrorError */.En && thrown.code === 'usage'))
            throw thrown;
        const [, ...parts] = thrown.message.split(LABEL_AT_START);
        for (const part of parts) {
            const [name = '', words = ''] = splitAt(part, LABEL_END);
            const host = (0,fleet_file/* findHost */.my)(file.hosts, address.url);
            const path = settings.origins.get(name) ?? host?.path ?? address.path;
            // What `defaults` and `hosts` say is said once, and not for each mirror.
            const owner = (0,fleet_file/* isOfMirror */.xV)(path) ? `mirror "${draft.name}": ` : '';
            complaints.add(path, `${owner}${keyOf(name)}${nameLabels(words)}`, nameLabels(thrown.hint));
        }
        if (parts.length === 0)
            complaints.add(draft.path, `mirror "${draft.name}": ${nameLabels(thrown.message)}`, nameLabels(thrown.hint));
        return undefined;
    }
}
function splitAt(text, mark) {
    const at = text.indexOf(mark);
    return at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + mark.length)];
}
/** What the file calls an input: it has two ends of one kind where the inputs have two names. */
function keyOf(name) {
    return name.replace(/^(?:source|destination)-(?=.)/, '').replace(/^ssh-known-hosts$/, 'known-hosts');
}
function nameLabels(text) {
    return text?.replaceAll(LABEL, (_, name) => keyOf(name));
}


/***/ }),

/***/ 97041:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dn: () => (/* binding */ collectOptions),
/* harmony export */   PR: () => (/* binding */ APP_KEYS),
/* harmony export */   cT: () => (/* binding */ collectApp),
/* harmony export */   gQ: () => (/* binding */ collectLogin),
/* harmony export */   pj: () => (/* binding */ LOGIN_KEYS),
/* harmony export */   wj: () => (/* binding */ joinSettings)
/* harmony export */ });
/* harmony import */ var _fleet_file_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(92130);
/* harmony import */ var _option_keys_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(91114);


/**
 * The options of one destination of a mirror. What stands with the destination is stronger than the mirror, the mirror
 * than the host of the destination, and the host than `defaults`. A list takes the place of a weaker one.
 */
function collectOptions({ file, fill }, draft, destination) {
    const host = (0,_fleet_file_js__WEBPACK_IMPORTED_MODULE_0__/* .findHost */ .my)(file.hosts, destination.url);
    const layers = [
        { place: 'endpoint', path: destination.path.slice(0, -1), tree: destination.tree },
        { place: 'mirror', path: draft.path, tree: draft.tree },
        ...(host === undefined ? [] : [{ place: 'host', ...host }]),
        ...draft.defaults.map((part) => ({ place: 'mirror', ...part })),
    ];
    const values = {};
    const origins = new Map();
    let whole = true;
    for (const { place, path, tree } of layers) {
        for (const { name, kind } of (0,_option_keys_js__WEBPACK_IMPORTED_MODULE_1__/* .keysAt */ ._)(place)) {
            if (tree[name] === undefined || values[name] !== undefined)
                continue;
            const where = [...path, name];
            const text = kind === 'secret' ? fill.place(where, tree[name]) : textOf(fill, where, tree[name], draft);
            values[name] = text ?? '';
            whole &&= text !== undefined;
            origins.set(name, [...path, name]);
        }
    }
    return { values, origins, whole };
}
function textOf(fill, path, value, draft) {
    if (typeof value === 'number' || typeof value === 'boolean')
        return String(value);
    if (typeof value === 'string')
        return fill.text(path, value, draft.template);
    const lines = value.map((line, index) => fill.text([...path, index], line, draft.template));
    return lines.includes(undefined) ? undefined : lines.join('\n');
}
/**
 * How to get into the server of an address: what stands with it, else what `hosts` says of its host. `needsApi`: its
 * host's API, too, which no ssh key opens.
 */
function collectLogin({ file, fill }, side, { path, tree, url }, needsApi = false) {
    const own = { path: path.slice(0, -1), tree };
    const host = (0,_fleet_file_js__WEBPACK_IMPORTED_MODULE_0__/* .findHost */ .my)(file.hosts, url);
    // A name belongs to its token, a passphrase to its key: they are never mixed with those of the host.
    const login = LOGIN_KEYS.some((key) => tree[key] !== undefined) ? own : host;
    const known = tree['known-hosts'] === undefined ? host : own;
    const hasPassword = 'password' in url && url.password !== undefined && url.password !== '';
    const wanted = url.scheme === 'ssh'
        ? [
            [login, 'ssh-key', `${side}-ssh-key`],
            [login, 'ssh-passphrase', `${side}-ssh-passphrase`],
            [known, 'known-hosts', 'ssh-known-hosts'],
            ...(needsApi
                ? [
                    [login, 'token', `${side}-token`],
                    [login, 'username', `${side}-username`],
                ]
                : []),
        ]
        : url.scheme === 'file' || url.scheme === 'git' || hasPassword
            ? []
            : [
                [login, 'token', `${side}-token`],
                [login, 'username', `${side}-username`],
            ];
    const values = {};
    const origins = new Map();
    let whole = true;
    for (const [part, key, name] of wanted) {
        const value = part?.tree[key];
        if (part === undefined || value === undefined)
            continue;
        const text = fill.place([...part.path, key], value);
        values[name] = text ?? '';
        whole &&= text !== undefined;
        origins.set(name, [...part.path, key]);
    }
    return { values, origins, whole };
}
/**
 * The GitHub App of the host of an address over https, where no token stands anywhere for it; undefined: there is none.
 */
function collectApp({ file, fill }, { tree, url }) {
    const host = (0,_fleet_file_js__WEBPACK_IMPORTED_MODULE_0__/* .findHost */ .my)(file.hosts, url);
    const isWeb = url.scheme === 'https' || url.scheme === 'http';
    const hasPassword = 'password' in url && url.password !== undefined && url.password !== '';
    const hasLogin = LOGIN_KEYS.some((key) => tree[key] !== undefined) || host?.tree['token'] !== undefined;
    if (host === undefined || !isWeb || hasPassword || hasLogin)
        return undefined;
    if (!APP_KEYS.some((key) => host.tree[key] !== undefined))
        return undefined;
    const values = {};
    const origins = new Map();
    let whole = true;
    for (const key of APP_KEYS) {
        const path = [...host.path, key];
        const value = host.tree[key];
        origins.set(key, value === undefined ? host.path : path);
        if (value === undefined)
            continue;
        const text = key === 'app-id' ? fill.text(path, String(value)) : fill.place(path, value);
        values[key] = text ?? '';
        whole &&= text !== undefined;
    }
    return { values, origins, whole };
}
/** What makes a host's tokens; both or none. */
const APP_KEYS = ['app-id', 'app-private-key'];
/** What opens a host; a login is of one place as a whole. */
const LOGIN_KEYS = ['token', 'username', 'ssh-key', 'ssh-passphrase'];
/** The settings of both; lines of known_hosts name their hosts, and are put together. */
function joinSettings(...parts) {
    const values = {};
    const origins = new Map();
    for (const part of parts) {
        for (const [name, text] of Object.entries(part.values)) {
            const before = values[name];
            const isOther = before !== undefined && before !== text;
            values[name] = isOther && name === 'ssh-known-hosts' ? `${before}\n${text}` : text;
        }
        for (const [name, path] of part.origins)
            origins.set(name, path);
    }
    return { values, origins };
}


/***/ }),

/***/ 97653:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   At: () => (/* binding */ describeSkipped),
/* harmony export */   Ll: () => (/* binding */ makeGlobMatcher),
/* harmony export */   t9: () => (/* binding */ filterRepositories)
/* harmony export */ });
/** Whether a text matches one of the globs: `*` within a part of a path, `**` across; case does not count. */
async function makeGlobMatcher(globs) {
    const { default: picomatch } = await __webpack_require__.e(/* import() */ 4006).then(__webpack_require__.t.bind(__webpack_require__, 14006, 19));
    return picomatch([...globs], { dot: true, nocase: true, nonegate: true, windows: false });
}
/** What `include`, `exclude`, `archived` and `forks` leave; `exclude` wins. Empty repositories have nothing to mirror. */
async function filterRepositories(found, discover) {
    // Not `**`: a glob matches no name that could lead out of a folder, and such a name is to be told.
    const include = discover['include'] === undefined ? () => true : await makeGlobMatcher(listOf(discover['include']));
    const exclude = await makeGlobMatcher(listOf(discover['exclude'] ?? []));
    const skipped = { excluded: 0, archived: 0, forks: 0, empty: 0 };
    const kept = found.filter(({ path, archived, fork, empty }) => {
        const reason = !include(path) || exclude(path)
            ? 'excluded'
            : archived && discover['archived'] !== true
                ? 'archived'
                : fork && discover['forks'] !== true
                    ? 'forks'
                    : empty
                        ? 'empty'
                        : undefined;
        if (reason !== undefined)
            skipped[reason]++;
        return reason === undefined;
    });
    return { kept, skipped };
}
/** `3 excluded, 1 archived`; empty where nothing was left out. */
function describeSkipped(skipped) {
    const words = [
        ['excluded', 'excluded'],
        ['archived', 'archived'],
        ['forks', 'forks'],
        ['empty', 'empty'],
    ];
    return words
        .filter(([key]) => skipped[key] > 0)
        .map(([key, word]) => `${skipped[key]} ${word}`)
        .join(', ');
}
function listOf(value) {
    return typeof value === 'string' ? [value] : value;
}


/***/ }),

/***/ 74054:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   WC: () => (/* binding */ countFound),
/* harmony export */   kd: () => (/* binding */ noticesOfFewer),
/* harmony export */   vb: () => (/* binding */ noticesOfSharing)
/* harmony export */ });
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62867);

/** Sources that are named one by one. */
const MOST_SOURCES = 3;
const MOST_NAMES = 3;
/** How many mirrors each discovery gave, by its name; several entries of one name count together. Without those that failed. */
function countFound(discovered) {
    const counts = new Map();
    for (const { name, drafts } of discovered)
        counts.set(name, (counts.get(name) ?? 0) + drafts.length);
    for (const { name, error } of discovered)
        if (error !== undefined)
            counts.delete(name);
    return counts;
}
/** A list that is far shorter than the last time: what is gone from it keeps what it has, and somebody should know. */
function noticesOfFewer(discovered, lastFound = new Map()) {
    return [...countFound(discovered)].flatMap(([name, count]) => {
        const last = lastFound.get(name) ?? 0;
        if (count * 2 >= last)
            return [];
        const text = `discover ${name}: found ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlural */ .yk)(count, 'mirror')}, and ${last} the last time. ` +
            'Nothing is deleted for that: what is not found stays as it is';
        return [{ level: 'warning', text }];
    });
}
/** One source of several mirrors is read once for each; of one mirror with several destinations, once. */
function noticesOfSharing(members) {
    const readers = new Map();
    for (const member of members) {
        const list = readers.get(member.source.identity);
        if (list === undefined)
            readers.set(member.source.identity, [member]);
        else
            list.push(member);
    }
    const shared = [...readers.values()].filter((list) => list.length > 1);
    const told = shared.slice(0, MOST_SOURCES).map((list) => {
        const names = list.slice(0, MOST_NAMES).map(({ name }) => name);
        const rest = list.length > MOST_NAMES ? ` and ${list.length - MOST_NAMES} more` : '';
        return (`${list[0].source.label} is the source of ${names.join(', ')}${rest}: ` +
            'one mirror with several destinations reads it once');
    });
    const left = shared.length - told.length;
    const more = left === 0 ? [] : [`so it is with ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlural */ .yk)(left, 'more source')}`];
    return [...told, ...more].map((text) => ({ level: 'info', text }));
}


/***/ }),

/***/ 25026:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  m: () => (/* binding */ prepareFleet)
});

// EXTERNAL MODULE: ./build/plan/refspec.js
var refspec = __webpack_require__(57032);
// EXTERNAL MODULE: ./build/fleet/config/complaints.js
var config_complaints = __webpack_require__(65354);
// EXTERNAL MODULE: ./build/fleet/config/draft.js
var draft = __webpack_require__(29993);
// EXTERNAL MODULE: ./build/fleet/config/fill-in.js
var fill_in = __webpack_require__(27921);
// EXTERNAL MODULE: ./build/fleet/config/fleet-file.js + 2 modules
var fleet_file = __webpack_require__(92130);
// EXTERNAL MODULE: ./build/fleet/config/check-schedules.js
var check_schedules = __webpack_require__(35557);
;// CONCATENATED MODULE: ./build/fleet/config/skip-unpushed.js

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 };
/** Lists that say whether a repository was pushed to. */
const TELLING = ['github', 'grokmirror'];
/** Milliseconds for which a mirror may go unseen whose source was not pushed to; undefined: it is looked at each time. */
function skipUnpushedOf(part) {
    const text = (0,fleet_file/* settingOf */.y7)(part, 'skip-unpushed');
    const [, count = '', unit = ''] = /^(\d+) ?([mhd])$/i.exec(typeof text === 'string' ? text : '') ?? [];
    return count === '' ? undefined : Number(count) * UNITS_MS[unit.toLowerCase()];
}
/** Complains where it would be passed over in silence. */
function checkSkipUnpushed(mirrors, complaints) {
    for (const { path, tree } of mirrors) {
        if (tree['skip-unpushed'] === undefined)
            continue;
        const discover = (tree['discover'] ?? {});
        if (TELLING.some((key) => discover[key] !== undefined))
            continue;
        complaints.add([...path, 'skip-unpushed'], 'skip-unpushed needs a list that says when repositories were pushed to', 'Use `discover` with github or grokmirror, or take it out');
    }
}

// EXTERNAL MODULE: ./build/fleet/config/resolve-mirror.js + 1 modules
var resolve_mirror = __webpack_require__(43847);
// EXTERNAL MODULE: ./build/options/secrets.js
var secrets = __webpack_require__(93588);
;// CONCATENATED MODULE: ./build/fleet/config/secrets-keeper.js

/** Values in which a secret may stand; thousands of mirrors have the same few. */
const SECRET_KEYS = [
    'source-token',
    'destination-token',
    'source-username',
    'destination-username',
    'source-ssh-key',
    'destination-ssh-key',
    'source-ssh-passphrase',
    'destination-ssh-passphrase',
    'app-private-key',
];
/** `onSecrets` is told of all that is known by then, each time that something was added by `addLogin`. */
function keepSecrets(env, onSecrets) {
    const known = new Set();
    const texts = new Set((0,secrets/* collectSecrets */.qb)({}, env).secrets.texts);
    const tooShort = new Set();
    const sorted = () => ({ texts: [...texts].toSorted((a, b) => b.length - a.length) });
    const take = (values, nameOf) => {
        const key = JSON.stringify(values);
        if (known.has(key))
            return;
        known.add(key);
        const found = (0,secrets/* collectSecrets */.qb)(values);
        for (const text of found.secrets.texts)
            texts.add(text);
        for (const name of found.tooShort)
            tooShort.add(nameOf(name));
    };
    return {
        add({ values, origins }) {
            const picked = {};
            for (const name of SECRET_KEYS)
                if (values[name])
                    picked[name] = values[name];
            for (const side of ['source', 'destination']) {
                if (/@|\?/.test(values[side] ?? ''))
                    picked[side] = values[side] ?? '';
            }
            take(picked, (name) => origins.get(name)?.join('.') ?? name);
        },
        addLogin({ token = '', username = '' }) {
            if (token === '')
                return;
            take({ 'source-token': token, 'source-username': username }, () => 'the token of an API');
            onSecrets?.(sorted());
        },
        addAddress(address) {
            take({ source: address, 'source-token': address }, () => 'an address');
        },
        collect: () => ({ secrets: sorted(), tooShort: [...tooShort] }),
    };
}

// EXTERNAL MODULE: ./build/fleet/config/settings.js
var settings = __webpack_require__(97041);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
// EXTERNAL MODULE: ./build/transport/address/identity.js
var identity = __webpack_require__(32227);
// EXTERNAL MODULE: ./build/transport/address/remote-url.js
var remote_url = __webpack_require__(60531);
// EXTERNAL MODULE: ./build/fleet/config/file-schema.js + 1 modules
var file_schema = __webpack_require__(38446);
// EXTERNAL MODULE: ./build/fleet/discover/filter.js
var filter = __webpack_require__(97653);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/transport/address/credentials.js
var credentials = __webpack_require__(56263);
// EXTERNAL MODULE: ./build/fleet/config/read-yaml.js
var read_yaml = __webpack_require__(24750);
;// CONCATENATED MODULE: ./build/fleet/discover/read-list.js

/**
 * Reads `SOURCE` or `SOURCE DESTINATION` a line; `#` begins a comment.
 * @throws MirrorError `usage` for a line with more words, by its number
 */
function parseList(text) {
    const found = [];
    for (const [index, raw] of text
        .replace(/^\ufeff/, '')
        .split(/\r\n|\r|\n/)
        .entries()) {
        const words = raw
            .replace(/(?:^|\s)#.*$/, '')
            .trim()
            .split(/\s+/);
        const [source = '', destination] = words;
        if (source === '')
            continue;
        if (words.length > 2) {
            throw new errors/* MirrorError */.En(`line ${index + 1} of the list has more than two addresses`, {
                code: 'usage',
                hint: 'Write SOURCE or SOURCE DESTINATION',
            });
        }
        found.push({ line: index + 1, source, destination });
    }
    return found;
}

;// CONCATENATED MODULE: ./build/fleet/discover/list-entry.js








/** The repositories of a list. @throws MirrorError for one that cannot be read, by its place. */
async function readRepositoryList(question) {
    const text = isWeb(question.where) ? await fetchList(question) : readListFile(question);
    const listed = parseList(text);
    for (const { line, source } of listed)
        checkSource(line, source);
    return listed;
}
function isWeb(where) {
    return /^https?:\/\//i.test(where);
}
function readListFile({ where, folder }) {
    const path = (0,external_node_path_.isAbsolute)(where) ? where : (0,external_node_path_.join)(folder, where);
    try {
        if ((0,external_node_fs_.statSync)(path).size > read_yaml/* MOST_CONFIG_BYTES */.zX)
            throw new errors/* MirrorError */.En('the list is larger than 4 MiB', { code: 'limit' });
        return (0,external_node_fs_.readFileSync)(path, 'utf8');
    }
    catch (thrown) {
        if (thrown instanceof errors/* MirrorError */.En)
            throw thrown;
        const code = thrown.code ?? 'no reason given';
        throw new errors/* MirrorError */.En(`the list ${where} can't be read (${code})`, { code: 'usage', cause: thrown });
    }
}
async function fetchList({ where, login, env, signal }) {
    const { createJsonClient } = await Promise.all(/* import() */[__webpack_require__.e(891), __webpack_require__.e(4062)]).then(__webpack_require__.bind(__webpack_require__, 24062));
    const { token, username = 'x-access-token' } = login;
    const headers = token === undefined ? {} : { authorization: (0,credentials/* encodeBasic */.rY)({ username, password: token }) };
    const client = createJsonClient({
        base: new URL(where),
        headers: { accept: '*/*', ...headers },
        env,
        signal,
    });
    try {
        return await client.getText(new URL(where));
    }
    finally {
        await client.dispose();
    }
}
/** @throws MirrorError for an address that none can be made of, or with a password in it. */
function checkSource(line, source) {
    const url = (0,remote_url/* parseRemoteUrl */.JH)(source, `line ${line} of the list`);
    const isHttp = url.scheme === 'http' || url.scheme === 'https';
    if (isHttp && (url.password !== undefined || (0,secrets/* looksLikeToken */.NM)(url.username ?? ''))) {
        throw new errors/* MirrorError */.En(`line ${line} of the list has a password or token in the address`, {
            code: 'usage',
            hint: 'Put it under `hosts`',
        });
    }
}

;// CONCATENATED MODULE: ./build/fleet/discover/login.js

/** The login for the API of a host; undefined: complained about. */
function findLogin(file, fill, url) {
    const host = (0,fleet_file/* findHost */.my)(file.hosts, url);
    const read = (key) => {
        const value = host?.tree[key];
        return value === undefined ? undefined : fill.place([...host.path, key], value);
    };
    const token = read('token')?.trim();
    const username = read('username');
    const api = read('api');
    if (host?.tree['token'] !== undefined && token === undefined)
        return undefined;
    const id = token === undefined ? read('app-id')?.trim() : undefined;
    const privateKey = id === undefined ? undefined : read('app-private-key');
    const app = id === undefined || privateKey === undefined ? undefined : { id, privateKey };
    return { token, username, api: api === undefined ? undefined : new URL(api), app };
}

;// CONCATENATED MODULE: ./build/fleet/discover/owner.js



const OWNER = /^[A-Za-z0-9_~][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/;
const PUBLIC_HOSTS = {
    github: 'https://github.com',
    gitlab: 'https://gitlab.com',
    gitea: undefined,
    forgejo: undefined,
    bitbucket: 'https://bitbucket.org',
};
/**
 * Reads `acme`, `group/sub` or `https://HOST/OWNER`.
 * @throws MirrorError `usage`, in words that fit behind the key
 */
function readOwner(service, text) {
    const home = PUBLIC_HOSTS[service];
    const isAddress = /^https?:\/\//i.test(text);
    if (!isAddress && home === undefined) {
        throw new errors/* MirrorError */.En('needs the address of the owner', {
            code: 'usage',
            hint: 'Write https://HOST/OWNER',
        });
    }
    // As it was written: reading an address takes `..` for a step up.
    const owner = text.replace(/^https?:\/\/[^/]*/i, '').replaceAll(/^\/+|\/+$/g, '');
    const isOwner = OWNER.test(owner) && (service === 'gitlab' || !owner.includes('/'));
    if (!isOwner) {
        throw new errors/* MirrorError */.En('does not name an owner', {
            code: 'usage',
            hint: 'Write OWNER or https://HOST/OWNER',
        });
    }
    const url = (0,remote_url/* parseRemoteUrl */.JH)(isAddress ? text : `${home}/${text}`, service);
    if (!('url' in url))
        throw new errors/* MirrorError */.En('needs an http or https address', { code: 'usage' });
    return { owner, web: new URL(url.url.origin), url };
}
/** Where a service has its API, by its pages' host alone. */
function defaultApi(service, web, env) {
    const own = env['GITHUB_SERVER_URL'] ?? '';
    const ownApi = env['GITHUB_API_URL'] ?? '';
    switch (service) {
        case 'github': {
            if (URL.canParse(own) && new URL(own).origin === web.origin && URL.canParse(ownApi))
                return new URL(ownApi);
            const isPublic = (0,identity/* canonicalHost */.r)(web.hostname) === 'github.com' || web.hostname.endsWith('.ghe.com');
            return new URL(isPublic ? `https://api.${(0,identity/* canonicalHost */.r)(web.hostname)}` : `${web.origin}/api/v3`);
        }
        case 'gitlab':
            return new URL(`${web.origin}/api/v4`);
        case 'gitea':
        case 'forgejo':
            return new URL(`${web.origin}/api/v1`);
        case 'bitbucket':
            return new URL('https://api.bitbucket.org/2.0');
    }
}

;// CONCATENATED MODULE: ./build/fleet/discover/discover.js










const NOTHING_SKIPPED = { excluded: 0, archived: 0, forks: 0, empty: 0 };
const SERVICES = ['github', 'gitlab', 'gitea', 'forgejo', 'bitbucket'];
/** What can stand in an address and in a name without a second look. */
const PATH = /^(?!\.{1,2}(?:\/|$))(?!-)[\w.~+-]+(?:\/(?!\.{1,2}(?:\/|$))[\w.~+-]+)*$/;
/** The mirrors of one entry. Never throws: what fails is in the result, and others go on. */
async function discover(context, part) {
    const entry = part.tree['discover'];
    const service = SERVICES.find((name) => entry[name] !== undefined);
    const kind = service ?? (entry['grokmirror'] === undefined ? 'list' : 'grokmirror');
    const name = `${kind} ${(0,printable/* printableLine */.oy)(String(entry[kind]), 100)}`;
    const failed = (error) => ({
        name,
        part,
        drafts: [],
        skipped: NOTHING_SKIPPED,
        refused: [],
        error,
    });
    try {
        const found = await find(context, part, kind);
        if (found === undefined)
            return failed(undefined);
        const { kept, skipped } = await (0,filter/* filterRepositories */.t9)(found, entry);
        if (kept.length === 0)
            throw nothingFound(found.length, skipped);
        if (kept.length > file_schema/* MOST_MIRRORS */.Dt) {
            throw new errors/* MirrorError */.En(`found ${kept.length} repositories, more than the ${file_schema/* MOST_MIRRORS */.Dt} that a fleet may have`, { code: 'limit' });
        }
        const refused = [];
        const drafts = kept.flatMap((repository) => draftOf(context, part, repository, refused) ?? []);
        return { name, part, drafts, skipped, refused, error: undefined };
    }
    catch (thrown) {
        if (!(thrown instanceof errors/* MirrorError */.En))
            throw thrown;
        return failed((0,errors/* withDetails */.FE)(thrown, { side: 'source' }));
    }
}
async function find(context, part, kind) {
    switch (kind) {
        case 'list':
            return await findListed(context, part);
        case 'grokmirror':
            return await findInManifest(context, part);
        default:
            return await findOwned(context, part, kind);
    }
}
/** Nothing is success to nobody: a wrong name or a token that sees too little look just like it. */
function nothingFound(count, skipped) {
    const words = (0,filter/* describeSkipped */.At)(skipped);
    return new errors/* MirrorError */.En(count === 0 ? 'found no repository' : `found no repository to mirror: ${words}`, {
        code: 'not-found',
        hint: 'Check the name, what the token may see, and what include and exclude leave.',
    });
}
async function findOwned(context, { path, tree }, service) {
    const where = [...path, 'discover', service];
    const text = context.fill.text(where, tree['discover'][service]);
    if (text === undefined)
        return undefined;
    let owner;
    try {
        owner = readOwner(service, text);
    }
    catch (thrown) {
        if (!(thrown instanceof errors/* MirrorError */.En))
            throw thrown;
        context.complaints.add(where, `${service} ${thrown.message.replace(`${service} `, '')}`, thrown.hint);
        return undefined;
    }
    const login = findLogin(context.file, context.fill, owner.url);
    if (login === undefined)
        return undefined;
    context.onLogin(login);
    const list = await loadLister(service);
    const api = login.api ?? defaultApi(service, owner.web, context.env);
    const token = login.token ?? (service === 'github' ? await mintFor(context, owner.owner, { api, login }) : undefined);
    const found = await list({ ...context, owner: owner.owner, api, token, username: login.username });
    return found.map((repository) => ({ ...repository, address: checkAddress(repository.address, owner.web) }));
}
/** A token of the App of the host, for what its installation at the owner may see; undefined: there is no App. */
async function mintFor(context, owner, { api, login }) {
    if (login.app === undefined)
        return undefined;
    const { mintToken } = await __webpack_require__.e(/* import() */ 3276).then(__webpack_require__.bind(__webpack_require__, 23276));
    const scope = { api: api.href.replace(/\/+$/, ''), owner, name: undefined };
    const { token } = await mintToken(scope, login.app, {
        signal: context.signal,
        onSecret: (secret) => context.onLogin({ ...login, token: secret }),
        onNotice: (text) => context.onNotice?.(text),
        onRequest: context.onRequest,
        need: { contents: 'read', administration: false },
    });
    return token;
}
async function loadLister(service) {
    switch (service) {
        case 'github':
            return (await Promise.all(/* import() | discovery */[__webpack_require__.e(891), __webpack_require__.e(1231)]).then(__webpack_require__.bind(__webpack_require__, 23686)))
                .listGitHubRepositories;
        case 'gitlab':
            return (await Promise.all(/* import() | discovery */[__webpack_require__.e(891), __webpack_require__.e(1231)]).then(__webpack_require__.bind(__webpack_require__, 63966)))
                .listGitLabRepositories;
        case 'gitea':
        case 'forgejo':
            return (await Promise.all(/* import() | discovery */[__webpack_require__.e(891), __webpack_require__.e(1231)]).then(__webpack_require__.bind(__webpack_require__, 34031)))
                .listGiteaRepositories;
        case 'bitbucket':
            return (await Promise.all(/* import() | discovery */[__webpack_require__.e(891), __webpack_require__.e(1231)]).then(__webpack_require__.bind(__webpack_require__, 8658)))
                .listBitbucketRepositories;
    }
}
/** The address that an API gives, where it leads to the host that was asked; else nothing. */
function checkAddress(address, web) {
    const url = URL.parse(address);
    const isThere = url !== null &&
        /^https?:$/.test(url.protocol) &&
        (0,identity/* canonicalHost */.r)(url.hostname) === (0,identity/* canonicalHost */.r)(web.hostname);
    if (!isThere)
        return '';
    url.username = '';
    url.password = '';
    return url.href;
}
async function findListed(context, { path, tree }) {
    const where = context.fill.text([...path, 'discover', 'list'], tree['discover']['list']);
    if (where === undefined)
        return undefined;
    const login = isWeb(where)
        ? findLogin(context.file, context.fill, (0,remote_url/* parseRemoteUrl */.JH)(where, 'list'))
        : { token: undefined, username: undefined, api: undefined, app: undefined };
    if (login === undefined)
        return undefined;
    context.onLogin(login);
    const listed = await readRepositoryList({ ...context, where, folder: context.file.folderOf(path), login });
    return listed.map(({ source, destination }) => {
        const [owner = '', ...rest] = pathOfAddress(source);
        return {
            owner,
            path: rest.length === 0 ? owner : rest.join('/'),
            address: source,
            destination,
            listed: true,
            archived: false,
            fork: false,
            empty: false,
        };
    });
}
async function findInManifest(context, { path, tree }) {
    const where = [...path, 'discover', 'grokmirror'];
    const text = context.fill.text(where, tree['discover']['grokmirror']);
    if (text === undefined)
        return undefined;
    const manifest = isWeb(text) ? URL.parse(text) : null;
    if (manifest === null || manifest.username !== '' || manifest.password !== '') {
        context.complaints.add(where, 'grokmirror needs the https address of a manifest, without a login in it', 'Write https://HOST/manifest.js.gz; a login belongs under `hosts`');
        return undefined;
    }
    const login = findLogin(context.file, context.fill, (0,remote_url/* parseRemoteUrl */.JH)(text, 'grokmirror'));
    if (login === undefined)
        return undefined;
    context.onLogin(login);
    const { readGrokmirrorManifest } = await Promise.all(/* import() | discovery */[__webpack_require__.e(891), __webpack_require__.e(1231)]).then(__webpack_require__.bind(__webpack_require__, 94254));
    return await readGrokmirrorManifest(manifest, { ...context, ...login });
}
/** The parts of a repository's path, without `.git`. */
function pathOfAddress(address) {
    const url = (0,remote_url/* parseRemoteUrl */.JH)(address, 'list');
    const path = 'path' in url ? url.path : decodeURIComponent(url.url.pathname);
    return path
        .replace(/(?:\.git)?\/*$/, '')
        .split(/[/\\]+/)
        .filter((part) => part !== '' && part !== '~');
}
function draftOf(context, part, found, refused) {
    const shown = (0,printable/* printableLine */.oy)(`${found.owner}/${found.path}`, 200);
    if (!PATH.test(found.path)) {
        refused.push(`${shown}: its name cannot stand in an address`);
        return undefined;
    }
    if (found.address === '' && part.tree['source'] === undefined) {
        refused.push(`${shown}: the API gives no address on its own host for it`);
        return undefined;
    }
    const template = {
        owner: found.owner,
        path: found.path,
        'path-flat': found.path.replaceAll('/', '-'),
        repository: found.path.split('/').at(-1) ?? '',
    };
    const name = nameOf(context, part, found, template);
    if (name === undefined)
        return undefined;
    const { address: source, destination, pushed } = found;
    return (0,draft/* makeDraft */.Kx)(context, part, { name, template, source, destination, pushed });
}
function nameOf({ fill }, { path, tree }, { address }, template) {
    const given = tree['name'];
    const name = typeof given === 'string'
        ? fill.text([...path, 'name'], given, template)
        : address === ''
            ? `${template['owner']}/${template['path']}`
            : (0,draft/* defaultName */.Z2)((0,remote_url/* parseRemoteUrl */.JH)(address, 'source'));
    return name?.replaceAll(/[^A-Za-z0-9._/-]+/g, '-');
}

// EXTERNAL MODULE: ./build/fleet/config/config-error.js
var config_error = __webpack_require__(27085);
// EXTERNAL MODULE: ./build/plan/name-pattern.js
var name_pattern = __webpack_require__(83800);
;// CONCATENATED MODULE: ./build/fleet/refuse/scope-overlap.js

/**
 * Whether there is a name that both scopes may hold. Patterns have one star: two overlap when one's head is the
 * beginning of the other's, and one's tail the end of the other's. What one scope leaves out is its own no longer.
 */
function scopesOverlap(one, other) {
    return one.refspecs.include.some((first) => other.refspecs.include.some((second) => {
        const here = patternOf(first, one.side);
        const there = patternOf(second, other.side);
        if (!patternsOverlap(here, there))
            return false;
        return !isLeftOut(there, one, first) && !isLeftOut(here, other, second);
    }));
}
function patternOf(refspec, side) {
    return (0,name_pattern/* parseNamePattern */.L)(refspec[side]);
}
function patternsOverlap(one, other) {
    if (one.tail === undefined)
        return holds(other, one);
    if (other.tail === undefined)
        return holds(one, other);
    const heads = one.head.startsWith(other.head) || other.head.startsWith(one.head);
    const tails = one.tail.endsWith(other.tail) || other.tail.endsWith(one.tail);
    return heads && tails;
}
/** Whether every name of `inner` is one of `outer`. */
function holds(outer, inner) {
    if (outer.tail === undefined)
        return inner.tail === undefined && inner.head === outer.head;
    const tail = inner.tail ?? inner.head;
    const shortest = inner.head.length + (inner.tail?.length ?? 0);
    return (inner.head.startsWith(outer.head) &&
        tail.endsWith(outer.tail) &&
        shortest >= outer.head.length + outer.tail.length);
}
/** Whether all of `pattern` is what `scope` leaves out of this refspec. */
function isLeftOut(pattern, { refspecs, side }, refspec) {
    return refspecs.exclude.some((text) => {
        const excluded = (0,name_pattern/* parseNamePattern */.L)(text);
        const mapped = side === 'source' ? excluded : mapThrough(excluded, refspec);
        return mapped !== undefined && holds(mapped, pattern);
    });
}
/** Where a refspec would take the names of a pattern of its source; undefined where it takes not all of them. */
function mapThrough(pattern, { source, destination }) {
    const from = (0,name_pattern/* parseNamePattern */.L)(source);
    const to = (0,name_pattern/* parseNamePattern */.L)(destination);
    if (from.tail === undefined || to.tail === undefined)
        return holds(pattern, from) ? to : undefined;
    if (!holds(from, pattern))
        return holds(pattern, from) ? to : undefined;
    const head = `${to.head}${pattern.head.slice(from.head.length)}`;
    if (pattern.tail === undefined) {
        return { head: `${head.slice(0, head.length - from.tail.length)}${to.tail}`, tail: undefined };
    }
    return { head, tail: `${pattern.tail.slice(0, pattern.tail.length - from.tail.length)}${to.tail}` };
}

;// CONCATENATED MODULE: ./build/fleet/refuse/chains.js


/** Joins mirrors where one reads refs that another writes, and complains about rings. */
function findChains(members, complaints, placeOf) {
    const readers = new Map();
    for (const member of members) {
        const list = readers.get(member.source.identity);
        if (list === undefined)
            readers.set(member.source.identity, [member]);
        else
            list.push(member);
    }
    const after = new Map();
    const before = new Map();
    for (const writer of members) {
        for (const { identity, refspecs } of writer.destinations) {
            for (const reader of readers.get(identity) ?? []) {
                // A mirror into its own source is another mistake, and has its own words.
                if (reader === writer || !reads(reader, refspecs))
                    continue;
                after.set(writer, [...(after.get(writer) ?? []), reader]);
                before.set(reader.name, [...(before.get(reader.name) ?? []), writer.name]);
            }
        }
    }
    for (const ring of findRings(members, after))
        reportRing(ring, complaints, placeOf);
    return { before, first: findFirsts(members, after, before) };
}
function reads(reader, written) {
    return reader.destinations.some(({ refspecs }) => scopesOverlap({ refspecs, side: 'source' }, { refspecs: written, side: 'destination' }));
}
/** Each ring once, as the mirrors that it goes through. Without recursion: a chain may be long. */
function findRings(members, after) {
    const rings = [];
    const done = new Set();
    for (const start of members) {
        if (done.has(start) || !after.has(start))
            continue;
        const path = [{ member: start, next: 0 }];
        const onPath = new Map([[start, 0]]);
        while (path.length > 0) {
            const top = path.at(-1);
            const next = after.get(top.member)?.[top.next++];
            if (next === undefined) {
                done.add(top.member);
                onPath.delete(top.member);
                path.pop();
            }
            else if (onPath.has(next))
                rings.push(path.slice(onPath.get(next)).map(({ member }) => member));
            else if (!done.has(next)) {
                onPath.set(next, path.length);
                path.push({ member: next, next: 0 });
            }
        }
    }
    return rings;
}
function reportRing(ring, complaints, placeOf) {
    const [first] = ring;
    if (first === undefined)
        return;
    const stops = [...ring, first].map(({ source }) => source.label);
    const places = ring.map(({ path }) => placeOf(path)).toSorted(config_error/* comparePlaces */.ig);
    complaints.add(first.path, `a ring: ${stops.join(' → ')} (${namePlaces(places)})`, 'Take one of these mirrors out, or give them refs that do not overlap');
}
/** `lines 3, 5`, or `a.yml:3, b.yml:5`. */
function namePlaces(places) {
    if (places.some(({ file }) => file !== undefined))
        return places.map(config_error/* namePlace */.RO).join(', ');
    return `lines ${places.map(({ line }) => line).join(', ')}`;
}
/** The first mirror of each group that hangs together: of those that nobody writes for, the one whose name sorts first. */
function findFirsts(members, after, before) {
    if (after.size === 0)
        return (name) => name;
    const parents = new Map();
    const rootOf = (name) => {
        let root = name;
        for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root))
            root = parent;
        return root;
    };
    for (const [writer, readers] of after) {
        for (const reader of readers) {
            const [one, other] = [rootOf(writer.name), rootOf(reader.name)];
            if (one !== other)
                parents.set(other, one);
        }
    }
    const firsts = new Map();
    for (const { name } of members) {
        if (before.has(name))
            continue;
        const root = rootOf(name);
        const first = firsts.get(root);
        if (first === undefined || name < first)
            firsts.set(root, name);
    }
    return (name) => firsts.get(rootOf(name)) ?? name;
}

;// CONCATENATED MODULE: ./build/fleet/refuse/clashes.js


/** Two mirrors of one name. */
function findSameNames(named, complaints, placeOf) {
    const first = new Map();
    for (const { name, path } of named) {
        const other = first.get(name);
        if (other === undefined)
            first.set(name, path);
        else {
            complaints.add([...path, 'name'], `the name "${name}" is taken by ${(0,config_error/* namePlace */.RO)(placeOf([...other, 'name']))}`, 'Give each mirror its own name');
        }
    }
}
/**
 * One destination that two mirrors write to where their refs may be the same ones: each would delete what the other
 * brings. Disjoint scopes may share a destination. Also a mirror into its own source.
 */
function findClashes(members, complaints, placeOf) {
    const writers = new Map();
    for (const member of members) {
        for (const [index, destination] of member.destinations.entries()) {
            if (destination.identity === member.source.identity) {
                complaints.add(destination.path, `mirror "${member.name}": ${destination.label} is its own source`, 'Give the address of another repository');
            }
            const others = writers.get(destination.identity) ?? [];
            for (const other of others)
                reportClash({ member, index }, other, complaints, placeOf);
            others.push({ member, index });
            writers.set(destination.identity, others);
        }
    }
}
function reportClash(one, other, complaints, placeOf) {
    const here = one.member.destinations[one.index];
    const there = other.member.destinations[other.index];
    const overlap = scopesOverlap({ refspecs: here.refspecs, side: 'destination' }, { refspecs: there.refspecs, side: 'destination' });
    if (!overlap)
        return;
    const whose = one.member === other.member ? 'it' : `mirror "${other.member.name}"`;
    complaints.add(here.path, `mirror "${one.member.name}": ${here.label} is written to by ${whose} in ${(0,config_error/* namePlace */.RO)(placeOf(there.path))}, too, and their refs overlap`, 'Let one mirror write there, or give each refs of its own: refs/heads/*:refs/heads/a/*');
}

;// CONCATENATED MODULE: ./build/fleet/refuse/members.js


function makeMember({ name, path }, { addresses, refspecs }) {
    const { source, destinations } = addresses;
    return {
        name,
        path,
        source: { identity: (0,identity/* identity */.D)(source.url), label: (0,remote_url/* printUrl */.D1)(source.url), path: source.path },
        destinations: destinations.map(({ url, path }, index) => ({
            identity: (0,identity/* identity */.D)(url),
            label: (0,remote_url/* printUrl */.D1)(url),
            path,
            refspecs: refspecs[index],
        })),
    };
}

// EXTERNAL MODULE: ./build/fleet/notices.js
var fleet_notices = __webpack_require__(74054);
// EXTERNAL MODULE: ./build/fleet/select.js
var fleet_select = __webpack_require__(86055);
// EXTERNAL MODULE: ./build/fleet/shard/shard.js
var shard_shard = __webpack_require__(31840);
;// CONCATENATED MODULE: ./build/fleet/prepare.js

















/**
 * From a file to mirrors that can run: reads, discovers, refuses.
 * @throws ConfigError with everything that is wrong with the file; MirrorError `usage` for what is wrong with `only`
 */
async function prepareFleet(input) {
    const file = await (0,fleet_file/* readFleetFile */.N6)(input.config);
    const complaints = (0,config_complaints/* gatherComplaints */.Y)(file);
    const fill = (0,fill_in/* makeFillIn */.V)({ env: input.env, folderOf: file.folderOf, complaints });
    const keeper = keepSecrets(input.env, input.onSecrets);
    const context = {
        ...input,
        file,
        fill,
        complaints,
        keeper,
        parseRefspecs: (0,refspec/* createRefspecParser */.WP)(),
    };
    await (0,check_schedules/* checkSchedules */.V9)(file, complaints);
    checkSkipUnpushed(file.mirrors, complaints);
    const written = file.mirrors
        .filter((part) => !(0,draft/* isDiscovery */.rT)(part))
        .flatMap((part) => (0,draft/* draftMirror */.Vn)(context, part) ?? []);
    complaints.throwAny();
    const discovered = await discoverAll(context, written);
    const drafts = [...written, ...discovered.flatMap((entry) => entry.drafts)];
    findSameNames(drafts, complaints, file.place);
    const chosen = await (0,fleet_select/* selectMirrors */.v)(drafts, input.only).catch((thrown) => {
        complaints.throwAny();
        throw thrown;
    });
    const { scopes, chains, members } = compareAll(context, drafts, new Set(chosen));
    const mine = chosen.filter(({ name }) => isInShard(chains.first(name), input.shard));
    const notices = [...(0,fleet_notices/* noticesOfFewer */.kd)(discovered, input.lastFound), ...(0,fleet_notices/* noticesOfSharing */.vb)(members)];
    const mirrors = mine
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map((draft) => makeFleetMirror(context, { draft, scopes: scopes.get(draft), chains, notices }));
    if (input.depth === 'everything')
        checkHosts(file, fill);
    const heartbeat = input.depth === 'names' ? undefined : readHeartbeat(context);
    complaints.throwAny();
    const { secrets, tooShort } = keeper.collect();
    input.onSecrets?.(secrets);
    const shardKeys = chosen.map(({ name }) => chains.first(name));
    const hosts = listHosts(file, chosen.flatMap((draft) => scopes.get(draft) ?? []));
    return { file, mirrors, shardKeys, hosts, discovered, chains, notices, heartbeat, secrets, tooShort };
}
/** One entry after the other: most lead to the same few APIs, which do not like to be asked at once. */
async function discoverAll(context, written) {
    const { file, only, discovers, keeper } = context;
    if (!discovers || (0,fleet_select/* areNames */.P)(written, only))
        return [];
    const discovered = [];
    for (const part of file.mirrors.filter(draft/* isDiscovery */.rT)) {
        const onRequest = context.verbose === true ? context.onNotice : undefined;
        discovered.push(await discover({ ...context, onRequest, onLogin: (login) => keeper.addLogin(login) }, part));
    }
    return discovered;
}
/**
 * What mirrors do to each other, by all of them. Of one that was not chosen, a variable may be missing: then it is
 * left out of the comparison.
 */
function compareAll(context, drafts, chosen) {
    const { file, complaints, env, depth, parseRefspecs } = context;
    const silent = { add: () => undefined };
    const lenient = {
        file,
        fill: (0,fill_in/* makeFillIn */.V)({ env, folderOf: file.folderOf, complaints: silent }),
        complaints: silent,
        parseRefspecs,
    };
    const scopes = new Map();
    for (const draft of drafts) {
        const isStrict = depth !== 'names' && chosen.has(draft);
        const found = (0,resolve_mirror/* resolveScopes */.ST)(isStrict ? context : lenient, draft);
        if (found !== undefined)
            scopes.set(draft, found);
    }
    const members = [...scopes].map(([draft, found]) => makeMember(draft, found));
    findClashes(members, complaints, file.place);
    return { scopes, chains: findChains(members, complaints, file.place), members };
}
function listHosts({ hosts }, scopes) {
    const found = new Set();
    for (const { addresses } of scopes) {
        for (const { url } of [addresses.source, ...addresses.destinations])
            if (url.scheme !== 'file')
                found.add((0,fleet_file/* hostKey */._9)(hosts, url));
    }
    return [...found].toSorted();
}
function isInShard(key, shard) {
    return shard === undefined || (0,shard_shard/* shardOf */.IS)(key, shard.count) === shard.index;
}
function makeFleetMirror(context, { draft, scopes, chains, notices }) {
    const isRead = context.depth !== 'names' && !draft.paused;
    if (isRead && scopes === undefined)
        (0,resolve_mirror/* checkLogins */.DF)(context, draft);
    const resolved = isRead && scopes !== undefined ? resolveGroups(context, draft, scopes) : undefined;
    notices.push(...(resolved?.notices ?? []));
    return {
        name: draft.name,
        labels: draft.labels,
        paused: draft.paused,
        schedule: (0,check_schedules/* scheduleOf */.rH)(draft),
        pushed: draft.pushed,
        skipUnpushed: skipUnpushedOf(draft),
        place: context.file.place(draft.path),
        shardKey: chains.first(draft.name),
        groups: resolved?.groups ?? [],
        pairs: context.depth === 'everything' ? (resolved?.pairs ?? []) : [],
    };
}
function resolveGroups(context, draft, { addresses }) {
    return (0,resolve_mirror/* resolveOptions */.$i)({
        ...context,
        isWorkflowToken: context.isWorkflowToken ?? (() => false),
        knownHostsFiles: context.knownHostsFiles ?? [],
        verbose: context.verbose ?? false,
        dryRun: context.dryRun ?? false,
        onValues: (settings) => context.keeper.add(settings),
    }, draft, addresses);
}
/** Credentials of hosts that no mirror needs at the moment: they are tried as well. */
function checkHosts({ hosts }, fill) {
    for (const { path, tree } of hosts.values()) {
        for (const key of settings/* LOGIN_KEYS */.pj)
            if (tree[key] !== undefined)
                fill.place([...path, key], tree[key]);
        const key = settings/* APP_KEYS */.PR[1];
        if (tree[key] !== undefined)
            fill.place([...path, key], tree[key]);
    }
}
function readHeartbeat({ file, fill, complaints, keeper }) {
    if (file.heartbeat === undefined)
        return undefined;
    const path = [...file.heartbeat.path, 'url'];
    const text = fill.place(path, file.heartbeat.tree['url'])?.trim();
    if (text === undefined)
        return undefined;
    const url = URL.parse(text);
    if (url === null || !/^https?:$/.test(url.protocol)) {
        complaints.add(path, 'the address of the heartbeat is not an http or https address');
        return undefined;
    }
    // Whoever knows it can say that all is well.
    keeper.addAddress(url.href);
    return url;
}


/***/ }),

/***/ 14416:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GM: () => (/* binding */ lineOfDiscovery),
/* harmony export */   dW: () => (/* binding */ lineOfSkip),
/* harmony export */   kj: () => (/* binding */ lineOfUnpushed),
/* harmony export */   wi: () => (/* binding */ printLine),
/* harmony export */   xR: () => (/* binding */ lineOfResult)
/* harmony export */ });
/* harmony import */ var _report_result_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51157);

function lineOfResult(name, result, fingerprint) {
    return {
        name,
        ok: result.ok,
        skipped: null,
        fingerprint: fingerprint ?? null,
        result: (0,_report_result_json_js__WEBPACK_IMPORTED_MODULE_0__/* .toResultJson */ .L6)(result),
    };
}
function lineOfSkip(name, reason, ok) {
    return { name, ok, skipped: reason, fingerprint: null, result: null };
}
/** One whose source was not pushed to since its last success. */
function lineOfUnpushed(name, since) {
    const time = new Date(since).toISOString().slice(0, 16).replace('T', ' ');
    const skipped = `its source was not pushed to since the last success, ${time} UTC`;
    return { name, ok: true, skipped, unpushed: true, fingerprint: null, result: null };
}
function lineOfDiscovery(given) {
    const { name, found, skipped, refused, error } = given;
    return {
        discovery: name,
        ok: error === undefined && refused.length === 0,
        found,
        skipped,
        refused,
        error: (0,_report_result_json_js__WEBPACK_IMPORTED_MODULE_0__/* .toErrorJson */ .gf)(error),
    };
}
/** As one line of ASCII, so that nothing in it reaches a terminal or a runner as more than text. */
function printLine(line) {
    return JSON.stringify(line).replaceAll(/[\u007f-\uffff]|(?<=##)\[/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}


/***/ }),

/***/ 78290:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ createLazyAppTokens)
/* harmony export */ });
/* harmony import */ var _options_secrets_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(93588);
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(17234);


/** Milliseconds after which a token, which lives for an hour, is worth nothing and need not be hidden any more. */
const TOKEN_LIFE_MS = 3 * 3_600_000;
function createLazyAppTokens({ signal, secrets, onSecret, onNotice, isVerbose, }) {
    let pool;
    const hidden = [];
    const hide = (token) => {
        const now = Date.now();
        const old = hidden.findIndex(({ at }) => now - at < TOKEN_LIFE_MS);
        const expired = hidden.splice(0, old < 0 ? hidden.length : old);
        if (expired.length > 0)
            (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_1__/* .forgetSecrets */ .DL)(secrets(), new Set(expired.flatMap(({ forms }) => forms)));
        hidden.push({ at: now, forms: (0,_options_secrets_js__WEBPACK_IMPORTED_MODULE_0__/* .tokenForms */ .py)(token) });
        // All of them: a file that was read anew brings a new list.
        const known = new Set(secrets().texts);
        for (const form of hidden.flatMap(({ forms }) => forms))
            if (!known.has(form))
                (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_1__/* .hideFromNowOn */ .Uy)(secrets(), form);
    };
    const load = async () => {
        const { createAppTokenPool } = await __webpack_require__.e(/* import() */ 7554).then(__webpack_require__.bind(__webpack_require__, 67554));
        return createAppTokenPool({
            signal,
            onNotice,
            onRequest: isVerbose === true ? onNotice : undefined,
            onSecret(token) {
                onSecret?.(token);
                hide(token);
            },
        });
    };
    return {
        async open(options) {
            const hasApp = [options.source, ...options.destinations].some(({ app }) => app !== undefined);
            if (!hasApp)
                return { options, dispose: () => undefined };
            return await (await (pool ??= load())).open(options);
        },
    };
}


/***/ }),

/***/ 49374:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ diagnoseRefusals)
/* harmony export */ });
/** Asks GitHub why it refused, where it did; nothing is loaded where it did not. */
async function diagnoseRefusals({ pairs }, result, signal) {
    const [pair] = pairs;
    const errors = [result.error, ...result.destinations.map(({ error }) => error)];
    const isRefused = errors.some((error) => error?.code === 'auth' || error?.code === 'not-found');
    if (!isRefused || pair === undefined || signal.aborted)
        return result;
    const { addDiagnosis } = await __webpack_require__.e(/* import() */ 8948).then(__webpack_require__.bind(__webpack_require__, 68948));
    const destinations = pairs.flatMap(({ options }) => options.destinations);
    return await addDiagnosis(result, { ...pair.options, destinations }, signal);
}


/***/ }),

/***/ 1090:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ci: () => (/* binding */ LANES),
/* harmony export */   Ep: () => (/* binding */ HostGate),
/* harmony export */   PJ: () => (/* binding */ USUAL_AT_ONCE)
/* harmony export */ });
/** Mirrors at once, over all hosts. */
const LANES = { check: 16, transfer: 8 };
/** Where nobody says it. */
const USUAL_AT_ONCE = { most: 4, besideThem: 1 };
/** Mirrors that went well before one more is let in. */
const WELL_BEFORE_MORE = 20;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 300_000;
/** Times in a row that a host asks to slow down, with nothing that went well between, before it is given up. */
const MOST_IN_VAIN = 10;
/**
 * How many mirrors may talk with one host: fewer when it asks to slow down, slowly more when all is well again
 * (additive increase, multiplicative decrease). Knows no clock: `now` in milliseconds is given.
 */
class HostGate {
    #atOnce;
    #allowed;
    #running = { check: 0, transfer: 0 };
    #closedUntil = 0;
    #pause = FIRST_PAUSE_MS;
    #well = 0;
    #slowdowns = 0;
    #inVain = 0;
    #restMs;
    /** `restMs`: milliseconds after which a host that was given up may be tried again; for a round, never. */
    constructor(atOnce = USUAL_AT_ONCE, restMs = Infinity) {
        this.#restMs = restMs;
        this.#atOnce = atOnce;
        this.#allowed = atOnce.most;
    }
    /** Another limit, by a file that was read anew. */
    setAtOnce(atOnce) {
        if (atOnce.most !== this.#atOnce.most)
            this.#allowed = atOnce.most;
        this.#atOnce = atOnce;
    }
    /** Times that the host asked to slow down. */
    get slowdowns() {
        return this.#slowdowns;
    }
    get allowed() {
        return this.#allowed;
    }
    /** The time before which nothing starts here. */
    get closedUntil() {
        return this.#closedUntil;
    }
    /** Whether it only ever asks to slow down. */
    isGivenUp(now) {
        if (this.#inVain < MOST_IN_VAIN)
            return false;
        if (now < this.#closedUntil + this.#restMs)
            return true;
        this.#inVain = 0;
        return false;
    }
    isOpen(now, lane) {
        if (now < this.#closedUntil)
            return false;
        const { check, transfer } = this.#running;
        // A host that asked to slow down gets nothing beside what it is allowed.
        const beside = this.#allowed < this.#atOnce.most ? 0 : this.#atOnce.besideThem;
        if (lane === 'transfer' && transfer < beside)
            return true;
        return check + Math.max(0, transfer - beside) < this.#allowed;
    }
    enter(lane) {
        this.#running[lane]++;
    }
    leave(lane) {
        this.#running[lane]--;
    }
    /** A mirror ended, and the host had nothing against it. */
    well() {
        this.#well++;
        this.#inVain = 0;
        this.#pause = FIRST_PAUSE_MS;
        if (this.#well % WELL_BEFORE_MORE === 0)
            this.#allowed = Math.min(this.#atOnce.most, this.#allowed + 1);
    }
    /** The host asked to slow down: for `wait` milliseconds, or for longer each time that it does not say. */
    slower(wait, now) {
        this.#well = 0;
        this.#slowdowns++;
        const until = now + Math.min(wait ?? this.#pause, LONGEST_PAUSE_MS);
        if (wait === undefined)
            this.#pause = Math.min(LONGEST_PAUSE_MS, this.#pause * 2);
        // Those that run at the same time are all told so: once is meant.
        if (now >= this.#closedUntil) {
            this.#allowed = Math.max(1, Math.floor(this.#allowed / 2));
            this.#inVain++;
        }
        this.#closedUntil = Math.max(this.#closedUntil, until);
    }
}


/***/ }),

/***/ 64153:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ limitOf),
/* harmony export */   V: () => (/* binding */ makeJobs)
/* harmony export */ });
/* harmony import */ var _transport_address_identity_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(32227);
/* harmony import */ var _config_fleet_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(92130);
/* harmony import */ var _host_gate_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1090);



/** The jobs of a fleet, in the order of the names. */
function makeJobs({ file, chains }, mirrors) {
    const endOf = makeEndReader(file);
    return mirrors.map(({ name, groups }) => ({
        name,
        pairs: groups.map((options) => ({
            options,
            source: endOf(options.source),
            destinations: options.destinations.map(endOf),
        })),
        after: chains.before.get(name) ?? [],
    }));
}
/** Equal credentials get equal names, that say nothing about them. */
function makeEndReader({ hosts }) {
    const names = new Map();
    return ({ url, credentials, app }) => {
        const host = url.scheme === 'file' ? undefined : (0,_config_fleet_file_js__WEBPACK_IMPORTED_MODULE_1__/* .hostKey */ ._9)(hosts, url);
        const key = JSON.stringify([host, url.scheme, 'user' in url ? url.user : '', credentials, app]);
        const name = names.get(key) ?? `${host ?? ''}#${names.size + 1}`;
        names.set(key, name);
        return { host, credential: name, repository: (0,_transport_address_identity_js__WEBPACK_IMPORTED_MODULE_0__/* .identity */ .D)(url) };
    };
}
/** Mirrors that may talk with a host at the same time: what the file says is all of them. */
function limitOf({ hosts }, host) {
    for (const part of hosts.values()) {
        const most = (0,_config_fleet_file_js__WEBPACK_IMPORTED_MODULE_1__/* .hostOf */ .w4)(part) === host ? part.tree['mirrors-at-once'] : undefined;
        if (most !== undefined)
            return { most, besideThem: 0 };
    }
    return _host_gate_js__WEBPACK_IMPORTED_MODULE_2__/* .USUAL_AT_ONCE */ .PJ;
}


/***/ }),

/***/ 47948:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  b: () => (/* binding */ runJob)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/mirror/mirror.js + 19 modules
var mirror = __webpack_require__(57206);
// EXTERNAL MODULE: ./build/report/recorder.js
var report_recorder = __webpack_require__(80397);
// EXTERNAL MODULE: ./build/transport/address/remote-url.js
var remote_url = __webpack_require__(60531);
// EXTERNAL MODULE: ./build/base/crypto.js
var base_crypto = __webpack_require__(26039);
// EXTERNAL MODULE: ./build/plan/refspec-match.js
var refspec_match = __webpack_require__(99400);
;// CONCATENATED MODULE: ./build/fleet/fingerprint.js


/**
 * What a source has in scope, as one value: `sha256:` and the hash of `NAME SP ID LF` for each ref, by its name at the
 * destination, in the order of its bytes. Two mirrors with one fingerprint hold the same refs.
 */
function fingerprintOf(refs, refspecs) {
    const matcher = (0,refspec_match/* matcherOf */.K)(refspecs);
    const lines = new Set();
    for (const { name, id } of refs) {
        matcher.eachDestination(name, (destination) => lines.add(`${destination} ${id}\n`));
    }
    const hash = (0,base_crypto/* loadCrypto */.Q)().createHash('sha256');
    for (const line of [...lines].map((text) => Buffer.from(text)).toSorted(Buffer.compare))
        hash.update(line);
    return `sha256:${hash.digest('hex')}`;
}

;// CONCATENATED MODULE: ./build/fleet/round/join-results.js
/** One result of a mirror whose destinations have different options, each group with a run of its own. */
function joinGroups(results) {
    const [first, ...others] = results;
    if (first === undefined || others.length === 0)
        return first ?? NOTHING;
    return {
        source: first.source,
        ok: results.every(({ ok }) => ok),
        dryRun: first.dryRun,
        destinations: results.flatMap(({ destinations }) => destinations),
        error: results.find(({ error }) => error !== undefined)?.error,
        seconds: results.reduce((sum, { seconds }) => sum + seconds, 0),
        sourceRefs: Math.max(...results.map(({ sourceRefs }) => sourceRefs)),
    };
}
const NOTHING = {
    source: '',
    ok: true,
    dryRun: false,
    destinations: [],
    error: undefined,
    seconds: 0,
    sourceRefs: 0,
};
/** The result of a run after one that failed: what the first one changed stays told. */
function joinRuns(before, now) {
    if (before === undefined)
        return now;
    const destinations = now.destinations.map((destination) => {
        const earlier = before.destinations.find((other) => other.destination === destination.destination);
        return earlier === undefined ? destination : joinDestination(earlier, destination);
    });
    return { ...now, destinations, seconds: before.seconds + now.seconds };
}
function joinDestination(before, now) {
    const later = new Set(now.changed.map(({ ref }) => ref));
    const changed = [...before.changed.filter(({ ref }) => !later.has(ref)), ...now.changed];
    const status = now.status === 'unchanged' && changed.length > 0 ? 'mirrored' : now.status;
    const figures = {
        packBytes: before.figures.packBytes + now.figures.packBytes,
        objects: before.figures.objects + now.figures.objects,
        pushes: before.figures.pushes + now.figures.pushes,
        lfsObjects: before.figures.lfsObjects + now.figures.lfsObjects,
        lfsBytes: before.figures.lfsBytes + now.figures.lfsBytes,
        seconds: now.figures.seconds,
    };
    return { ...now, changed, status, figures };
}

// EXTERNAL MODULE: ./build/fleet/round/verdict.js
var verdict = __webpack_require__(39089);
;// CONCATENATED MODULE: ./build/fleet/round/run-job.js







/**
 * Runs a mirror, one group of destinations after the other. Listings are tried once: the round itself tries again when
 * all others are through, and holds nothing meanwhile. Never throws.
 */
async function runJob(job, claim, context) {
    const before = context.earlier.get(job.name) ?? [];
    const results = [];
    const verdicts = [];
    let fingerprint;
    let isDeferred = false;
    for (const [index, { options }] of job.pairs.entries()) {
        const earlier = before[index];
        if (earlier?.ok === true) {
            results.push(earlier);
            verdicts.push((0,verdict/* judgeHosts */.j)(earlier));
            continue;
        }
        const run = await runPair(job.name, options, { ...context, claim });
        fingerprint ??= run.fingerprint;
        isDeferred ||= run.isDeferred;
        results.push(run.isDeferred ? (earlier ?? run.result) : joinRuns(earlier, run.result));
        verdicts.push(run.isDeferred ? withoutDeferral(run.result) : (0,verdict/* judgeHosts */.j)(run.result));
        if (run.isDeferred)
            break;
    }
    context.earlier.set(job.name, results.map((result, index) => (isDeferred && index === results.length - 1 ? before[index] : result)));
    const result = joinGroups(results);
    const errors = [result.error, ...result.destinations.map(({ error }) => error)].filter((error) => error !== undefined);
    const mayHelp = errors.some(({ retryable }) => retryable);
    const kind = isDeferred && !context.signal.aborted ? 'deferred' : mayHelp && !result.ok ? 'again' : 'done';
    return { kind, result: { result, fingerprint }, verdicts };
}
async function runPair(name, options, context) {
    let isDeferred = false;
    let fingerprint;
    const recorder = (0,report_recorder/* createRecorder */.T)({
        now: () => performance.now(),
        source: (0,remote_url/* printUrl */.D1)(options.source.url),
        destinations: options.destinations.map(({ url }) => (0,remote_url/* printUrl */.D1)(url)),
        dryRun: options.dryRun,
    });
    const reporter = (event) => {
        recorder.reporter(event);
        context.onEvent(name, event);
    };
    let tokens;
    try {
        tokens = await context.apps.open(options);
        const result = await (0,mirror/* mirror */.e)(tokens.options, reporter, context.signal, {
            connections: context.connections,
            listingRetries: 0,
            onSource: (refs) => {
                fingerprint = fingerprintOf(refs, options.refspecs);
            },
            admit: async () => {
                if (context.claim())
                    return;
                isDeferred = true;
                throw new errors/* MirrorError */.En('there is no place for a transfer yet', { code: 'cancelled' });
            },
        });
        return { result, fingerprint, isDeferred };
    }
    catch (thrown) {
        // No token of an App, a time limit that was not heeded, or a defect: of one mirror, not of the round.
        return { result: recorder.toResult((0,errors/* toMirrorError */.Ho)(thrown, { code: 'local' })), fingerprint, isDeferred };
    }
    finally {
        tokens?.dispose();
    }
}
/** Both ends were listed, or there would be nothing to send. */
function withoutDeferral(result) {
    return {
        source: { kind: 'unknown' },
        destinations: result.destinations.map(() => ({ kind: 'unknown' })),
    };
}


/***/ }),

/***/ 41046:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  k: () => (/* binding */ openSchedule),
  _: () => (/* binding */ schedule)
});

;// CONCATENATED MODULE: ./build/fleet/round/circuit.js
/** Refusals of one credential, on different repositories, after which it is not tried any more in this round. */
const MOST_REFUSALS = 3;
/** Failures to reach a host, one after the other, after which nothing is tried there. */
const MOST_UNREACHABLE = 5;
/** Milliseconds after which one mirror tries such a host once more. */
const PROBE_MS = 30_000;
/** A credential: once it is refused again and again, the rest would only get this machine locked out. */
class CredentialCircuit {
    #refused = new Set();
    #restMs;
    #openedAt;
    /** `restMs`: milliseconds after which it may be tried again; in a round, never. */
    constructor(restMs = Infinity) {
        this.#restMs = restMs;
    }
    /** Whether it is not to be used any more. */
    get isOpen() {
        return this.#refused.size >= MOST_REFUSALS;
    }
    refused(repository, now = 0) {
        this.#refused.add(repository);
        if (this.isOpen)
            this.#openedAt ??= now;
    }
    /** Lets it be tried again once it has rested. */
    rest(now) {
        if (this.#openedAt !== undefined && now >= this.#openedAt + this.#restMs)
            this.forget();
    }
    /** It opened something: single refusals are about single repositories. */
    well() {
        if (!this.isOpen)
            this.#refused.clear();
    }
    /** There may be another credential behind its name now. */
    forget() {
        this.#refused.clear();
        this.#openedAt = undefined;
    }
}
/** A host: `open` to all, `waiting` for its probe, to be tried by one `probe`, or `given-up` for this round. */
class HostCircuit {
    #failures = 0;
    #probeAt;
    #isProbing = false;
    #isGivenUp = false;
    #givenUpUntil = Infinity;
    #restMs;
    /** `restMs`: milliseconds after which a host that was given up may be tried again; for a round, never. */
    constructor(restMs = Infinity) {
        this.#restMs = restMs;
    }
    state(now) {
        if (this.#isGivenUp && now < this.#givenUpUntil)
            return 'given-up';
        if (this.#isGivenUp)
            this.#wake(now);
        if (this.#probeAt === undefined)
            return 'open';
        return this.#isProbing || now < this.#probeAt ? 'waiting' : 'probe';
    }
    /** The time of the probe; undefined: none is waited for. */
    get probeAt() {
        return this.#isGivenUp || this.#isProbing ? undefined : this.#probeAt;
    }
    /** Somebody says that it is well again: one mirror may try it now. */
    hope(now) {
        if (this.state(now) === 'given-up')
            this.#wake(now);
        else if (this.#probeAt !== undefined && !this.#isProbing)
            this.#probeAt = Math.min(this.#probeAt, now);
    }
    #wake(now) {
        this.#isGivenUp = false;
        this.#isProbing = false;
        this.#probeAt = now;
    }
    /** The mirror that starts now is the probe. */
    probe() {
        this.#isProbing = true;
    }
    /** The probe has ended. Where it told nothing of this host, as when its other end failed, the next one is a probe. */
    probeEnded() {
        this.#isProbing = false;
    }
    well() {
        this.#failures = 0;
        this.#isGivenUp = false;
        this.#probeAt = undefined;
        this.#isProbing = false;
    }
    unreachable(now) {
        this.#failures++;
        if (this.#isProbing) {
            this.#isGivenUp = true;
            this.#givenUpUntil = now + this.#restMs;
        }
        else if (this.#failures >= MOST_UNREACHABLE && this.#probeAt === undefined)
            this.#probeAt = now + PROBE_MS;
    }
}

// EXTERNAL MODULE: ./build/fleet/round/host-gate.js
var host_gate = __webpack_require__(1090);
;// CONCATENATED MODULE: ./build/fleet/round/job.js
/** All ends of a job. */
function endsOf({ pairs }) {
    return pairs.flatMap(({ source, destinations }) => [source, ...destinations]);
}
/** The hosts of a job, each once, sorted. */
function hostsOf(job) {
    return [...new Set(endsOf(job).flatMap(({ host }) => host ?? []))].toSorted();
}

;// CONCATENATED MODULE: ./build/fleet/round/maps.js
function getOrMake(map, key, make) {
    const found = map.get(key);
    if (found !== undefined)
        return found;
    const made = make();
    map.set(key, made);
    return made;
}
function append(map, key, value) {
    const list = map.get(key);
    if (list === undefined)
        map.set(key, [value]);
    else
        list.push(value);
}

;// CONCATENATED MODULE: ./build/fleet/round/scheduler.js




/** Milliseconds before a job runs again, doubled each time. */
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;
/** A host that asks to slow down each time is given up at last. */
const MOST_SLOW_RUNS = 20;
/** Milliseconds for which a schedule that goes on gives up a host, or a credential. */
const REST_MS = 300_000;
/**
 * Runs jobs in two lanes, with a limit for each host over both. A slow host keeps its own waiting only. What failed and
 * may succeed runs again when all others are through. Resolves when every job has ended or was skipped.
 */
function schedule(input) {
    return new Promise((resolve) => {
        new Scheduler(input, resolve).pump();
    });
}
/** As `schedule`, without an end: what failed and may succeed runs again after its delay. */
function openSchedule(input) {
    return new Scheduler({ ...input, jobs: [] }, undefined);
}
class Scheduler {
    #input;
    /** undefined: it goes on. */
    #resolve;
    #gates = new Map();
    #hosts = new Map();
    #credentials = new Map();
    /** Waiting jobs by their lane and hosts: those of one key are alike. */
    #waiting = new Map();
    /** Jobs that others have to end for, with how many. */
    #blocked = new Map();
    #blockers = new Map();
    #again = [];
    /** Names of all that have not ended. */
    #present = new Set();
    #running = { check: 0, transfer: 0 };
    #left;
    #stopTimer;
    constructor(input, resolve) {
        this.#input = input;
        this.#resolve = resolve;
        this.#left = input.jobs.length;
        for (const { name } of input.jobs)
            this.#present.add(name);
        for (const [order, job] of input.jobs.entries())
            this.#enter(job, order);
        input.signal.addEventListener('abort', () => this.pump(), { once: true });
    }
    add(job, order) {
        this.#left++;
        this.#present.add(job.name);
        this.#enter(job, order);
        this.pump();
    }
    remove(name) {
        for (const queue of this.#waiting.values()) {
            const at = queue.findIndex(({ job }) => job.name === name);
            if (at < 0)
                continue;
            const [entry] = queue.splice(at, 1);
            this.#dropEmpty(queue);
            this.#finish(entry);
            this.pump();
            return true;
        }
        return false;
    }
    hope(job) {
        const now = this.#input.clock.now();
        for (const host of hostsOf(job))
            this.#hosts.get(host)?.hope(now);
    }
    renew() {
        for (const circuit of this.#credentials.values())
            circuit.forget();
        for (const [host, gate] of this.#gates)
            gate.setAtOnce(this.#input.limitOf(host));
        this.pump();
    }
    count() {
        const waiting = { check: 0, transfer: 0 };
        for (const [head, ...others] of this.#waiting.values()) {
            if (head !== undefined)
                waiting[head.lane] += 1 + others.length;
        }
        return { waiting, running: this.#running.check + this.#running.transfer };
    }
    limits() {
        return this.#gates;
    }
    #enter(job, order) {
        const entry = {
            job,
            order,
            hosts: hostsOf(job),
            lane: 'check',
            runs: 0,
            slowRuns: 0,
            notBefore: 0,
            probes: [],
        };
        const after = job.after.filter((name) => this.#present.has(name));
        for (const name of after)
            append(this.#blocked, name, entry);
        if (after.length === 0)
            this.#wait(entry);
        else
            this.#blockers.set(entry, after.length);
    }
    /** Starts all that may start now. */
    pump() {
        this.#stopTimer?.();
        this.#stopTimer = undefined;
        // One time for all of it: what may not start yet has to be later than the time that the timer is set by.
        const now = this.#input.clock.now();
        for (let entry = this.#takeNext(now); entry !== undefined; entry = this.#takeNext(now))
            this.#start(entry, now);
        if (this.#left === 0 && this.#resolve !== undefined)
            return this.#resolve();
        const isIdle = this.#running.check + this.#running.transfer === 0;
        const isThrough = isIdle && this.#waiting.size === 0 && this.#again.length > 0;
        if (isThrough) {
            // All at one time: each time would make a queue of its own.
            const latest = Math.max(...this.#again.map(({ notBefore }) => notBefore));
            for (const entry of this.#again.splice(0)) {
                entry.notBefore = latest > now ? latest : 0;
                this.#wait(entry);
            }
            return this.pump();
        }
        const next = this.#nextTime(now);
        if (next !== undefined)
            this.#stopTimer = this.#input.clock.at(next, () => this.pump());
    }
    /** The first waiting job that may start: its lane and its hosts have room. Those that may never are skipped. */
    #takeNext(now) {
        for (;;) {
            let best;
            let skip;
            for (const queue of this.#waiting.values()) {
                const [head] = queue;
                if (head === undefined)
                    continue;
                const reason = this.#reasonToSkip(head, now);
                if (reason !== undefined)
                    skip = { queue, reason };
                else if (this.#mayStart(head, now) && (best === undefined || head.order < best[0].order))
                    best = queue;
            }
            if (skip === undefined)
                return best === undefined ? undefined : this.#shift(best);
            const entry = this.#shift(skip.queue);
            this.#input.onSkip(entry.job, skip.reason);
            this.#finish(entry);
        }
    }
    #mayStart(entry, now) {
        if (this.#running[entry.lane] >= this.#input.lanes[entry.lane] || now < entry.notBefore)
            return false;
        return entry.hosts.every((host) => {
            const state = this.#hostCircuit(host).state(now);
            return this.#gate(host).isOpen(now, entry.lane) && state !== 'waiting';
        });
    }
    #reasonToSkip(entry, now) {
        if (this.#input.signal.aborted)
            return 'the round was cancelled';
        const dead = entry.hosts.find((host) => this.#hostCircuit(host).state(now) === 'given-up');
        if (dead !== undefined)
            return `${dead} could not be reached, again and again`;
        const slow = entry.hosts.find((host) => this.#gate(host).isGivenUp(now));
        if (slow !== undefined)
            return `${slow} asks to slow down, again and again`;
        const refused = endsOf(entry.job).find((end) => {
            const credential = this.#credential(end.credential);
            credential.rest(now);
            return credential.isOpen;
        });
        return refused === undefined ? undefined : `the credential for ${refused.host} was refused 3 times`;
    }
    #start(entry, now) {
        entry.runs++;
        this.#running[entry.lane]++;
        entry.probes = entry.hosts.filter((host) => this.#hostCircuit(host).state(now) === 'probe');
        for (const host of entry.probes)
            this.#hostCircuit(host).probe();
        for (const host of entry.hosts)
            this.#gate(host).enter(entry.lane);
        void this.#input.run(entry.job, () => this.#claim(entry)).then((ending) => this.#end(entry, ending));
    }
    /** From the checks to the transfers, if there is a place; what waited for the place of the check may start. */
    #claim(entry) {
        if (entry.lane === 'transfer')
            return true;
        if (this.#running.transfer >= this.#input.lanes.transfer)
            return false;
        this.#running.check--;
        this.#running.transfer++;
        entry.lane = 'transfer';
        for (const host of entry.hosts) {
            this.#gate(host).leave('check');
            this.#gate(host).enter('transfer');
        }
        this.pump();
        return true;
    }
    #end(entry, ending) {
        this.#running[entry.lane]--;
        for (const host of entry.hosts)
            this.#gate(host).leave(entry.lane);
        const isSlow = this.#learn(entry, ending);
        for (const host of entry.probes)
            this.#hostCircuit(host).probeEnded();
        if (ending.kind === 'deferred') {
            entry.runs--;
            entry.lane = 'transfer';
            this.#wait(entry);
        }
        else if (ending.kind === 'again' && this.#mayRunAgain(entry, isSlow)) {
            entry.lane = 'check';
            // What goes on is never through.
            if (this.#resolve === undefined)
                this.#wait(entry);
            else
                this.#again.push(entry);
        }
        else {
            this.#input.onEnd(entry.job, ending.result);
            this.#finish(entry);
        }
        this.pump();
    }
    #mayRunAgain(entry, isSlow) {
        if (this.#input.signal.aborted)
            return false;
        if (isSlow) {
            entry.runs--;
            return ++entry.slowRuns < MOST_SLOW_RUNS;
        }
        const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (entry.runs - 1));
        entry.notBefore = this.#input.clock.now() + delay;
        return entry.runs <= this.#input.retriesOf(entry.job);
    }
    /** What the end says of hosts and credentials. @returns whether a host asked to slow down */
    #learn({ job }, { verdicts }) {
        const now = this.#input.clock.now();
        let isSlow = false;
        for (const [index, pair] of job.pairs.entries()) {
            const found = verdicts[index];
            if (found === undefined)
                continue;
            const ends = [pair.source, ...pair.destinations];
            for (const [at, verdict] of [found.source, ...found.destinations].entries()) {
                const end = ends[at];
                if (end?.host === undefined || verdict.kind === 'unknown')
                    continue;
                const circuit = this.#hostCircuit(end.host);
                const credential = this.#credential(end.credential);
                if (verdict.kind === 'unreachable')
                    circuit.unreachable(now);
                else
                    circuit.well();
                if (verdict.kind === 'refused')
                    credential.refused(end.repository, now);
                if (verdict.kind === 'slower')
                    this.#gate(end.host).slower(verdict.wait, now);
                if (verdict.kind === 'well') {
                    this.#gate(end.host).well();
                    credential.well();
                }
                isSlow ||= verdict.kind === 'slower';
            }
        }
        return isSlow;
    }
    #finish(entry) {
        this.#left--;
        const { name } = entry.job;
        this.#present.delete(name);
        for (const next of this.#blocked.get(name) ?? []) {
            const count = this.#blockers.get(next) - 1;
            this.#blockers.set(next, count);
            if (count === 0)
                this.#wait(next);
        }
        this.#blocked.delete(name);
    }
    #wait(entry) {
        const credentials = [...new Set(endsOf(entry.job).map(({ credential }) => credential))].join(' ');
        const key = JSON.stringify([entry.lane, entry.hosts, credentials, entry.notBefore]);
        const queue = this.#waiting.get(key) ?? [];
        const last = queue.at(-1);
        if (last === undefined || last.order < entry.order)
            queue.push(entry);
        else
            queue.splice(queue.findIndex(({ order }) => order > entry.order), 0, entry);
        this.#waiting.set(key, queue);
    }
    #shift(queue) {
        const entry = queue.shift();
        this.#dropEmpty(queue);
        return entry;
    }
    #dropEmpty(queue) {
        if (queue.length > 0)
            return;
        for (const [key, found] of this.#waiting)
            if (found === queue)
                this.#waiting.delete(key);
    }
    /** The next time at which something may start that waits for a time alone. */
    #nextTime(now) {
        const times = [...this.#waiting.values()].flatMap(([head]) => {
            const hosts = head?.hosts ?? [];
            return [
                head?.notBefore ?? 0,
                ...hosts.map((host) => this.#gate(host).closedUntil),
                ...hosts.map((host) => this.#hostCircuit(host).probeAt ?? 0),
            ].filter((time) => time > now);
        });
        return times.length === 0 ? undefined : Math.min(...times);
    }
    get #restMs() {
        return this.#resolve === undefined ? REST_MS : Infinity;
    }
    #gate(host) {
        return getOrMake(this.#gates, host, () => new host_gate/* HostGate */.Ep(this.#input.limitOf(host), this.#restMs));
    }
    #hostCircuit(host) {
        return getOrMake(this.#hosts, host, () => new HostCircuit(this.#restMs));
    }
    #credential(credential) {
        return getOrMake(this.#credentials, credential, () => new CredentialCircuit(this.#restMs));
    }
}


/***/ }),

/***/ 39089:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ judgeHosts)
/* harmony export */ });
const WELL = { kind: 'well' };
const UNKNOWN = { kind: 'unknown' };
/** Reads them from the result of a pair. */
function judgeHosts(result) {
    const errors = [result.error, ...result.destinations.map(({ error }) => error)];
    const ofSource = errors.find((error) => error?.side === 'source');
    return {
        source: ofSource === undefined ? (result.sourceRefs > 0 ? WELL : UNKNOWN) : judgeError(ofSource),
        destinations: result.destinations.map(({ error, status }) => {
            if (error === undefined)
                return status === 'failed' ? UNKNOWN : WELL;
            return error.side === 'source' ? UNKNOWN : judgeError(error);
        }),
    };
}
function judgeError(error) {
    if (asksToSlowDown(error))
        return { kind: 'slower', wait: error.retryAfter };
    switch (error.code) {
        case 'auth':
        case 'host-key':
            return { kind: 'refused' };
        case 'connect':
            return { kind: 'unreachable' };
        case 'timeout':
            return { kind: 'unreachable' };
        case 'cut':
        case 'cancelled':
        case 'local':
        case 'usage':
            return UNKNOWN;
        default:
            return WELL;
    }
}
/** In a status, or in words: ssh has no other way, and a server may hang up before it says any. */
function asksToSlowDown(error) {
    if (error.status === 429 || error.advice === 'rate-limit' || error.advice === 'ssh-turned-away')
        return true;
    if ((error.status === 503 || error.status === 403) && error.retryAfter !== undefined)
        return true;
    const words = `${error.message}\n${error.serverText ?? ''}`;
    return /rate.?limit|too many (?:requests|connections|concurrent)|MaxStartups/i.test(words);
}


/***/ }),

/***/ 34387:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ SECRET_WORDS),
/* harmony export */   w: () => (/* binding */ makeSchemaParts)
/* harmony export */ });
const MOST_TEXT = 64 * 1024;
const MOST_PATH = 4096;
/** For JSON Schema and valibot alike: no flags, no transforms. */
const REFERENCE = /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const NOT_TEXT = 'must be text; put numbers and dates in quotes';
const NOT_LIST = 'must be a list';
const SECRET_WORDS = 'a secret does not belong into this file: write { env: NAME }, { file: PATH } or ${NAME} alone';
function makeSchemaParts(v) {
    const text = (max = MOST_TEXT) => v.pipe(v.string(NOT_TEXT), v.minLength(1, 'is empty'), v.maxLength(max, `is longer than ${max} characters`));
    const matching = (pattern, words, max = MOST_TEXT) => v.pipe(v.string(NOT_TEXT), v.regex(pattern, words), v.maxLength(max, `is longer than ${max} characters`));
    const list = (item, max) => max === undefined
        ? v.pipe(v.array(item, NOT_LIST), v.minLength(1, 'is an empty list'))
        : v.pipe(v.array(item, NOT_LIST), v.minLength(1, 'is an empty list'), v.maxLength(max.count, max.words));
    const mapping = (keys, more = {}) => {
        const entries = Object.fromEntries(Object.entries(keys).map(([key, schema]) => [key, v.exactOptional(schema)]));
        const schema = v.strictObject(entries, 'must be a mapping');
        return { ...schema, needs: more.needs ?? [], secret: more.secret ?? false };
    };
    const env = matching(VARIABLE, 'is not the name of an environment variable');
    const places = [
        mapping({ env }, { secret: true, needs: [{ keys: ['env'], exactly: true }] }),
        mapping({ file: text(MOST_PATH) }, { secret: true, needs: [{ keys: ['file'], exactly: true }] }),
    ];
    const secret = v.union([matching(REFERENCE, SECRET_WORDS), ...places], SECRET_WORDS);
    return {
        text,
        matching,
        list,
        mapping,
        count: (min, max) => v.pipe(v.number('must be a number'), v.integer('must be a whole number'), v.minValue(min, `must be at least ${min}`), v.maxValue(max, `must be at most ${max}`)),
        boolean: v.boolean('must be true or false'),
        textOrList: (item) => v.union([item, list(item)], 'must be text or a list of texts'),
        secret,
        secrets: v.union([matching(REFERENCE, SECRET_WORDS), ...places, list(secret)], SECRET_WORDS),
        textOrPlace: v.union([text(), ...places], 'must be text, { env: NAME } or { file: PATH }'),
        choice: (words) => v.picklist(words, `must be one of: ${words.join(', ')}`),
        described: (schema, words) => v.pipe(schema, v.description(words)),
    };
}


/***/ }),

/***/ 86055:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ areNames),
/* harmony export */   v: () => (/* binding */ selectMirrors)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(86815);
/* harmony import */ var _discover_filter_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(97653);



/**
 * The mirrors that `only` means: by name, by label, or by a glob on the name. Nothing given means all.
 * @throws MirrorError `usage` for words that mean no mirror
 */
async function selectMirrors(mirrors, only) {
    if (only.length === 0)
        return mirrors;
    const matchers = await Promise.all(only.map(async (word) => {
        const matches = await (0,_discover_filter_js__WEBPACK_IMPORTED_MODULE_1__/* .makeGlobMatcher */ .Ll)([word]);
        return ({ name, labels }) => name === word || labels.includes(word) || matches(name);
    }));
    const idle = only.filter((_, index) => !mirrors.some((mirror) => matchers[index](mirror)));
    if (idle.length > 0) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`only: ${idle.map((word) => `"${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .printableLine */ .oy)(word, 100)}"`).join(', ')} means no mirror`, {
            code: 'usage',
            hint: 'Write a name, a label, or a glob such as acme/*; `plan` lists the names.',
        });
    }
    return mirrors.filter((mirror) => matchers.some((matches) => matches(mirror)));
}
/** Whether these words are all names or labels of these mirrors: then nothing else needs to be looked for. */
function areNames(mirrors, only) {
    const known = new Set(mirrors.flatMap(({ name, labels }) => [name, ...labels]));
    return only.length > 0 && only.every((word) => known.has(word) && mirrors.some(({ name }) => name === word));
}


/***/ }),

/***/ 31840:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IS: () => (/* binding */ shardOf),
/* harmony export */   Xy: () => (/* binding */ readShard),
/* harmony export */   Y: () => (/* binding */ MOST_SHARDS),
/* harmony export */   hw: () => (/* binding */ defaultShardCount)
/* harmony export */ });
/* harmony import */ var _base_crypto_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(26039);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);


/** GitHub runs no job of a matrix that has more. */
const MOST_SHARDS = 256;
const DEFAULT_MOST_SHARDS = 64;
const MIRRORS_PER_SHARD = 50;
/** For Kubernetes and others that run more at once than a matrix may have jobs. */
const MOST_PARTS = 100_000;
/** The shard, from 1, in which a name is: the same wherever it is asked, whatever other names there are. */
function shardOf(name, count) {
    const hash = (0,_base_crypto_js__WEBPACK_IMPORTED_MODULE_1__/* .loadCrypto */ .Q)().createHash('sha256').update(name).digest();
    return (hash.readUInt32BE(0) % count) + 1;
}
/** How many shards a matrix has for so many mirrors, where nobody says it. */
function defaultShardCount(mirrors) {
    return Math.min(DEFAULT_MOST_SHARDS, Math.ceil(mirrors / MIRRORS_PER_SHARD));
}
/** Variables by which engines tell a process which of several it is. */
const ENGINES = [
    { index: 'JOB_COMPLETION_INDEX', first: 0, count: ['KALANDRA_SHARDS'] },
    { index: 'CI_NODE_INDEX', first: 1, count: ['CI_NODE_TOTAL'] },
    { index: 'AWS_BATCH_JOB_ARRAY_INDEX', first: 0, count: ['AWS_BATCH_JOB_ARRAY_SIZE', 'KALANDRA_SHARDS'] },
    { index: 'NOMAD_ALLOC_INDEX', first: 0, count: ['KALANDRA_SHARDS'] },
];
/**
 * Reads `I/N`, or `auto` by the variables of Kubernetes (Indexed Job), GitLab CI (`parallel`), AWS Batch and Nomad.
 * @throws MirrorError `usage` that names `label`
 */
function readShard(text, env, label) {
    if (text.trim().toLowerCase() === 'auto')
        return readAuto(env, label);
    const parts = /^(\d{1,6})\/(\d{1,6})$/.exec(text.trim());
    const index = Number(parts?.[1]);
    const count = Number(parts?.[2]);
    if (index >= 1 && index <= count && count <= MOST_PARTS)
        return { index, count };
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${label}: this is not a shard`, {
        code: 'usage',
        hint: 'Write I/N, such as 3/20 for the third of twenty, or auto.',
    });
}
function readAuto(env, label) {
    const engine = ENGINES.find(({ index }) => (env[index] ?? '') !== '');
    if (engine === undefined) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${label}: auto finds none of ${ENGINES.map(({ index }) => index).join(', ')}`, {
            code: 'usage',
            hint: 'Write I/N where no engine says which part of the fleet a process has.',
        });
    }
    const named = engine.count.find((name) => (env[name] ?? '') !== '');
    const index = readWhole(env, engine.index, label) + 1 - engine.first;
    const count = named === undefined ? Number.NaN : readWhole(env, named, label);
    if (named === undefined) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${label}: auto finds ${engine.index}, and not ${engine.count[0]}`, {
            code: 'usage',
            hint: `Set ${engine.count.at(-1)} to the number of shards.`,
        });
    }
    if (index >= 1 && index <= count && count <= MOST_PARTS)
        return { index, count };
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${label}: ${engine.index} is ${env[engine.index]}, and ${named} is ${env[named]}`, {
        code: 'usage',
        hint: 'There are fewer shards than processes: give both the same number.',
    });
}
function readWhole(env, name, label) {
    const text = env[name]?.trim() ?? '';
    if (/^\d{1,6}$/.test(text))
        return Number(text);
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${label}: ${name} is not a whole number`, { code: 'usage' });
}


/***/ }),

/***/ 12864:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Po: () => (/* binding */ pickConfigs),
/* harmony export */   Wx: () => (/* binding */ readConfigFiles),
/* harmony export */   a5: () => (/* binding */ inlineConfig),
/* harmony export */   e6: () => (/* binding */ readConfigPath),
/* harmony export */   mO: () => (/* binding */ isInline)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(86815);
/* harmony import */ var _config_read_yaml_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(24750);





/** Whether an input is the text of a config, and no list of paths: one of its lines has a key. */
function isInline(config) {
    return config.split(/\r\n|\r|\n/).some((line) => /^[^#]*:(?:\s|$)|^\s*[{[]/.test(line));
}
/** A config that stands in the input itself; relative paths in it begin at `folder`. */
function inlineConfig(text, folder) {
    return { text, name: 'config', folder };
}
/**
 * Reads config files; of a folder those that end in `.yml` or `.yaml`, in the order of their names. Relative paths in a
 * file begin at its own folder.
 * @throws MirrorError `usage` that names the path; with `cause.code` of the system
 */
function readConfigFiles(paths, folder = process.cwd()) {
    return paths.flatMap((path) => readConfigPath(path, folder));
}
/** One of them. @throws MirrorError as `readConfigFiles` */
function readConfigPath(path, folder) {
    try {
        const whole = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(path) ? path : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, path);
        if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(whole).isDirectory())
            return [readConfigFile(path, whole)];
        const names = pickConfigs((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(whole), path);
        return names.map((name) => readConfigFile((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, name), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(whole, name)));
    }
    catch (thrown) {
        if (thrown instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MirrorError */ .En)
            throw thrown;
        const code = thrown.code ?? 'no reason given';
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MirrorError */ .En(`${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printableLine */ .oy)(path, 300)}: the file can't be read (${code})`, {
            code: 'usage',
            hint: 'Give the path of a config file, or of a folder of them.',
            cause: thrown,
        });
    }
}
/** The config files among the names of a folder, sorted. @throws MirrorError `usage` where there is none */
function pickConfigs(names, folder) {
    const found = names.filter((name) => /^[^.].*\.ya?ml$/i.test(name)).toSorted();
    if (found.length > 0)
        return found;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MirrorError */ .En(`${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printableLine */ .oy)(folder, 300)}: this folder has no config file`, {
        code: 'usage',
        hint: 'Its files have to end in .yml or .yaml.',
    });
}
function readConfigFile(path, whole) {
    const name = (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printableLine */ .oy)(path, 300);
    return { text: readLimited(whole, name), name, folder: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(whole)) };
}
function readLimited(path, name) {
    const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, 'r');
    try {
        if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fstatSync)(descriptor).size > _config_read_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .MOST_CONFIG_BYTES */ .zX)
            throw (0,_config_read_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .tooLarge */ .g$)(name);
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(descriptor, 'utf8');
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
    }
}


/***/ }),

/***/ 95777:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ inTurn)
/* harmony export */ });
/** Names in the order in which they run: what failed last time first, then what has waited longest for a success, then by name. */
function inTurn(names, recordOf) {
    const ranked = names.map((name) => {
        const { status, lastSuccess } = recordOf(name);
        const hasFailed = status === 'failed' || status === 'rejected';
        return { name, rank: hasFailed ? 0 : 1, since: lastSuccess ?? 0 };
    });
    return ranked
        .toSorted((a, b) => a.rank - b.rank || a.since - b.since || (a.name < b.name ? -1 : 1))
        .map(({ name }) => name);
}


/***/ }),

/***/ 56263:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VK: () => (/* binding */ chooseLogin),
/* harmony export */   cg: () => (/* binding */ mayCarryLogin),
/* harmony export */   rY: () => (/* binding */ encodeBasic)
/* harmony export */ });
/* unused harmony export DEFAULT_USERNAME */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);

/** The user name that hosts expect beside a token when none is given. */
const DEFAULT_USERNAME = 'x-access-token';
/**
 * The login for an HTTP server: the token, else the password that stood in the address, which is empty where a token
 * stands in place of the user (`https://TOKEN:@host`). A user name alone is none, because the clone addresses that some
 * hosts print carry one and are readable without a login.
 */
function chooseLogin(credentials, address) {
    const password = credentials.token || address.password;
    if (password === undefined || (password === '' && !address.username))
        return undefined;
    const username = (password === '' ? address.username : undefined) ||
        credentials.username ||
        address.username ||
        DEFAULT_USERNAME;
    return { username, password };
}
/** The `Authorization` value of RFC 7617. @throws MirrorError `usage` for a user name with a colon. */
function encodeBasic(login) {
    if (login.username.includes(':')) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En('the user name holds a colon, which HTTP Basic cannot carry', {
            code: 'usage',
            hint: 'Give the user name alone, and the token or password separately.',
        });
    }
    return `Basic ${Buffer.from(`${login.username}:${login.password}`, 'utf8').toString('base64')}`;
}
/**
 * Whether a login for `home` may be sent to `target`: the same scheme, host and port, or the same host after
 * a step up from http to https on the usual ports. Any other place may belong to someone else.
 */
function mayCarryLogin(home, target) {
    if (home.hostname !== target.hostname)
        return false;
    if (home.protocol === target.protocol)
        return home.port === target.port;
    return home.protocol === 'http:' && target.protocol === 'https:' && home.port === '' && target.port === '';
}


/***/ }),

/***/ 32227:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ identity),
/* harmony export */   r: () => (/* binding */ canonicalHost)
/* harmony export */ });
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73136);

/** Names under which a hosting service is reached by other ports, and the name that its repositories have. */
const SAME_HOSTS = {
    'ssh.github.com': 'github.com',
    'www.github.com': 'github.com',
    'altssh.gitlab.com': 'gitlab.com',
    'altssh.bitbucket.org': 'bitbucket.org',
    'ssh.dev.azure.com': 'dev.azure.com',
    'vs-ssh.visualstudio.com': 'dev.azure.com',
};
/** Hosts to which `Owner/Name` and `owner/name` are one repository; one that begins with a dot ends a name. */
const CASELESS_HOSTS = [
    'github.com',
    '.ghe.com',
    'gitlab.com',
    'bitbucket.org',
    'codeberg.org',
    'gitea.com',
    'dev.azure.com',
];
const USUAL_PORTS = { https: 443, http: 80, git: 9418 };
/**
 * Which repository an address names, whatever the way to it: `github.com/owner/name`. Two addresses with one identity
 * are one repository. Scheme, user, usual ports, `.git`, slashes at the end, percent-encoding and a query do not count;
 * case does not count at the hosts that are known to ignore it. An ssh port does not count where the host has a name:
 * a service has its ssh where it likes. It counts for IP addresses and `localhost`, where each port is a server of
 * its own. Pure: asks no server. Holds no secret.
 */
function identity(url) {
    if (url.scheme === 'file')
        return `file:${trimFolder(url.path)}`;
    const host = canonicalHost(url.host);
    const path = trimPath(url.scheme === 'ssh' || url.scheme === 'git' ? url.path : decodePath(url.url.pathname));
    const azure = azurePath(url.host.toLowerCase(), path);
    if (azure !== undefined)
        return `dev.azure.com/${azure.toLowerCase()}`;
    const port = portOf(url);
    const place = `${host.includes(':') ? `[${host}]` : host}${port === undefined ? '' : `:${port}`}`;
    if (isCaseless(host))
        return `${place}/${path.toLowerCase()}`;
    // Bitbucket Data Center has `scm/` before the paths of http alone, and ignores case in them.
    const scm = /^scm\/([^/]+\/[^/]+)$/i.exec(path)?.[1];
    return `${place}/${scm ?? path}`;
}
/** The name of a host's repositories and credentials: lower case, ASCII, no dot at the end, `ssh.github.com` as `github.com`. */
function canonicalHost(host) {
    const name = host.toLowerCase().replace(/\.$/, '');
    const ascii = /[^\u0000-\u007f]/.test(name) ? (0,node_url__WEBPACK_IMPORTED_MODULE_0__.domainToASCII)(name) || name : name;
    return SAME_HOSTS[ascii] ?? ascii;
}
function portOf(url) {
    if (url.scheme === 'ssh')
        return isNumbered(url.host) && url.port !== 22 ? url.port : undefined;
    return url.port === USUAL_PORTS[url.scheme] ? undefined : url.port;
}
function isNumbered(host) {
    return host === 'localhost' || host.includes(':') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);
}
function isCaseless(host) {
    return CASELESS_HOSTS.some((known) => (known.startsWith('.') ? host.endsWith(known) : host === known));
}
/** `organisation/project/repository` of each form that Azure has; undefined: not Azure's. */
function azurePath(host, path) {
    if (host === 'ssh.dev.azure.com' || host === 'vs-ssh.visualstudio.com') {
        return /^v3\/([^/]+\/[^/]+\/[^/]+)$/.exec(path)?.[1];
    }
    const organisation = /^([a-z0-9-]+)\.visualstudio\.com$/.exec(host)?.[1];
    const whole = organisation === undefined ? path : `${organisation}/${path.replace(/^DefaultCollection\//i, '')}`;
    if (organisation === undefined && host !== 'dev.azure.com')
        return undefined;
    // Without a project, the repository has its project's name.
    const parts = /^([^/]+)\/(?:([^/]+)\/)?_git\/([^/]+)$/i.exec(whole);
    return parts === null ? undefined : `${parts[1]}/${parts[2] ?? parts[3]}/${parts[3]}`;
}
function trimPath(path) {
    return path
        .replaceAll(/\/{2,}/g, '/')
        .replace(/^\//, '')
        .replace(/\/+$/, '')
        .replace(/\.git$/i, '')
        .replace(/\/+$/, '');
}
function trimFolder(path) {
    const folder = path
        .replaceAll('\\', '/')
        .replace(/\/+$/, '')
        .replace(/\/\.git$/, '');
    return folder.replace(/\.git$/, '');
}
function decodePath(path) {
    try {
        return decodeURIComponent(path);
    }
    catch {
        return path;
    }
}


/***/ }),

/***/ 15770:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ createConnections)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);

const DEFAULT_SOCKETS_PER_HOST = 8;
/** For a round: given to each `openRemote`, and disposed of after the last of them. */
function createConnections(options = {}) {
    const kept = new Map();
    let over = false;
    return {
        socketsPerHost: options.socketsPerHost ?? DEFAULT_SOCKETS_PER_HOST,
        share(key, make) {
            if (over)
                throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En('the connections were closed', { code: 'cancelled' });
            const found = kept.get(key) ?? make();
            kept.set(key, found);
            return found;
        },
        async dispose() {
            over = true;
            const all = [...kept.values()];
            kept.clear();
            await Promise.all(all.map((shared) => shared.dispose()));
        },
    };
}


/***/ })

};
