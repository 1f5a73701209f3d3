import assert from "node:assert/strict";
import { MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import { POLICY, ROLE, ROLE_POLICY, ROLE_POLICY_ATTACHMENT } from "../../../../rehearsal/standin/aws/iam";
import { made, reasonsOf, refusal, removed } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

const DOCUMENT = JSON.stringify({ Version: "2012-10-17", Statement: [] });

describe("standin/aws/iam", () => {
  it("makes a role as IAM does: by name, global, under its path", () => {
    const { id, outputs } = made(ROLE, { assumeRolePolicy: DOCUMENT, name: "api", path: "/service/" });
    assert.equal(id, "api");
    assert.equal(outputs.arn, "arn:aws:iam::123456789012:role/service/api");
    assert.match(String(outputs.uniqueId), /^AROA[A-Z0-9]{17}$/);
    assert.equal(outputs.maxSessionDuration, 3600);
    assert.equal(outputs.forceDetachPolicies, false);
    assert.equal("region" in outputs, false);
  });

  it("names policies after their role, and managed ones by ARN", () => {
    assert.equal(made(ROLE_POLICY, { role: "api", name: "table", policy: DOCUMENT }).id, "api:table");
    const { id, outputs } = made(POLICY, { name: "read", policy: DOCUMENT });
    assert.equal(id, "arn:aws:iam::123456789012:policy/read");
    assert.match(String(outputs.policyId), /^ANPA[A-Z0-9]{17}$/);
  });

  it("refuses names, documents and durations that IAM refuses", () => {
    const role = (change: object) => reasonsOf(ROLE, { assumeRolePolicy: DOCUMENT, ...change });
    assert.deepEqual(role({ name: "a".repeat(64) }), []);
    assert.deepEqual(role({ name: "a".repeat(65) }).length, 1);
    assert.deepEqual(role({ name: "my role" }), [
      'name: AWS takes 1 to 64 letters, digits and + = , . @ _ -, got "my role"',
    ]);
    assert.deepEqual(role({ path: "service" }).length, 1);
    assert.deepEqual(role({ maxSessionDuration: 3599 }), [
      "maxSessionDuration: AWS takes a whole number from 3600 to 43200, got 3599",
    ]);
    assert.deepEqual(role({ maxSessionDuration: 43_200 }), []);
    assert.deepEqual(reasonsOf(ROLE, { assumeRolePolicy: "{}" }), [
      "assumeRolePolicy: the policy document has no Statement",
    ]);
  });

  it("refuses a policy for a role that is not there, once the account is known whole", () => {
    const account = new MemoryAccount(true);
    const policy = { role: "api", policy: DOCUMENT, name: "table" };
    assert.deepEqual(
      refusal(() => made(ROLE_POLICY, policy, { account })),
      [
        'aws:iam/rolePolicy:RolePolicy "x": role api does not exist (NoSuchEntity); give the name of a role, not its ARN',
      ],
    );
    made(ROLE, { assumeRolePolicy: DOCUMENT, name: "api" }, { account });
    assert.equal(made(ROLE_POLICY, policy, { account }).id, "api:table");
    assert.equal(made(ROLE_POLICY, policy).id, "api:table");
  });

  it("refuses a second role of one name", () => {
    const account = new MemoryAccount(false);
    made(ROLE, { assumeRolePolicy: DOCUMENT, name: "api" }, { account, name: "first" });
    assert.deepEqual(
      refusal(() => made(ROLE, { assumeRolePolicy: DOCUMENT, name: "api" }, { account, name: "second" })),
      [
        'aws:iam/role:Role "second": a role named api already exists (EntityAlreadyExists); give it another name',
      ],
    );
  });

  it("keeps a role that still has policies, attached ones unless they are detached by force", () => {
    const account = new MemoryAccount(true);
    made(ROLE, { assumeRolePolicy: DOCUMENT, name: "x" }, { account });
    made(ROLE_POLICY, { ...MINIMAL[ROLE_POLICY], name: "table" }, { account });
    assert.deepEqual(
      refusal(() => removed(ROLE, account)),
      ['aws:iam/role:Role "x": policy x:table is still on it (DeleteConflict); delete that first'],
    );
    removed(ROLE_POLICY, account);
    made(ROLE_POLICY_ATTACHMENT, MINIMAL[ROLE_POLICY_ATTACHMENT] ?? {}, { account });
    assert.equal(refusal(() => removed(ROLE, account)).length, 1);
    made(ROLE, { assumeRolePolicy: DOCUMENT, name: "x", forceDetachPolicies: true }, { account });
    removed(ROLE, account);
    assert.deepEqual(account.list(ROLE), []);
  });
});
