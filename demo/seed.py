"""Fill a database with the demo company: people, numbers, customers, orders and tickets.

Run by ``odoo shell`` (which provides ``env``) before the server starts; may be run again, what is
there already stays as it is. The conversations come later, over real webhooks: see ``play.py``.

Environment: ``WH_SIMULATOR_URL`` is where Graph calls go, ``WH_ODOO_URL`` where webhooks arrive.
"""

import os
from datetime import timedelta

from odoo import fields
from odoo.fields import Command

AGENT = "whatsapp_helpdesk.group_agent"
SUPERVISOR = "whatsapp_helpdesk.group_supervisor"
MANAGER = "whatsapp_helpdesk.group_manager"
SALESPERSON = "sales_team.group_sale_salesman"
ALL_ORDERS = "sales_team.group_sale_salesman_all_leads"
ALL_TICKETS = "helpdesk_mgmt.group_helpdesk_user"

USERS = [
    # login, name, language, groups
    ("sara", "Sara Mansour", "en_US", [SUPERVISOR, ALL_ORDERS, ALL_TICKETS]),
    ("omar", "Omar Fathy", "en_US", [AGENT, SALESPERSON]),
    ("layla", "Layla Nabil", "en_US", [AGENT, ALL_TICKETS]),
    ("amina", "أمينة خليل", "ar_001", [AGENT, ALL_TICKETS]),
    ("youssef", "Youssef Adel", "en_US", [SALESPERSON]),
    ("karim", "Karim Saleh", "en_US", [AGENT, SALESPERSON]),
    ("nadia", "Nadia Rashed", "en_US", [AGENT]),
]
TEAMS = [
    # name, color, roles: log-in, role, scope
    (
        "Sales",
        4,
        [
            ("sara", "supervisor", "team"),
            ("omar", "agent", "team"),
            ("karim", "agent", "own"),
            ("nadia", "viewer", "team"),
        ],
    ),
    (
        "Support",
        10,
        [
            ("sara", "supervisor", "team"),
            ("layla", "agent", "team"),
            ("amina", "agent", "team"),
            ("karim", "viewer", "team"),
        ],
    ),
]
ACCOUNT = {
    "name": "Nile Home Furnishings",
    "waba_uid": "102290129340398",
    "app_uid": "670843887433847",
    "portfolio_uid": "506914307656634",
    "app_secret": "demo-app-secret-of-nile-home",
    "access_token": "demo-token-of-nile-home",
    "verify_token": "demo-verify-token",
}
NUMBERS = [
    # phone_number_uid, number, name, team
    ("106540352242922", "+20 2 2555 0100", "Sales", "Sales"),
    ("106540352242923", "+20 2 2555 0200", "Support", "Support"),
]
TAGS = [
    # name, color, team; without one for all
    ("Price", 4, "Sales"),
    ("Showroom", 10, "Sales"),
    ("Complaint", 1, "Support"),
    ("Delivery", 2, None),
]
REPLIES = [
    # shortcut, text, team
    (
        "hours",
        "Our showroom is open from Saturday to Thursday, 10 to 22. You are welcome!",
        "Sales",
    ),
    (
        "photo",
        "Please send us a photo of the damage and the order number. We answer today.",
        "Support",
    ),
]

