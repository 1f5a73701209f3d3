import assert from "node:assert/strict";
import { renderCaddyfile } from "../../../../functions/assistant/user-data/render-caddyfile";
import { HOST } from "./standby-host-fixture";

describe("functions/assistant/user-data/render-caddyfile", () => {
  const caddyfile = renderCaddyfile(HOST);

  it("serves both names over TLS proven by DNS-01 in the one zone, with no key in it", () => {
    assert.match(caddyfile, /^assistant\.example\.com, standby\.assistant\.example\.com \{$/m);
    assert.deepEqual(tlsOf(caddyfile), [
      "dns route53 {",
      "\tregion us-east-1",
      "\thosted_zone_id Z0123456789ABC",
      "\twait_for_route53_sync true",
      "\troute53_max_wait 5m",
      "}",
      "propagation_timeout -1",
      "resolvers 169.254.169.253",
    ]);
    assert.doesNotMatch(caddyfile, /access_key|secret|token/i);
  });

  it("names an e-mail address and another authority only when they are given", () => {
    assert.match(caddyfile, /^\temail ops@example\.com$/m);
    assert.doesNotMatch(caddyfile, /acme_ca/);
    const acmeDirectory = "https://acme.example.com/directory";
    const other = renderCaddyfile({ ...HOST, acmeEmail: undefined, acmeDirectory });
    assert.match(
      other,
      /^\{\n\tadmin off\n\tacme_ca https:\/\/acme\.example\.com\/directory\n\tservers \{$/m,
    );
  });

  it("offers no HTTP/3, which needs UDP", () => {
    assert.match(caddyfile, /^\tservers \{\n\t\tprotocols h1 h2$/m);
  });

  it("closes every brace and is indented by tabs, as caddy fmt does", () => {
    let depth = 0;
    for (const line of caddyfile.split("\n").filter((text) => text !== "")) {
      if (line.endsWith("}")) depth--;
      assert.equal(/^\t*/.exec(line)?.[0].length, depth, line);
      if (line.endsWith("{")) depth++;
    }
    assert.equal(depth, 0);
  });
});

/** The lines of the block `tls`, without its indent. */
function tlsOf(text: string): string[] {
  const [, tls = ""] = /\ttls \{\n([\s\S]*?)\n\t\}\n/.exec(text) ?? [];
  return tls.split("\n").map((line) => line.replace(/^\t\t/, ""));
}
