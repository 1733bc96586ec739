// Loaded before a page's own code. Times are performance.now(): milliseconds since the navigation began.
{
  const roots = () => {
    const found = [document];
    for (const root of found)
      for (const element of root.querySelectorAll("*")) if (element.shadowRoot) found.push(element.shadowRoot);
    return found;
  };
  const all = (selector) => roots().flatMap((root) => [...root.querySelectorAll(selector)]);
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0;
  };

  // The frame in which at least `count` elements stand on the screen.
  window.benchShown = (selector, count) =>
    new Promise((done) => {
      const look = () =>
        all(selector).filter(shown).length >= count ? done(performance.now()) : requestAnimationFrame(look);
      look();
    });

  // From the next keydown of `key` until `reached` says so of the text of `selector`; with `frame`, until the frame
  // that paints it. The answer waits in window.benchAnswer.
  window.benchKey = (key, selector, kind, frame) => {
    const target = all(selector)[0];
    const before = target.textContent;
    let between = false;
    const reached = () => {
      const now = all(selector)[0]?.textContent ?? before;
      if (kind === "changed") return now !== before;
      between ||= /保存中/.test(now); // saved: it was being saved, and now it is
      return between && /已保存/.test(now);
    };
    window.benchAnswer = new Promise((done, fail) => {
      let pressed = null;
      setTimeout(() => fail(new Error(`no answer to ${key} at ${selector} within 20 s: ${all(selector)[0]?.textContent}`)), 20000);
      const observer = new MutationObserver(() => {
        if (pressed === null || !reached()) return;
        observer.disconnect();
        if (frame) requestAnimationFrame(() => done(performance.now() - pressed));
        else done(performance.now() - pressed);
      });
      for (const root of roots())
        observer.observe(root, { subtree: true, childList: true, characterData: true });
      window.addEventListener(
        "keydown",
        (event) => {
          if (event.key === key && pressed === null) pressed = event.timeStamp;
        },
        { capture: true },
      );
    });
  };

  // From a click until the text of `changes` is another and the page stands whole: run to its end, nothing stale,
  // every chart drawn.
  window.benchClick = (selector, changes) =>
    new Promise((done) => {
      const text = () => all(changes)[0]?.textContent;
      const whole = () =>
        document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]') &&
        !document.querySelector('[data-stale="true"]') &&
        [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].every((chart) =>
          chart.querySelector(".main-svg"),
        );
      const before = text();
      const start = performance.now();
      all(selector)[0].click();
      const look = () =>
        text() !== undefined && text() !== before && whole()
          ? done(performance.now() - start)
          : requestAnimationFrame(look);
      look();
    });
}
