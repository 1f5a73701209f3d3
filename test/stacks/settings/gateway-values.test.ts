import assert from "node:assert/strict";
import fc from "fast-check";
import { EXAMPLE_GATEWAYS, type GatewaySet, gatewaySet } from "../../../stacks/settings/gateway-values";

const setOf = (text: string): GatewaySet | undefined => {
  const reading = gatewaySet(text);
  return reading.kind === "value" ? reading.value : undefined;
};
const because = (text: string) => {
  const reading = gatewaySet(text);
  return reading.kind === "refused" ? reading.because : undefined;
};
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => `g${index}=52.0.${index}.1@1`).join(",");

describe("stacks/settings/gateway-values", () => {
  it("reads names, targets and weights", () => {
    assert.deepEqual(setOf(EXAMPLE_GATEWAYS), {
      recordType: "A",
      members: [
        { name: "gateway-a", target: "203.0.113.10", weight: 50 },
        { name: "gateway-b", target: "198.51.100.10", weight: 50 },
      ],
    });
  });

  it("reads lines as well as commas, spaces around the signs, and a final separator", () => {
    const text = "\n  gateway-a = 203.0.113.10 @ 50\n  gateway-b = 198.51.100.10 @ 50,\n";
    assert.deepEqual(setOf(text), setOf(EXAMPLE_GATEWAYS));
  });

  it("tells the record type by the kind of the targets", () => {
    assert.equal(setOf("a=2001:db8::1@1, b=2001:db8::2@1")?.recordType, "AAAA");
    assert.equal(setOf("a=relay-a.example.net@1, b=relay-b.example.net@1")?.recordType, "CNAME");
  });

  for (const [text, reason] of [
    ["", "none is no set"],
    ["a=52.0.0.1@1", "one is no set"],
    [many(101), "101 are more than Route 53 takes for a name"],
    ["a=52.0.0.1@256, b=52.0.0.2@1", "the weight of a is 256"],
    ["a=52.0.0.1@0, b=52.0.0.2@0", "every weight is 0"],
    ["a=52.0.0.1, b=52.0.0.2@1", '"a=52.0.0.1" is not name=target@weight'],
    ["a=52.0.0.1@-1, b=52.0.0.2@1", '"a=52.0.0.1@-1" is not name=target@weight'],
    ["a=52.0.0.1@1.5, b=52.0.0.2@1", '"a=52.0.0.1@1.5" is not name=target@weight'],
    [
      "Gateway=52.0.0.1@1, b=52.0.0.2@1",
      "the name Gateway is not up to 40 lower-case letters, digits and inner hyphens after a letter",
    ],
    [
      "a-=52.0.0.1@1, b=52.0.0.2@1",
      "the name a- is not up to 40 lower-case letters, digits and inner hyphens after a letter",
    ],
    ["a=52.0.0.1@1, a=52.0.0.2@1", "two are called a"],
    ["a=52.0.0.1@1, b=52.0.0.1@2", "a and b both lead to 52.0.0.1"],
    ["a=2600::1@1, b=2600:0::1@2", "a and b both lead to 2600:0::1"],
    ["a=relay.example.net@1, b=relay.example.net@2", "a and b both lead to relay.example.net"],
    ["a=10.0.0.1@1, b=52.0.0.2@1", "10.0.0.1 is in 10.0.0.0/8 (private), which Route 53 does not check"],
    ["a=127.0.0.1@1, b=52.0.0.2@1", "127.0.0.1 is in 127.0.0.0/8 (loopback), which Route 53 does not check"],
    ["a=::1@1, b=2600::2@1", "::1 is in ::1/128 (loopback), which Route 53 does not check"],
    [
      "a=https://relay-a.example.net@1, b=relay-b.example.net@1",
      "https://relay-a.example.net is neither an address nor a host name without a scheme",
    ],
    [
      "a=relay-a.example.net:8080@1, b=relay-b.example.net@1",
      "relay-a.example.net:8080 is neither an address nor a host name without a port",
    ],
    [
      "a=52.0.0.256@1, b=52.0.0.2@1",
      "52.0.0.256 is neither an address nor a host name of at least two labels (letters, digits, hyphens)",
    ],
    [
      "a=relay.internal@1, b=relay-b.example.net@1",
      "relay.internal ends in .internal, which public DNS does not know",
    ],
    [
      "a=52.0.0.1@1, b=relay-b.example.net@1",
      "host names and addresses are mixed, and one name has either a CNAME or addresses",
    ],
    [
      "a=52.0.0.1@1, b=2600::1@1",
      "IPv4 and IPv6 are mixed, whose records would be two sets that share apart",
    ],
  ] as const) {
    it(`refuses ${text === "" ? "nothing" : text.slice(0, 60)}`, () => {
      assert.equal(because(text), `but ${reason}`);
    });
  }

  it("takes what is just inside the limits", () => {
    const longest = `a${"b".repeat(39)}`;
    assert.equal(setOf(many(2))?.members.length, 2);
    assert.equal(setOf(many(100))?.members.length, 100);
    assert.deepEqual(
      setOf(`${longest}=52.0.0.1@255, b=52.0.0.2@0`)?.members.map(({ weight }) => weight),
      [255, 0],
    );
    assert.match(because(`${longest}c=52.0.0.1@255, b=52.0.0.2@0`) ?? "", /^but the name a/);
  });

  it("tells several faults at once, and how many more there are", () => {
    assert.equal(
      because("A=52.0.0.1@1, b=10.0.0.1@1, c, d=52.0.0.2@300, e=52.0.0.3@300"),
      "but the name A is not up to 40 lower-case letters, digits and inner hyphens after a letter, and " +
        "10.0.0.1 is in 10.0.0.0/8 (private), which Route 53 does not check, and " +
        '"c" is not name=target@weight, and the weight of d is 300, and 1 more',
    );
  });

  it("says what is allowed and gives an example that is", () => {
    const reading = gatewaySet("x");
    assert.ok(reading.kind === "refused");
    assert.equal(
      reading.allowed,
      "2 to 100 gateways as name=target@weight, with public targets of one kind (IPv4, IPv6 or host names) and weights from 0 to 255",
    );
    assert.equal(reading.lever, `something like "${EXAMPLE_GATEWAYS}"`);
    assert.notEqual(setOf(EXAMPLE_GATEWAYS), undefined);
  });

  it("reads back whatever set is written in its format", () => {
    const members = fc
      .uniqueArray(
        fc.record({
          name: fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/),
          weight: fc.integer({ min: 0, max: 255 }),
        }),
        { selector: ({ name }) => name, minLength: 2, maxLength: 100 },
      )
      .filter((all) => all.some(({ weight }) => weight > 0))
      .map((all) => all.map((it, index) => ({ ...it, target: `52.0.${index}.7` })));
    fc.assert(
      fc.property(members, fc.constantFrom(",", ", ", "\n"), (all, by) => {
        const text = all.map(({ name, target, weight }) => `${name}=${target}@${weight}`).join(by);
        assert.deepEqual(setOf(text), {
          recordType: "A",
          members: all.map(({ name, target, weight }) => ({ name, target, weight })),
        });
      }),
    );
  });
});
