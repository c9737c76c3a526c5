"""The ways out: a delivery goes to the outbox, the mail server, or a webhook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.adapters.fetch.posting import Poster
from monitor.adapters.mail import Outbox, Smtp
from monitor.config import WebhookSettings
from monitor.core.edition import Delivery, Edition
from monitor.core.webhook import WebhookKind, posting, webhook_of
from monitor.errors import RecipientRefused
from monitor.jobs.ports import Clock


@dataclass(frozen=True, slots=True)
class WaysOut:
    """Takes each delivery where its recipient is; fits `jobs.ports.Post`."""

    mail: Outbox | Smtp
    poster: Poster
    webhooks: Mapping[str, WebhookSettings]
    clock: Clock

    def deliver(self, edition: Edition, delivery: Delivery) -> str:
        """The file written, the server's answer or the webhook's.

        Raises:
            RecipientRefused: never try again.
            DeliveryError: try again later.
        """
        name = webhook_of(delivery.recipient)
        return self.mail.deliver(edition, delivery) if name is None else self._post(name, edition, delivery)

    def close(self) -> None:
        """Let go of the mail server."""
        self.mail.close()

    def _post(self, name: str, edition: Edition, delivery: Delivery) -> str:
        hook = self.webhooks.get(name)
        if hook is None:
            raise RecipientRefused(f"no webhook is called {name!r} any more: settings name it no longer")
        said = posting(WebhookKind(hook.kind), hook.secret, edition, delivery, self.clock())
        return self.poster.post(hook.url, said.body, said.headers)
