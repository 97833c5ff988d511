"""A mail server for tests: takes what is sent to it and prints each mail as a line of JSON. The first line is its port."""

import asyncio
import email
import email.policy
import json
import sys

from aiosmtpd.controller import Controller


class Printing:
    """Prints what comes; a recipient of refused.example is refused for good."""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.endswith("@refused.example"):
            return "550 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        told = {
            "to": envelope.rcpt_tos,
            "from": envelope.mail_from,
            "subject": mail["Subject"],
            "id": mail["Message-ID"],
            "kind": mail.get_content_type(),
            "text": mail.get_content(),
        }
        print(json.dumps(told), flush=True)
        return "250 taken"


class Port0(Controller):
    """On a free port, which it knows once it listens."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


controller = Port0(Printing(), hostname="127.0.0.1", port=0)
controller.start()
print(controller.port, flush=True)
# Ends when whoever started it closes its input.
sys.stdin.read()
controller.stop()
