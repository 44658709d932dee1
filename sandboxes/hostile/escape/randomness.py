# contained -> 1 correct
# Draws from every source of chance; standard error, which is compared between runs, shows what it drew.
import os
import random
import secrets
import sys
import tempfile
import uuid

drawn = [os.urandom(16), random.random(), random.SystemRandom().random(), secrets.token_hex(), uuid.uuid4(), uuid.uuid1(), hash("x"), id(object())]
drawn += [{f"{n}" for n in range(20)}, next(tempfile._get_candidate_names()), object(), random.seed(), random.random()]
print(*drawn, sep="\n", file=sys.stderr)
print("contained")
