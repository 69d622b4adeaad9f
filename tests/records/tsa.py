"""A timestamp service of our own on the loopback interface: Certomancer behind a small web server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from certomancer.services import TimeStamper
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AT = datetime(2026, 11, 22, 10, 0, 5, tzinfo=UTC)


class Tsa:
    """``answer`` replaces what the service says; ``certificate`` (DER) is its own, signed by itself."""

    def __init__(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test timestamps")])
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(7)
            .not_valid_before(AT - timedelta(days=30))
            .not_valid_after(AT + timedelta(days=3000))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
            .sign(key, hashes.SHA256())
        )
        self.certificate = certificate.public_bytes(serialization.Encoding.DER)
        self._private = key
        self._key = asn1_keys.PrivateKeyInfo.load(
            key.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        self.at = AT
        self.status = 200
        self.answer: bytes | None = None
        self.asked = 0

    def sign(self, data: bytes) -> bytes:
        """Anything, as a hostile service would."""
        return self._private.sign(data, ec.ECDSA(hashes.SHA256()))

    def stamp(self, request: bytes) -> bytes:
        self.asked += 1
        if self.answer is not None:
            return self.answer
        loaded = asn1_x509.Certificate.load(self.certificate)
        service = TimeStamper(loaded, self._key, certs_to_embed=[loaded], fixed_dt=self.at)
        made: bytes = service.request_tsa_response(tsp.TimeStampReq.load(request)).dump()
        return made


@contextmanager
def serving(tsa: Tsa) -> Iterator[str]:
    """The address of ``tsa`` while it is served."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            said = tsa.stamp(body) if tsa.status == 200 else b"no"
            self.send_response(tsa.status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
