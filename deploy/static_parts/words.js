// What Streamlit says in English only, mostly to readers: said in the language of the page, which its address names.
(function () {
  var WORDS = {
    "Skip to main content": "跳到正文",
    "App pages": "菜单",
    "Main menu": "菜单",
    Logo: "标志",
    "Navigate to home page": "回到首页",
    Sidebar: "侧栏",
    "Expand sidebar": "打开菜单",
    "Collapse sidebar": "收起菜单",
    Open: "展开",
    Close: "关闭",
    Upload: "选择文件",
    "file upload": "选择文件",
    "Clear value": "清除",
    "Clear all": "全部清除",
    "Choose an option": "请选择",
    "Choose options": "请选择",
    "Selected values": "已选",
    "No results": "没有符合的选项",
    "Running...": "正在更新",
    "Stop script": "停止",
    Fullscreen: "全屏",
    "Close fullscreen": "退出全屏",
    Notifications: "通知",
    Pagination: "翻页",
    "Previous page": "上一页",
    "Next page": "下一页"
  };
  var FORMS = [
    [/^Remove (.+)$/, "移除$1", /^移除(.+)$/, "Remove $1"],
    [/^(\d+) more$/, "其余$1页", /^其余(\d+)页$/, "$1 more"]
  ];
  var NAMES = ["aria-label", "title", "placeholder", "alt"];
  var TEXTS = "[data-testid=stSkipToContent], [data-testid=stTopNav] button p, [role=listbox] *";
  var back = {};
  for (var word in WORDS) if (!(WORDS[word] in back)) back[WORDS[word]] = word;

  function said(text) {
    var english = /[?&]lang=en(&|$)/.test(location.search);
    var words = english ? back : WORDS;
    if (Object.prototype.hasOwnProperty.call(words, text)) return words[text];
    for (var at = 0; at < FORMS.length; at++) {
      var form = FORMS[at][english ? 2 : 0];
      if (form.test(text)) return text.replace(form, FORMS[at][english ? 3 : 1]);
    }
    return text;
  }
  function name(node) {
    for (var at = 0; at < NAMES.length; at++) {
      var held = node.getAttribute(NAMES[at]);
      if (held && said(held) !== held) node.setAttribute(NAMES[at], said(held));
    }
    var text = node.childNodes.length === 1 && node.firstChild;
    if (text && text.nodeType === 3 && node.matches(TEXTS) && said(text.nodeValue) !== text.nodeValue)
      text.nodeValue = said(text.nodeValue);
  }
  function within(node) {
    if (node.nodeType !== 1) return;
    name(node);
    var named = node.querySelectorAll("[" + NAMES.join("], [") + "], " + TEXTS);
    for (var at = 0; at < named.length; at++) name(named[at]);
  }
  var language = null;
  new MutationObserver(function (changes) {
    var now = /[?&]lang=en(&|$)/.test(location.search);
    if (language !== now) within(document.documentElement);
    language = now;
    changes.forEach(function (change) {
      if (change.type === "attributes") name(change.target);
      else change.addedNodes.forEach(within);
    });
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: NAMES });
})();
