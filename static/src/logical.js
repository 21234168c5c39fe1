// Turns the physical sides in compiled CSS into logical ones, so that every page mirrors for
// right-to-left languages, whatever the library that wrote the rule.
const SIDES = { left: "start", right: "end" };

// In `left: 2px; inset-inline-start: 2px` a right-to-left box of fixed width ignores `left`, and a
// browser too old for logical insets still has the physical one.
const position = (rule) =>
  rule.replace(/(^|[;{])(left|right):([^;}]+)/g, (all, before, side, value) =>
    `${before}${side}:${value};inset-inline-${SIDES[side]}:${value}`);

const sides = (css) =>
  css
    .replace(/\b(margin|padding)-(left|right):/g, (all, kind, side) => `${kind}-inline-${SIDES[side]}:`)
    .replace(/\bborder-(left|right)(-width|-style|-color)?:/g, (all, side, part = "") =>
      `border-inline-${SIDES[side]}${part}:`)
    .replace(/\btext-align:(left|right)/g, (all, side) => `text-align:${SIDES[side]}`)
    .replace(/\b(float|clear):(left|right)/g, (all, kind, side) => `${kind}:inline-${SIDES[side]}`);

export const logical = (css) => position(sides(css));
