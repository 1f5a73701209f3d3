import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readSiteFolder, SITE_BYTES_MAX, SITE_FILES_MAX, sitePagesIn } from "../../stacks/site-folder";

const PROJECT = path.join(__dirname, "../..");

describe("stacks/site-folder", () => {
  let project: string;
  beforeEach(() => {
    project = mkdtempSync(path.join(tmpdir(), "site-folder-"));
  });
  afterEach(() => rmSync(project, { recursive: true, force: true }));

  /** Writes files of a folder `site`; a path ending in a slash is an empty folder. */
  const write = (...keys: string[]) => {
    for (const key of keys) {
      const file = path.join(project, "site", key);
      mkdirSync(key.endsWith("/") ? file : path.dirname(file), { recursive: true });
      if (!key.endsWith("/")) writeFileSync(file, key);
    }
  };
  const read = (...required: string[]) => readSiteFolder("site", required, project);
  const keysRead = () => {
    const folder = read();
    return folder.kind === "pages" ? folder.pages.map(({ key }) => key) : folder.message;
  };
  const refusal = (what: string, lever: string) => ({
    kind: "refused",
    message: `the site's folder is site, but ${what}; allowed: a folder of the project with the site's files; ${lever}`,
  });

  it("reads every file below it, by keys with slashes and in their order", () => {
    write("index.html", "b/c/deep.css", "b/a.js", ".well-known/security.txt", "empty/");
    assert.deepEqual(keysRead(), [".well-known/security.txt", "b/a.js", "b/c/deep.css", "index.html"]);
  });

  it("gives each page its type, its age and its file from where the program runs", () => {
    write("index.html");
    assert.deepEqual(read("index.html"), {
      kind: "pages",
      pages: [
        {
          key: "index.html",
          contentType: "text/html; charset=utf-8",
          cacheControl: "public, max-age=60",
          content: {
            kind: "file",
            path: path.relative(process.cwd(), path.join(project, "site/index.html")),
          },
        },
      ],
    });
  });

  it("leaves out what begins with a dot, but not .well-known", () => {
    write("index.html", ".DS_Store", ".git/HEAD", ".well-known/a", ".well-known/.b", "sub/.cache/c");
    assert.deepEqual(keysRead(), [".well-known/a", "index.html"]);
  });

  it("refuses a folder that is not there", () => {
    assert.deepEqual(read(), refusal("there is none", "create it, or correct the name"));
  });

  it("refuses a file in the folder's place", () => {
    writeFileSync(path.join(project, "site"), "");
    assert.deepEqual(read(), refusal("it is no folder", "name the folder around the file"));
  });

  it("refuses a folder without a page that it needs, the first missing one named", () => {
    write("index.html", "sub/error.html");
    assert.deepEqual(
      read("index.html", "error.html"),
      refusal("it has no error.html", "add the file, or name the folder that holds it"),
    );
    assert.equal(read("index.html", "sub/error.html").kind, "pages");
  });

  it("follows a link to a file inside the folder only", () => {
    write("index.html");
    symlinkSync("index.html", path.join(project, "site/home.html"));
    assert.deepEqual(keysRead(), ["home.html", "index.html"]);
    writeFileSync(path.join(project, "secret"), "");
    symlinkSync("../secret", path.join(project, "site/leak.txt"));
    assert.deepEqual(read(), refusal("leak.txt is a link to no file inside it", "put the file itself there"));
  });

  for (const [what, target] of [
    ["nothing", "nowhere"],
    ["the folder itself", "."],
    ["a folder beside it whose name begins alike", "../site-private/key"],
  ] as const) {
    it(`refuses a link to ${what}`, () => {
      write("index.html");
      mkdirSync(path.join(project, "site-private"));
      writeFileSync(path.join(project, "site-private/key"), "");
      symlinkSync(target, path.join(project, "site/link"));
      assert.deepEqual(read(), refusal("link is a link to no file inside it", "put the file itself there"));
    });
  }

  it(`takes ${SITE_FILES_MAX} files and refuses one more`, () => {
    write(...Array.from({ length: SITE_FILES_MAX }, (_, index) => `${index}.txt`));
    assert.equal(read().kind, "pages");
    write("one-more.txt");
    assert.deepEqual(read(), refusal(`it has ${SITE_FILES_MAX + 1} files`, `keep to ${SITE_FILES_MAX}`));
  });

  it(`takes ${SITE_BYTES_MAX} bytes and refuses one more`, () => {
    write("a.bin", "b.bin");
    const grow = (key: string, bytes: number) => truncateSync(path.join(project, "site", key), bytes);
    grow("a.bin", SITE_BYTES_MAX - 5);
    assert.equal(read().kind, "pages");
    grow("b.bin", 6);
    assert.deepEqual(
      read(),
      refusal(`its files have ${SITE_BYTES_MAX + 1} bytes together`, `keep to ${SITE_BYTES_MAX}`),
    );
  });

  it("takes a key of 1,024 bytes and refuses one more, counted in UTF-8", () => {
    const name = "n".repeat(200);
    const folder = Array(5).fill(name).join("/");
    const key = (length: number) => `${folder}/${"x".repeat(length - folder.length - 1)}`;
    write(key(1_024));
    assert.equal(read().kind, "pages");
    const long = `${folder}/${"x".repeat(1_024 - folder.length - 2)}ä`;
    rmSync(path.join(project, "site"), { recursive: true });
    write(long);
    const last = long.split("/").at(-1);
    assert.deepEqual(read(), refusal(`the path of ${last} has 1025 bytes`, "keep to 1024"));
  });

  it("throws the one line where a program asks for the pages", () => {
    assert.throws(() => sitePagesIn("no-such-site", []), {
      name: "Error",
      message:
        "the site's folder is no-such-site, but there is none; allowed: a folder of the project with the site's files; create it, or correct the name",
    });
  });

  it("reads the project's own site, which loads nothing from elsewhere", () => {
    const pages = sitePagesIn("site", ["index.html", "error.html"]);
    assert.deepEqual(
      pages.map(({ key }) => key),
      ["error.html", "index.html", "mark.svg", "robots.txt", "style.css"],
    );
    for (const { key } of pages) {
      const text = readFileSync(path.join(PROJECT, "site", key), "utf8");
      const elsewhere = text.match(/(?:src|href)="(?!\/)[^"]*"|url\([^)]*\)|@import|<script|style="/g) ?? [];
      assert.deepEqual(elsewhere, [], key);
    }
  });
});
