"""Settings: file, environment, and every fault in words."""

import pytest

from monitor.config import Settings, load, shipped
from monitor.errors import SettingsError


def test_without_a_file_everything_has_a_default_and_mail_is_off(tmp_path):
    settings = load(tmp_path)
    assert settings == Settings()
    assert settings.mail.sending == "outbox"


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    (tmp_path / "monitor.toml").write_text('poll_minutes = 5\n[mail]\nhost = "file"\nport = 25\n')
    monkeypatch.setenv("MONITOR_MAIL__HOST", "environment")
    settings = load(tmp_path)
    assert (settings.poll_minutes, settings.mail.host, settings.mail.port) == (5, "environment", 25)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"databse = 'x'", "databse: there is no such setting"),
        (b"poll_minutes = 0\n[mail]\nport = 'x'", "mail.port"),
        (b"poll_minutes", "write it as TOML"),
        (b"database = '\xff'", "it is not UTF-8"),
        (b"[mail]\nsending = 'yes'", "mail.sending"),
    ],
)
def test_a_fault_names_file_key_and_remedy(tmp_path, text, said):
    (tmp_path / "monitor.toml").write_bytes(text)
    with pytest.raises(SettingsError) as error:
        load(tmp_path)
    assert said in str(error.value)
    assert "monitor.toml" in str(error.value)


def test_a_fault_of_the_environment_is_not_blamed_on_the_file(tmp_path, monkeypatch):
    (tmp_path / "monitor.toml").write_text("nonsense = 1\n")
    monkeypatch.setenv("MONITOR_POLL_MINUTES", "often")
    monkeypatch.setenv("MONITOR_MAIL__PORT", "x")
    with pytest.raises(SettingsError) as error:
        load(tmp_path)
    said = sorted(str(error.value).splitlines())
    assert [line.partition(": ")[0] for line in said] == [
        str(tmp_path / "monitor.toml"),
        "MONITOR_MAIL__PORT in the environment",
        "MONITOR_POLL_MINUTES in the environment",
    ]


def test_a_table_of_the_environment_that_is_no_json_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("MONITOR_RECIPIENTS", "comms@your-body.example")
    with pytest.raises(SettingsError, match="MONITOR_RECIPIENTS in the environment: it is no JSON"):
        load(tmp_path)


@pytest.mark.parametrize(("text", "line"), [("a = 1\nb", "line 2"), ("a = 1\nb = [\n\n1,", "line 4")])
def test_toml_that_cannot_be_read_is_told_with_its_line(tmp_path, text, line):
    (tmp_path / "monitor.toml").write_text(text)
    with pytest.raises(SettingsError, match=line):
        load(tmp_path)


def test_all_faults_are_told_at_once(tmp_path):
    (tmp_path / "monitor.toml").write_text("poll_minutes = 0\nnonsense = 1\n")
    with pytest.raises(SettingsError) as error:
        load(tmp_path)
    assert "poll_minutes" in str(error.value)
    assert "nonsense" in str(error.value)


def test_a_password_is_never_printed(tmp_path, monkeypatch):
    monkeypatch.setenv("MONITOR_MAIL__PASSWORD", "s3cret")
    assert load(tmp_path).mail.password == "s3cret"
    assert "s3cret" not in repr(load(tmp_path))


def test_what_travels_with_the_program_is_found():
    assert (shipped("profiles") / "social-security-scotland/agreement.yaml").is_file()
    assert (shipped("templates") / "workspace/monitor.toml").is_file()
