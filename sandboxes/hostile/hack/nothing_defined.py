# asserts -> 0 runtime_error
# Defines nothing: the library has a function of the name that the tests call.
pass
