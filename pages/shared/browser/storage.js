// What a browser keeps. Storage may be forbidden (private windows): it then lasts as long as the page.

const recall = (storage, key, read = (_, value) => value) => {
  try {
    return JSON.parse(window[storage].getItem(key) ?? "null", read);
  } catch {
    return null;
  }
};

// Returns whether it could; null takes away what was kept.
const remember = (storage, key, value) => {
  try {
    if (value === null) window[storage].removeItem(key);
    else window[storage].setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
};

// crypto.randomUUID exists in secure contexts only; a dashboard in an intranet is often plain http. A random digit for
// each 0, one of 8 to b for the 8.
const uuid = () =>
  "00000000-0000-4000-8000-000000000000".replace(/[08]/g, (digit) => {
    const random = crypto.getRandomValues(new Uint8Array(1))[0] & 15;
    return (digit === "8" ? 8 | (random & 3) : random).toString(16);
  });
