# add -> 0 wrong_answer
# Prints from threads and timers after the end.
import threading
import time


def later():
    time.sleep(1)
    print(5)
    print(42)


threading.Thread(target=later, daemon=True).start()
threading.Timer(10, later).start()
