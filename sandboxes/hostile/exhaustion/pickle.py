# add -> 0 memory_limit
# Unpickles a structure that doubles with every instruction.
import pickle

bomb = b'(lp0\n' + b'I0\naI0\na' * 4 + b'.'
kept = pickle.loads(bomb)
while True:
    kept = pickle.loads(pickle.dumps(kept + kept))
