import assert from "node:assert/strict";
import { judgeProbe, judgeTargetProbe, type ProbeObservation } from "../../../rehearsal/simulation/probe";

const GOOD: ProbeObservation = { connectMs: 20, responseMs: 30, status: 200 };
const HTTP = { type: "HTTP" } as const;
const HTTPS = { type: "HTTPS" } as const;
const TCP = { type: "TCP" } as const;
const STRING = { type: "HTTPS_STR_MATCH", searchString: "service ok" } as const;

describe("judgeProbe, connection", () => {
  it("allows HTTP and HTTPS 4.000 s and not a millisecond more", () => {
    for (const check of [HTTP, HTTPS, { ...STRING, type: "HTTP_STR_MATCH" as const }, STRING]) {
      const searched = { ...GOOD, bodyMs: 0, body: "service ok" };
      assert.equal(judgeProbe(check, { ...searched, connectMs: 4_000 }).passed, true);
      assert.deepEqual(judgeProbe(check, { ...searched, connectMs: 4_001 }), {
        passed: false,
        why: "no connection within 4 s",
        tookMs: 4_000,
      });
    }
  });

  it("allows TCP 10.000 s and asks for nothing else", () => {
    assert.deepEqual(judgeProbe(TCP, { connectMs: 10_000 }), {
      passed: true,
      why: "connected",
      tookMs: 10_000,
    });
    assert.deepEqual(judgeProbe(TCP, { connectMs: 10_001 }), {
      passed: false,
      why: "no connection within 10 s",
      tookMs: 10_000,
    });
  });

  it("takes a whole limit for a timeout and no time for a refusal", () => {
    assert.deepEqual(judgeProbe(HTTPS, { connectMs: "timeout" }), {
      passed: false,
      why: "no connection within 4 s",
      tookMs: 4_000,
    });
    const refused = (tookMs: number) => ({ passed: false, why: "connection refused", tookMs });
    assert.deepEqual(judgeProbe(HTTPS, { connectMs: "refused", refusedMs: 35 }), refused(35));
    assert.deepEqual(judgeProbe(HTTPS, { connectMs: "refused" }), refused(0));
  });
});

describe("judgeProbe, response", () => {
  it("must come within 2.000 s of the connection, however long that took", () => {
    const slow = { connectMs: 4_000, responseMs: 2_000, status: 200 };
    assert.deepEqual(judgeProbe(HTTP, slow), { passed: true, why: "status 200", tookMs: 6_000 });
    assert.deepEqual(judgeProbe(HTTP, { ...slow, responseMs: 2_001 }), {
      passed: false,
      why: "no response within 2 s",
      tookMs: 6_000,
    });
  });

  it("takes the full six seconds when it connects at the last moment and never comes", () => {
    assert.deepEqual(judgeProbe(HTTP, { connectMs: 4_000 }), {
      passed: false,
      why: "no response within 2 s",
      tookMs: 6_000,
    });
  });

  it("passes with 2xx and 3xx only", () => {
    const verdicts = [199, 200, 299, 300, 301, 399, 400, 404, 503].map((status) => [
      status,
      judgeProbe(HTTPS, { ...GOOD, status }).passed,
    ]);
    assert.deepEqual(verdicts, [
      [199, false],
      [200, true],
      [299, true],
      [300, true],
      [301, true],
      [399, true],
      [400, false],
      [404, false],
      [503, false],
    ]);
    assert.deepEqual(judgeProbe(HTTPS, { ...GOOD, status: 503 }), {
      passed: false,
      why: "status 503",
      tookMs: 50,
    });
  });
});

describe("judgeProbe, search string", () => {
  const found = { ...GOOD, bodyMs: 5, body: "service ok" };

  it("needs the body within 2.000 s of the status", () => {
    assert.deepEqual(judgeProbe(STRING, { ...found, bodyMs: 2_000 }), {
      passed: true,
      why: "status 200, search string found",
      tookMs: 2_050,
    });
    assert.deepEqual(judgeProbe(STRING, { ...found, bodyMs: 2_001 }), {
      passed: false,
      why: "no body within 2 s",
      tookMs: 2_050,
    });
    assert.equal(judgeProbe(STRING, GOOD).why, "no body within 2 s");
  });

  it("takes no longer than the eight seconds of the three limits", () => {
    const worst = { connectMs: 4_000, responseMs: 2_000, status: 200, bodyMs: 60_000, body: "" };
    assert.deepEqual(judgeProbe(STRING, worst), { passed: false, why: "no body within 2 s", tookMs: 8_000 });
  });

  it("must stand wholly in the first 5,120 bytes", () => {
    const endingAt = (bytes: number) => `${"x".repeat(bytes - "service ok".length)}service ok and more`;
    assert.equal(judgeProbe(STRING, { ...found, body: endingAt(5_120) }).passed, true);
    assert.deepEqual(judgeProbe(STRING, { ...found, body: endingAt(5_121) }), {
      passed: false,
      why: "search string not in the first 5120 bytes",
      tookMs: 55,
    });
  });

  it("counts bytes, not characters", () => {
    const body = `${"é".repeat(2_555)}service ok`;
    assert.equal(Buffer.byteLength(body), 5_120);
    assert.equal(judgeProbe(STRING, { ...found, body }).passed, true);
    assert.equal(judgeProbe(STRING, { ...found, body: `é${body}` }).passed, false);
  });

  it("reads bytes from within a larger buffer", () => {
    const page = Buffer.from("service ok, then nothing");
    assert.equal(judgeProbe(STRING, { ...found, body: new Uint8Array(page) }).passed, true);
    assert.equal(judgeProbe(STRING, { ...found, body: page.subarray(1) }).passed, false);
  });

  it("is case-sensitive, and an empty or missing one is never found", () => {
    assert.equal(judgeProbe(STRING, { ...found, body: "Service OK" }).passed, false);
    assert.equal(judgeProbe({ type: "HTTP_STR_MATCH", searchString: "" }, found).passed, false);
    assert.equal(judgeProbe({ type: "HTTP_STR_MATCH" }, found).passed, false);
  });

  it("does not save a bad status", () => {
    assert.equal(judgeProbe(STRING, { ...found, status: 500 }).why, "status 500");
  });
});

describe("judgeTargetProbe", () => {
  const passing = (successCodes?: string) =>
    [199, 200, 201, 299, 300, 301, 302, 399, 400].filter((status) => {
      const check = {
        type: "HTTP",
        timeoutMs: 5_000,
        ...(successCodes !== undefined && { successCodes }),
      } as const;
      return judgeTargetProbe(check, { ...GOOD, status }).passed;
    });

  it("passes 200 alone, unlike a Route 53 checker, unless the group says otherwise", () => {
    assert.deepEqual(passing(), [200]);
    assert.deepEqual(passing("200-299"), [200, 201, 299]);
    assert.deepEqual(passing("200,301"), [200, 301]);
    assert.deepEqual(passing("200-201, 301-302"), [200, 201, 301, 302]);
  });
});
