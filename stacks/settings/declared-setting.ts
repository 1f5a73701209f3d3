import type { Reader, Refusal } from "../setting-values";

/** One setting of one system. */
export interface Setting<T> {
  /** What an absent setting is read as, and `auto`. */
  readonly default: string;
  readonly read: Reader<T>;
}

export const setting = <T>(defaultText: string, read: Reader<T>): Setting<T> => ({
  default: defaultText,
  read,
});

/** Settings by their names, in the order in which they are reported. */
export type Declared = Readonly<Record<string, Setting<unknown>>>;

export type ValuesOf<D extends Declared> = {
  readonly [N in keyof D]: D[N] extends Setting<infer T> ? T : never;
};

/** A setting that is right by itself and wrong beside another. */
export type CrossRefusal = Omit<Refusal, "kind"> & { readonly name: string };

/** What a refused setting held. */
export interface RefusedSetting {
  readonly name: string;
  readonly text: string;
  readonly refusal: Omit<Refusal, "kind">;
}

export type SettingsReading<S> =
  | { readonly kind: "ok"; readonly settings: S }
  | { readonly kind: "refused"; readonly refused: readonly RefusedSetting[] };

/** The settings of one system: which there are, and how they are read together. */
export interface SystemReader<S> {
  readonly declared: Declared;
  /** @param textOf the text of each setting, as configured or by default. */
  read(textOf: (name: string) => string, stack: string): SettingsReading<S>;
}

/** Puts declarations, what no single setting can show, and the finished settings of a system together. */
export function systemReader<const D extends Declared, S>(system: {
  readonly declared: D;
  /** Gets the values that could be read; a check whose settings are missing is passed over, not failed. */
  readonly crossCheck: (values: Partial<ValuesOf<D>>) => readonly CrossRefusal[];
  readonly settingsOf: (values: ValuesOf<D>, stack: string) => S;
}): SystemReader<S> {
  const { declared, crossCheck, settingsOf } = system;
  return {
    declared,
    read(textOf, stack) {
      const values: Record<string, unknown> = {};
      const refused: RefusedSetting[] = [];
      for (const [name, { read }] of Object.entries(declared)) {
        const text = textOf(name);
        const reading = read(text);
        if (reading.kind === "value") values[name] = reading.value;
        else refused.push({ name, text, refusal: reading });
      }
      for (const { name, ...refusal } of crossCheck(values as Partial<ValuesOf<D>>)) {
        refused.push({ name, text: textOf(name), refusal });
      }
      if (refused.length > 0) return { kind: "refused", refused };
      return { kind: "ok", settings: settingsOf(values as ValuesOf<D>, stack) };
    },
  };
}
