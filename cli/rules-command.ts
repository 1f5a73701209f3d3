import { wrap } from "../drill/report/terminal";
import { rules } from "../policy/rules/registry";
import { EXIT, type ExitCode } from "./exit-codes";
import type { Io } from "./io";
import { UserError } from "./user-error";

interface ListedRule {
  readonly id: string;
  readonly level: string;
  readonly title: string;
  readonly settings: readonly {
    readonly name: string;
    readonly default: unknown;
    readonly description: string;
  }[];
  /** Relative to the project. */
  readonly documentation: string;
}

/** `warm-standby rules`: what the pack refuses. The list is the data, so it goes to stdout in both forms. */
export async function rulesCommand(
  given: { readonly json?: boolean },
  problems: string[],
  io: Io,
): Promise<ExitCode> {
  if (problems.length > 0) throw new UserError(problems);
  const listed = listedRules();
  io.stdout.write(given.json ? `${JSON.stringify(listed, null, 2)}\n` : rulesText(listed));
  return EXIT.met;
}

function listedRules(): ListedRule[] {
  return rules.map(({ id, level, title, settings }) => ({
    id,
    level,
    title,
    settings: Object.entries(settings).map(([name, schema]) => ({
      name,
      default: schema.default,
      description: schema.description,
    })),
    documentation: `docs/rules/${id}.md`,
  }));
}

function rulesText(listed: readonly ListedRule[]): string {
  return listed
    .flatMap(({ id, level, title, settings, documentation }) => [
      `${id} (${level})`,
      ...wrap(title, "  "),
      ...settings.flatMap((setting) =>
        wrap(`${setting.name} = ${JSON.stringify(setting.default)}: ${setting.description}`, "      ", 4),
      ),
      `  ${documentation}`,
      "",
    ])
    .join("\n");
}
