# check -> 0 exit_before_check
# Raises what an exit raises.
raise SystemExit
