"""The Lambda Runtime API for one function at a time, and the AWS calls it makes, answered at once from memory."""
import collections
import http.server
import json
import queue
import socket
import socketserver
import threading
import time
import zlib

NEXT = "/2018-06-01/runtime/invocation/next"
TRACES = "/v1/traces"


class Stub:
    """
    One for each process, so that a request of a killed one takes nothing from the next.
    `address` is AWS_LAMBDA_RUNTIME_API and, as a URL, AWS_ENDPOINT_URL.
    """

    def __init__(self):
        self.events = queue.Queue()
        self.first_next = threading.Event()
        self.responses = queue.Queue()
        self.calls = collections.Counter()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.address = f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def invoke(self, event, timeout=60):
        """Hands out the event; returns the result and when it came, or raises what the function reported."""
        self.events.put(event)
        path, body, at = self.responses.get(timeout=timeout)
        if not path.endswith("/response"):
            raise RuntimeError(f"{path}: {body.decode()}")
        return json.loads(body), at


class _Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request, client_address):
        """A process that was killed breaks its connections: nothing to report."""


def _handler(stub):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self):
            super().setup()
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def log_message(self, *_):
            """Quiet."""

        def do_GET(self):
            if self.path != NEXT:
                return self.reply(404, b"{}", {})
            stub.first_next.set()
            event = stub.events.get()
            self.reply(200, event, {
                "Lambda-Runtime-Aws-Request-Id": "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
                "Lambda-Runtime-Deadline-Ms": str(int(time.time() * 1000) + 60_000),
                "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:123456789012:function:OnUpload",
                "Lambda-Runtime-Trace-Id": "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0",
            })

        def do_POST(self):
            body = self.body()
            if "/runtime/" in self.path:
                stub.responses.put((self.path, body, time.perf_counter()))
                return self.reply(202, b'{"status":"OK"}', {})
            if self.path == TRACES:
                stub.calls[TRACES] += 1
                return self.reply(200, b"", {})
            operation = self.headers["X-Amz-Target"].split(".")[-1]
            stub.calls[operation] += 1
            answer = json.dumps(self.answer(operation, stub.calls[operation], body)).encode()
            self.reply(200, answer, {"x-amzn-RequestId": "R", "x-amz-crc32": str(zlib.crc32(answer))})

        @staticmethod
        def answer(operation, number, body):
            if operation != "RunTask":
                return {}
            return {"failures": [], "tasks": [{
                "taskArn": f"arn:aws:ecs:us-east-1:123456789012:task/jobs/{number:032x}",
                "clusterArn": "arn:aws:ecs:us-east-1:123456789012:cluster/jobs",
                "startedBy": json.loads(body).get("startedBy"),
                "lastStatus": "PROVISIONING",
                "desiredStatus": "RUNNING",
                "version": 1,
                "containers": [],
            }]}

        def body(self):
            if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            chunks = []
            while size := int(self.rfile.readline(), 16):
                chunks.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(chunks)

        def reply(self, status, body, headers):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    return Handler
