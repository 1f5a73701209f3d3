import assert from "node:assert/strict";
import { projectFiles, readProjectFile } from "./source-files";

const TEXT = /\.(ts|js|cjs|mjs|json|ya?ml|md|html|svg|txt)$|(^|\/)(\.[a-z]+rc|\.editorconfig|LICENSE|run)$/;
const GENERATED = ["package-lock.json"];

/** What must not stand in any file, and what to write instead. */
const BANNED: readonly { pattern: RegExp; instead: string; only?: RegExp }[] = [
  {
    pattern: /(^|[\s"'`(=])\/(work|root|home|Users|tmp\/[a-z])\//m,
    instead: "a path relative to the project",
  },
  {
    pattern: /registry\.npmjs\.org|pypi\.org|proxy\.golang\.org|index\.crates\.io/,
    instead: "a package name",
  },
  { pattern: /\b(TODO|FIXME|XXX)\b/, instead: "the finished thing, or a line among the limits" },
  {
    pattern: /\b(it|describe)\.(only|skip)\(/,
    instead: "this.skip() with the reason in the title",
    only: /^test\//,
  },
  { pattern: /: any\b|\bas any\b|<any>/, instead: "unknown and a check", only: /\.ts$/ },
];

const files = projectFiles().filter((file) => TEXT.test(file) && !GENERATED.includes(file));

describe("repo/tidy", () => {
  it("holds no machine path, registry host, leftover or untyped hole", () => {
    const found = files
      .filter((file) => file !== "test/repo/tidy.test.ts")
      .flatMap((file) => {
        const text = readProjectFile(file);
        return BANNED.filter(({ pattern, only }) => (only?.test(file) ?? true) && pattern.test(text)).map(
          ({ pattern, instead }) => `${file}: ${pattern.exec(text)?.[0].trim()} is banned, use ${instead}`,
        );
      });
    assert.deepEqual(found, []);
  });

  it("keeps files short enough to be read", () => {
    const long = files
      .filter((file) => /\.(ts|js)$/.test(file))
      .map((file) => ({ file, lines: readProjectFile(file).split("\n").length }))
      .filter(({ lines }) => lines > 420)
      .map(({ file, lines }) => `${file}: ${lines} lines`);
    assert.deepEqual(long, []);
  });

  it("has no folder for odds and ends", () => {
    assert.deepEqual(
      files.filter((file) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.ts$)/.test(file)),
      [],
    );
  });

  it("names files in kebab case", () => {
    const odd = files
      .filter((file) => /\.(ts|js)$/.test(file))
      .filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.(ts|js)$/.test(file.split("/").at(-1) ?? ""));
    assert.deepEqual(odd, []);
  });

  it("uses example.com for every domain name of its own", () => {
    const settings = files.filter((file) => /^Pulumi\..*ya?ml$/.test(file));
    const names = settings.flatMap((file) =>
      [...readProjectFile(file).matchAll(/(?:domainName|hostedZoneName):\s*"?([a-z0-9.-]+)"?\s*$/gm)].map(
        (match) => match[1] ?? "",
      ),
    );
    assert.deepEqual(
      names.filter((name) => !name.endsWith("example.com")),
      [],
    );
  });
});
