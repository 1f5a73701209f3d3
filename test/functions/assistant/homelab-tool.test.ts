import assert from "node:assert/strict";
import { parseHomelabTools } from "../../../functions/assistant/homelab-tool";

const LIGHTS = { name: "lights", host: "100.64.0.10", port: 8123, path: "/api/assistant" };

function lines(list: unknown): readonly string[] {
  const parsed = parseHomelabTools(JSON.stringify(list));
  return parsed.kind === "wrong" ? parsed.lines : [];
}

describe("functions/assistant/homelab-tool", () => {
  it("reads a registry; the path is / unless given", () => {
    const { path: _, ...bare } = LIGHTS;
    assert.deepEqual(parseHomelabTools(JSON.stringify([LIGHTS, { ...bare, name: "media" }])), {
      kind: "ok",
      value: [LIGHTS, { ...bare, name: "media", path: "/" }],
    });
    assert.deepEqual(parseHomelabTools("[]"), { kind: "ok", value: [] });
  });

  it("takes hosts of the tailnet only, where plain HTTP is encrypted", () => {
    const good = ["100.64.0.0", "100.127.255.255", "127.0.0.1", "nas", "nas.tail1234.ts.net"];
    const bad = ["100.63.255.255", "100.128.0.0", "100.64.0.256", "10.0.0.1", "8.8.8.8", "nas.example.com"];
    const worse = [
      "ts.net.example.com",
      "nas.ts.net/x",
      "",
      "-nas",
      7,
      "0x7f000001.example.com",
      "134744072",
    ];
    for (const host of good) assert.deepEqual(lines([{ ...LIGHTS, host }]), [], String(host));
    for (const host of [...bad, ...worse]) assert.equal(lines([{ ...LIGHTS, host }]).length, 1, String(host));
  });

  it("limits name, port, path and number, on both sides", () => {
    const count = (more: object) => lines([{ ...LIGHTS, ...more }]).length;
    assert.deepEqual(
      [
        { name: "l".repeat(20) },
        { name: "l".repeat(21) },
        { name: "1x" },
        { port: 1 },
        { port: 0 },
        { port: 65_535 },
        { port: 65_536 },
        { port: 1.5 },
        { path: "/" },
        { path: "x" },
        { path: "/a?b" },
        { key: "x" },
      ].map(count),
      [0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1],
    );
    const many = (length: number) => Array.from({ length }, (_, index) => ({ ...LIGHTS, name: `t${index}` }));
    assert.deepEqual(lines(many(10)), []);
    assert.deepEqual(lines(many(11)), ["not a list of at most 10 tools"]);
  });

  it("refuses what is no registry and two tools of one name", () => {
    assert.deepEqual(parseHomelabTools("{"), {
      kind: "wrong",
      lines: ["not valid JSON; allowed: a list of tools"],
    });
    assert.deepEqual(lines({}), ["not a list of at most 10 tools"]);
    assert.deepEqual(lines([null]), ["tool 1 is not an object with name, host, port, path"]);
    assert.deepEqual(lines([LIGHTS, LIGHTS]), ['two tools are called "lights"']);
  });
});
