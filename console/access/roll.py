"""Who is here, in memory: what requests and events ask of users, sessions and tokens. The
screens have a roll of their own. It answers in microseconds, and reads and writes nothing."""

from collections.abc import Callable
from datetime import datetime

from console.access.digests import digest
from console.access.person import Person
from console.access.roles import Role
from console.access.screen_roll import ScreenRoll
from console.access.sessions import SessionLimits, SignedIn, Way, Why, ended_words
from console.access.state import NOBODY, State, StoredSession
from console.access.tokens import Token
from console.access.users import User, user_key
from console.listeners import tell_all

Listener = Callable[[str, str], None]


class Roll:
    """Belongs to the event loop. `taken` is False until the database was read once."""

    def __init__(self, clock: Callable[[], datetime], limits: SessionLimits) -> None:
        self._clock, self._limits = clock, limits
        self.screens = ScreenRoll(clock)
        self._state = NOBODY
        self._by_digest: dict[str, StoredSession] = {}
        self._seen: dict[str, datetime] = {}
        self._used: dict[str, datetime] = {}
        self._address: dict[str, str] = {}
        self._unwritten: set[str] = set()
        self._ending: dict[str, str] = {}
        self._listeners: dict[int, Listener] = {}
        self._had_users = False
        self.taken = False

    @property
    def count(self) -> int:
        return self._state.count

    @property
    def has_users(self) -> bool:
        return self._had_users or not self.taken

    @property
    def has_admin(self) -> bool:
        return not self.taken or any(
            each.role is Role.ADMIN and not each.is_disabled for each in self._state.users.values()
        )

    def person(self, secret: str, address: str, is_used: bool) -> Person | None:
        session = self._by_digest.get(digest(secret))
        if session is None:
            return None
        person = self._person(session, address)
        if person is not None:
            self._address[session.id] = address
            if is_used:
                self._use(session)
        return person

    def still(self, session_id: str, is_used: bool) -> Person | None:
        session = self._state.sessions.get(session_id)
        if session is None:
            return None
        person = self._person(session, self._address.get(session_id, session.address))
        if person is not None and is_used:
            self._use(session)
        return person

    def bearer(self, secret: str) -> Token | None:
        token, now = self.shown(secret), self._clock()
        if token is None or token.is_revoked or token.has_expired(now):
            return None
        self._used[token.id] = now
        return token

    def shown(self, secret: str) -> Token | None:
        """The token with this secret, whether or not it holds."""
        return self._state.tokens.get(digest(secret))

    def sessions(self) -> tuple[SignedIn, ...]:
        here = [self._signed_in(each) for each in self._by_digest.values() if self._is_here(each)]
        return tuple(sorted(here, key=lambda each: each.seen, reverse=True))

    def users(self) -> tuple[User, ...]:
        return tuple(sorted(self._state.users.values(), key=lambda each: user_key(each.name)))

    def user(self, name: str) -> User | None:
        key = user_key(name)
        return next(
            (each for each in self._state.users.values() if user_key(each.name) == key), None
        )

    def tokens(self) -> tuple[Token, ...]:
        return tuple(sorted(self._state.tokens.values(), key=lambda each: each.made, reverse=True))

    def on_end(self, listener: Listener) -> Callable[[], None]:
        number = max(self._listeners, default=0) + 1
        self._listeners[number] = listener

        def stop() -> None:
            self._listeners.pop(number, None)

        return stop

    def take(self, state: State) -> None:
        """What is stored now. Tells of sessions that are no longer in it."""
        gone = self._state.sessions.keys() - state.sessions.keys()
        self._state = state
        self.taken = True
        self._had_users = self._had_users or bool(state.users)
        self._by_digest = {
            each.digest: each for each in state.sessions.values() if each.id not in self._ending
        }
        for session in state.sessions.values():
            seen = self._seen.get(session.id, session.seen)
            self._seen[session.id] = max(seen, session.seen)
        for session_id in gone:
            self._forget(session_id)
            if self._ending.pop(session_id, None) is None:
                self._tell(session_id, state.ended.get(session_id, Why.ENDED))
        self.screens.take(state.screens)

    def end(self, session_id: str, why: str) -> bool:
        """At once, for everybody who asks here; stored later. Whether it was under way."""
        session = self._state.sessions.get(session_id)
        if session is None or session_id in self._ending:
            return False
        self._ending[session_id] = why
        self._by_digest.pop(session.digest, None)
        self._tell(session_id, why)
        return True

    @property
    def ending(self) -> dict[str, str]:
        """Sessions that ended and are not stored as ended yet, with why."""
        return dict(self._ending)

    def expired(self) -> dict[str, str]:
        """Sessions whose time is over, with why."""
        now = self._clock()
        return {
            each.id: why
            for each in self._by_digest.values()
            if (why := self._limits.ended(each.since, self._seen[each.id], now))
        }

    def uses(self) -> tuple[dict[str, datetime], dict[str, datetime]]:
        """When sessions and tokens were used since this was asked last."""
        seen = {each: self._seen[each] for each in self._unwritten if each in self._seen}
        self._unwritten.clear()
        used, self._used = self._used, {}
        return seen, used

    def of_user(self, name: str) -> tuple[str, ...]:
        user = self.user(name)
        number = None if user is None else user.number
        return tuple(each.id for each in self._by_digest.values() if each.of_user == number)

    def until(self, since: datetime) -> datetime:
        return since + self._limits.longest

    def _person(self, session: StoredSession, address: str) -> Person | None:
        user = self._state.users.get(session.of_user)
        if user is None or user.is_disabled or session.id in self._ending:
            return None
        if self._limits.ended(session.since, self._seen[session.id], self._clock()):
            return None
        return Person(user.name, user.role, address, session.id)

    def _use(self, session: StoredSession) -> None:
        now = self._clock()
        if now > self._seen[session.id]:
            self._seen[session.id] = now
            self._unwritten.add(session.id)

    def _is_here(self, session: StoredSession) -> bool:
        return self._person(session, "") is not None

    def _signed_in(self, session: StoredSession) -> SignedIn:
        user = self._state.users[session.of_user]
        return SignedIn(
            id=session.id,
            name=user.name,
            role=user.role,
            address=self._address.get(session.id, session.address),
            agent=session.agent,
            way=Way(session.way),
            since=session.since,
            seen=self._seen[session.id],
        )

    def _forget(self, session_id: str) -> None:
        self._seen.pop(session_id, None)
        self._address.pop(session_id, None)
        self._unwritten.discard(session_id)

    def _tell(self, session_id: str, why: str) -> None:
        tell_all(self._listeners.values(), session_id, ended_words(why))
