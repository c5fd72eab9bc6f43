"""The store: the register's records and their history, and what is known of the files they come from."""

from registerkit.store.codec import decode, encode
from registerkit.store.store import Base, Change, Store, sqlite_url
from registerkit.store.write import Transaction

__all__ = ["Base", "Change", "Store", "Transaction", "decode", "encode", "sqlite_url"]
