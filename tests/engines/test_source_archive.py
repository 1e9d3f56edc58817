import io
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.engines import SourceError, archive, open_source

POST = b"---\ntitle: A\n---\nText.\n"


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where archives are unpacked; must be empty after a refusal."""
    directory = tmp_path / "scratch"
    directory.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(directory))
    return directory


def zipped(path: Path, members: dict[str, bytes], mode: int = 0) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = mode << 16
            file.writestr(info, data)
    return path


def tarred(path: Path, members: dict[str, bytes], **attributes: object) -> Path:
    with tarfile.open(path, "w:gz" if path.suffix != ".tar" else "w") as file:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            for key, value in attributes.items():
                setattr(info, key, value)
            file.addfile(info, io.BytesIO(data))
    return path


SITE = {"site/_posts/2020-01-02-a.md": POST, "site/assets/x.png": b"x"}


@pytest.mark.parametrize("name", ["site.zip", "site.tar.gz", "site.tgz", "site.tar"])
def test_archive_of_a_site_is_read_and_removed_after(tmp_path: Path, scratch: Path, name: str) -> None:
    make = zipped if name.endswith(".zip") else tarred
    with open_source(make(tmp_path / name, SITE)) as source:
        assert (source.kind, source.site_key) == ("jekyll", "site")
        assert [file.path for file in source.files] == ["_posts/2020-01-02-a.md"]
        assert source.root.name == "site"
        assert list(scratch.iterdir())
    assert list(scratch.iterdir()) == []


def refused(path: Path, scratch: Path, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        open_source(path)
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("name", ["../out.md", "/etc/out.md", "a/../../out.md", "..\\out.md", "C:\\out.md"])
def test_members_that_lead_outside_are_refused(tmp_path: Path, scratch: Path, name: str) -> None:
    refused(zipped(tmp_path / "a.zip", {"ok.md": POST, name: POST}), scratch, "outside the folder")
    refused(tarred(tmp_path / "a.tar.gz", {"ok.md": POST, name: POST}), scratch, "outside the folder")
    assert not (tmp_path / "out.md").exists()


def test_links_in_archives_are_refused(tmp_path: Path, scratch: Path) -> None:
    refused(zipped(tmp_path / "a.zip", {"link": b"/etc/passwd"}, mode=0o120777), scratch, "a link or a device")
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
        path = tarred(tmp_path / "a.tar.gz", {"link": b""}, type=kind, linkname="/etc/passwd")
        refused(path, scratch, "a link or a device")


def test_archive_with_too_many_files_is_refused(tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 10)
    members = {f"{number}.md": POST for number in range(11)}
    refused(zipped(tmp_path / "a.zip", members), scratch, "more than 10 files")
    refused(tarred(tmp_path / "a.tar.gz", members), scratch, "more than 10 files")


def test_bombs_are_refused_while_they_unpack(tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_FILE", 1024 * 1024)
    bomb = {"a.md": bytes(8 * 1024 * 1024)}
    refused(zipped(tmp_path / "a.zip", bomb), scratch, "more than the limit")
    refused(tarred(tmp_path / "a.tar.gz", bomb), scratch, "more than the limit")


def test_many_small_bombs_are_refused(tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 1024 * 1024)
    bombs = {f"{number}.md": bytes(300_000) for number in range(5)}
    refused(zipped(tmp_path / "a.zip", bombs), scratch, "more than the limit")
    refused(tarred(tmp_path / "a.tar.gz", bombs), scratch, "more than the limit")


def test_bomb_in_a_tar_header_is_refused(tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_READ", 64 * 1024)
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz", format=tarfile.PAX_FORMAT) as file:
        info = tarfile.TarInfo("a.md")
        info.pax_headers = {"comment": "x" * 1024 * 1024}
        file.addfile(info)
    refused(path, scratch, "cannot be unpacked")


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.tar"])
def test_broken_archive_is_a_clear_error(tmp_path: Path, scratch: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no archive at all")
    refused(tmp_path / name, scratch, "cannot be unpacked")


def test_truncated_archive_is_a_clear_error(tmp_path: Path, scratch: Path) -> None:
    path = tarred(tmp_path / "a.tar.gz", SITE)
    path.write_bytes(path.read_bytes()[:-30])
    refused(path, scratch, "cannot be unpacked")


def test_archive_without_documents_is_removed_again(tmp_path: Path, scratch: Path) -> None:
    refused(zipped(tmp_path / "a.zip", {"x.png": b"x"}), scratch, "no document")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_zip_whose_blocks_unpack_at_once_is_refused(tmp_path: Path, scratch: Path, method: int) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as file:
        file.writestr("ok.md", POST)
    refused(path, scratch, "make the zip with Deflate")
