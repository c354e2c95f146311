"""`python -m councilbench` is the command line."""

from councilbench.cli import main

if __name__ == "__main__":
    main()
