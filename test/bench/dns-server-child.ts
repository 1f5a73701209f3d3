import { DnsServer } from "../../rehearsal/loopback/dns-server";
import { ZoneAnswers } from "../../rehearsal/loopback/zone-answers";
import { stream } from "../../rehearsal/simulation/random";
import { profilePlan } from "../rehearsal/loopback/plan-fixture";

/** The rehearsal's DNS server with the profile API's zone; prints its port, and ends with its standard input. */
async function serve(): Promise<void> {
  const zone = {
    plan: profilePlan(),
    addressesOf: (_: string, type: "A" | "AAAA") => (type === "A" ? ["192.0.2.10"] : []),
  };
  const answers = new ZoneAnswers(zone, () => true, stream(1, "bench/answers"));
  const server = new DnsServer(answers.answer);
  process.stdout.write(`${await server.start()}\n`);
  process.stdin.resume().on("end", () => void server.close());
}

void serve();
