"""The three lists, risks, duties and what nobody holds: views of one ledger, and what feeds them."""
