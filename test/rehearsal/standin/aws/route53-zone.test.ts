import assert from "node:assert/strict";
import { MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import { RECORD, ZONE } from "../../../../rehearsal/standin/aws/route53-zone";
import { made, reasonsOf, refusal, removed } from "./account-fixture";

describe("standin/aws/route53-zone", () => {
  it("makes a zone with four servers under four top-level domains", () => {
    const { id, outputs } = made(ZONE, { name: "Example.com." });
    assert.match(id, /^Z[A-Z0-9]{20}$/);
    assert.equal(outputs.zoneId, id);
    assert.equal(outputs.name, "example.com");
    assert.equal(outputs.arn, `arn:aws:route53:::hostedzone/${id}`);
    assert.equal(outputs.comment, "Managed by Pulumi");
    assert.equal(outputs.forceDestroy, false);
    assert.equal(outputs.enableAcceleratedRecovery, false);
    const servers = outputs.nameServers as string[];
    assert.equal(outputs.primaryNameServer, servers[0]);
    for (const [index, tld] of ["com", "net", "org", "co\\.uk"].entries()) {
      const match = new RegExp(`^ns-(\\d+)\\.awsdns-\\d\\d\\.${tld}$`).exec(servers[index] ?? "");
      const server = Number(match?.[1]);
      assert.ok(server >= index * 512 && server < (index + 1) * 512, servers[index]);
    }
  });

  it("refuses a name that is no domain", () => {
    for (const name of ["https://example.com", "example..com", "exa mple.com"])
      assert.equal(reasonsOf(ZONE, { name }).length, 1, name);
    for (const name of ["example.com", "example.com.", "internal", "_acme.example.com"])
      assert.deepEqual(reasonsOf(ZONE, { name }), [], name);
  });

  it("keeps a zone with records, unless it may destroy them", () => {
    const account = new MemoryAccount(true);
    const { id: zoneId } = made(ZONE, { name: "example.com" }, { account });
    made(RECORD, { zoneId, name: "www", type: "A", ttl: 60, records: ["192.0.2.1"] }, { account });
    assert.deepEqual(
      refusal(() => removed(ZONE, account)),
      [
        'aws:route53/zone:Zone "x": record www.example.com A is still in it (HostedZoneNotEmpty); delete the records first or set forceDestroy',
      ],
    );
    made(ZONE, { name: "example.com", forceDestroy: true }, { account });
    removed(ZONE, account);
    assert.deepEqual(account.list(ZONE), []);
  });

  it("keeps a zone while accelerated recovery is on", () => {
    const account = new MemoryAccount(true);
    made(ZONE, { name: "example.com", enableAcceleratedRecovery: true }, { account });
    assert.match(refusal(() => removed(ZONE, account))[0] ?? "", /enableAcceleratedRecovery is on/);
  });
});
