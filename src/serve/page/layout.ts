import { html as markup } from 'hono/html'

/** Text of a page, escaped. */
export type Html = ReturnType<typeof markup>

/** Seconds after which a browser without scripts asks again. */
const REFRESH_SECONDS = 15

export function renderLayout(page: {
  readonly title: string
  readonly now: string
  readonly isSignedIn: boolean
  readonly version: string
  readonly main: Html
}): Html {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${page.title}</title>
<link rel="stylesheet" href="/style.css" />
<link rel="icon" href="data:," />
<noscript><meta http-equiv="refresh" content="${REFRESH_SECONDS}" /></noscript>
<script src="/page.js" defer></script>
</head>
<body>
<header>
<a class="home" href="/">Kalandra</a>
<span class="version">${page.version}</span>
${page.isSignedIn ? '' : markup`<a class="login" href="/login">Sign in</a>`}
</header>
${page.main}
<footer>As of <time>${page.now}</time></footer>
</body>
</html> `
}
