"""Parts of the page 账号: the list, adding somebody, and what is done about one of them."""
