// In words that any browser of the last fifteen years reads: what the dashboard itself is written in, these may not.
(function () {
  var good = !!(window.CSS && CSS.supports && window.Promise && Promise.any && Object.hasOwn);
  try {
    new RegExp("a", "v"); // what Streamlit's own script needs first, and Chromium has since 112
  } catch (error) {
    good = false;
  }
  if (good) return;
  document.addEventListener("DOMContentLoaded", function () {
    document.body.innerHTML =
      '<div id="old-browser" style="max-width:36em;margin:12% auto;padding:0 1em;color:#0b1621;line-height:1.7;' +
      "font-family:'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif\">" +
      '<h1 style="font-size:22px">请换用较新的浏览器</h1>' +
      "<p>您现在的浏览器太旧，无法显示旧改绩效看板。请用Chromium内核$oldest或更新的浏览器：" +
      "新版Chrome、Edge，或360、奇安信等浏览器新版的极速模式。数据不受影响。</p>" +
      '<p><a href="./plain">看简版页面</a>（总览和评分表，只能看）</p>' +
      '<p lang="en">Please use a newer browser: Chromium $oldest or later (Chrome, Edge). ' +
      '<a href="./plain?lang=en">Plain page</a>: overview and scores, to read.</p></div>';
  });
})();
