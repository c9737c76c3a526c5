"""Mail: the message of an edition, the outbox that is the default, and the server when one is configured.

What is sent comes frozen with the edition; here it only gets its envelope. Safe until told otherwise: a server
needs an allow-list of recipient domains, and encryption unless it is this machine.
"""

from monitor.adapters.mail.message import Sender, message
from monitor.adapters.mail.outbox import Outbox, file_name
from monitor.adapters.mail.pace import Pace
from monitor.adapters.mail.server import Smtp, SmtpSettings, quoted

__all__ = ["Outbox", "Pace", "Sender", "Smtp", "SmtpSettings", "file_name", "message", "quoted"]
