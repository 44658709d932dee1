# contained -> 1 correct
# Resolves names, which tells a name server something.
import sys
import socket

def attempt(what, action):
    try:
        action()
    except BaseException as error:
        print(what, type(error).__name__, file=sys.stderr)
    else:
        print("escaped:", what)


attempt("getaddrinfo", lambda: socket.getaddrinfo("example.com", 80))
attempt("gethostbyname", lambda: socket.gethostbyname("secret.example.com"))
attempt("gethostbyaddr", lambda: socket.gethostbyaddr("127.0.0.1"))
attempt("getnameinfo", lambda: socket.getnameinfo(("127.0.0.1", 80), 0))
attempt("getfqdn", lambda: socket.gethostbyname_ex("localhost"))
print("contained")
