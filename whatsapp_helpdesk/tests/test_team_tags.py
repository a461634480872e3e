from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestTeamTags(WhatsappCase):
    """Tags of one team and of all: who keeps them, and which conversations can have them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        tags = cls.env["wa.tag"]
        cls.of_all = tags.create({"name": "Of all"})
        cls.of_sales = tags.create({"name": "Of sales", "team_id": cls.sales.id})
        cls.of_support = tags.create({"name": "Of support", "team_id": cls.support.id})

    def test_who_keeps_tags(self):
        for user, kept in (
            (self.manager, self.of_all | self.of_sales | self.of_support),
            (self.supervisor, self.of_sales),
            (self.agent, self.env["wa.tag"]),
            (self.employee, self.env["wa.tag"]),
        ):
            for tag in self.of_all | self.of_sales | self.of_support:
                own = tag.with_user(user)
                values = {"name": f"New {tag.name}", "team_id": tag.team_id.id}
                for action in (
                    lambda t=own: t.write({"name": "x"}),
                    own.unlink,
                    lambda t=own, v=values: t.create([v]),
                ):
                    with self.subTest(user.login, tag=tag.name):
                        self.assertEqual(self.can(action), tag in kept)

    def test_supervisor_gives_no_tag_away(self):
        own = self.of_sales.with_user(self.supervisor)
        for team in (self.support.id, False):
            self.assertFalse(self.can(lambda t=team: own.write({"team_id": t})))

    def test_everybody_reads_tags_of_the_company(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        team = self.env["wa.team"].create({"name": "Branch team", "company_id": branch.id})
        foreign = self.env["wa.tag"].create({"name": "Foreign", "team_id": team.id})
        for user in self.agent | self.manager | self.employee:
            with self.subTest(user.login):
                self.assertTrue(self.found_by(user, self.of_support))
                self.assertFalse(self.found_by(user, foreign))

    def test_tags_of_a_conversation(self):
        self.receive(self.message())
        chat = self.conversation().with_user(self.agent)
        chat.tag_ids = self.of_all | self.of_sales
        with self.assertRaisesRegex(ValidationError, "is a tag of Support"), self.cr.savepoint():
            chat.tag_ids = [Command.link(self.of_support.id)]
        self.assertEqual(chat.tag_ids, self.of_all | self.of_sales)

    def test_tags_stay_when_the_team_changes(self):
        self.receive(self.message())
        chat = self.conversation()
        chat.tag_ids = self.of_sales
        chat.team_id = self.support
        chat.tag_ids += self.of_all
        self.assertEqual(chat.tag_ids, self.of_sales | self.of_all)

    def test_names_are_unique_per_team(self):
        tags = self.env["wa.tag"]
        tags.create({"name": "Of sales", "team_id": self.support.id})
        for team in (self.sales.id, False):
            name = "Of sales" if team else "Of all"
            with mute_logger("odoo.sql_db"), self.assertRaises(Exception) as refused:
                with self.cr.savepoint():
                    tags.create({"name": name, "team_id": team})
            self.assertIn("unique", str(refused.exception).lower())
