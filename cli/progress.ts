import { Presets, SingleBar } from "cli-progress";
import { costFigures } from "../drill/report/cost-lines";
import { countText, moneyText } from "../drill/report/figures";
import { wrap } from "../drill/report/terminal";
import { refusalsOf, violationsOf } from "../drill/report/verdict";
import { setWords } from "../model/answer-sets";
import type { Io } from "./io";
import { wantsColor } from "./io";
import { LiveTimeline } from "./live-timeline";
import type { RehearsalEvent } from "./rehearse";

/** Tells on stderr what a rehearsal is doing: bars and dots on a terminal, plain lines elsewhere. */
export class Progress {
  private readonly timeline: LiveTimeline;
  private readonly terminal: boolean;
  private bar: SingleBar | undefined;

  /** @param isRead whether the stack comes from a file, so that nothing is stood up for it. */
  constructor(
    private readonly io: Pick<Io, "stderr" | "env">,
    private readonly isRead: boolean,
  ) {
    this.terminal = io.stderr.isTTY === true;
    this.timeline = new LiveTimeline(
      { dots: this.terminal, color: wantsColor(io, io.stderr) },
      (text) => void io.stderr.write(text),
    );
  }

  show(event: RehearsalEvent): void {
    switch (event.kind) {
      case "stood-up":
        this.line(
          `${this.isRead ? "read" : "stood up"}: ${event.system}, ${countText(event.resources)} resources`,
        );
        break;
      case "judged":
        this.judged(event);
        break;
      case "chosen":
        this.chosen(event);
        this.timeline.plays(event.set);
        break;
      case "simulating":
        this.simulating(event.done, event.of);
        break;
      case "playing":
        this.line("on loopback: real DNS and HTTP on this machine");
        this.io.stderr.write(this.timeline.legend());
        break;
      case "sample":
        this.timeline.add(event.sample);
        break;
      case "torn-down":
        this.timeline.end();
        this.line(
          `${this.isRead ? "deletion played" : "torn down"}: ${countText(event.deleted)} deleted, ${countText(event.left)} left`,
        );
        this.io.stderr.write("\n");
        break;
    }
  }

  /** Leaves the terminal as it was, whatever the rehearsal was doing. */
  stop(): void {
    this.bar?.stop();
    this.bar = undefined;
    this.timeline.end();
  }

  private judged({ policy, cost }: Extract<RehearsalEvent, { kind: "judged" }>): void {
    const mandatory = refusalsOf(violationsOf(policy)).length;
    const standby = moneyText(costFigures(cost).standbyMonthlyUsd);
    this.line(
      `judged: ${policy.rules} rules, ${mandatory} mandatory ${mandatory === 1 ? "violation" : "violations"}; idle standby ${standby} a month`,
    );
  }

  private chosen({ set, bound, others }: Extract<RehearsalEvent, { kind: "chosen" }>): void {
    const at = bound.kind === "bound" ? `recovery at most ${bound.rtoSeconds} s` : "recovery without a bound";
    const rest =
      others === 0 ? "" : `; ${others} more ${others === 1 ? "set is" : "sets are"} simulated only`;
    this.line(`playing ${setWords(set)}: ${at}${rest}`);
  }

  private simulating(done: number, of: number): void {
    if (this.terminal && !this.bar && done < of) {
      this.bar = new SingleBar(
        {
          format: "simulating {bar} {value} of {total} cutovers",
          barsize: 30,
          hideCursor: false,
          stream: this.io.stderr as NodeJS.WriteStream,
        },
        Presets.shades_classic,
      );
      this.bar.start(of, done);
    }
    this.bar?.update(done);
    if (done < of) return;
    this.bar?.stop();
    this.bar = undefined;
    if (!this.terminal) this.line(`simulated: ${countText(of)} cutovers`);
  }

  private line(text: string): void {
    this.io.stderr.write(`${wrap(text, "  ", 0).join("\n")}\n`);
  }
}
