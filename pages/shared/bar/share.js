// The address of the view: copied as soon as it is shown, which is at the click on 分享. Where the browser does not let
// a page copy (another machine's address without https), the field is selected: what is left is one key.

const whole = (more) => {
  const address = new URL(location.href);
  for (const [key, value] of Object.entries(more)) {
    if (!address.searchParams.has(key)) address.searchParams.set(key, value);
  }
  return address.href;
};

class ViewAddress extends Mounted {
  update({ data }) {
    const { words, more } = data;
    redraw(this.root, [words, whole(more)], () => {
      this.field = el("input", { type: "text", readonly: true, value: whole(more), "aria-label": words.address });
      this.status = el("p", { role: "status" });
      const copy = () => this.copy(words);
      this.field.addEventListener("focus", () => this.field.select());
      requestAnimationFrame(copy);
      return [el("div.line", this.field, el("button", { onclick: copy }, words.copy)), this.status];
    });
  }

  async copy(words) {
    this.field.focus();
    this.field.select();
    const done = (await this.toClipboard()) || document.execCommand("copy");
    setText(this.status, done ? words.copied : words.by_hand);
  }

  async toClipboard() {
    if (!navigator.clipboard?.writeText) return false;
    return navigator.clipboard.writeText(this.field.value).then(
      () => true,
      () => false
    );
  }
}

export default mount("viewAddress", ".view-address", ViewAddress);
