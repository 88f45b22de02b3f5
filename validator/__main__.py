"""The command, for `python -m validator`."""

from validator.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    main()
