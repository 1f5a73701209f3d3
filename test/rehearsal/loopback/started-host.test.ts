import assert from "node:assert/strict";
import { renderUserData } from "../../../functions/assistant/user-data/render-user-data";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../model/unknown";
import { startedHost } from "../../../rehearsal/loopback/started-host";
import { HOST } from "../../functions/assistant/user-data/standby-host-fixture";
import { resource } from "../../model/stack-fixture";

const instance = (properties: Properties) => resource("aws:ec2/instance:Instance", "standby", properties);

describe("rehearsal/loopback/started-host", () => {
  it("reads back what the instance is told", () => {
    const tools = '[{"name":"lights","host":"100.64.0.10","port":8123}]';
    const userData = renderUserData({ ...HOST, variables: { HOMELAB_TOOLS: tools } });
    assert.deepEqual(startedHost([instance({}), instance({ userData })]), {
      environment: {
        AWS_REGION: "us-east-1",
        BUILD: "0123456789ab",
        TABLE_NAME: "assistant-memory",
        TOKEN_PARAMETER: "/assistant/token",
        HOST: "127.0.0.1",
        PORT: "8080",
        HOMELAB_TOOLS: tools,
      },
      hostNames: ["assistant.example.com", "standby.assistant.example.com"],
    });
  });

  it("finds the names whatever the global options say", () => {
    const userData = renderUserData({ ...HOST, acmeEmail: undefined, hostNames: ["a.example.com"] });
    assert.deepEqual(startedHost([instance({ userData })])?.hostNames, ["a.example.com"]);
  });

  it("gives nothing for other user data, and for what is not known", () => {
    const others: readonly PropertyValue[] = [
      UNKNOWN,
      "",
      "#!/bin/sh\n",
      "#cloud-config\n{",
      "#cloud-config\nnull",
      "#cloud-config\n{}",
    ];
    for (const userData of others) {
      assert.equal(startedHost([instance({ userData })]), undefined, String(userData));
    }
    const strange = '#cloud-config\n{"write_files":[null,1,{"path":1},{"path":"/a","content":"b"}]}';
    assert.equal(startedHost([instance({ userData: strange })]), undefined);
    assert.equal(startedHost([]), undefined);
  });
});
