# contained -> 0 runtime_error
# Asks the host for the program of another instance: this one has none beside it.
from wit_world.imports import candidate

print("escaped:", candidate.request(b"(\x02\x00\x00\x00u\x03\x00\x00\x00getu\x01\x00\x00\x00f"))
