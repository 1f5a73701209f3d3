import assert from "node:assert/strict";
import { type ServerHost, wrongHostLines } from "../../../stacks/web-server/server-host";
import { HOST } from "./server-host-fixture";

describe("stacks/web-server/server-host", () => {
  const lines = (change: Partial<ServerHost>) => wrongHostLines({ ...HOST, ...change });
  const files = (...paths: string[]) => ["index.html", ...paths].map((path) => ({ path, content: "x" }));

  it("has nothing to say of a good host", () => {
    assert.deepEqual(lines({}), []);
    assert.deepEqual(lines({ files: files("a/b/c/d/e/f.css", "robots.txt") }), []);
  });

  it("refuses names with anything that a shell or nginx would read as more than text", () => {
    for (const hostName of [
      "",
      "web",
      "Web.example.com",
      "web.example.com;",
      "$(id).example.com",
      "a b.example.com",
    ]) {
      assert.deepEqual(lines({ hostName }), [
        `hostName is ${JSON.stringify(hostName)}; allowed: a host name in small letters`,
      ]);
    }
  });

  it("refuses health paths that are no plain file", () => {
    for (const healthPath of [
      "health",
      "/",
      "/health/",
      "/../etc",
      "/a {",
      "/Health",
      `/${"a".repeat(64)}`,
    ]) {
      assert.equal(lines({ healthPath }).length, 1, healthPath);
    }
    assert.deepEqual(lines({ healthPath: `/${"a".repeat(63)}` }), []);
  });

  it("refuses files outside the root, twice the same, without an index, or in the place of the health file", () => {
    assert.deepEqual(lines({ files: files("../passwd") }), [
      `a file's path is "../passwd"; allowed: letters, digits, . - _ and / below the root`,
    ]);
    assert.deepEqual(lines({ files: files("a.css", "a.css") }), [
      `a file's path is "a.css"; allowed: each path once`,
    ]);
    assert.deepEqual(lines({ files: [] }), ["files has no index.html; allowed: a page for /"]);
    assert.deepEqual(lines({ files: files("health") }), [
      'healthPath is "/health"; allowed: a path that no file of the site has',
    ]);
  });
});
