// What stands in a cell of the form: a figure as it is typed, and why it stands although a check doubts it.

const EMPTY = { raw: "", reason: "", revision: 0, edit_id: "", by: "", at: "" };
const UNKNOWN = "—"; // said of a figure that is not known
const MOST_RAW = 40;
const FIGURE = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/;
const HALF = /^(?:[+-]?|[+-]?(?:[\d,]*\.?\d*))[%％]?$/; // may become a number yet
const DAY = /^(\d{4})(?:[年/.-](\d{1,2})[月/.-](\d{1,2})日{0,1}|(\d{2})(\d{2}))$/;
const HALF_DAY = /^\d{0,8}$|^\d{4}[年/.-](\d{0,2}|\d{1,2}[月/.-]\d{0,2}日{0,1})$/; // may become a day yet
const MOST_DECIMALS = 6;
const MOST_WHOLE = { count: 9, money: 12, change: 12, area: 12 };

const figureOf = ({ raw, reason }) => ({ raw, reason });

class ReportOutbox extends Outbox {
  get nothing() {
    return EMPTY;
  }

  value(of) {
    return figureOf(of);
  }

  same(a, b) {
    return a.raw === b.raw && a.reason === b.reason;
  }

  // [raw, reason, revision, edit_id, by, at]; an answer's `theirs` has them by name.
  read(row) {
    if (!Array.isArray(row)) return { ...EMPTY, ...row };
    const [raw, reason, revision, edit_id, by, at] = row;
    return { raw, reason, revision, edit_id, by, at };
  }

  sent(edit) {
    return figureOf(edit);
  }

  wanted(target, now) {
    const value = figureOf(target);
    return this.same(value, now) ? null : value;
  }
}

// What somebody typed into a cell of this kind: {raw} as it is kept ("" empties the cell) or {wrong, unfinished}. Only
// its form is looked at. A share above 1 without a sign is in per cent; one up to 1 is shown as what it is read as.
const readFigure = (typed, kind) => {
  const text = typed.normalize("NFKC").replaceAll("。", ".").replaceAll("，", ",").replace(/\s+/g, "");
  if (!text || /^[—–]{1,2}$/.test(text)) return { raw: text ? UNKNOWN : "" };
  if (kind === "day") return readDay(text);
  const signed = kind === "share" && text.endsWith("%");
  const plain = (signed ? text.slice(0, -1) : text).replace(/^([+-]?)\./, "$10.").replace(/\.$/, "");
  const [, sign, whole, part = ""] = FIGURE.exec(plain) ?? [];
  const unfinished = HALF.test(text);
  if (whole === undefined || text.length > MOST_RAW) return { wrong: `not_a_${kind}`, unfinished };
  const digits = whole.replaceAll(",", "").replace(/^0+(?=\d)/, "");
  const decimals = part.replace(/0+$/, "");
  const something = /[1-9]/.test(digits + decimals);
  if (sign === "-" && kind !== "change" && something) return { wrong: "below_nothing" };
  if (kind === "share") return readShare(digits, decimals, signed, unfinished);
  if (decimals.length > (kind === "count" ? 0 : MOST_DECIMALS)) return { wrong: `not_a_${kind}` };
  if (digits.length > MOST_WHOLE[kind]) return { wrong: "too_large" };
  const unsigned = kind === "count" ? whole : plain.replace(/^[+-]/, "");
  return { raw: sign === "-" && something ? `-${unsigned}` : unsigned };
};

// As 2025-03-01, whatever stands between its parts.
const readDay = (text) => {
  const [, year, month, day, month2, day2] = DAY.exec(text) ?? [];
  if (!year) return { wrong: "not_a_day", unfinished: HALF_DAY.test(text) };
  const parts = [year, month ?? month2, day ?? day2].map((part) => part.padStart(2, "0"));
  const at = new Date(Date.UTC(Number(parts[0]), Number(parts[1]) - 1, Number(parts[2])));
  const raw = parts.join("-");
  return Number(parts[0]) > 1900 && at.toISOString().startsWith(raw) ? { raw } : { wrong: "not_a_day" };
};

// In whole millionths of per cent, so that nothing is rounded.
const readShare = (digits, decimals, signed, unfinished) => {
  if (digits.length > 9) return { wrong: "over_whole" };
  if (decimals.length > MOST_DECIMALS) return { wrong: "not_a_share" };
  const size = Number(digits) * 1e6 + Number(decimals.padEnd(6, "0"));
  const percent = signed || size > 1e6 ? size : size * 100;
  if (percent > 100e6) return { wrong: "over_whole" };
  if (percent % 100) return { wrong: "not_a_share", unfinished };
  const rest = String(percent % 1e6).padStart(6, "0").replace(/0+$/, "");
  return { raw: `${Math.floor(percent / 1e6)}${rest && "."}${rest}%` };
};

// Why what stands in a cell does not count; "" where it does, or may once it is finished.
const wrongOf = (typed, column, now, words, finished) => {
  const { wrong, unfinished } = readFigure(typed, column.kind);
  if (!wrong || (unfinished && !finished)) return "";
  const kept = now.raw ? fill(words.cell_kept, now) : words.cell_kept_empty;
  return fill(words[wrong], { name: column.name, typed: typed.trim().slice(0, MOST_RAW), kept });
};

// A value in words, beside the other one.
const describeFigure = (words) => (value, other) => {
  const text = value.raw || words.empty_cell;
  if (value.reason === other.reason) return text;
  return fill(words.with_reason, { value: text, reason: value.reason || words.no_reason });
};
