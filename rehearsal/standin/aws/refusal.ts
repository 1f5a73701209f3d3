import type { Problem } from "./resource-type";

/** What AWS, or its provider, would answer instead of doing it: one line per fault, fit for a user. */
export class Refusal extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "Refusal";
  }
}

/** `aws:route53/healthCheck:HealthCheck "endpoint": requestInterval: AWS takes 10 or 30, got 20` */
export function problemLine(token: string, name: string, problem: Pick<Problem, "reason">): string {
  return `${token} ${JSON.stringify(name)}: ${problem.reason}`;
}
