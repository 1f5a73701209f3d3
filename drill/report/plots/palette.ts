/**
 * The colours of every picture, as they are drawn: on light ground. A page or a picture that follows the reader's
 * ground replaces each by its partner. Blue and amber, teal and purple stay apart for eyes that do not see red or
 * green, and each pair differs in lightness for print.
 */
export const COLORS = {
  ink: { light: "#1f2328", dark: "#e6edf3" },
  soft: { light: "#59636e", dark: "#9198a1" },
  line: { light: "#d1d9e0", dark: "#3d444d" },
  page: { light: "#ffffff", dark: "#0d1117" },
  primary: { light: "#3b78e7", dark: "#4c8bf5" },
  standby: { light: "#f2a33a", dark: "#e3a04a" },
  failed: { light: "#c4232f", dark: "#f85149" },
  none: { light: "#9aa4af", dark: "#6e7781" },
  healed: { light: "#1a7f37", dark: "#3fb950" },
  teal: { light: "#0f766e", dark: "#2dd4bf" },
  purple: { light: "#7a3fc4", dark: "#b78af7" },
} as const satisfies Record<string, { light: string; dark: string }>;

export type ColorName = keyof typeof COLORS;

export const INK = COLORS.ink.light;
export const SOFT = COLORS.soft.light;
export const LINE = COLORS.line.light;
export const PAGE = COLORS.page.light;

/** What stands in a style sheet so that the pictures that `scope` holds follow a dark ground. */
export function darkColors(scope = "", names = Object.keys(COLORS) as ColorName[]): string {
  return names
    .map((name) => {
      const { light, dark } = COLORS[name];
      return `${scope}[fill="${light}"] { fill: ${dark} } ${scope}[stroke="${light}"] { stroke: ${dark} }`;
    })
    .join(" ");
}
