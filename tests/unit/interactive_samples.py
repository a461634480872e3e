"""Interactive messages, one of every kind and some at their limits."""

from cloud_api.interactive import (
    ContactRequest,
    InteractiveHeader,
    LinkButton,
    ListMessage,
    ListRow,
    ListSection,
    LocationRequest,
    Product,
    ProductList,
    ProductSection,
    ReplyButton,
    ReplyButtons,
)

YES, NO = ReplyButton("yes:42", "Yes"), ReplyButton("no:42", "No")


def reply_buttons(**changed):
    return ReplyButtons(**{"body": "Confirm?", "buttons": (YES, NO)} | changed)


def list_message(*sections, **changed):
    sections = sections or (
        ListSection((ListRow("a", "Today", "Until 6 pm"), ListRow("b", "Later"))),
    )
    return ListMessage(**{"body": "When?", "button": "Choose", "sections": sections} | changed)


def link_button(**changed):
    values = {"body": "Track it", "label": "Open", "url": "https://shop.example.com/t/1"}
    return LinkButton(**values | changed)


def rows(count, start=0, **changed):
    return tuple(
        ListRow(**{"row_id": f"r{n}", "title": f"Row {n}"} | changed)
        for n in range(start, start + count)
    )


PRODUCTS = ProductList("Chairs", "For you", "55", (ProductSection(("A", "B"), "New"),), "Footer")

ALL = {
    "buttons": reply_buttons(header=InteractiveHeader("text", "Order S1"), footer="Ideal Wood"),
    "buttons_with_file": reply_buttons(header=InteractiveHeader("document", "", "777", "S1.pdf")),
    "list": list_message(header=InteractiveHeader("text", "Delivery"), footer="Ideal Wood"),
    "list_of_sections": list_message(
        ListSection(rows(4), "Mornings"), ListSection(rows(6, 4), "Evenings")
    ),
    "link": link_button(header=InteractiveHeader("image", media_uid="777")),
    "location_request": LocationRequest("Where are you?"),
    "contact_request": ContactRequest("What is your number?"),
    "product": Product("55", "CHAIR-1", "This one?", "Footer"),
    "product_alone": Product("55", "CHAIR-1"),
    "product_list": PRODUCTS,
}

AT_THE_LIMITS = {
    "buttons": ReplyButtons(
        "b" * 1024,
        tuple(ReplyButton(f"{n}" * 256, f"{n}" * 20) for n in range(3)),
        InteractiveHeader("text", "h" * 60),
        "f" * 60,
    ),
    "list": ListMessage(
        "b" * 4096,
        "l" * 20,
        tuple(
            ListSection((ListRow(f"{n}" * 200, "t" * 24, "d" * 72),), f"{n}" * 24)
            for n in range(10)
        ),
    ),
    "link": link_button(label="l" * 20, url="https://shop.example.com/" + "x" * 1975),
}

# A message that breaks one rule, what is said of it, and where; the simulator knows them too.
BROKEN = [
    (reply_buttons(body=""), "missing", "body"),
    (reply_buttons(body="b" * 1025), "too_long", "body"),
    (reply_buttons(footer="f" * 61), "too_long", "footer"),
    (reply_buttons(buttons=()), "missing", "buttons"),
    (
        reply_buttons(buttons=tuple(ReplyButton(f"i{n}", f"t{n}") for n in range(4))),
        "too_many",
        "buttons",
    ),
    (reply_buttons(buttons=(YES, ReplyButton("x", "t" * 21))), "too_long", "buttons.1.title"),
    (reply_buttons(buttons=(YES, ReplyButton("x", ""))), "missing", "buttons.1.title"),
    (reply_buttons(buttons=(ReplyButton("i" * 257, "x"),)), "too_long", "buttons.0.id"),
    (reply_buttons(buttons=(ReplyButton("", "x"),)), "missing", "buttons.0.id"),
    (reply_buttons(buttons=(YES, ReplyButton("x", "Yes"))), "not_unique", "buttons.1.title"),
    (reply_buttons(buttons=(YES, ReplyButton("yes:42", "x"))), "not_unique", "buttons.1.id"),
    (list_message(body="b" * 4097), "too_long", "body"),
    (list_message(button="b" * 21), "too_long", "button"),
    (list_message(button=""), "missing", "button"),
    (list_message(ListSection(())), "missing", "rows"),
    (list_message(sections=()), "missing", "sections"),
    (list_message(ListSection(rows(11))), "too_many", "rows"),
    (
        list_message(ListSection(rows(6), "A"), ListSection(rows(5, 6), "B")),
        "too_many",
        "rows",
    ),
    (
        list_message(ListSection(rows(1), "A"), ListSection(rows(1, 1))),
        "missing",
        "sections.1.title",
    ),
    (
        list_message(ListSection(rows(1, title="t" * 25))),
        "too_long",
        "sections.0.rows.0.title",
    ),
    (
        list_message(ListSection(rows(1, description="d" * 73))),
        "too_long",
        "sections.0.rows.0.description",
    ),
    (list_message(ListSection(rows(1, row_id="i" * 201))), "too_long", "sections.0.rows.0.id"),
    (list_message(ListSection(rows(2, row_id="i"))), "not_unique", "sections.0.rows.1.id"),
    (LocationRequest(""), "missing", "body"),
    (LocationRequest("b" * 1025), "too_long", "body"),
    (ContactRequest("b" * 1025), "too_long", "body"),
    (link_button(body=""), "missing", "body"),
]
