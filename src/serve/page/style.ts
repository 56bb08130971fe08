/** The one style sheet: light and dark by what the reader prefers, readable at 320 pixels. */
export const STYLE = `:root{--back:#fff;--text:#1b1f24;--soft:#57606a;--line:#d0d7de;--link:#0550ae;--bad:#a40e26;--warn:#7d4e00;--good:#116329;--run:#0550ae;--panel:#f6f8fa}
@media(prefers-color-scheme:dark){:root{--back:#0d1117;--text:#e6edf3;--soft:#9da7b3;--line:#30363d;--link:#79c0ff;--bad:#ff8f87;--warn:#e3b341;--good:#56d364;--run:#79c0ff;--panel:#161b22}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:80rem;padding:0 1rem 2rem;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif}
tbody th,small,dd,pre,h1,.now{overflow-wrap:anywhere}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
header{display:flex;gap:.75rem;align-items:baseline;padding:.75rem 0;border-bottom:1px solid var(--line)}
.home{font-weight:700;font-size:1.1rem;color:var(--text);text-decoration:none}
.version,footer{color:var(--soft)}
.login{margin-left:auto}
nav{margin-top:.75rem}
h1{font-size:1.5rem;margin:1rem 0 .5rem}
h2{font-size:1.15rem;margin:1.5rem 0 .5rem}
.counts,.now{list-style:none;padding:0;margin:.5rem 0;display:flex;flex-wrap:wrap;gap:.25rem 1rem}
.now{display:block}
.filter{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:1rem 0}
.shown{color:var(--soft)}
input,select,button{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--soft);border-radius:6px;padding:.25rem .6rem;min-height:2rem}
button{cursor:pointer;white-space:nowrap}
button:disabled{cursor:not-allowed;opacity:.55}
table{width:100%;border-collapse:collapse}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line);font-weight:400}
thead th{font-weight:600;color:var(--soft);white-space:nowrap}
tbody th>a{font-weight:600}
small{display:block;color:var(--soft);font-size:.875rem}
small.error,.failed .sign,a.failed,.rejected .sign,a.rejected{color:var(--bad)}
.skipped .sign,a.skipped,.unknown .sign,.paused .sign{color:var(--warn)}
.well .sign,a.well{color:var(--good)}
.running .sign,a.running{color:var(--run)}
.sign{display:inline-block;width:1.2em;font-weight:700}
.mirrors .failed>td:nth-child(2)::before{content:'✕ ';content:'✕ '/'';color:var(--bad);font-weight:700}
.mirrors .rejected>td:nth-child(2)::before{content:'! ';content:'! '/'';color:var(--bad);font-weight:700}
.mirrors .skipped>td:nth-child(2)::before{content:'– ';content:'– '/'';color:var(--warn);font-weight:700}
.mirrors .running>td:nth-child(2)::before{content:'▶ ';content:'▶ '/'';color:var(--run);font-weight:700}
.mirrors .waiting>td:nth-child(2)::before{content:'… ';content:'… '/'';color:var(--run);font-weight:700}
.mirrors .unknown>td:nth-child(2)::before{content:'? ';content:'? '/'';color:var(--warn);font-weight:700}
.mirrors .paused>td:nth-child(2)::before{content:'‖ ';content:'‖ '/'';color:var(--warn);font-weight:700}
.mirrors .well>td:nth-child(2)::before{content:'✓ ';content:'✓ '/'';color:var(--good);font-weight:700}
small.remedy{color:var(--text)}
.status{font-size:1.1rem}
.actions{display:flex;flex-wrap:wrap;gap:.5rem}
dl{margin:1rem 0}
dl div{display:grid;grid-template-columns:9rem 1fr;gap:.5rem;padding:.25rem 0;border-bottom:1px solid var(--line)}
dt{color:var(--soft)}
dd{margin:0}
.charts{display:flex;flex-wrap:wrap;gap:1rem}
figure{margin:0;flex:1 1 18rem}
figcaption{color:var(--soft)}
.chart{width:100%;height:auto;display:block}
.chart .axis{stroke:var(--line)}
.chart .well rect{fill:var(--good)}
.chart .failed rect,.chart .failed text{fill:var(--bad)}
.chart text{font-size:10px}
pre{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.75rem;overflow:auto;max-height:24rem;white-space:pre-wrap}
.scroll{overflow-x:auto}
.scroll td,.scroll th{white-space:nowrap}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media(max-width:45rem){.mirrors tr>:nth-child(4),.mirrors tr>:nth-child(5){display:none}dl div{grid-template-columns:1fr;gap:0}th,td{padding-right:.5rem}}
@media(max-width:30rem){body{padding:0 .75rem 1.5rem}thead th{white-space:normal}td button{padding:.25rem .4rem}}
`
