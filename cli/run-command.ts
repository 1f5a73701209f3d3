import { Command, CommanderError, Option } from "commander";
import { visibleLines } from "../drill/report/visible-text";
import { scenarioNames } from "../rehearsal/simulation/scenario";
import { CHECK_FORMATS } from "./check-format";
import { crashLines } from "./crash-lines";
import { EXIT, EXIT_NOTES, type ExitCode } from "./exit-codes";
import { isInterrupted } from "./interrupts";
import { type Io, writeLine } from "./io";
import { UserError } from "./user-error";

export interface RehearseArguments {
  readonly stack: string;
  readonly state?: string;
  readonly scenario: string;
  /** The member of a set that is lost. */
  readonly member?: string;
  /** Undefined where the command line names no number: then it depends on the scenario. */
  readonly cutovers?: string;
  readonly resolvers: string;
  readonly seed: string;
  readonly speed: string;
  readonly replicationLagMs: string;
  readonly report?: string;
  readonly set: readonly string[];
  readonly json?: boolean;
}

export interface CheckArguments extends Pick<RehearseArguments, "stack" | "state" | "set" | "json"> {
  readonly format?: string;
  readonly output?: string;
  readonly policyConfig?: string;
}

export interface SweepArguments
  extends Pick<RehearseArguments, "stack" | "state" | "set" | "json" | "report"> {
  readonly cutovers: string;
  readonly resolvers: string;
  readonly seed: string;
}

/** The verbs; tests hand in their own. Each gets the mistakes that parsing already found. */
export interface Verbs {
  rehearse(given: RehearseArguments, problems: string[], io: Io): Promise<ExitCode>;
  sweep(given: SweepArguments, problems: string[], io: Io): Promise<ExitCode>;
  check(given: CheckArguments, problems: string[], io: Io): Promise<ExitCode>;
  costs(given: { readonly json?: boolean }, problems: string[], io: Io): Promise<ExitCode>;
  rules(given: { readonly json?: boolean }, problems: string[], io: Io): Promise<ExitCode>;
}

/** The verbs' own modules load what they need: asking for help should not start a name server's code. */
const VERBS: Verbs = {
  rehearse: (given, problems, io) =>
    (require("./rehearse-command") as typeof import("./rehearse-command")).rehearseCommand(
      given,
      problems,
      io,
    ),
  sweep: (given, problems, io) =>
    (require("./sweep-command") as typeof import("./sweep-command")).sweepCommand(given, problems, io),
  check: (given, problems, io) =>
    (require("./check-command") as typeof import("./check-command")).checkCommand(given, problems, io),
  costs: (given, problems, io) =>
    (require("./costs-command") as typeof import("./costs-command")).costsCommand(given, problems, io),
  rules: (given, problems, io) =>
    (require("./rules-command") as typeof import("./rules-command")).rulesCommand(given, problems, io),
};

/**
 * Runs one command line and says how it ended; it never ends the process. A user's mistake is told in plain
 * lines on stderr, a failure of the command itself in one, with its stack when DEBUG names warm-standby. What an
 * interrupt makes fail is an interrupt.
 */
export async function runCommand(argv: readonly string[], io: Io, verbs: Verbs = VERBS): Promise<ExitCode> {
  try {
    return await dispatch(argv, io, verbs);
  } catch (error) {
    if (await isInterrupted(io.signal)) {
      io.stderr.write("warm-standby: interrupted\n");
      return EXIT["not-measured"];
    }
    if (error instanceof UserError) {
      for (const line of error.lines) writeLine(io.stderr, `warm-standby: ${line}`);
      return EXIT.usage;
    }
    const debug = /(^|[\s,])(\*|warm-standby)/.test(io.env.DEBUG ?? "");
    for (const line of crashLines(error, io.cwd)) writeLine(io.stderr, `warm-standby: ${line}`);
    if (debug && error instanceof Error) io.stderr.write(`${visibleLines(error.stack ?? "")}\n`);
    else io.stderr.write("warm-standby: set DEBUG=warm-standby to see where\n");
    return EXIT.crash;
  }
}

