"""`make soak`: what is too long for every test; each part in a quick form in `make test`, too."""
