-- Everything into the file itself: what is renamed into place needs no log beside it.
CHECKPOINT store
