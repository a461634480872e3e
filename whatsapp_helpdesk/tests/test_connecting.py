from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import WhatsappCase

SCOPES = ["whatsapp_business_messaging", "whatsapp_business_management"]
ELSEWHERE = "https://elsewhere.example/hook"
OK = {"success": True}


@tagged("post_install", "-at_install")
class TestConnecting(WhatsappCase):
    """The form that connects numbers step by step, as a system administrator uses it."""

    def setUp(self):
        super().setUp()
        self.admin = self.env.ref("base.user_admin")
        self.connect = self.env["wa.connect"].with_user(self.admin)

    # === WHAT META ANSWERS === #

    def answer_token(self, **data):
        valid = {"app_id": "901", "is_valid": True, "expires_at": 0, "scopes": SCOPES}
        self.graph.answer_next(200, {"data": valid | data}, path="/debug_token")

    def answer_account(self, *numbers, uid="3000000001"):
        self.graph.answer_next(200, {"data": list(numbers)}, path="/phone_numbers")
        self.graph.answer_next(200, {"id": uid, "name": "Garden"}, path=f"/{uid}")

    def number_json(self, uid="4000000001", **changes):
        return {
            "id": uid,
            "display_phone_number": "+20 2 2345 6789",
            "verified_name": "Garden Sales",
            "status": "CONNECTED",
            "code_verification_status": "VERIFIED",
        } | changes

    def answer_number(self, uid="4000000001", target="", **changes):
        webhooks = {"application": target} if target else {}
        answer = self.number_json(uid, webhook_configuration=webhooks, **changes)
        self.graph.answer_next(200, answer, path=f"/{uid}")

    # === STEPS === #

    def begin(self, **changes):
        values = {
            "access_token": "EAAnew ",
            "app_uid": "901",
            "app_secret": " new-secret",
            "api_url": self.graph.url,
        }
        return self.connect.create(values | changes)

    def at_numbers(self, *numbers, **changes):
        """Return a form whose first two steps are done."""
        form = self.begin(waba_uid="3000000001", **changes)
        self.answer_token()
        form.action_next()
        self.answer_account(*(numbers or [self.number_json()]))
        form.action_next()
        self.assertEqual(form.step, "numbers")
        return form

    def at_webhooks(self):
        form = self.at_numbers()
        health = {"entities": [{"entity_type": "BUSINESS", "id": "77"}]}
        self.answer_number(health_status=health)
        form.line_ids.team_id = self.sales
        form.action_next()
        self.assertEqual(form.step, "webhooks")
        return form

    def test_from_the_token_to_the_number(self):
        form = self.at_webhooks()
        account = form.account_id
        self.assertEqual((account.name, account.waba_uid), ("Garden", "3000000001"))
        self.assertEqual((account.access_token, account.app_secret), ("EAAnew", "new-secret"))
        self.assertEqual(account.portfolio_uid, "77")
        channel = account.wa_channel_ids
        self.assertEqual(channel.name, "Garden Sales")
        self.assertEqual(channel.phone_number_uid, "4000000001")
        self.assertEqual(channel.team_id, self.sales)
        self.assertFalse(form.access_token or form.app_secret)

    def test_nothing_is_stored_before_the_numbers_are_chosen(self):
        accounts = self.env["wa.account"].search([])
        form = self.at_numbers()
        form.action_back()
        self.assertEqual(form.step, "account")
        self.assertEqual(self.env["wa.account"].search([]), accounts)

    def test_trouble_with_the_access(self):
        for answer, words in (
            ({"is_valid": False, "error": {"message": "Session has expired"}}, "has expired"),
            ({"app_id": "1"}, "another app"),
            ({"scopes": SCOPES[:1]}, "whatsapp_business_management"),
        ):
            with self.subTest(words):
                form = self.begin()
                self.answer_token(**answer)
                form.action_next()
                self.assertEqual(form.step, "access")
                self.assertIn(words, form.result_html)
        self.graph.fail_next(190, message="Error for new-secret", path="/debug_token")
        form.action_next()
        self.assertIn("do not belong together", form.result_html)
        self.assertNotIn("new-secret", form.result_html)
        form.app_secret = False
        form.action_next()
        self.assertIn("Enter App ID", form.result_html)

    def test_a_token_that_ends_is_a_warning(self):
        form = self.begin()
        self.answer_token(expires_at=1990000000)
        form.action_next()
        self.assertEqual(form.step, "account")
        self.assertIn("2033", form.result_html)

    def test_the_only_account_of_a_token_is_offered(self):
        form = self.begin()
        granted = [{"scope": scope, "target_ids": ["3000000001"]} for scope in SCOPES]
        self.answer_token(granular_scopes=granted)
        form.action_next()
        self.assertEqual(form.waba_uid, "3000000001")

    def test_trouble_with_the_account(self):
        form = self.begin(step="account")
        form.action_next()
        self.assertIn("Enter its ID", form.result_html)
        form.waba_uid = "3000000001"
        self.graph.fail_next(100, message="Unsupported get request", path="/3000000001")
        form.action_next()
        self.assertIn("does not know this ID", form.result_html)
        self.answer_account()
        form.action_next()
        self.assertIn("has no numbers", form.result_html)
        self.assertEqual(form.step, "account")

    def test_numbers_with_a_flaw_say_so(self):
        form = self.at_numbers(
            self.number_json(),
            self.number_json("4000000002", code_verification_status="NOT_VERIFIED"),
            self.number_json("4000000003", status="PENDING"),
        )
        fine, unverified, pending = form.line_ids
        self.assertFalse(fine.hint)
        self.assertIn("Not verified", unverified.hint)
        self.assertIn("PENDING", pending.hint)
        with self.assertRaisesRegex(UserError, "at least one"):
            form.action_next()

    def test_going_back_keeps_what_was_chosen(self):
        form = self.at_numbers(self.number_json(), self.number_json("4000000002"))
        form.line_ids[1].write({"is_chosen": True, "team_id": self.support.id})
        form.action_back()
        self.answer_account(self.number_json(), self.number_json("4000000002"))
        form.action_next()
        self.assertEqual(form.line_ids.mapped("is_chosen"), [False, True])
        self.assertEqual(form.line_ids[1].team_id, self.support)

    def test_an_existing_account_is_updated(self):
        with Form(self.connect) as view:
            view.account_id = self.account
            view.app_secret = "rotated"
        form = view.record
        self.assertEqual(form.app_uid, "900")
        self.answer_token(app_id="900")
        form.action_next()
        known = self.number_json("2000000001", display_phone_number="+1 555")
        self.answer_account(known, self.number_json(), uid="1000000001")
        form.action_next()
        self.assertEqual(form.line_ids.mapped("is_chosen"), [True, False])
        self.assertEqual(form.line_ids[0].team_id, self.sales)
        form.action_next()
        self.assertEqual(form.account_id, self.account)
        self.assertEqual(self.account.access_token, "EAAtesttoken")
        self.assertEqual(self.account.app_secret, "rotated")
        self.assertEqual(self.account.app_secret_previous, "test_app_secret")
        self.assertEqual(self.number.name, "Sales")
        self.assertEqual(self.number.display_phone_number, "+1 555")

    # === WEBHOOKS === #

    def connect_webhooks(self, form, current="", fields_answer=(200, OK), target=""):
        data = {"object": "whatsapp_business_account", "callback_url": current}
        self.graph.answer_next(200, OK, path="/subscribed_apps")
        self.graph.answer_next(200, {"data": [data] if current else []}, path="/subscriptions")
        if fields_answer:
            self.graph.answer_next(*fields_answer, path="/subscriptions")
        self.answer_number(target=target)
        self.graph.calls.clear()
        form.action_connect_webhooks()

    def test_a_free_app_gets_our_address(self):
        form = self.at_webhooks()
        self.connect_webhooks(form, target=form.webhook_url)
        posted = [path for method, path, _payload in self.graph.calls if method == "POST"]
        self.assertEqual(posted, ["/v26.0/3000000001/subscribed_apps", "/v26.0/901/subscriptions"])
        subscription = self.graph.calls[2][2].decode()
        self.assertIn("messages", subscription)
        self.assertIn(form.verify_token, subscription)
        self.assertIn("It leads here now", form.result_html)
        self.assertIn("They come here", form.result_html)
        self.assertNotIn("text-danger", form.result_html)

    def test_an_app_of_somebody_else_keeps_its_address(self):
        form = self.at_webhooks()
        self.graph.answer_next(200, OK, path="/4000000001")
        self.connect_webhooks(form, current=ELSEWHERE, fields_answer=None, target=ELSEWHERE)
        self.assertIn("left as it is", form.result_html)
        self.assertIn("They come here", form.result_html)
        self.graph.calls.clear()
        form.replace_app_url = True
        self.connect_webhooks(form, current=ELSEWHERE, target=form.webhook_url)
        self.assertIn("It leads here now", form.result_html)

    def test_what_must_be_done_by_hand(self):
        form = self.at_webhooks()
        failed = {"error": {"code": 2200, "message": "Callback verification failed"}}
        self.graph.answer_next(400, failed, path="/subscriptions")
        self.connect_webhooks(form, fields_answer=(400, failed), target=ELSEWHERE)
        self.assertIn("By hand", form.result_html)
        self.assertIn("reachable from the Internet by HTTPS", form.result_html)
        form.action_next()
        self.assertEqual(form.step, "test")
        self.assertIn("must be Live", form.result_html)

    def test_the_test_says_whether_it_works(self):
        form = self.at_webhooks()
        form.action_next()
        for target, words in ((ELSEWHERE, "elsewhere.example"), (form.webhook_url, "Here. Asked")):
            self.answer_token()
            self.answer_number(target=target)
            form.action_test()
            self.assertIn(words, form.result_html)
        self.assertEqual(form.action_finish()["res_model"], "wa.channel")

    # === RIGHTS === #

    def test_only_system_administrators(self):
        form = self.begin()
        for user in self.agent | self.supervisor | self.manager:
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    self.env["wa.connect"].with_user(user).create({})
                with self.assertRaises(AccessError):
                    form.with_user(user).read(["access_token"])
        with self.assertRaises(AccessError):
            self.account.with_user(self.manager)._connect_webhooks(self.number)

    def test_an_empty_inbox_offers_to_connect(self):
        conversations = self.env["wa.conversation"]
        self.assertEqual(conversations.get_empty_list_help("as usual"), "as usual")
        self.env["wa.channel"].search([]).active = False
        offered = conversations.with_user(self.admin).get_empty_list_help("as usual")
        self.assertIn('type="action"', offered)
        self.assertNotIn(
            'type="action"', conversations.with_user(self.agent).get_empty_list_help("")
        )
