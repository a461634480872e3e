"""Everybody who may meet a WhatsApp conversation, and what each of them may do with it."""

from datetime import timedelta

from odoo import Command, fields
from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.exceptions import AccessError, UserError

from .common import PNG, WhatsappCase

# Who may do what in which chat. A letter is a right, see `RIGHTS`; - is none of them.
#
#   held      of the sales team, answered by `holder`
#   free      of the sales team, answered by nobody
#   support   of another team, answered by nobody
#   branch    of another company, answered by nobody
GRID = """
user              held     free     support  branch
manager           rnwham   rnwham   rnwham   -
supervisor        rnwham   rnwham   -        -
holder            rnwha    rnwh     -        -
agent_own         -        rnwh     -        -
agent_team        rnw      rnwh     -        -
viewer            r        r        -        -
other_supervisor  -        -        rnwham   -
other_team        -        -        rnwh     -
other_own         -        -        rnwh     -
other_viewer      -        -        r        -
former            r        -        -        -
invited_agent     rnw      -        -        -
invited           rn       -        -        -
salesperson       r        -        -        -
company_sales     r        -        -        -
order_sales       r        -        -        -
ticket_user       r        -        -        -
other_sales       -        -        r        -
agent             -        -        -        -
employee          -        -        -        -
system            -        -        -        -
portal            -        -        -        -
customer          -        -        -        -
public            -        -        -        -
branch_manager    -        -        -        rnwham
branch_agent      -        -        -        rnwh
"""

RIGHTS = {
    "r": "read",
    "n": "note",
    "w": "reply",
    "h": "handle",
    "a": "assign",
    "m": "manage",
}

SECRET_WORD = "xylophone"
"""In the name and in every message of every chat, after the chat's own name; nowhere else."""

_GROUPS = {
    "manager": "whatsapp_helpdesk.group_manager",
    "branch_manager": "whatsapp_helpdesk.group_manager",
    "agent": "whatsapp_helpdesk.group_agent",
    "invited_agent": "whatsapp_helpdesk.group_agent",
    "salesperson": "sales_team.group_sale_salesman",
    "company_sales": "sales_team.group_sale_salesman",
    "order_sales": "sales_team.group_sale_salesman",
    "other_sales": "sales_team.group_sale_salesman",
    "ticket_user": "helpdesk_mgmt.group_helpdesk_user",
    "system": "base.group_user,base.group_system",
    "portal": "base.group_portal",
    "customer": "base.group_portal",
}

_ROLES = {
    "supervisor": ("sales", "supervisor", "team"),
    "holder": ("sales", "agent", "own"),
    "agent_own": ("sales", "agent", "own"),
    "agent_team": ("sales", "agent", "team"),
    "viewer": ("sales", "viewer", "team"),
    "other_supervisor": ("support", "supervisor", "team"),
    "other_team": ("support", "agent", "team"),
    "other_own": ("support", "agent", "own"),
    "other_viewer": ("support", "viewer", "team"),
    "former": ("returns", "agent", "team"),
    "branch_agent": ("branch", "agent", "team"),
}


