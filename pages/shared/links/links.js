// Links of tables that lead to another part of the same page: followed without leaving it. Streamlit would open them in
// a new tab; with Ctrl, Shift or the middle button they still are, as everywhere.

const listening = new WeakMap(); // by the element that Streamlit mounts into

export default function (component) {
  const root = component.parentElement.querySelector(".followed-links");
  const follow = (event) => {
    if (!root.isConnected) {
      document.removeEventListener("click", follow, true);
      return;
    }
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('[data-testid="stTable"] a') : null;
    const address = link?.getAttribute("href") ?? "";
    if (!address.startsWith(component.data.page)) return;
    event.preventDefault();
    component.setTriggerValue("chosen", address);
  };
  const stop = () => document.removeEventListener("click", listening.get(root), true);
  stop();
  listening.set(root, follow);
  document.addEventListener("click", follow, true);
  return stop;
}
