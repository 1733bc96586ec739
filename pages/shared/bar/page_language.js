// A reader has to know which language the page is in.

class PageLanguage extends Mounted {
  update({ data }) {
    document.documentElement.lang = data.language;
  }
}

export default mount("pageLanguage", ".page-language", PageLanguage);
