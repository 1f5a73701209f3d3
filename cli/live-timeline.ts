import { createColors } from "picocolors";
import { primaryEndpoint } from "../drill/observe";
import { visible } from "../drill/report/visible-text";
import type { AnswerSet } from "../model/answer-sets";
import type { Sample } from "../rehearsal/simulation/sample";

export interface LiveTimelineOptions {
  /** A dot per system second; otherwise a line every ten. */
  readonly dots: boolean;
  readonly color: boolean;
}

type Request = Extract<Sample, { kind: "request" }>;

/** One letter per system second, so that it can be read without colours too. */
const DOT = { primary: "·", standby: "o", failed: "x", silent: " " } as const;

/** Of a set that several serve nobody is the primary before the fault. */
const PAIR_WORDS = { primary: "primary", standby: "standby", nobody: "nobody" } as const;
const SET_WORDS = { primary: "one member", standby: "another", nobody: "nobody" } as const;

const DOTS_PER_LINE = 60;
const SECONDS_PER_LINE = 10;
const BETWEEN_REQUESTS_SECONDS = 2;

/**
 * Turns samples into text while they come in: who answers, second by second. It holds no clock; the time of the
 * samples moves it on, so a replay of the samples writes the same text.
 */
export class LiveTimeline {
  private readonly colors: ReturnType<typeof createColors>;
  private readonly answers: Sample[] = [];
  private requests: Request[] = [];
  private second = 0;
  private column = 0;
  private checkers = "";
  private answering: keyof typeof PAIR_WORDS = "nobody";
  private words: Readonly<Record<keyof typeof PAIR_WORDS, string>> = PAIR_WORDS;
  private silentSeconds = 0;
  private last: keyof typeof DOT = "silent";

  constructor(
    private readonly options: LiveTimelineOptions,
    private readonly write: (text: string) => void,
  ) {
    this.colors = createColors(options.color);
  }

  /** What is played, before anything else is told. */
  plays({ routing }: Pick<AnswerSet, "routing">): void {
    this.words = routing === "failover" ? PAIR_WORDS : SET_WORDS;
  }

  /** How to read it, once, before the first second. */
  legend(): string {
    if (!this.options.dots) return "";
    const { blue, yellow, red } = this.colors;
    return `  one letter a system second: ${blue(DOT.primary)} ${this.words.primary}  ${yellow(DOT.standby)} ${this.words.standby}  ${red(DOT.failed)} failed\n`;
  }

  add(sample: Sample): void {
    while (Math.floor(sample.atSeconds) > this.second) this.passSecond();
    switch (sample.kind) {
      case "mark":
        // Of a set that several serve only the fault tells who the primary is.
        this.answers.push(sample);
        this.mark(sample);
        break;
      case "health":
        this.checkers = `${sample.healthyCheckers} of ${sample.checkers} checkers healthy`;
        break;
      case "answer":
        this.answers.push(sample);
        if (sample.server === "resolver") this.answering = this.who(sample.endpoint);
        break;
      case "request":
        this.requests.push(sample);
        break;
    }
  }

  /** Shows what is left of the last seconds and ends the line. */
  end(): void {
    if (this.requests.length > 0) {
      if (this.options.dots) this.dot();
      else this.line();
    }
    this.breakLine();
  }

  private passSecond(): void {
    if (this.options.dots) this.dot();
    else if ((this.second + 1) % SECONDS_PER_LINE === 0) this.line();
    this.second += 1;
  }

  private dot(): void {
    const { blue, yellow, red, dim } = this.colors;
    if (this.column === 0) this.write(dim(`${`${this.second}`.padStart(6)} s `));
    const paint = { primary: blue, standby: yellow, failed: red, silent: dim };
    const kind = this.outcome();
    this.write(paint[kind](DOT[kind]));
    this.requests = [];
    this.column += 1;
    if (this.column === DOTS_PER_LINE) this.breakLine();
  }

  /**
   * A single failed request marks its second: what a user notices is the failure. A second that falls between two
   * requests is as the one before it.
   */
  private outcome(): keyof typeof DOT {
    const last = this.requests.at(-1);
    this.silentSeconds = last ? 0 : this.silentSeconds + 1;
    if (last && this.requests.some(({ ok }) => !ok)) this.last = "failed";
    else if (last) this.last = this.who(last.endpoint) === "primary" ? "primary" : "standby";
    return this.silentSeconds > BETWEEN_REQUESTS_SECONDS ? "silent" : this.last;
  }

  private line(): void {
    const failed = this.requests.filter(({ ok }) => !ok).length;
    const parts = [
      `${this.requests.length} requests, ${failed} failed`,
      `DNS: ${this.words[this.answering]}`,
      ...(this.checkers === "" ? [] : [this.checkers]),
    ];
    this.write(`${`${this.second + 1}`.padStart(6)} s ${parts.join("; ")}\n`);
    this.requests = [];
  }

  private mark({ mark, atSeconds, detail, place }: Extract<Sample, { kind: "mark" }>): void {
    if (mark === "start" || mark === "end") return;
    this.breakLine();
    const { red, green, bold } = this.colors;
    const what = [place, detail].filter((part) => part !== undefined).join(", ");
    const words = what === "" ? mark : `${mark}: ${visible(what)}`;
    this.write(
      `${`${Math.floor(atSeconds)}`.padStart(6)} s ${(mark === "fault" ? red : green)(bold(words))}\n`,
    );
  }

  private breakLine(): void {
    if (this.column > 0) this.write("\n");
    this.column = 0;
  }

  private who(endpoint: string | null): "primary" | "standby" | "nobody" {
    if (endpoint === null) return "nobody";
    return endpoint === primaryEndpoint(this.answers) ? "primary" : "standby";
  }
}
