"""Where the web console's own settings come from, and what wrong ones get."""

from datetime import timedelta
from pathlib import Path

import pytest

from console.access.roles import Role
from console.errors import SettingError
from console.serving_settings import (
    SECRET_VARIABLE,
    RoleMap,
    ServingSettings,
    load_serving,
)
from console.settings import profile_from, profile_names, save_profile


def loaded(tmp_path: Path, text: str = "", **flags: object) -> ServingSettings:
    path = tmp_path / "config.toml"
    path.write_text(f'[profiles.eu]\nregion = "eu1"\n[web]\n{text}\n', "utf-8")
    return load_serving(flags, {}, path)


def test_flags_come_before_the_file_and_the_file_before_what_is_usual(tmp_path: Path) -> None:
    serving = loaded(tmp_path, 'port = 9000\nhost = "10.0.0.5"\nidle_minutes = 5', port=9001)
    assert (serving.port, serving.host) == (9001, "10.0.0.5")
    assert serving.limits.idle == timedelta(minutes=5)
    usual = load_serving({"host": None}, {}, tmp_path / "none.toml")
    assert (usual.host, usual.port, usual.needs_sign_in) == ("127.0.0.1", 8080, False)


def test_profiles_and_what_is_saved_of_them_leave_the_table_alone(tmp_path: Path) -> None:
    loaded(tmp_path, "port = 9000 # ours")
    path = tmp_path / "config.toml"
    save_profile(path, profile_from({"name": "us", "region": "us1"}, {}))
    assert profile_names(path) == ("eu", "us")
    assert "port = 9000 # ours" in path.read_text()


def test_the_secret_comes_from_the_environment_and_is_never_shown(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="Secrets do not belong in that file") as refused:
        loaded(tmp_path, 'oidc_client_secret = "hush-hush"')
    assert "hush" not in str(refused.value)
    path = tmp_path / "config.toml"
    path.write_text('[web]\noidc_issuer="https://id.example"\noidc_client_id="c"\n')
    path.write_text(path.read_text() + 'default_role = "viewer"\n')
    serving = load_serving({}, {SECRET_VARIABLE: "hush-hush"}, path)
    assert serving.oidc_client_secret is not None
    assert "hush" not in repr(serving)
    assert "hush" not in serving.model_dump_json()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("prot = 8080", "Did you mean port?"),
        ("port = 70000", "a port: 0 to 65535"),
        ('port = "x"', "a port: 0 to 65535"),
        ('path_prefix = "/a/../b"', "a path of plain letters"),
        ('path_prefix = "//evil.example/x y"', "a path of plain letters"),
        ('public_url = "console.example.com"', "an address such as https://console.example.com"),
        ('public_url = "https://ada@console.example.com"', "an address such as"),
        ('public_url = "https://console.example.com:x/"', "an address such as"),
        ('public_url = "https://console.example.com/?a=b"', "an address such as"),
        ('public_url = "ftp://console.example.com"', "an address such as"),
        ('public_url = "https://console.example.com/maia"', "set path_prefix to it too"),
        ('allowed_hosts = ["a:80"]', "cannot be used"),
        ('allowed_hosts = ["a b/c"]', "host names without a port"),
        ('proxies = ["10.0.0.0/99"]', "addresses or networks"),
        ('user_header = "X User"', "a header's name"),
        ('user_header = "Cookie"', "a header that browsers do not send themselves"),
        ('user_header = "X-Remote-User"\ndefault_role = "viewer"', "takes proxies"),
        ('user_header = "X-Remote-User"\nproxies = "10.0.0.5"', "Nobody could sign in"),
        ('oidc_issuer = "http://id.example"', "https://"),
        ('oidc_issuer = "https://id.example"', "both oidc_issuer and oidc_client_id"),
        ('tls_cert = "/nonexistent"', "an existing file"),
        ('default_role = "root"', "default_role"),
        ('groups = { ops = "root" }', "groups with a role each"),
        ("idle_minutes = 0", "1 to 1440 minutes"),
        ("sign_in = 7", "true or false"),
    ],
)
def test_a_wrong_value_is_one_sentence_that_says_where_it_stands(
    text: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingError, match=said.replace("?", r"\?")) as refused:
        loaded(tmp_path, text)
    assert "\n" not in str(refused.value)


def test_tls_takes_a_certificate_and_a_key_that_fit(tmp_path: Path) -> None:
    file = tmp_path / "cert.pem"
    file.write_text("nonsense")
    with pytest.raises(SettingError, match="both a certificate and its key"):
        loaded(tmp_path, tls_cert=str(file))
    with pytest.raises(SettingError, match="cannot be used for TLS") as refused:
        loaded(tmp_path, tls_cert=str(file), tls_key=str(file))
    assert "\n" not in str(refused.value)


def test_a_table_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("web = 7\n")
    with pytest.raises(SettingError, match="must be a table"):
        load_serving({}, {}, path)


def test_the_highest_role_of_all_groups_counts_else_the_default() -> None:
    roles = RoleMap({"all": Role.VIEWER, "ops": Role.OPERATOR}, Role.HELPDESK)
    assert roles.role(("all", "ops", "none")) is Role.OPERATOR
    assert roles.role(("all",)) is Role.VIEWER
    assert roles.role(("none",)) is Role.HELPDESK
    assert RoleMap({"ops": Role.ADMIN}).role(("OPS",)) is None
    assert RoleMap({"ops": Role.ADMIN}).gives_admin


@pytest.mark.parametrize(
    ("text", "prefix"), [("maia", "/maia"), ("/a/b/", "/a/b"), ("/", ""), ("", "")]
)
def test_a_prefix_begins_with_a_slash_and_ends_without(
    text: str, prefix: str, tmp_path: Path
) -> None:
    assert loaded(tmp_path, path_prefix=text).path_prefix == prefix


@pytest.mark.parametrize(
    ("text", "prefix", "address", "host"),
    [
        ("https://Console.example.com/", "", "https://console.example.com", "console.example.com"),
        ("http://10.0.0.5:8080", "maia", "http://10.0.0.5:8080/maia", "10.0.0.5"),
        ("https://[::1]:8443/maia/", "/maia", "https://[::1]:8443/maia", "[::1]"),
        ("http://[::1]", "", "http://[::1]", "[::1]"),
        ("", "/maia", "", ""),
    ],
)
def test_the_public_address_has_the_prefix_once(
    text: str, prefix: str, address: str, host: str, tmp_path: Path
) -> None:
    serving = loaded(tmp_path, public_url=text, path_prefix=prefix)
    assert (serving.public_address, serving.public_host) == (address, host)


def test_the_public_address_of_the_environment_comes_before_the_file_and_after_the_flag(
    tmp_path: Path,
) -> None:
    path, environ = tmp_path / "config.toml", {"MAIA_CONSOLE_PUBLIC_URL": "https://b.example"}
    path.write_text('[web]\npublic_url = "https://a.example"\n', "utf-8")
    flags = {"public_url": "https://c.example"}
    told = [load_serving(*each, path).public_url for each in (({}, {}), ({}, environ))]
    assert told == ["https://a.example", "https://b.example"]
    assert load_serving(flags, environ, path).public_url == "https://c.example"
    with pytest.raises(SettingError, match=r"^MAIA_CONSOLE_PUBLIC_URL: “nonsense” cannot be used"):
        load_serving({}, {"MAIA_CONSOLE_PUBLIC_URL": "nonsense"}, path)
