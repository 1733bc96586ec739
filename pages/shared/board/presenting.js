// How the board fills a hall's screen: dark and without names on request; digits lead to an item by its place.

const DIGITS_MS = 1200; // digits typed closer together are one number

const wishes = { dark: false, nameless: false }; // of this tab, for its next full screen too

class Presenter {
  constructor(board) {
    this.board = board;
    this.digits = "";
    this.typedAt = -DIGITS_MS;
    board.listen(document, "fullscreenchange", () => board.data && board.render());
  }

  build() {
    const { board } = this;
    for (const wish of Object.keys(wishes)) {
      board[wish].onclick = () => {
        wishes[wish] = !wishes[wish];
        board.render();
      };
    }
    board.full.hidden = !document.fullscreenEnabled;
    const fillScreen = () => board.root.requestFullscreen();
    board.full.onclick = () => (document.fullscreenElement ? document.exitFullscreen() : fillScreen());
  }

  get filled() {
    return this.board.root.getRootNode().fullscreenElement === this.board.root;
  }

  get nameless() {
    return this.filled && wishes.nameless;
  }

  // A person's name as the hall may read it: experts are numbered in the order of their sheets, others have none.
  name(name) {
    if (!this.nameless) return name;
    return this.experts.includes(name) ? this.numbered(name) : "";
  }

  // A text in which the panel's names stand as the hall may read them.
  text(text) {
    if (!this.nameless) return text;
    const { persons, items, words } = this.board.data;
    const heard = items.flatMap(({ decided, comments, talk }) => [decided, ...comments, ...talk.remarks]);
    const people = heard.filter((one) => !one.unit);
    const others = [...Object.values(persons), ...people.map((one) => one.by)].filter(Boolean);
    const known = [...new Set([...this.experts, ...others])].sort((a, b) => b.length - a.length);
    const said = (name) => (this.experts.includes(name) ? this.numbered(name) : words.someone);
    return known.reduce((left, name) => left.replaceAll(name, said(name)), text);
  }

  // Whether it is shown otherwise than it stands: it is not to be changed then, or that would be kept.
  hides(text) {
    return this.text(text) !== text;
  }

  get experts() {
    return (this.board.data.items[0]?.scores ?? []).map((score) => score.name);
  }

  numbered(name) {
    return fill(this.board.data.words.expert, { number: this.experts.indexOf(name) + 1 });
  }

  render() {
    const { root, data, full } = this.board;
    const { filled } = this;
    for (const wish of Object.keys(wishes)) {
      this.board[wish].hidden = !filled;
      this.board[wish].setAttribute("aria-pressed", String(wishes[wish]));
    }
    full.setAttribute("aria-pressed", String(filled));
    root.classList.toggle("dark", filled && wishes.dark);
    root.classList.toggle("many", data.agenda.length > 8);
    root.style.setProperty("--rows", data.agenda.length + 3); // three lines for the sentence of the one that is shown
  }

  // The code of the item whose place in the list has been typed so far; nothing where there is none.
  typed(digit, list) {
    const now = performance.now();
    this.digits = (now - this.typedAt < DIGITS_MS ? this.digits : "") + digit;
    this.typedAt = now;
    return list[Number(this.digits) - 1]?.code;
  }
}
