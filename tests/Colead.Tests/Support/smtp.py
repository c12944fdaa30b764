"""A real SMTP server for tests: keeps each letter as a file; refuses some addresses as servers do."""
import asyncio, pathlib, sys
from aiosmtpd.controller import Controller


class Keeper:
    def __init__(self, folder):
        self.folder, self.count = pathlib.Path(folder), 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 No such mailbox here"
        if address.startswith("later"):
            return "451 Come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        partial = self.folder / f"{self.count}.part"
        partial.write_bytes(("To: " + ",".join(envelope.rcpt_tos) + "\n").encode() + envelope.content)
        partial.rename(self.folder / f"{self.count}.eml")
        return "250 Kept"


controller = Controller(Keeper(sys.argv[1]), hostname="127.0.0.1", port=int(sys.argv[2]))
controller.start()
print("ready", flush=True)
sys.stdin.read()
