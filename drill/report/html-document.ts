import { STYLE } from "./html-style";
import { escaped } from "./html-text";

/** A whole page in one file that opens offline: without scripts, fonts or addresses of its own. */
export function htmlDocument(title: string, mainHtml: string, command: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
${mainHtml}
<footer>
<h2>Play it again</h2>
<code class="command">${escaped(command)}</code>
</footer>
</main>
</body>
</html>
`;
}
