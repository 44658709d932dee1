# one -> 0 runtime_error
# Reads where no memory is.
import faulthandler

faulthandler._sigsegv()
