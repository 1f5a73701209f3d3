import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";

const CASES: readonly Case[] = [
  ["a distribution", DISTRIBUTION, { viewerCertificate: { sslSupportMethod: "sni-only" } }, {}],
  ["a distribution with AWS's own name", DISTRIBUTION, {}, {}],
  [
    "a distribution with addresses of its own",
    DISTRIBUTION,
    { viewerCertificate: { sslSupportMethod: "vip" } },
    { "dedicated addresses for old TLS clients": 600_000_000 },
  ],
  [
    "an unknown TLS method",
    DISTRIBUTION,
    { viewerCertificate: { sslSupportMethod: UNKNOWN } },
    { "input viewerCertificate.sslSupportMethod": "viewerCertificate.sslSupportMethod is not known yet" },
  ],
  [
    "a list of anycast addresses, which the price from memory refuses",
    "aws:cloudfront/anycastIpList:AnycastIpList",
    { ipCount: 21 },
    {
      "list of anycast addresses": 3_000_000_000,
      "memory ": "its price is from memory, which may refuse and never pass",
    },
  ],
];

describe("policy/prices/formulas/cloudfront", () => {
  priceCases(CASES);
});
