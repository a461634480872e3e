import time

from odoo.tests import tagged

from .common import CUSTOMER, WhatsappCase


@tagged("post_install", "-at_install")
class TestAmendments(WhatsappCase):
    """Reactions, edits and deletions change a message, whenever they come."""

    def setUp(self):
        super().setUp()
        self.start = int(time.time()) - 100
        self.receive(self.message("The blue one", id="wamid.A"))
        self.target = self.by_wamid("wamid.A")

    def by_wamid(self, wamid):
        return self.env["wa.message"].search([("wamid", "=", wamid)])

    def reaction(self, emoji=None, *, seconds=0, target="wamid.A", **changes):
        content = {"message_id": target} | ({"emoji": emoji} if emoji is not None else {})
        return self.message(
            type="reaction",
            reaction=content,
            text=None,
            timestamp=str(self.start + seconds),
            **changes,
        )

    def edit(self, body, *, seconds=0, target="wamid.A", **changes):
        new = {"type": "text", "text": {"body": body}}
        return self.message(
            type="edit",
            edit={"original_message_id": target, "message": new},
            text=None,
            timestamp=str(self.start + seconds),
            **changes,
        )

    def revocation(self, *, target="wamid.A", **changes):
        return self.message(
            type="revoke", revoke={"original_message_id": target}, text=None, **changes
        )

    def reactions(self, message=None):
        shown = (message or self.target).mail_message_id.reaction_ids
        return sorted((r.content, r.partner_id.name or r.guest_id.name) for r in shown)

    def chat_messages(self):
        chat = self.conversation().discuss_channel_id
        return self.env["mail.message"].search(
            [("model", "=", "discuss.channel"), ("res_id", "=", chat.id)]
        )

    # === REACTIONS === #

    def test_reaction_stands_at_its_message(self):
        before = self.chat_messages()
        self.receive(self.reaction("👍"))
        self.assertEqual(self.reactions(), [("👍", f"Customer {CUSTOMER}")])
        self.assertEqual(self.chat_messages(), before, "a reaction has no bubble of its own")
        self.assertEqual(self.conversation().unanswered_count, 1, "and asks for no answer")

    def test_new_reaction_replaces_the_old_one(self):
        self.receive(self.reaction("👍", seconds=1))
        self.receive(self.reaction("❤️", seconds=2))
        self.assertEqual([content for content, _who in self.reactions()], ["❤️"])

    def test_late_reaction_does_not_replace_a_newer_one(self):
        self.receive(self.reaction("❤️", seconds=2))
        self.receive(self.reaction("👍", seconds=1))
        self.assertEqual([content for content, _who in self.reactions()], ["❤️"])

    def test_reaction_is_taken_back(self):
        for emoji in (None, ""):
            with self.subTest(emoji=emoji):
                self.receive(self.reaction("👍", seconds=1))
                self.receive(self.reaction(emoji, seconds=2))
                self.assertFalse(self.reactions())

    def test_reaction_to_our_answer(self):
        answer = self.reply(self.conversation(), "Good choice")
        self.send()
        ours = self.our_messages(self.conversation())
        self.receive(self.reaction("🙏", target=ours.wamid))
        self.assertEqual([content for content, _who in self.reactions(ours)], ["🙏"])
        self.assertEqual(ours.mail_message_id, answer)

    def test_reaction_before_its_message_waits(self):
        self.receive(self.reaction("🎉", target="wamid.LATER"))
        self.assertEqual(self.env["wa.webhook.event"].search([], limit=1).state, "new")
        self.receive(self.message("Here it is", id="wamid.LATER"))
        self.env["wa.webhook.event"].search([("state", "=", "new")]).next_attempt_at = False
        self.drain()
        later = self.by_wamid("wamid.LATER")
        self.assertEqual([content for content, _who in self.reactions(later)], ["🎉"])

    def test_reaction_of_somebody_whom_nobody_has_chosen(self):
        sender = "201009876543"
        numbers = [{"name": name, "phone": f"+{sender}"} for name in ("Mona", "Nour")]
        partners = self.env["res.partner"].create(numbers)
        self.receive(self.message("Hi", sender=sender, id="wamid.B"))
        self.receive(self.reaction("👍", target="wamid.B", sender=sender))
        message = self.by_wamid("wamid.B")
        contact = message.conversation_id.contact_id
        self.assertFalse(contact.partner_id, "the number is shared, nobody may be guessed")
        self.assertEqual([content for content, _who in self.reactions(message)], ["👍"])
        contact._choose_partner(partners[0])
        self.assertEqual(self.reactions(message), [("👍", "Mona")])

    # === EDITS AND DELETIONS === #

    def test_edit_shows_the_new_text_and_keeps_the_old_one(self):
        self.receive(self.edit("The *green* one"))
        self.assertEqual(self.target.body, "The *green* one")
        self.assertIn("<b>green</b>", self.target.mail_message_id.body.replace("strong", "b"))
        self.assertEqual(self.target.original_body, "The blue one")
        self.assertTrue(self.shown(self.target)["wa_edited"])
        self.assertEqual(self.conversation().last_message_preview, "The green one")

    def test_preview_follows_only_the_last_message(self):
        self.receive(self.message("And a lamp", id="wamid.Z"))
        self.receive(self.revocation())
        self.assertEqual(self.conversation().last_message_preview, "And a lamp")

    def test_last_edit_counts_whatever_comes_first(self):
        self.receive(self.edit("Third", seconds=3))
        self.receive(self.edit("Second", seconds=2))
        self.assertEqual((self.target.body, self.target.original_body), ("Third", "The blue one"))

    def test_deleted_message_is_marked_and_its_text_kept_for_supervisors(self):
        self.receive(self.edit("The green one", seconds=1), self.revocation())
        self.assertTrue(self.shown(self.target)["wa_revoked"])
        self.assertFalse(self.target.body)
        self.assertNotIn("green", self.target.mail_message_id.body)
        as_supervisor = self.target.with_user(self.supervisor)
        self.assertEqual(as_supervisor.read(["original_body"])[0]["original_body"], "The blue one")
        self.assertFalse(
            self.can(lambda: self.target.with_user(self.agent).read(["original_body"]))
        )

    def test_edit_after_the_deletion_brings_nothing_back(self):
        self.receive(self.revocation())
        self.receive(self.edit("Still here", seconds=5))
        self.assertFalse(self.target.body)

    def test_file_of_a_deleted_message_is_for_supervisors(self):
        self.graph.files["5"] = b"%PDF-1.4 secret"
        document = {"id": "5", "mime_type": "application/pdf", "filename": "offer.pdf"}
        self.receive(self.message(type="document", document=document, text=None, id="wamid.D"))
        self.fetch()
        message = self.by_wamid("wamid.D")
        file = message.mail_message_id.attachment_ids
        self.assertTrue(self.can(lambda: file.with_user(self.agent).read(["raw"])))
        self.receive(self.revocation(target="wamid.D"))
        self.assertFalse(message.mail_message_id.attachment_ids)
        self.assertTrue(self.can(lambda: file.with_user(self.supervisor).read(["raw"])))
        self.assertFalse(self.can(lambda: file.with_user(self.agent).read(["raw"])))

    def test_original_is_for_those_who_lead_this_conversation(self):
        self.graph.files["5"] = b"%PDF-1.4 secret"
        document = {"id": "5", "mime_type": "application/pdf", "filename": "offer.pdf"}
        self.receive(self.message(type="document", document=document, text=None, id="wamid.D"))
        self.fetch()
        file = self.by_wamid("wamid.D").mail_message_id.attachment_ids
        self.receive(self.revocation(), self.revocation(target="wamid.D"))
        lead = self._new_user("lead", "group_supervisor")
        self.support.user_ids += lead
        self.conversation().with_user(self.supervisor)._invite(lead)
        for user, may in {self.supervisor: True, self.manager: True, lead: False}.items():
            message = self.target.with_user(user)
            with self.subTest(user.login):
                self.assertEqual(self.found_by(user, self.target), self.target)
                self.assertEqual(bool(message.original_body), may)
                self.assertEqual(bool(message.read(["original_ids"])[0]["original_ids"]), may)
                self.assertEqual(bool(self.found_by(user, self.target.original_ids)), may)
                own = file.with_user(user)
                self.assertEqual(self.can(lambda f=own: f.read(["raw"])), may)

    def test_file_that_is_fetched_after_its_message_was_deleted(self):
        self.graph.files["6"] = b"%PDF-1.4 secret"
        document = {"id": "6", "mime_type": "application/pdf", "filename": "offer.pdf"}
        self.receive(self.message(type="document", document=document, text=None, id="wamid.F"))
        self.receive(self.revocation(target="wamid.F"))
        self.fetch()
        message = self.by_wamid("wamid.F")
        self.assertFalse(message.mail_message_id.attachment_ids)
        file = message.media_ids.attachment_id
        self.assertFalse(self.can(lambda: file.with_user(self.agent).read(["raw"])))
