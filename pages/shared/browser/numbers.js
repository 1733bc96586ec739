// Points in the browser: whole hundredths everywhere, never floats.

const NUMBER = /^[+-]?(\d{1,9}(\.\d{0,9})?|\.\d{1,9})$/;
const UNFINISHED = /^([+-]|[+-]?\.)$/;

const hundredths = (text) => {
  if (typeof text !== "string") return text ?? null;
  const [, sign, whole, part = ""] = /^([+-]?)(\d*)\.?(\d*)$/.exec(text);
  const value = Number(whole || 0) * 100 + Number((part + "00").slice(0, 2));
  return sign === "-" && value ? -value : value;
};

const print = (value) => {
  if (value === null) return "";
  const size = Math.abs(value);
  return `${value < 0 ? "-" : ""}${Math.floor(size / 100)}.${String(size % 100).padStart(2, "0")}`;
};

const plain = (value) => print(value).replace(/\.?0+$/, "");

// part / whole × 100 in hundredths, half up: of both, whole numbers
const share = (part, whole) => Math.floor((part * 20000 + whole) / (2 * whole));

// What somebody typed: {empty}, {value} or {wrong, unfinished}. Chinese input methods give ４.５ and 4。5: both are 4.5.
// Those of a 扣分项 lie between `least`, below 0, and 0. They stand on steps of `step` from `origin`, or at an end.
const readNumber = (typed, weight, least = 0, step = 1, origin = 0) => {
  const text = typed.trim().normalize("NFKC").replaceAll("。", ".").trim();
  if (!text) return { empty: true };
  const decimals = (text.split(".")[1] ?? "").replace(/0+$/, "");
  if (!NUMBER.test(text) || decimals.length > 2) return { wrong: "not_a_number", unfinished: UNFINISHED.test(text) };
  const value = hundredths(text);
  if (least < 0 && (value < least || value > weight)) return { wrong: "not_off" };
  if (value < least) return { wrong: "negative" };
  if (value > weight) return { wrong: "too_high" };
  if ((value - origin) % step && value !== weight && value !== least) return { wrong: "off_step", ...beside(value, weight, least, step, origin) };
  return { value };
};

// The numbers next to one that is on no step.
const beside = (value, weight, least, step, origin) => {
  const below = origin + Math.floor((value - origin) / step) * step;
  return { below: Math.max(below, least), above: Math.min(below + step, weight) };
};

// The next number up (1) or down (-1); from nothing it begins at the end that it leaves.
const stepped = (value, way, weight, least = 0, step = 1, origin = 0) => {
  if (value === null) return way > 0 ? least : weight;
  const at = (value - origin) / step;
  const next = origin + (way > 0 ? Math.floor(at) + 1 : Math.ceil(at) - 1) * step;
  return Math.min(Math.max(next, least), weight);
};