CUSTOMERS = [
    # name, phone, country, city, email, language, salesperson
    ("Mona Hassan", "+20 10 0555 0101", "EG", "Cairo", "mona@example.com", "en_US", "omar"),
    ("فاطمة العلي", "+966 50 555 0102", "SA", "الرياض", "fatima@example.com", "ar_001", "omar"),
    ("Jürgen Weber", "+49 1515 5501103", "DE", "Bremen", "j.weber@example.com", "en_US", "youssef"),
    ("Lucía Fernández", "+34 612 555 104", "ES", "Málaga", "lucia@example.com", "en_US", "youssef"),
    ("نورة القحطاني", "+966 55 555 0105", "SA", "جدة", "noura@example.com", "ar_001", "omar"),
    ("Ahmed Said", "+20 11 0555 0106", "EG", "Alexandria", "ahmed@example.com", "en_US", "omar"),
    ("Emma Clarke", "+44 7400 123456", "GB", "Leeds", "emma@example.com", "en_US", "youssef"),
    ("Delta Hotels", "+20 12 0555 0108", "EG", "Tanta", "office@example.com", "en_US", "omar"),
]
CONTACTS = [
    # name, company that they share a phone with, position
    ("Heba Zaki", "Delta Hotels", "Purchasing"),
]
PRODUCTS = [
    # reference, name, price
    ("TABLE-OAK", "Oak Dining Table, 6 seats", 420.0),
    ("CHAIR-RAT", "Rattan Chair", 65.0),
    ("SOFA-3", "Three-Seat Sofa, Sand", 780.0),
    ("LAMP-BRASS", "Brass Floor Lamp", 95.0),
    ("SHELF-WAL", "Walnut Bookshelf", 260.0),
    ("RUG-KLM", "Kilim Rug, 2 x 3 m", 180.0),
]
ORDERS = [
    # reference, customer, days ago, confirmed, lines (product, quantity)
    ("DEMO-01", "Mona Hassan", 1, False, [("TABLE-OAK", 1), ("CHAIR-RAT", 6)]),
    ("DEMO-02", "Mona Hassan", 160, True, [("LAMP-BRASS", 2)]),
    ("DEMO-03", "فاطمة العلي", 12, True, [("SOFA-3", 1), ("RUG-KLM", 1)]),
    ("DEMO-04", "Jürgen Weber", 6, True, [("SHELF-WAL", 2)]),
    ("DEMO-05", "Lucía Fernández", 3, False, [("SOFA-3", 2)]),
    ("DEMO-06", "Ahmed Said", 2, False, [("RUG-KLM", 1)]),
    ("DEMO-07", "Emma Clarke", 30, True, [("LAMP-BRASS", 1), ("CHAIR-RAT", 2)]),
    ("DEMO-08", "Delta Hotels", 20, True, [("CHAIR-RAT", 80), ("TABLE-OAK", 16)]),
]
TICKET_TEAM = "After-sales"
TICKETS = [
    # name, customer, description
    ("خدش على ذراع الكنبة", "فاطمة العلي", "وصلت الكنبة وعلى الذراع الأيمن خدش."),
    ("Invoice shows the old address", "Jürgen Weber", "Please send it with the Bremen address."),
    ("Two chairs are missing", "Delta Hotels", "78 of 80 chairs arrived with the last truck."),
]


def ensure(env, model, key, values):
    """Return the record of ``model`` that has the values ``key``; create it when there is none."""
    domain = [(name, "=", value) for name, value in key.items()]
    record = env[model].with_context(active_test=False).search(domain, limit=1)
    return record or env[model].create({**key, **values})


def seed_company(env):
    company = env.ref("base.main_company")
    company.write(
        {
            "name": ACCOUNT["name"],
            "country_id": env.ref("base.eg").id,
            "city": "Cairo",
            "phone": "+20 2 2555 0100",
            "email": "hello@example.com",
        }
    )
    parameters = env["ir.config_parameter"]
    parameters.set_param("web.base.url", os.environ["WH_ODOO_URL"])
    parameters.set_param("web.base.url.freeze", "True")


def seed_users(env):
    for code in ("en_US", "ar_001"):
        env["res.lang"]._activate_lang(code)
    env.ref("base.user_admin").write(
        {"tz": "Africa/Cairo", "group_ids": [Command.link(env.ref(MANAGER).id)]}
    )
    users = env["res.users"].with_context(no_reset_password=True)
    for login, name, lang, groups in USERS:
        group_ids = [env.ref(xmlid).id for xmlid in ("base.group_user", *groups)]
        values = {"name": name, "lang": lang, "password": login, "tz": "Africa/Cairo"}
        values |= {"email": f"{login}@example.com", "group_ids": [Command.set(group_ids)]}
        ensure(users.env, "res.users", {"login": login}, values)


def user_of(env, login):
    return env["res.users"].search([("login", "=", login)], limit=1)


