// On a telephone Streamlit puts the groups of the menu as <div> between <ul> and <li>, which readers take for broken
// lists. Each group is called what it is: a list of its own.
(function () {
  function call() {
    var groups = document.querySelectorAll("[data-testid=stSidebarNav] ul > div");
    for (var at = 0; at < groups.length; at++) {
      if (groups[at].getAttribute("role")) continue;
      groups[at].setAttribute("role", "list");
      groups[at].parentNode.setAttribute("role", "presentation");
    }
  }
  new MutationObserver(call).observe(document, { childList: true, subtree: true });
})();