class AccessCase(WhatsappCase):
    """The users and the chats of `GRID`; each chat has a message with a picture, and a note."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grid, cls.chats = {}, {}
        lines = [line.split() for line in GRID.strip().splitlines()]
        cls._make_teams()
        for login, *cells in lines[1:]:
            cls.grid[cls._make_user(login)] = dict(zip(lines[0][1:], cells, strict=True))
        for login, (team, role, scope) in _ROLES.items():
            cls.env["wa.team.member"].create(
                [
                    {
                        "team_id": cls.teams[team].id,
                        "user_id": cls.users[login].id,
                        "role": role,
                        "scope": scope,
                    }
                ]
            )
        cls._make_chats()
        cls.env.flush_all()

    @classmethod
    def _make_teams(cls):
        cls.branch = cls.env["res.company"].create([{"name": "Branch"}])
        teams = cls.env["wa.team"]
        cls.teams = {
            "sales": teams.create([{"name": "Beds"}]),
            "support": teams.create([{"name": "Repairs"}]),
            "returns": teams.create([{"name": "Returns"}]),
            "branch": teams.create([{"name": "Branch", "company_id": cls.branch.id}]),
        }
        cls.users = {}

    @classmethod
    def _make_user(cls, login):
        if login == "public":
            user = cls.env.ref("base.public_user")
        else:
            company = cls.branch if login.startswith("branch") else cls.env.company
            groups = _GROUPS.get(login, "base.group_user")
            if not groups.startswith("base.group_portal"):
                groups += ",base.group_allow_export"
            user = mail_new_test_user(
                cls.env,
                login=f"grid_{login}",
                groups=groups,
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )
        cls.users[login] = user
        return user

    @classmethod
    def _make_chats(cls):
        users = cls.users
        company = cls.env["res.partner"].create(
            [{"name": "Grand Hotel", "is_company": True, "user_id": users["company_sales"].id}]
        )
        guest = users["customer"].partner_id
        guest.write({"parent_id": company.id, "user_id": users["salesperson"].id})
        held = cls._make_chat("held", cls.number, "sales", guest)
        cls._make_chat("free", cls.number, "sales")
        theirs = cls._make_chat("support", cls.other_number, "support")
        theirs.partner_id.user_id = users["other_sales"]
        account = cls.account.copy(
            {
                "company_id": cls.branch.id,
                "waba_uid": "1000000002",
                "app_uid": "901",
                "app_secret": "branch_secret",
                "access_token": "EAAbranchtoken",
                "verify_token": "branch handshake",
                "webhook_key": "branch-key",
            }
        )
        cls.branch_number = cls.env["wa.channel"].create(
            [
                {
                    "name": "Branch",
                    "account_id": account.id,
                    "phone_number_uid": "2000000003",
                    "team_id": cls.teams["branch"].id,
                }
            ]
        )
        cls._make_chat("branch", cls.branch_number, "branch")
        held._assign(users["holder"])
        order = cls.env["sale.order"].create(
            [{"partner_id": theirs.partner_id.id, "user_id": users["order_sales"].id}]
        )
        ticket = cls.env["helpdesk.ticket"].create(
            [{"name": "Late", "description": "Late", "user_id": users["ticket_user"].id}]
        )
        cls.env["wa.conversation.link"].create(
            [
                {"conversation_id": held.id, "sale_order_id": order.id},
                {"conversation_id": held.id, "ticket_id": ticket.id},
            ]
        )
        held.write(
            {
                "former_team_ids": [Command.link(cls.teams["returns"].id)],
                "invited_user_ids": [
                    Command.link(users[name].id) for name in ("invited", "invited_agent")
                ],
            }
        )

    @classmethod
    def _make_chat(cls, name, number, team, partner=None):
        phone = f"2015500000{len(cls.chats):02}"
        partner = partner or cls.env["res.partner"].create([{"name": f"Customer of {name}"}])
        contact = cls.env["wa.contact"].create(
            [
                {
                    "company_id": number.company_id.id,
                    "scope_uid": number.account_id._identity_scope(),
                    "wa_id": phone,
                    "partner_id": partner.id,
                }
            ]
        )
        now = fields.Datetime.now()
        chat = cls.env["wa.conversation"].create(
            [
                {
                    "name": f"{name} {SECRET_WORD}",
                    "wa_channel_id": number.id,
                    "contact_id": contact.id,
                    "partner_id": partner.id,
                    "team_id": cls.teams[team].id,
                    "last_inbound_at": now,
                    "last_message_at": now,
                    "last_message_preview": f"{name} {SECRET_WORD}",
                    "unanswered_count": 1,
                    "waiting_since": now,
                    "window_expires_at": now + timedelta(hours=20),
                }
            ]
        )
        cls.chats[name] = chat
        cls._make_messages(chat)
        return chat

    @classmethod
    def _make_messages(cls, chat):
        channel = chat.discuss_channel_id
        owner = {"res_model": "discuss.channel", "res_id": channel.id}
        file = cls.env["ir.attachment"].create(
            [owner | {"name": f"{chat.name.split()[0]}.png", "raw": PNG}]
        )
        common = {
            "model": "discuss.channel",
            "res_id": channel.id,
            "body": f"<p>{chat.name}</p>",
            "subtype_id": cls.env.ref("mail.mt_comment").id,
        }
        mail = cls.env["mail.message"].create(
            [
                common
                | {
                    "message_type": "whatsapp_message",
                    "author_id": chat.partner_id.id,
                    "attachment_ids": [Command.link(file.id)],
                },
                common
                | {
                    "message_type": "comment",
                    "author_id": cls.env.user.partner_id.id,
                    "subtype_id": cls.env.ref("mail.mt_note").id,
                    "pinned_at": fields.Datetime.now(),
                },
            ]
        )
        message = cls.env["wa.message"].create(
            [
                {
                    "conversation_id": chat.id,
                    "wa_channel_id": chat.wa_channel_id.id,
                    "mail_message_id": mail[0].id,
                    "direction": "inbound",
                    "message_type": "image",
                    "body": chat.name,
                    "wamid": f"wamid.GRID{chat.id}",
                    "sent_at": fields.Datetime.now(),
                    "state": "received",
                    "attachment_id": file.id,
                }
            ]
        )
        cls.env["wa.media"].create(
            [{"message_id": message.id, "state": "done", "attachment_id": file.id}]
        )

    # === WHAT IS EXPECTED === #

    def cells(self, chats=None):
        """Yield each user with each chat, and the rights that the grid gives there.

        :param chats: names of chats, all without them
        :return: `res.users`, `wa.conversation`, and the names of rights
        """
        for user, row in self.grid.items():
            for name, letters in row.items():
                if chats is None or name in chats:
                    rights = {RIGHTS[letter] for letter in letters if letter != "-"}
                    yield user, self.chats[name], rights

    def assertGrid(self, attempts, chats=None):
        """Check for each user and chat that an attempt succeeds exactly where it is allowed.

        :param dict attempts: by name, the right that it needs and what to call with user and chat;
            a refusal is an `AccessError`, or an answer that is false; effects are undone
        :param chats: names of chats, all without them
        """
        wrong = [
            f"{user.login}, {chat.name}: {name} {'refused' if right in rights else 'allowed'}"
            for user, chat, rights in self.cells(chats)
            for name, (right, attempt) in attempts.items()
            if self.succeeds(attempt, user, chat) != (right in rights)
        ]
        self.assertFalse(wrong, "\n" + "\n".join(wrong))

    def assertReads(self, reads):
        """Check for each user and chat that something can be read exactly where the chat can.

        :param dict reads: by name, what to call with user and chat; a refusal is an `AccessError`
        """
        wrong = []
        for user, chat, rights in self.cells():
            for name, read in reads.items():
                try:
                    is_told = bool(read(user, chat))
                except (AccessError, UserError):
                    is_told = False
                if is_told != ("read" in rights):
                    wrong.append(f"{user.login}, {chat.name}: {name} told {is_told}")
        self.assertFalse(wrong, "\n" + "\n".join(wrong))

    def assertFinds(self, searches):
        """Check that each user finds exactly the chats that are open to them.

        :param dict searches: by name, what to call with a user and all chats; it returns those
            that it finds, a refusal is an `AccessError`
        """
        wrong = []
        everything = self.env["wa.conversation"].union(*self.chats.values())
        for user in self.grid:
            open_to = everything.filtered(lambda c, u=user: self.rights(u, c) & {"read"})
            for name, search in searches.items():
                self.env.invalidate_all()
                try:
                    found = search(user, everything).sudo(False).with_env(self.env)
                except AccessError:
                    found = everything.browse()
                if found != open_to:
                    wrong.append(f"{user.login}: {name} {found.mapped('name')}")
        self.assertFalse(wrong, "\n" + "\n".join(wrong))

    def rights(self, user, chat):
        """Return the names of the rights of a user in a chat."""
        [name] = [name for name, record in self.chats.items() if record == chat]
        return {RIGHTS[letter] for letter in self.grid[user][name] if letter != "-"}

    def succeeds(self, attempt, user, chat):
        """Tell whether an attempt works; its effects are undone."""
        with self.cr.savepoint() as savepoint:
            try:
                answer = bool(attempt(user, chat))
            except (AccessError, UserError):
                answer = False
            savepoint.rollback()
        self.env.invalidate_all()
        return answer
