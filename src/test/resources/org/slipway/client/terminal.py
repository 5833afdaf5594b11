"""Drives a program on a pseudo-terminal: terminal.py COLUMNS STEPS COMMAND...

STEPS is a JSON list of ["expect", TEXT], ["send", TEXT] and ["signal", NAME]. Prints what the
terminal showed; ends with the status of the program, or 99 if something expected did not come.
"""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

PATIENCE = 40


def main():
    columns, steps, command = int(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3:]
    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm"
        # A shell starts what runs in the background with this signal ignored; a terminal does not.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    screen = Screen(terminal)
    status = 0
    for verb, text in steps:
        if verb == "send":
            os.write(terminal, text.encode())
        elif verb == "signal":
            os.kill(child, getattr(signal, text))
        elif not screen.expect(text):
            sys.stdout.write("\n[expected %r]\n" % text)
            os.kill(child, signal.SIGKILL)
            status = 99
            break
    screen.drain()
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    sys.stdout.write(screen.seen)
    sys.exit(status or ended)


class Screen:
    def __init__(self, terminal):
        self.terminal = terminal
        self.seen = ""
        self.at = 0

    def expect(self, text):
        end = time.time() + PATIENCE
        while time.time() < end:
            found = self.seen.find(text, self.at)
            if found >= 0:
                self.at = found + len(text)
                return True
            if not self.read(end - time.time()):
                return self.seen.find(text, self.at) >= 0
        return False

    def drain(self):
        end = time.time() + PATIENCE
        while time.time() < end and self.read(end - time.time()):
            pass

    def read(self, patience):
        if not select.select([self.terminal], [], [], max(0, patience))[0]:
            return False
        try:
            some = os.read(self.terminal, 65536)
        except OSError:
            return False
        self.seen += some.decode(errors="replace")
        return bool(some)


main()
