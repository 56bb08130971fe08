"""Serves the repositories below a folder with dulwich's own servers: python serve.py ROOT HTTP-PORT GIT-PORT."""

import sys
import threading
from wsgiref.simple_server import make_server

from dulwich.log_utils import default_logging_config
from dulwich.server import FileSystemBackend, TCPGitServer
from dulwich.web import WSGIRequestHandlerLogger, WSGIServerLogger, make_wsgi_chain

root, http_port, git_port = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
class FolderBackend(FileSystemBackend):
    """Takes the paths of addresses as below the folder, where the class itself takes them as absolute."""

    def open_repository(self, path):
        name = path.decode() if isinstance(path, bytes) else path
        return super().open_repository(name.lstrip("/"))


default_logging_config()
backend = FolderBackend(root)
daemon = TCPGitServer(backend, "127.0.0.1", git_port)
threading.Thread(target=daemon.serve_forever, daemon=True).start()
make_server(
    "127.0.0.1",
    http_port,
    make_wsgi_chain(backend),
    handler_class=WSGIRequestHandlerLogger,
    server_class=WSGIServerLogger,
).serve_forever()
