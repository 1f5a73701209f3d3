/** The user's mistake: one plain line each, all of them at once, and never a stack trace. */
export class UserError extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "UserError";
  }
}
