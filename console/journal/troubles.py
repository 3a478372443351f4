"""From what a database raises to one sentence, made of our own words: an error's own text may hold
an address with a password."""

import sqlite3

from console.journal.revisions import NewerHistory

NEWER = "This history was written by a newer version of the console."

ODD_TABLES = "its tables are not as they should be"

SQLITE = {
    "SQLITE_BUSY": "its file is locked by another program",
    "SQLITE_LOCKED": "its file is locked by another program",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_NOTADB": "its file is not a database",
    "SQLITE_CORRUPT": "its file is damaged",
    "SQLITE_READONLY": "its file cannot be written",
    "SQLITE_PERM": "its file cannot be opened",
    "SQLITE_CANTOPEN": "its file cannot be opened",
    "SQLITE_IOERR": "its disk cannot be read or written",
    "SQLITE_ERROR": ODD_TABLES,
}
"""By the first two words of SQLite's name for the error."""

POSTGRESQL = {
    "08": "the database server does not answer",
    "25006": "the database can only be read",
    "28": "the database server does not accept the user name or the password",
    "3D": "the database server has no database of that name",
    "42P01": ODD_TABLES,
    "42501": "the database user may not do this",
    "53100": "the database server's disk is full",
    "53300": "the database server has too many connections",
    "53": "the database server has run out of room",
    "55P03": "the database is locked by another program",
    "57014": "the database took too long",
    "57": "the database server is shutting down",
}
"""By SQLSTATE, or the class that it begins with."""


def problem_sentence(error: BaseException) -> str:
    """ "History is unavailable: …", or that it is a newer version's."""
    if isinstance(error, NewerHistory):
        return NEWER
    return f"History is unavailable: {trouble_reason(error)}."


def trouble_reason(error: BaseException) -> str:
    """What is wrong, for the end of a sentence on what cannot be done therefore."""
    if isinstance(error, NewerHistory):
        return "it was written by a newer version of the console"
    return _reason(_original(error))


def is_ours(error: BaseException) -> bool:
    """Whether trying again cannot help: what was to be written is at fault, not the database."""
    original = _original(error)
    names = {kind.__name__ for kind in type(original).__mro__}
    if names & {"DataError", "IntegrityError"}:
        return True
    return not (
        isinstance(original, OSError | ImportError | NewerHistory | sqlite3.Error)
        or type(original).__module__.split(".")[0] in ("psycopg", "sqlalchemy")
    )


def _original(error: BaseException) -> BaseException:
    """The driver's own error in SQLAlchemy's."""
    wrapped = getattr(error, "orig", None)
    return wrapped if isinstance(wrapped, BaseException) else error


def _reason(error: BaseException) -> str:
    if isinstance(error, sqlite3.Error):
        name = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
        return SQLITE.get(name, f"SQLite says {name or 'no'} to it")
    if isinstance(error, ImportError):
        return "PostgreSQL's driver is not installed; install maia-runner-console[postgres]"
    if isinstance(error, OverflowError):  # a number too large for a moment
        return ODD_TABLES
    if isinstance(error, OSError):
        return f"its file cannot be written ({error.strerror or 'no reason given'})"
    if type(error).__module__.split(".")[0] == "psycopg":
        return _server_reason(error)
    return f"a fault of this program ({type(error).__name__})"


def _server_reason(error: BaseException) -> str:
    state = getattr(error, "sqlstate", None) or ""
    for length in (5, 2):
        if state[:length] in POSTGRESQL:
            return POSTGRESQL[state[:length]]
    if state:
        return f"the database server answers with error {state}"
    text = str(error)
    if "authentication failed" in text or "no password supplied" in text:
        return POSTGRESQL["28"]
    if "does not exist" in text:
        return POSTGRESQL["3D"]
    if "invalid" in text and "option" in text:
        return "the database's address has a part that is not understood"
    return POSTGRESQL["08"]
