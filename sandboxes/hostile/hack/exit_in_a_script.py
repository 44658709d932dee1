# add -> 0 wrong_answer
# Leaves with status 0 and prints nothing.
raise SystemExit(0)
