/** A variable that is wrong: what, got, allowed, in one line. Values of secrets never come by environment. */
export class WrongEnvironment extends Error {
  override readonly name = "WrongEnvironment";

  constructor(readonly lines: readonly string[]) {
    super(lines.join("\n"));
  }
}

/** Reads variables and keeps every complaint, so that all that is wrong is told at once. */
export class EnvironmentReader {
  private readonly lines: string[] = [];

  constructor(private readonly environment: Readonly<Record<string, string | undefined>>) {}

  /** A text that matches, or `fallback` when the variable is not set; without a fallback it must be set. */
  text(name: string, allowed: string, pattern: RegExp, fallback?: string): string {
    const got = this.environment[name] || fallback;
    if (got === undefined) return this.wrong(`${name} is not set; allowed: ${allowed}`, "");
    if (!pattern.test(got)) return this.wrong(`${name} is ${quoted(got)}; allowed: ${allowed}`, "");
    return got;
  }

  optional(name: string, allowed: string, pattern: RegExp): string | undefined {
    return this.environment[name] ? this.text(name, allowed, pattern) : undefined;
  }

  wholeNumber(name: string, min: number, max: number, fallback: number): number {
    const got = this.environment[name] || String(fallback);
    const value = /^\d{1,9}$/.test(got) ? Number(got) : Number.NaN;
    if (value >= min && value <= max) return value;
    return this.wrong(`${name} is ${quoted(got)}; allowed: a whole number from ${min} to ${max}`, fallback);
  }

  /** Keeps a complaint and gives back a value of the right type to go on with. */
  wrong<T>(line: string, stand: T): T {
    this.lines.push(line);
    return stand;
  }

  raw(name: string): string | undefined {
    return this.environment[name] || undefined;
  }

  /** @throws WrongEnvironment when anything was wrong. */
  finish<T>(value: T): T {
    if (this.lines.length > 0) throw new WrongEnvironment(this.lines);
    return value;
  }
}

export const REGION = { allowed: "an AWS region, such as us-east-1", pattern: /^[a-z]{2}(-[a-z]+)+-\d$/ };
export const TABLE = { allowed: "3 to 255 letters, digits, . - or _", pattern: /^[A-Za-z0-9._-]{3,255}$/ };
export const BUILD = { allowed: "1 to 64 letters, digits, . - or _", pattern: /^[A-Za-z0-9._-]{1,64}$/ };
export const PARAMETER = {
  allowed: "the path of an SSM parameter, such as /assistant/token",
  pattern: /^(\/[A-Za-z0-9._-]{1,200}){1,5}$/,
};

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
}
