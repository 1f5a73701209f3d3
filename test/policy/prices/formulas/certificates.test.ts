import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";

const CERTIFICATE = "aws:acm/certificate:Certificate";
const AUTHORITY = "aws:acmpca/certificateAuthority:CertificateAuthority";

const exported = { options: { export: "ENABLED" } };

// A month is 730 / 24 of the 395 days that a certificate lives: 7.700422 % of its price.
const CASES: readonly Case[] = [
  ["a public certificate", CERTIFICATE, { domainName: "example.com" }, {}],
  ["a public certificate that stays in AWS", CERTIFICATE, { options: { export: "DISABLED" } }, {}],
  [
    "an exportable certificate",
    CERTIFICATE,
    { ...exported, domainName: "example.com" },
    { "exportable certificate, share of a renewal for 1 name": 1_155_063 },
  ],
  [
    "an exportable certificate of several names, one of them twice",
    CERTIFICATE,
    { ...exported, domainName: "example.com", subjectAlternativeNames: ["example.com", "api.example.com"] },
    { "exportable certificate, share of a renewal for 2 names": 2_310_127 },
  ],
  [
    "an exportable certificate with a wildcard",
    CERTIFICATE,
    { ...exported, domainName: "*.example.com", subjectAlternativeNames: ["example.com"] },
    {
      "exportable certificate, share of a renewal for 1 name": 1_155_063,
      "exportable certificate, share of a renewal for 1 wildcard name": 11_473_629,
    },
  ],
  [
    "an exportable certificate of a wildcard alone",
    CERTIFICATE,
    { ...exported, domainName: "*.example.com" },
    { "exportable certificate, share of a renewal for 1 wildcard name": 11_473_629 },
  ],
  [
    "an exportable certificate without a name",
    CERTIFICATE,
    exported,
    { "price domainName": "domainName is not set" },
  ],
  [
    "an exportable certificate of unknown names",
    CERTIFICATE,
    { ...exported, domainName: "example.com", subjectAlternativeNames: [UNKNOWN] },
    { "input subjectAlternativeNames": "subjectAlternativeNames is not known yet" },
  ],
  [
    "an unknown export",
    CERTIFICATE,
    { options: { export: UNKNOWN } },
    { "input options.export": "options.export is not known yet" },
  ],
  [
    "an unknown authority",
    CERTIFICATE,
    { certificateAuthorityArn: UNKNOWN },
    { "input certificateAuthorityArn": "certificateAuthorityArn is not known yet" },
  ],
  [
    "a private certificate",
    CERTIFICATE,
    { certificateAuthorityArn: "arn:aws:acm-pca:us-west-2:123456789012:certificate-authority/a" },
    { "private certificate, share of a renewal": 57_753 },
  ],
  ["an authority", AUTHORITY, {}, { "private authority": 400_000_000 }],
  ["a disabled authority", AUTHORITY, { enabled: false }, { "private authority": 400_000_000 }],
  [
    "an authority for short-lived certificates",
    AUTHORITY,
    { usageMode: "SHORT_LIVED_CERTIFICATE" },
    { "private authority for short-lived certificates": 50_000_000 },
  ],
  [
    "an authority of an unknown mode",
    AUTHORITY,
    { usageMode: UNKNOWN },
    { "input usageMode": "usageMode is not known yet" },
  ],
];

describe("policy/prices/formulas/certificates", () => {
  priceCases(CASES);
});
