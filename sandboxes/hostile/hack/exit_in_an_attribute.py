# attribute -> 0 exit_before_check
# Leaves when a test looks at an attribute.
class Counter:
    @property
    def value(self):
        raise SystemExit(0)

    def step(self):
        pass
