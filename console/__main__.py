"""`python -m console` is `maia-console`."""

from console.cli.main import main

if __name__ == "__main__":
    main()
