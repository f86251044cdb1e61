"""Other people's lists of bad addresses: which ones, how they are read, kept and put together.

entry       one address, as a feed says it
fault       what can go wrong with a feed, in words
catalogue   which feeds there are (rules/feeds.toml)
download    one feed over the network, into a file
unpacking   that file into lines
row         one name or address into an entry
tally       what became of the rows, and why some were left out
line_formats, table_formats
            lines into rows: an entry a line; csv and json
formats     all of that: a file into entries
sanity      what no feed may say, and which change is too large to be true
snapshot    what a feed said at its last good pull
pull        all of it for one feed
pruning     what the compiled list leaves out
store       where compiled lists lie, and which is the newest
build       all snapshots into one compiled list
switch      whether lists are pulled at all, and which
age         how old they are
schedule    when a home does so
telling     what is said of all that
command     `notalone feeds …`
"""
