"""The read API of Atlassian Statuspage (v2) as static documents: its shapes, its words, its order.

Each module holds one shape, with the fields and in the order in which Statuspage sends them, as far as its public
documentation and the documents of public pages tell: https://metastatuspage.com/api. `docs/statuspage-api.md` tells
what of ours stands in them.
"""
