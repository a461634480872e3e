from odoo.tests import tagged

from .access_case import RIGHTS, SECRET_WORD, AccessCase


@tagged("post_install", "-at_install")
class TestAccessGridOrm(AccessCase):
    """Who reads what, asked of the ORM as that user."""

    def test_the_decision_says_what_the_grid_says(self):
        for user, chat, rights in self.cells():
            with self.subTest(user.login, chat=chat.name):
                self.assertEqual(set(chat._get_access(user)[chat].sources), rights)
                mine = chat.with_user(user)
                for right in RIGHTS.values():
                    self.assertEqual(bool(mine._filter_access(right)), right in rights, right)
                    self.assertEqual(chat._explain(right, user)[0], right in rights, right)

    def test_searching_conversations(self):
        def search(user, chats, *words):
            return chats.with_user(user).search([("id", "in", chats.ids), *words])

        def name_search(user, chats):
            ids = [found[0] for found in chats.with_user(user).name_search(SECRET_WORD)]
            return chats.browse(ids).sorted("id")

        def count(user, chats):
            found = chats.with_user(user).search_count([("id", "in", chats.ids)])
            self.assertEqual(found, len(search(user, chats)))
            return search(user, chats)

        def read_group(user, chats):
            groups = chats.with_user(user)._read_group(
                [("id", "in", chats.ids)], ["wa_channel_id", "user_id"], ["id:recordset", "__count"]
            )
            self.assertEqual(sum(count for *_, count in groups), sum(len(r) for *_, r, _ in groups))
            return chats.browse().union(*(found.sudo() for *_, found, _count in groups))

        def formatted(user, chats):
            groups = chats.with_user(user).formatted_read_group(
                [("id", "in", chats.ids)], ["name"], ["__count"]
            )
            names = [group["name"] for group in groups]
            return chats.filtered(lambda c: c.name in names)

        def web_search_read(user, chats):
            found = chats.with_user(user).web_search_read([("id", "in", chats.ids)], {"name": {}})
            self.assertEqual(found["length"], len(found["records"]))
            return chats.browse([values["id"] for values in found["records"]])

        self.assertFinds(
            {
                name: lambda u, c, s=found: s(u, c).sorted("id")
                for name, found in {
                    "search": search,
                    "search by content": lambda u, c: search(
                        u, c, ("last_message_preview", "like", SECRET_WORD)
                    ),
                    "search by message": lambda u, c: search(
                        u, c, ("wa_message_ids.body", "like", SECRET_WORD)
                    ),
                    "name_search": name_search,
                    "search_count": count,
                    "read_group": read_group,
                    "formatted_read_group": formatted,
                    "web_search_read": web_search_read,
                }.items()
            }
        )

    def test_searching_what_belongs_to_it(self):
        def of_chats(messages, chats):
            found = messages.sudo().mapped("res_id")
            return chats.filtered(lambda c: c.discuss_channel_id.id in found)

        def searcher(model, domain, owner):
            def search(user, chats):
                found = self.env[model].with_user(user).search(domain)
                return owner(found.sudo(), chats.sudo())

            return search

        words = [("body", "like", SECRET_WORD)]
        files = [("res_model", "=", "discuss.channel"), ("name", "=like", "%.png")]
        self.assertFinds(
            {
                "contacts": searcher(
                    "wa.contact", [], lambda r, c: c.filtered(lambda x: x.contact_id in r)
                ),
                "messages": searcher("wa.message", words, lambda r, c: c & r.conversation_id),
                "media": searcher("wa.media", [], lambda r, c: c & r.message_id.conversation_id),
                "chats": searcher(
                    "discuss.channel",
                    [("name", "like", SECRET_WORD)],
                    lambda r, c: c & r.wa_conversation_id,
                ),
                "chats by message": searcher(
                    "discuss.channel",
                    [("message_ids.body", "like", SECRET_WORD)],
                    lambda r, c: c & r.wa_conversation_id,
                ),
                "chat messages": searcher("mail.message", words, of_chats),
                "starred, pinned or not": searcher(
                    "mail.message", [*words, ("pinned_at", "=", False)], of_chats
                ),
                "files": searcher("ir.attachment", files, of_chats),
            }
        )

    def test_reading(self):
        def reader(part, *names):
            return lambda user, chat: part(chat).with_user(user).read(names)

        def checker(part):
            return lambda user, chat: part(chat).with_user(user).has_access("read")

        self.assertReads(
            {
                "conversation": reader(lambda c: c, "name"),
                "contact": checker(lambda c: c.contact_id),
                "messages": checker(lambda c: c.wa_message_ids),
                "media": checker(lambda c: c.wa_message_ids.media_ids),
                "chat": checker(lambda c: c.discuss_channel_id),
                "chat messages": reader(lambda c: c.discuss_channel_id.message_ids, "body"),
                "files": reader(lambda c: c.wa_message_ids.attachment_id, "raw"),
                "export": lambda u, c: c.with_user(u).export_data(["name"]),
                "rights": lambda u, c: c.with_user(u).get_my_rights(),
            }
        )

    def test_counting_and_grouping_what_belongs_to_it(self):
        for user in self.grid:
            for model in (
                "wa.message",
                "wa.media",
                "wa.contact",
                "mail.message",
                "discuss.channel",
            ):
                records = self.env[model].with_user(user)
                if not records.has_access("read"):
                    continue
                with self.subTest(user.login, model=model):
                    domain = [("create_uid", "=", self.env.uid)]
                    found = records.search(domain)
                    self.assertEqual(records.search_count(domain), len(found))
                    ((count, ids),) = records._read_group(domain, [], ["__count", "id:array_agg"])
                    self.assertEqual((count, set(ids or ())), (len(found), set(found.ids)))