async function dispatch(argv: readonly string[], io: Io, verbs: Verbs): Promise<ExitCode> {
  let run: (() => Promise<ExitCode>) | undefined;
  const problems: string[] = [];
  const program = commandLine(io, (command, verb) => {
    problems.push(...strayArguments(command.args));
    run = () => verb(verbs, command.opts(), problems);
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version are no mistakes; commander has written them already.
    if (error.exitCode === 0) return EXIT.met;
    throw new UserError([plainMessage(error)]);
  }
  if (run) return run();
  const [verb] = program.args;
  const names = program.commands.map((command) => command.name()).join(", ");
  throw new UserError([
    verb === undefined
      ? `no command given; the commands are ${names}`
      : `unknown command ${verb}; the commands are ${names}`,
  ]);
}

type Verb = (verbs: Verbs, options: never, problems: string[]) => Promise<ExitCode>;

function commandLine(io: Io, chosen: (command: Command, verb: Verb) => void): Command {
  const program = new Command("warm-standby")
    .description("DNS failover that is proven, priced and cheap")
    .version((require("../package.json") as { version: string }).version)
    .addHelpText("after", `\n${EXIT_NOTES}`)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => {});
  const verb = (name: string, description: string, run: Verb) => {
    const command = program
      .command(name)
      .description(description)
      .allowUnknownOption()
      .allowExcessArguments();
    return command.action(() => chosen(command, run));
  };
  withSource(
    verb(
      "rehearse",
      "stand the stack up, judge it, fail it over and back, tear it down",
      (verbs, options, problems) => verbs.rehearse(options, problems, io),
    ),
  )
    .option(
      "--scenario <name>",
      `what fails: ${scenarioNames().join(", ")}, or all of them, simulated only`,
      scenarioNames()[0],
    )
    .option("--member <name>", "set identifier of the member that fails (default: the heaviest of its set)")
    .option("--cutovers <n>", "cutovers under the virtual clock (default: 1000, with all scenarios 100 each)")
    .option("--resolvers <n>", "resolvers in each of them", "100")
    .option("--seed <n>", "the same seed gives the same simulation", "1")
    .option("--speed <x>", "loopback runs at so many times real time", "10")
    .option("--replication-lag-ms <ms>", "what a write takes to reach the other region", "500")
    .option("--report <dir>", "folder of the report (default: reports/<stack or file>-<scenario>)");
  withSource(
    verb("sweep", "cutover time against cost, by interval, threshold and TTL", (verbs, options, problems) =>
      verbs.sweep(options, problems, io),
    ),
  )
    .option("--cutovers <n>", "cutovers under the virtual clock, of each setting", "200")
    .option("--resolvers <n>", "resolvers in each of them", "100")
    .option("--seed <n>", "the same seed gives the same sweep", "1")
    .option("--report <dir>", "write sweep.html, with the plot, and sweep.json to this folder");
  withSource(
    verb("check", "rules and idle cost only", (verbs, options, problems) =>
      verbs.check(options, problems, io),
    ),
  )
    .option("--format <name>", `what goes to stdout: ${CHECK_FORMATS.join(", ")} (default: table, on stderr)`)
    .option("--output <file>", "write that to a file instead")
    .option("--policy-config <file>", "levels and settings of the rules, as policy/config.dev.json");
  verb("costs", "what each of the five systems costs idle, beside its seed", (verbs, options, problems) =>
    verbs.costs(options, problems, io),
  ).option("--json", "machine-readable, on stdout");
  verb("rules", "list the rules, their settings and documentation", (verbs, options, problems) =>
    verbs.rules(options, problems, io),
  ).option("--json", "machine-readable, on stdout");
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      // Mistakes are told by runCommand, in the same form as all others.
      writeErr: () => {},
    });
  }
  return program;
}

function withSource(command: Command): Command {
  return command
    .option("--stack <name>", "a stack with a settings file, Pulumi.<name>.yaml", "dev")
    .option("--state <file>", "judge an exported stack or a preview JSON instead of the program; - is stdin")
    .addOption(
      new Option("--set <key=value>", "override a setting; repeatable")
        .argParser((pair: string, all: string[]) => [...all, pair])
        .default([], "none"),
    )
    .option("--json", "machine-readable, on stdout");
}

/** What commander could not place: unknown options with the value after them, and words that belong nowhere. */
function strayArguments(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    if (arg.startsWith("-")) return [`unknown option ${arg}; --help lists the options`];
    return args[index - 1]?.startsWith("--") ? [] : [`unexpected argument ${arg}`];
  });
}

/** `error: option '--speed <x>' argument missing` -> without the prefix and the quotes. */
function plainMessage({ message }: CommanderError): string {
  return message.replace(/^error: /, "").replaceAll("'", "");
}
