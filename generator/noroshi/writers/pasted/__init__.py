"""One matter as text to paste into a mail, a ticket or a chat: the facts of its page, in the page's words."""
