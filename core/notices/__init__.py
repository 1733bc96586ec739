"""Being told: what is to be told, when it is sent again, and the sending by mail and webhook."""
