"""Years of use, written straight into the tables: only their size matters here."""

import traffic

from odoo.tools import SQL

_FIRST = 1_000_000
_TABLES = (
    "res_partner",
    "wa_contact",
    "discuss_channel",
    "wa_conversation",
    "mail_message",
    "wa_message",
)


def main(
    env, conversations: int, messages: int, hot_customer: int, hot_messages: int, login: str
) -> dict:
    """Add conversations of other customers in ten teams, and a long past to one customer's.

    :param messages: per conversation
    :param login: of an agent, who gets into three of the teams
    :param hot_customer: gets ``hot_messages`` more in the conversation that is there
    """
    channel = env["wa.channel"].search([("name", "=", "Sales")], limit=1)
    values = {
        "first": _FIRST,
        "last": _FIRST + conversations - 1,
        "messages": messages,
        "comment": env.ref("mail.mt_comment").id,
        "wa_channel": channel.id,
        "teams": _teams(env, channel.team_id, login),
        "company": channel.company_id.id,
        "scope": channel.account_id._identity_scope(),
    }
    statements = (_PARTNERS, _CONTACTS, _CHATS, _CONVERSATIONS, _MAILS, _MESSAGES)
    for table, statement in zip(_TABLES, statements, strict=True):
        env.cr.execute(statement, values)
        env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
    env.cr.execute(
        _HOT_MAILS + _HOT_MESSAGES,
        values | {"wa_id": traffic.phone_of(hot_customer), "count": hot_messages},
    )
    env.cr.commit()
    for table in _TABLES:
        env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
    env.cr.commit()
    env.cr.execute("SELECT count(*) FROM wa_conversation")
    [total] = env.cr.fetchone()
    env.cr.execute("SELECT count(*) FROM wa_message")
    return {"conversations": total, "messages": env.cr.fetchone()[0]}


def _teams(env, first, login):
    """Return the ids of ten teams, of which the agent is in the first three."""
    teams = first | env["wa.team"].create([{"name": f"Past {number}"} for number in range(9)])
    agent = env["res.users"].search([("login", "=", login)])
    for team in teams[:3]:
        team.user_ids |= agent
    return teams.ids


_PARTNERS = """
    INSERT INTO res_partner (name, complete_name, phone, phone_sanitized, active, autopost_bills,
                             color, type, create_date)
         SELECT 'Past ' || n, 'Past ' || n, '+2011' || n, '+2011' || n, true, 'ask',
                0, 'contact', now()
           FROM generate_series(%(first)s, %(last)s) n
"""
_CONTACTS = """
    INSERT INTO wa_contact (company_id, scope_uid, wa_id, phone, partner_id, create_date)
         SELECT %(company)s, %(scope)s, '2011' || n, '+2011' || n, p.id, now()
           FROM generate_series(%(first)s, %(last)s) n
           JOIN res_partner p ON p.phone_sanitized = '+2011' || n
"""
_CHATS = """
    INSERT INTO discuss_channel (name, channel_type, uuid, active, last_interest_dt, create_date)
         SELECT 'Past ' || n, 'wa_conversation', 'past' || n, true,
                now() - n %% 700 * interval '1 day', now()
           FROM generate_series(%(first)s, %(last)s) n
"""
_CONVERSATIONS = """
    INSERT INTO wa_conversation (name, wa_channel_id, contact_id, partner_id, company_id, team_id,
                                 discuss_channel_id, state, priority, unanswered_count,
                                 last_message_at, last_inbound_at, last_message_preview,
                                 window_expires_at, create_date)
         SELECT d.name, %(wa_channel)s, c.id, c.partner_id, %(company)s,
                (%(teams)s)[1 + n %% 10],
                d.id, CASE WHEN n / 10 %% 20 = 0 THEN 'open' ELSE 'closed' END, '0', n %% 3,
                d.last_interest_dt, d.last_interest_dt, 'Hello',
                d.last_interest_dt + interval '1 day', now()
           FROM generate_series(%(first)s, %(last)s) n
           JOIN discuss_channel d ON d.uuid = 'past' || n
           JOIN wa_contact c ON c.wa_id = '2011' || n
"""
_MAILS = """
    INSERT INTO mail_message (model, res_id, message_type, subtype_id, body, date, author_id,
                              message_id, create_date)
         SELECT 'discuss.channel', v.discuss_channel_id, 'whatsapp_message', %(comment)s,
                '<p>Hello again</p>', v.last_message_at, v.partner_id,
                'past-' || v.id || '-' || k, now()
           FROM wa_conversation v, generate_series(1, %(messages)s) k
          WHERE v.name LIKE 'Past %%'
"""
_MESSAGES = """
    INSERT INTO wa_message (conversation_id, wa_channel_id, mail_message_id, direction,
                            message_type, state, body, wamid, uuid, sent_at, create_date)
         SELECT v.id, v.wa_channel_id, m.id, 'inbound', 'text', 'received', 'Hello again',
                'wamid.past' || m.id, 'past' || m.id, m.date, now()
           FROM mail_message m
           JOIN wa_conversation v ON v.discuss_channel_id = m.res_id
          WHERE m.message_id LIKE 'past-%%'
"""
_HOT_MAILS = """
    INSERT INTO mail_message (model, res_id, message_type, subtype_id, body, date, author_id,
                              message_id, create_date)
         SELECT 'discuss.channel', v.discuss_channel_id, 'whatsapp_message', %(comment)s,
                '<p>Hello again</p>', now() - k * interval '1 minute', v.partner_id,
                'hot-' || k, now()
           FROM wa_conversation v
           JOIN wa_contact c ON c.id = v.contact_id AND c.wa_id = %(wa_id)s,
                generate_series(1, %(count)s) k;
"""
_HOT_MESSAGES = """
    INSERT INTO wa_message (conversation_id, wa_channel_id, mail_message_id, direction,
                            message_type, state, body, wamid, uuid, sent_at, create_date)
         SELECT v.id, v.wa_channel_id, m.id, 'inbound', 'text', 'received', 'Hello again',
                'wamid.hot' || m.id, 'hot' || m.id, m.date, now()
           FROM mail_message m
           JOIN wa_conversation v ON v.discuss_channel_id = m.res_id
          WHERE m.message_id LIKE 'hot-%%'
"""
