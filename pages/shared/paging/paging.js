// What a screen reader says of the page numbers, in the language of the page.

const watching = new WeakMap(); // by the element that Streamlit mounts into

export default function (component) {
  const { words } = component.data;
  const root = component.parentElement.querySelector(".page-names");
  const main = document.querySelector('[data-testid="stMain"]');
  const steps = { stPaginationPrev: words.previous, stPaginationNext: words.next };
  const number = (part) => (part.tagName === "BUTTON" ? words.page.replace("{n}", part.textContent.trim()) : words.all);
  const called = (part) => steps[part.dataset.testid] ?? number(part);
  const name = () => {
    for (const part of main.querySelectorAll('[data-testid="stPagination"] [aria-label]')) {
      if (part.getAttribute("aria-label") !== called(part)) part.setAttribute("aria-label", called(part));
    }
  };
  watching.get(root)?.disconnect();
  const observer = new MutationObserver(name);
  watching.set(root, observer);
  observer.observe(main, { attributeFilter: ["aria-label"], childList: true, subtree: true });
  name();
  return () => observer.disconnect();
}
