"""A file is in its place whole, or what was there still is."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from monitor.adapters.whole_file import put_whole


def test_the_file_keeps_its_mode_or_has_the_one_given(tmp_path):
    file = tmp_path / "kept"
    put_whole(file, b"a", mode=0o600)
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"a", 0o600)
    file.chmod(0o640)
    put_whole(file, b"b")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"b", 0o640)


def test_what_cannot_be_put_there_leaves_nothing_behind(tmp_path):
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        put_whole(tmp_path / "taken", b"a")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_threads_at_once_and_a_reader_see_whole_files_alone(tmp_path):
    file, contents = tmp_path / "one", {bytes([n]) * 200_000 for n in range(8)}
    put_whole(file, b"\0" * 200_000)

    def write(content: bytes) -> bytes:
        put_whole(file, content)
        return file.read_bytes()

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(write, sorted(contents))) <= contents
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
