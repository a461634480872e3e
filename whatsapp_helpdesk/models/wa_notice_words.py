from odoo import models


class WaNoticeWords(models.AbstractModel):
    """The words of notices, in the language of whoever reads them.

    What Meta's terms mean and what one can do: Meta Cloud API: account webhooks, policy
    enforcement, display names, two-step verification.
    """

    _name = "wa.notice.words"
    _description = "WhatsApp Notice Words"

    def _words(self):
        """Return title and details of this notice.

        :rtype: tuple[str, str]
        """
        self.ensure_one()
        facts = {name: str(value) for name, value in (self.facts or {}).items()}
        title, meaning = self._known_words(facts).get(self.kind) or self._words_of_other(facts)
        said = self._said_by_meta(facts)
        return title, "\n\n".join(filter(None, (meaning, "\n".join(said))))

    def _known_words(self, facts):
        return (
            self._words_of_account()
            | self._words_of_bans(facts)
            | self._words_of_limits(facts)
            | self._words_of_numbers(facts)
            | self._words_of_partners()
        )

    def _words_of_other(self, facts):
        event = facts.get("event") or facts.get("alert") or self.kind
        return (
            self.env._("News from WhatsApp: %(event)s", event=event),
            self.env._("Meta's WhatsApp Manager shows more about it."),
        )

    def _words_of_account(self):
        return {
            "account_deleted": (
                self.env._("The WhatsApp account was deleted"),
                self.env._(
                    "Nothing is sent or received any more. If this was not intended, ask Meta's "
                    "support for businesses at once."
                ),
            ),
            "account_verified": (self.env._("Meta verified your business"), ""),
            "ad_account_linked": (
                self.env._("An advertising account was linked"),
                self.env._("Check in WhatsApp Manager that somebody of your business did that."),
            ),
            "auth_price_changed": (
                self.env._("The price of authentication messages to other countries changes"),
                "",
            ),
            "country_changed": (
                self.env._("The country of your business changed"),
                self.env._("Prices and rules of WhatsApp may differ from now on."),
            ),
            "history_declined": (
                self.env._("The earlier chats of the phone app were not shared"),
                self.env._(
                    "Whoever connected the number chose not to share its chats, so only new "
                    "messages show up here. To import them, disconnect the number in the "
                    "WhatsApp Business app and connect it again with sharing switched on."
                ),
            ),
            "marketing_terms_signed": (
                self.env._("The terms of the Marketing Messages API were signed"),
                "",
            ),
            "price_tier": (
                self.env._("You reached another price tier"),
                self.env._("Prices per message change with the number of messages per month."),
            ),
            "review_approved": (self.env._("Meta approved the WhatsApp account"), ""),
            "review_pending": (self.env._("Meta reviews the WhatsApp account"), ""),
            "review_rejected": (
                self.env._("Meta rejected the WhatsApp account"),
                self.env._(
                    "Messages cannot be sent. Read the reason in Meta's Business Support Home and "
                    "ask for another review."
                ),
            ),
        }

    def _words_of_bans(self, facts):
        date = facts.get("date") or self.env._("a day that Meta did not name")
        return {
            "account_banned": (
                self.env._("Meta disabled the WhatsApp account"),
                self.env._(
                    "Nothing is sent or received any more. Appeal in Meta's Business Support Home; "
                    "an answer takes one or two days."
                ),
            ),
            "account_restricted": (
                self.env._("Meta restricted the WhatsApp account"),
                self.env._(
                    "Some messages are refused until the restriction ends. See the reason in "
                    "Meta's Business Support Home, where you can appeal."
                ),
            ),
            "account_violation": (
                self.env._("Meta found a violation of its policies"),
                self.env._(
                    "This is a warning: repeated violations restrict the account. Read the policy "
                    "named below, correct your messages or catalogue, or appeal in Meta's "
                    "Business Support Home."
                ),
            ),
            "ban_lifted": (self.env._("Meta enabled the WhatsApp account again"), ""),
            "ban_scheduled": (
                self.env._("Meta will disable the WhatsApp account on %(date)s", date=date),
                self.env._(
                    "After that nothing is sent or received. Appeal in Meta's Business Support "
                    "Home before that day."
                ),
            ),
        }

    def _words_of_limits(self, facts):
        limit = facts.get("limit", "")
        if limit == "unlimited":
            limit = self.env._("any number of")
        meaning = self.env._(
            "You may now start conversations with %(limit)s customers in 24 hours. Answering "
            "customers who wrote is not limited.",
            limit=limit,
        )
        more = self.env._(
            "More customers per day are allowed when the quality is good and your business is "
            "verified."
        )
        return {
            "limit_changed": (
                self.env._("The number of customers you may write to per day changed"),
                meaning if limit else "",
            ),
            "limit_increase_deferred": (
                self.env._("Meta will decide later whether you may write to more customers"),
                "",
            ),
            "limit_increase_failed": (
                self.env._("Meta does not let you write to more customers per day"),
                more,
            ),
            "limit_increase_info": (
                self.env._("Meta wants to know more before you may write to more customers"),
                self.env._("Answer in Meta's Business Support Home."),
            ),
            "limit_lowered": (
                self.env._("You may write to fewer customers per day"),
                "\n".join(filter(None, [meaning if limit else "", more])),
            ),
            "throughput_raised": (
                self.env._("The number may send more messages per second"),
                "",
            ),
        }

    def _words_of_numbers(self, facts):
        return self._words_of_names(facts) | {
            "error": (
                self.env._("WhatsApp reported a problem: %(title)s", title=facts.get("title", "")),
                self._advice_of_error(),
            ),
            "official_account_approved": (
                self.env._("The number is an official business account now"),
                "",
            ),
            "official_account_rejected": (
                self.env._("Meta did not make the number an official business account"),
                self.env._("You can ask again after 30 days."),
            ),
            "picture_lost": (
                self.env._("The profile picture of the number was lost"),
                self.env._("Upload it again in the business profile of the number."),
            ),
            "pin_changed": (
                self.env._("The PIN of the number was changed"),
                self.env._(
                    "If nobody of your business did that, set a new PIN in WhatsApp Manager at "
                    "once and check who has access there."
                ),
            ),
            "pin_removed": (
                self.env._("The PIN of the number was switched off"),
                self.env._(
                    "Somebody can now register the number without it. Set a new PIN in WhatsApp "
                    "Manager."
                ),
            ),
            "pin_reset_requested": (
                self.env._("Somebody asked to reset the PIN of the number"),
                self.env._(
                    "If nobody of your business did that, check in WhatsApp Manager who has access."
                ),
            ),
            "quality_low": (
                self.env._("The quality of the number is low"),
                self.env._(
                    "Many customers blocked or reported its messages in the last days. Write less, "
                    "and only to customers who expect it, or Meta restricts the number."
                ),
            ),
            "quality_recovered": (self.env._("The quality of the number is no longer low"), ""),
            "settings_changed": (self.env._("Settings of the number were changed at Meta"), ""),
        }

    def _words_of_names(self, facts):
        name = facts.get("name") or facts.get("username") or ""
        return {
            "name_approved": (
                self.env._("Meta approved the display name %(name)s", name=name),
                self.env._(
                    "Register the number again within 14 days, or customers do not see the name."
                ),
            ),
            "name_pending": (self.env._("Meta reviews the display name %(name)s", name=name), ""),
            "name_rejected": (
                self.env._("Meta rejected the display name %(name)s", name=name),
                self.env._(
                    "Choose a name that matches your business and Meta's rules for display names."
                ),
            ),
            "username_approved": (self.env._("The username %(name)s is yours", name=name), ""),
            "username_deleted": (
                self.env._("The username of the number was deleted"),
                self.env._("Links with the username no longer lead to you."),
            ),
            "username_reserved": (
                self.env._("The username %(name)s is reserved for you", name=name),
                "",
            ),
        }

    def _words_of_partners(self):
        check = self.env._(
            "Nothing is received through this connection any more. Connect the number again; "
            "messages in the queue wait until then."
        )
        return {
            "account_offboarded": (
                self.env._("The phone app's number was disconnected from the API"),
                check,
            ),
            "account_reconnected": (
                self.env._("The phone app's number is connected to the API again"),
                "",
            ),
            "app_installed": (self.env._("An app was connected to the WhatsApp account"), ""),
            "app_uninstalled": (
                self.env._("An app was disconnected from the WhatsApp account"),
                self.env._(
                    "If it was the app of this Odoo, nothing is received any more: subscribe the "
                    "webhooks again on the account."
                ),
            ),
            "certification_changed": (
                self.env._("The certification of your business at Meta changed"),
                "",
            ),
            "disconnected": (
                self.env._("The WhatsApp account was disconnected"),
                "\n".join(filter(None, [self._reason_of_disconnection(), check])),
            ),
            "partner_added": (self.env._("The WhatsApp account was shared with a partner"), ""),
        }

    def _reason_of_disconnection(self):
        reasons = {
            "ACCOUNT_DISCONNECTED": self.env._("Somebody disconnected it in the phone app."),
            "BUSINESS_DOWNGRADE": self.env._(
                "The number moved from the WhatsApp Business app to the ordinary WhatsApp."
            ),
            "CHANGE_NUMBER": self.env._("The phone app moved to another number."),
            "COMPANION_INACTIVITY": self.env._("The connection was not used for about 30 days."),
            "PRIMARY_INACTIVITY": self.env._(
                "The phone app was not opened for about 14 days. Open it at least every two weeks."
            ),
            "USER_RE_REGISTERED": self.env._("The number was registered on another phone."),
        }
        return reasons.get((self.facts or {}).get("reason"), "")

    def _advice_of_error(self):
        code = (self.facts or {}).get("code", "")
        if not code.isdigit():
            return ""
        message = self.env["wa.message"].new({"error_code": int(code)})
        return "\n".join(filter(None, message._explain_error()))

    def _said_by_meta(self, facts):
        """Return lines with what Meta said in its own words, or in words of its interface."""
        labels = {
            "alert": self.env._("Alert"),
            "changed": self.env._("Changed"),
            "code": self.env._("Error code"),
            "country": self.env._("Country"),
            "description": self.env._("Description"),
            "details": self.env._("Details"),
            "effective_month": self.env._("From"),
            "initiated_by": self.env._("Started by"),
            "number": self.env._("Number"),
            "numbers": self.env._("Numbers allowed"),
            "pricing_category": self.env._("Category"),
            "reason": self.env._("Reason"),
            "region": self.env._("Region"),
            "remediation": self.env._("What Meta advises"),
            "requester": self.env._("Requested by"),
            "restrictions": self.env._("Restrictions"),
            "said": self.env._("What Meta said"),
            "tier": self.env._("Messages per month"),
            "until": self.env._("Until"),
            "violation_type": self.env._("Kind of violation"),
        }
        said = facts | {"restrictions": self._restrictions(facts)}
        return [f"{label}: {said[name]}" for name, label in labels.items() if said.get(name)]

    def _restrictions(self, facts):
        words = {
            "RESTRICTED_ADD_PHONE_NUMBER_ACTION": self.env._("numbers cannot be added"),
            "RESTRICTED_BIZ_INITIATED_MESSAGING": self.env._(
                "you cannot start conversations, only answer"
            ),
            "RESTRICTED_CUSTOMER_INITIATED_MESSAGING": self.env._(
                "you cannot answer customers who write"
            ),
        }
        found = facts.get("restrictions", "")
        return "; ".join(words.get(word, word) for word in found.split(", "))
