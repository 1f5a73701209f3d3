/** One file of a site as it is served. */
export interface SiteFile {
  /** Path below the site's root, with slashes, such as `images/logo.svg`; no slash in front. */
  readonly key: string;
  readonly contentType: string;
  readonly cacheControl: string;
}

/** Media types by extension (IANA media types registry); texts say their encoding, which is UTF-8. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  atom: "application/atom+xml; charset=utf-8",
  avif: "image/avif",
  css: "text/css; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  gif: "image/gif",
  htm: "text/html; charset=utf-8",
  html: "text/html; charset=utf-8",
  ico: "image/vnd.microsoft.icon",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  map: "application/json",
  md: "text/markdown; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  otf: "font/otf",
  pdf: "application/pdf",
  png: "image/png",
  rss: "application/rss+xml; charset=utf-8",
  svg: "image/svg+xml; charset=utf-8",
  ttf: "font/ttf",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  webm: "video/webm",
  webmanifest: "application/manifest+json",
  webp: "image/webp",
  woff: "font/woff",
  woff2: "font/woff2",
  xml: "application/xml; charset=utf-8",
  zip: "application/zip",
};

/** What everything else is: downloaded, never guessed at. */
export const UNKNOWN_CONTENT_TYPE = "application/octet-stream";

/** The media type by the last extension, in either case. */
export function contentTypeOf(key: string): string {
  const extension = extensionOf(key);
  return Object.hasOwn(CONTENT_TYPES, extension)
    ? (CONTENT_TYPES[extension] ?? UNKNOWN_CONTENT_TYPE)
    : UNKNOWN_CONTENT_TYPE;
}

/** What a visitor names in the address bar or a crawler asks for; a new edition is to be seen soon. */
const DOCUMENTS = new Set(["atom", "htm", "html", "json", "md", "rss", "txt", "webmanifest", "xml", ""]);
const DOCUMENT_SECONDS = 60;
/** Parts of pages: style, script, images, fonts. */
const PART_SECONDS = 86_400;
const YEAR_SECONDS = 31_536_000;

/**
 * A name with a hash of its content, as bundlers write it: at least eight hexadecimal digits between separators, of
 * both kinds. Figures alone are a date or a number, letters alone a word.
 */
const HASHED = /[.-](?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,64}\.\w+$/i;

/**
 * How long browsers and CloudFront keep a file: a hashed name for a year, since another content has another name;
 * a part of a page for a day; a page for a minute.
 */
export function cacheControlOf(key: string): string {
  if (DOCUMENTS.has(extensionOf(key))) return `public, max-age=${DOCUMENT_SECONDS}`;
  return HASHED.test(key) ? `public, max-age=${YEAR_SECONDS}, immutable` : `public, max-age=${PART_SECONDS}`;
}

/** The files of a site in the order of their keys. */
export function siteFiles(keys: readonly string[]): SiteFile[] {
  return [...keys]
    .sort()
    .map((key) => ({ key, contentType: contentTypeOf(key), cacheControl: cacheControlOf(key) }));
}

/** In lower case; empty where the name has none, or begins with its only dot. */
function extensionOf(key: string): string {
  const name = key.slice(key.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : "";
}
