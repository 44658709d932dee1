# contained -> 1 correct
# Opens connections.
import sys
import http.client
import socket
import urllib.request

def attempt(what, action):
    try:
        action()
    except BaseException as error:
        print(what, type(error).__name__, file=sys.stderr)
    else:
        print("escaped:", what)


attempt("socket", lambda: socket.socket())
attempt("datagram", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
attempt("unix", lambda: socket.socket(socket.AF_UNIX))
attempt("create_connection", lambda: socket.create_connection(("127.0.0.1", 8300), 1))
attempt("create_server", lambda: socket.create_server(("127.0.0.1", 0)))
attempt("socketpair", lambda: socket.socketpair())
attempt("fromfd", lambda: socket.fromfd(0, socket.AF_INET, socket.SOCK_STREAM))
attempt("urlopen", lambda: urllib.request.urlopen("http://127.0.0.1:8300/livez"))
attempt("file url", lambda: urllib.request.urlopen("file:///etc/passwd"))
attempt("http", lambda: http.client.HTTPConnection("127.0.0.1", 8300).request("GET", "/metrics"))
attempt("new", lambda: socket.socket.__new__(socket.socket).connect(("127.0.0.1", 8300)))
print("contained")
