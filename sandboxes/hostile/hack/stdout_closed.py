# add -> 0 wrong_answer
# Closes its output and leaves.
import os
import sys

sys.stdout.close()
os.close(1)
os._exit(0)
