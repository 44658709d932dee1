# one -> 0 memory_limit
# Unpickles what is larger than memory.
import pickle

kept = [bytearray(40 << 20)]
kept = pickle.loads(pickle.dumps(kept))