def team_of(env, name):
    return env["wa.team"].search([("name", "=", name)], limit=1)


def seed_whatsapp(env):
    for name, color, roles in TEAMS:
        team = ensure(env, "wa.team", {"name": name}, {"color": color})
        for login, role, scope in roles:
            key = {"team_id": team.id, "user_id": user_of(env, login).id}
            ensure(env, "wa.team.member", key, {"role": role, "scope": scope})
    for name, color, team in TAGS:
        ensure(env, "wa.tag", {"name": name}, {"color": color, "team_id": team_of(env, team).id})
    for shortcut, text, team in REPLIES:
        values = {"substitution": text, "wa_team_ids": team_of(env, team).ids}
        ensure(env, "mail.canned.response", {"source": shortcut}, values)
    account = ensure(env, "wa.account", {"waba_uid": ACCOUNT["waba_uid"]}, ACCOUNT)
    account.api_url = os.environ["WH_SIMULATOR_URL"]
    for uid, number, name, team in NUMBERS:
        values = {"name": name, "display_phone_number": number, "account_id": account.id}
        values["team_id"] = team_of(env, team).id
        ensure(env, "wa.channel", {"phone_number_uid": uid}, values)


def seed_customers(env):
    for name, phone, country, city, email, lang, salesperson in CUSTOMERS:
        values = {"phone": phone, "city": city, "email": email, "lang": lang}
        values["country_id"] = env["res.country"].search([("code", "=", country)], limit=1).id
        values["user_id"] = user_of(env, salesperson).id
        values["is_company"] = any(company == name for _contact, company, _job in CONTACTS)
        ensure(env, "res.partner", {"name": name}, values)
    for name, company_name, position in CONTACTS:
        company = partner_of(env, company_name)
        values = {"phone": company.phone, "function": position, "parent_id": company.id}
        ensure(env, "res.partner", {"name": name}, values)


def partner_of(env, name):
    return env["res.partner"].search([("name", "=", name)], limit=1)


def seed_catalogue(env):
    for reference, name, price in PRODUCTS:
        values = {"name": name, "list_price": price, "type": "consu", "sale_ok": True}
        ensure(env, "product.product", {"default_code": reference}, values)


def seed_orders(env, now):
    for reference, customer, days, confirmed, lines in ORDERS:
        if env["sale.order"].search_count([("client_order_ref", "=", reference)], limit=1):
            continue
        partner = partner_of(env, customer)
        order = env["sale.order"].create(
            {
                "client_order_ref": reference,
                "partner_id": partner.id,
                "user_id": partner.user_id.id,
                "order_line": [Command.create(order_line(env, *line)) for line in lines],
            }
        )
        if confirmed:
            order.action_confirm()
        order.date_order = now - timedelta(days=days)


def order_line(env, reference, quantity):
    product = env["product.product"].search([("default_code", "=", reference)], limit=1)
    return {"product_id": product.id, "product_uom_qty": quantity}


def seed_tickets(env):
    logins = [user_of(env, login).id for login in ("sara", "layla", "amina")]
    members = [Command.set(logins)]
    team = ensure(env, "helpdesk.ticket.team", {"name": TICKET_TEAM}, {"user_ids": members})
    for name, customer, description in TICKETS:
        partner = partner_of(env, customer)
        values = {"description": description, "team_id": team.id, "user_id": False}
        values |= {"partner_name": partner.name, "partner_email": partner.email}
        ensure(env, "helpdesk.ticket", {"name": name, "partner_id": partner.id}, values)


def seed(env, now):
    """Make everything that the demo needs before its server starts, and commit it.

    :param env: Odoo environment of the superuser
    :param datetime now: naive UTC; orders are dated back from it
    """
    seed_company(env)
    seed_users(env)
    seed_whatsapp(env)
    seed_customers(env)
    seed_catalogue(env)
    seed_orders(env, now)
    seed_tickets(env)
    env.cr.commit()  # odoo shell rolls back what its script does not commit
    env.registry.signal_changes()  # a server that runs already forgets what it has cached


seed(env, fields.Datetime.now())  # noqa: F821 - odoo shell provides env
