from odoo import Command
from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .template_case import TemplateCase

_NAME = {"fields": {"display_name": {}}}
_SHOWN = (
    "choice_ids document language_note line_ids number_ids partner_id template_id variant_id "
    "variant_ids wa_channel_id"
)
_PLAIN = ("preview", "problems", "file_note", "language_note")


@tagged("post_install", "-at_install")
class TestAccessTemplateAttacks(TemplateCase):
    """What the dialogs and methods of templates give away, and to whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = mail_new_test_user(cls.env, login="portal", groups="base.group_portal")
        cls.seller = mail_new_test_user(
            cls.env, login="seller", groups="base.group_user,sales_team.group_sale_salesman"
        )
        cls.viewer = cls._new_user("viewer", "group_agent")
        cls.env["wa.team.member"].create(
            {"team_id": cls.sales.id, "user_id": cls.viewer.id, "role": "viewer"}
        )
        cls.strangers = cls.portal | cls.employee | cls.outsider

    def told(self, question):
        """Return all that somebody learns from a question, refusals included, as text."""
        with self.cr.savepoint() as savepoint:
            try:
                answer = str(question())
            except (AccessError, UserError) as refusal:
                answer = str(refusal)
            savepoint.rollback()
        self.env.invalidate_all()
        return answer

    def shown(self, user, values):
        """Return what the form of the dialog shows before it is stored."""
        wizards = self.env["wa.template.compose"].with_user(user)
        names = {name: _NAME for name in _SHOWN.split()} | dict.fromkeys(_PLAIN, {})
        context = {f"default_{name}": value for name, value in values.items()}
        return [
            self.told(lambda m=model, f=fields, n=name: m.onchange(f, list(f), {n: names[n]}))
            for name in names
            for model, fields in (
                (wizards, dict(values)),
                (wizards.with_context(**context), {}),
            )
        ]

    # === WHAT DIALOGS TELL === #

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_the_dialog_tells_strangers_nothing_of_a_chat(self):
        chat = self.open_chat()
        chat.partner_id = self.partner
        chat._link(self.order)
        for user, is_told in [(self.agent, True), *((u, False) for u in self.strangers)]:
            values = {"conversation_id": chat.id, "template_id": self.english.id}
            told = " ".join(self.shown(user, values))
            for secret in ("Mona", self.order.name):
                with self.subTest(user.login, secret=secret):
                    self.assertEqual(secret in told, is_told)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_templates_of_other_teams_are_not_offered(self):
        secret = self.new_template("a_secret", body="Hello, hush", team_ids=self.support.ids)
        chat = self.open_chat()
        for values in (
            {"conversation_id": chat.id},
            {"res_model": "sale.order", "res_ids": self.order.ids},
            {"conversation_id": chat.id, "template_id": secret.id},
            {"conversation_id": chat.id, "variant_id": secret.id},
        ):
            with self.subTest(values):
                told = self.shown(self.agent, values)
                self.assertNotIn("hush", " ".join(told))
                wizards = self.env["wa.template.compose"].with_user(self.agent)
                read = self.told(lambda m=wizards, v=values: m.create([v]).read())
                self.assertNotIn("hush", read)
        chat.contact_id.partner_id = self.partner
        self.assertNotIn("a_secret", str(chat.with_user(self.agent).get_usable_templates()))
        secret.team_ids = self.sales
        self.assertIn("a_secret", str(chat.with_user(self.agent).get_usable_templates()))

    def test_what_is_forced_into_the_dialog_is_not_sent(self):
        chat = self.open_chat()
        secret = self.new_template("a_secret", None, body="Hello", team_ids=self.support.ids)
        free = self.new_template("for_all", None, body="Hello you")
        for template, is_sent in ((secret, False), (free, True)):
            with self.subTest(template.name):
                values = {"conversation_id": chat.id, "template_id": template.id}
                wizards = self.env["wa.template.compose"].with_user(self.agent)
                values["variant_id"] = template.id
                before = len(self.our_messages(chat))
                self.told_of(lambda m=wizards, v=values: m.create([v]).action_send())
                self.assertEqual(len(self.our_messages(chat)) - before, int(is_sent))

    def told_of(self, attempt):
        """Try something and keep what came of it; return why it was refused, '' if it was not."""
        try:
            with self.cr.savepoint():
                attempt()
        except (AccessError, UserError) as refusal:
            self.env.invalidate_all()
            return str(refusal)
        return ""

    # === METHODS === #

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_who_may_call_what(self):
        chat = self.open_chat()
        chat.partner_id = self.partner
        templates = self.english
        for record, method, allowed in (
            (chat, "get_usable_templates", self.agent),
            (chat, "action_compose_template", self.agent),
            (chat, "action_compose_interactive", self.agent),
            (templates, "action_compare", self.manager),
            (templates, "action_keep_ours", self.manager),
            (templates, "read", self.agent),
        ):
            refused = [self.portal, self.employee, self.seller]
            refused += [self.viewer, self.outsider] if allowed == self.agent else [self.agent]
            if method == "read":
                refused = [self.portal, self.employee, self.seller]
            for user in (allowed, *refused):
                with self.subTest(method, user=user.login):
                    refusal = self.told_of(getattr(record.with_user(user), method))
                    self.assertEqual(not refusal, user == allowed)
        for method in (
            "action_delete_at_meta",
            "action_submit",
            "action_sync",
            "action_take_meta",
            "action_unpause",
        ):
            for user in (self.portal, self.employee, self.seller, self.agent, self.supervisor):
                for some in (templates, templates.browse()):
                    with self.subTest(method, user=user.login), self.assertRaises(AccessError):
                        getattr(some.with_user(user), method)()
        for user in (self.portal, self.employee, self.agent, self.supervisor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.account.with_user(user).action_sync_templates()
        self.assertFalse(self.graph.count("message_templates"))

    def test_who_may_open_which_dialog(self):
        allowed = {
            "wa.template.compose": self.agent,
            "wa.template.compose.line": self.agent,
            "wa.conversation.interactive": self.agent,
            "wa.conversation.interactive.option": self.agent,
            "wa.template.batch": None,
            "wa.template.batch.line": None,
            "wa.template.compare": self.manager,
            "wa.template.delete": self.manager,
            "wa.template.start": self.manager,
            "wa.template.submit": self.manager,
            "ir.actions.server": None,
        }
        for model, least in allowed.items():
            for user in (self.portal, self.employee, self.seller, self.agent, self.manager):
                may = least is not None and user in (least, self.manager)
                for operation in ("create", "write", "unlink"):
                    with self.subTest(model, user=user.login, operation=operation):
                        found = self.env[model].with_user(user).has_access(operation)
                        self.assertEqual(found, may)

    # === FILES AND NAMES === #

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_files_that_a_manager_may_not_read_are_no_examples(self):
        hidden = self.env["ir.attachment"].create(
            {"name": "salary.pdf", "raw": b"%PDF", "res_model": "wa.account", "res_id": 0}
        )
        own = (
            self.env["ir.attachment"]
            .with_user(self.manager)
            .create({"name": "own.pdf", "raw": b"%PDF"})
        )
        template = self.english.with_user(self.manager)
        for attempt in (
            lambda: template.write({"header_sample_id": hidden.id}),
            lambda: template.create(
                [
                    {
                        "account_id": self.account.id,
                        "name": "x",
                        "body": "x",
                        "header_sample_id": hidden.id,
                    }
                ]
            ),
        ):
            self.assertTrue(self.told_of(attempt))
        template.header_sample_id = own
        self.assertEqual(self.english.header_sample_id, own)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_names_of_records_that_the_sender_may_not_read_stay_here(self):
        other = self.new_order(self.partner, user_id=self.outsider.id)
        variable = self.english.variable_ids.filtered(lambda v: v.key == "body.name")
        variable.field_path = "sale_order_ids"

        def quoted(user):
            values, problems = self.english.with_user(user)._values_for(
                self.partner.with_user(user), {"body.note": "x"}
            )
            return values.get("body.name", ""), " ".join(problems)

        for user, theirs in ((self.outsider, other), (self.agent, self.order)):
            self.env.invalidate_all()
            with self.subTest(user.login):
                self.assertEqual(quoted(user)[0], theirs.name)
        self.env.invalidate_all()
        self.partner.sale_order_ids.mapped("display_name")  # what somebody else read is at hand
        value, problems = quoted(self.agent)
        self.assertFalse(value)
        self.assertIn("may not read", problems)

    def test_nobody_puts_markup_into_a_dialog_that_others_open(self):
        script = "<script>alert(1)</script>"
        dialog = (
            self.env["wa.template.submit"]
            .with_user(self.manager)
            .create([{"results": [["ok", script, [script]]], "result_html": script}])
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertNotIn("<script>", dialog.result_html)
        self.assertEqual(dialog.result_html.count("&lt;script&gt;"), 2)

    # === ONCE === #

    def test_what_dialogs_hold_is_sent_once_however_often_they_are_confirmed(self):
        chat = self.open_chat()
        choices = [Command.clear(), Command.create({"title": "Yes"})]
        for model, values in (
            ("wa.conversation.interactive", {"body": "Yes?", "option_ids": choices}),
            ("wa.conversation.send.location", {"latitude": 30.0, "longitude": 31.2}),
            ("wa.conversation.send.contact", {"partner_ids": self.partner.ids}),
        ):
            dialogs = self.env[model].with_user(self.agent)
            dialog = dialogs.create([{"conversation_id": chat.id} | values])
            for _press in range(2):
                dialog.action_send()
            self.send()
            with self.subTest(model):
                self.assertEqual(len(self.graph.sent()), 1)
            self.graph.forget()

    def test_a_template_is_sent_once_however_often_the_dialog_is_confirmed(self):
        self.new_template("for_all", None, body="Hello you")
        chat = self.open_chat().with_user(self.agent)
        action = chat.action_compose_template()
        wizards = self.env["wa.template.compose"].with_user(self.agent)
        form = Form(wizards.with_context(**action["context"]))
        form.template_id = self.env["wa.template"].search([("name", "=", "for_all")])
        dialog = form.save()
        for _press in range(2):
            dialog.action_send()
        self.send()
        self.assertEqual(len(self.graph.sent()), 1)
