# one -> 0 runtime_error
# Stops the interpreter from inside.
import faulthandler

faulthandler._fatal_error_c_thread() if hasattr(faulthandler, '_fatal_error_c_thread') else faulthandler._stack_overflow()
