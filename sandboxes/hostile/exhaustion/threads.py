# one -> 0 runtime_error
# Threads that start threads.
import threading


def more():
    thread = threading.Thread(target=more)
    thread.start()
    thread.join()


more()
raise SystemExit(3)
