"""The files that the checks read: what git tracks and what it does not ignore."""

import pathlib
import subprocess


class SourceTree:
    """Files below a root, by repository-relative path. Tests build one from a dict."""

    def __init__(self, files):
        self._files = dict(files)

    @classmethod
    def of_checkout(cls, root):
        listing = subprocess.run(
            ["git", "-C", str(root), "ls-files", "--cached", "--others", "--exclude-standard"],
            check=True, capture_output=True, text=True).stdout.splitlines()
        files = {}
        for name in listing:
            path = pathlib.Path(root) / name
            if path.is_file():
                try:
                    files[name] = path.read_text(encoding="utf-8")
                except UnicodeDecodeError:
                    continue  # a binary file has no lines to check
        return cls(files)

    def matching(self, *suffixes):
        """(path, text) of every file that ends in one of `suffixes`, in order of path."""
        return [(p, self._files[p]) for p in sorted(self._files) if p.endswith(suffixes)]

    def has(self, path):
        return path in self._files or any(p.startswith(path.rstrip("/") + "/") for p in self._files)


def report(name, findings):
    """Prints the findings, one a line; the exit code of a check."""
    for finding in findings:
        print(finding)
    print(f"{name}: {len(findings)} finding(s)")
    return 1 if findings else 0
