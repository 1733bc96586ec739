// A file of the server's, given to whoever asked for it as if they had pressed a link; `content`: base64.

const hand = ({ name, type, content }) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const href = URL.createObjectURL(new Blob([bytes], { type }));
  el("a", { href, download: name }).click(); // outside the document: no listener of the page sees it
  setTimeout(() => URL.revokeObjectURL(href), 60000);
};
