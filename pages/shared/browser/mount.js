// How a component stands on a page: Streamlit calls its function at each run; it is made once and updated afterwards.

const mounted = new Set();

class Mounted {
  constructor(root) {
    this.root = root;
    this.left = new AbortController(); // for listeners that outlive the root
    mounted.add(this);
  }

  // What the page around it scrolls in; null: the window.
  get scrolledIn() {
    return this.root.getRootNode().host?.closest('[data-testid="stMain"]') ?? null;
  }

  listen(target, type, heard, options = {}) {
    target.addEventListener(type, heard, { ...options, signal: this.left.signal });
  }

  destroy() {
    this.left.abort();
    mounted.delete(this);
  }

  // Gives way to a newer version of the product, which came with a restart of the server under an open page.
  // Returns what its successor needs to go on where it was.
  retire() {
    this.destroy();
  }

  resume() {}
}

// `place` is where the component's element keeps it.
const mount = (place, selector, Part) => (component) => {
  const { parentElement } = component;
  const root = parentElement.querySelector(selector);
  let part = parentElement[place];
  if (part?.root !== root || !(part instanceof Part)) {
    const left = part?.retire();
    part = new Part(root);
    parentElement[place] = part;
    part.update(component);
    part.resume(left);
  } else part.update(component);
  // Streamlit also calls this for a call that a newer update overtook, while the part stands and is typed in.
  return () => {
    if (root.isConnected) return;
    part.destroy();
    if (parentElement[place] === part) delete parentElement[place];
  };
};
