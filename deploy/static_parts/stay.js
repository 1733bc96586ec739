// A page whose login has ended while it was cut off leads to the login. Scores that are not saved yet stay in the tab's
// own storage, and are sent after it.
(function () {
  function look() {
    var app = document.querySelector("[data-testid=stApp]");
    if (!app || app.getAttribute("data-test-connection-state") === "CONNECTED") return;
    fetch("./login?still", { cache: "no-store" }).then(
      function (answer) {
        var here = location.pathname + location.search;
        if (answer.status === 401) location.href = "./login?next=" + encodeURIComponent(here);
      },
      function () {}
    );
  }
  setInterval(look, 5000);
})();
