"""Storage in an S3-compatible bucket: public media files, and private files behind signed, short-lived URLs."""

from __future__ import annotations

import posixpath
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from botocore.config import Config
from botocore.exceptions import ClientError
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils.encoding import filepath_to_uri
from django.utils.http import content_disposition_header
from storages.backends.s3 import S3Storage

from portfolio.delivery.storage.file_names import PortableNames
from portfolio.delivery.stored_files import content_type_of

SIGNED_SECONDS = 300  # how long a signed URL works
MEMORY = 16 << 20  # bytes of an open file that are in memory; the rest is in a temporary file
PRIVATE, DOCUMENTS = "private", "documents"  # folders of the bucket
INLINE_TYPES = ("application/pdf",)  # as Wagtail's WAGTAILDOCS_INLINE_CONTENT_TYPES
TAKEN = ("PreconditionFailed", "ConditionalRequestConflict")


class Bucket(PortableNames, S3Storage):
    """django-storages' storage that never replaces a file, and does not wait for minutes for a failing service."""

    def __init__(self, **options: Any) -> None:
        self.is_conditional = True
        config = Config(
            connect_timeout=5,
            read_timeout=20,
            retries={"max_attempts": 2, "mode": "standard"},
            signature_version="s3v4",
            # Many compatible services refuse the checksums that botocore sends by default.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        fixed = {"client_config": config, "file_overwrite": False, "max_memory_size": MEMORY}
        super().__init__(**fixed, **options)

    @property
    def connection(self) -> Any:
        resource = super().connection
        for operation in ("PutObject", "CompleteMultipartUpload"):
            resource.meta.client.meta.events.register(
                f"provide-client-params.s3.{operation}", self.add_condition, unique_id=f"condition-{operation}"
            )
        return resource

    @cached_property
    def shared_client(self) -> Any:
        """A client for all threads. ``connection`` belongs to one thread, and is made anew in each."""
        return self.connection.meta.client

    def check_server(self) -> None:
        """Raise an exception if the service does not answer; that there is no such file is an answer."""
        try:
            self.shared_client.head_object(Bucket=self.bucket_name, Key=posixpath.join(self.location, "readyz"))
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
                raise

    def add_condition(self, params: dict[str, Any], **kwargs: Any) -> None:
        """Botocore's hook: store a file only if its name is free, as two machines may choose the same one."""
        if self.is_conditional:
            params.setdefault("IfNoneMatch", "*")

    def _save(self, name: str, content: File) -> str:
        try:
            return super()._save(name, content)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in TAKEN:
                return self._save(self.get_available_name(name), content)
            if code == "NotImplemented" and self.is_conditional:  # by services without conditional requests
                self.is_conditional = False
                return self._save(name, content)
            raise

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        return {**super().get_object_parameters(name), "ContentType": content_type_of(name)}


class PublicBucket(Bucket):
    """Files that everybody may fetch."""

    def __init__(self) -> None:
        # The names of changed files are new, so caches may keep them for long.
        cached = {"CacheControl": "public, max-age=2592000"}
        super().__init__(bucket_name=settings.AWS_STORAGE_BUCKET_NAME, querystring_auth=False, object_parameters=cached)

    @cached_property
    def base_url(self) -> str:
        """The URL of the bucket; ``S3Storage.url`` needs a client of botocore for each thread to find it."""
        return super().url("_").removesuffix("_")

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return self.base_url + filepath_to_uri(name).lstrip("/")


class PrivateBucket(Bucket):
    """Files that only signed URLs lead to. The domain of the public files is not theirs."""

    def __init__(self, location: str = "") -> None:
        super().__init__(
            bucket_name=settings.AWS_PRIVATE_BUCKET_NAME or settings.AWS_STORAGE_BUCKET_NAME,
            location=location,
            custom_domain=None,
            querystring_auth=True,
            querystring_expire=SIGNED_SECONDS,
            object_parameters={"CacheControl": "private, no-store"},
        )

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """A signed URL. The file is shown only if nothing in it runs, else downloaded under its own name."""
        inline = content_type_of(name) in INLINE_TYPES
        header = content_disposition_header(not inline, posixpath.basename(name)) or "inline"
        return super().url(name, parameters={"ResponseContentDisposition": header})


class PrivateFiles(PrivateBucket):
    """Archives to import, exports to download and the PDF of the CV."""

    def __init__(self) -> None:
        super().__init__(PRIVATE)


class BucketMedia(Storage):
    """Uploaded files: documents are private, since their view decides who may read them; the rest is public."""

    def __init__(self) -> None:
        self.public, self.documents = PublicBucket(), PrivateBucket()

    def storage_of(self, name: str) -> Bucket:
        first = posixpath.normpath(name.replace("\\", "/")).lstrip("/").partition("/")[0]
        if first in (PRIVATE, ".."):
            raise FileNotFoundError(f"{name} is not a media file")
        return self.documents if first == DOCUMENTS else self.public

    def check_server(self) -> None:
        self.public.check_server()

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        if path:
            return self.storage_of(path).listdir(path)
        folders, names = self.public.listdir("")
        if self.documents.listdir(DOCUMENTS) != ([], []):
            folders = [*folders, DOCUMENTS]
        return sorted({*folders} - {PRIVATE}), names

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        return self.storage_of(name or content.name).save(name, content, max_length)

    def get_valid_name(self, name: str) -> str:
        return self.public.get_valid_name(name)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return self.storage_of(name).get_available_name(name, max_length)

    def open(self, name: str, mode: str = "rb") -> File:
        return self.storage_of(name).open(name, mode)

    def delete(self, name: str) -> None:
        self.storage_of(name).delete(name)

    def exists(self, name: str) -> bool:
        return bool(self.storage_of(name).exists(name))

    def size(self, name: str) -> int:
        return int(self.storage_of(name).size(name))

    def url(self, name: str | None) -> str:
        return self.storage_of(name or "").url(name or "")

    def get_modified_time(self, name: str) -> Any:
        return self.storage_of(name).get_modified_time(name)


def media_origin() -> str:
    """Scheme and host of the public files, for a Content-Security-Policy."""
    parts = urlsplit(PublicBucket().base_url)
    return f"{parts.scheme}://{parts.netloc}"
