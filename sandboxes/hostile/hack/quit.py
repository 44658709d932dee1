# check -> 0 exit_before_check
# Leaves by the name that the prompt has.
quit()
