// Links of tables that lead to another part of the same page: followed without leaving it. Streamlit would open them in
// a new tab; with Ctrl, Shift or the middle button they still are, as everywhere.

class Links extends Mounted {
  constructor(root) {
    super(root);
    this.listen(document, "click", (event) => this.follow(event), { capture: true });
  }

  update({ data, setTriggerValue }) {
    Object.assign(this, { page: data.page, setTriggerValue });
  }

  follow(event) {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('[data-testid="stTable"] a') : null;
    const address = link?.getAttribute("href") ?? "";
    if (!address.startsWith(this.page) || !this.root.isConnected) return;
    event.preventDefault();
    this.setTriggerValue("chosen", address);
  }
}

export default mount("followedLinks", ".followed-links", Links);
