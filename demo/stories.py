"""What the customers of the demo write, and what the agents answer."""

from cast import (
    AHMED,
    DELTA,
    EMMA,
    FATIMA,
    IMAGES,
    JURGEN,
    KARIM,
    LUCIA,
    MONA,
    NOURA,
    SALES,
    SUPPORT,
)


def window_closed(stage):
    """Noura wrote yesterday and nobody answered: the 24-hour window is closed."""
    stage.phones.set_clock(-26)
    stage.phones.write(NOURA, SUPPORT, "السلام عليكم، أريد تغيير عنوان التوصيل لطلبي")
    wamid = stage.phones.write(NOURA, SUPPORT, "هل هذا ممكن قبل يوم الخميس؟")
    stage.tag(stage.arrived(wamid), "Delivery")


def window_closing(stage):
    """Emma waits for an answer: her window closes within the hour."""
    stage.phones.set_clock(-23.2)
    wamid = stage.phones.write(EMMA, SALES, "Hi! Do you deliver the walnut bookshelf to Leeds?")
    case = stage.arrived(wamid)
    stage.tag(case, "Delivery", priority="1")
    stage.phones.set_clock(0)


def table_for_mona(stage):
    """Mona asks for a table, Omar answers with the price and a picture, she agrees."""
    phones, omar = stage.phones, stage.user("omar")
    case = stage.arrived(phones.write(MONA, SALES, "Hello, is the oak table still available?"))
    omar.call("wa.conversation", "action_take", [case["id"]])
    price = "Good morning Mona! Yes, we have <b>two</b> left, for <b>420.00</b> each."
    stage.settled(omar.post(case["chat"], price))
    offer = stage.settled(
        omar.post(case["chat"], "Here it is in the showroom", picture=IMAGES / "oak_table.jpg")
    )
    phones.read(MONA, SALES)
    answer = phones.write(MONA, SALES, "Lovely! I take it, with six chairs please", quoting=offer)
    case = stage.arrived(answer)
    thanks = "With pleasure, the quotation is on its way."
    stage.settled(omar.post(case["chat"], thanks, reply_to=case["message"]))
    phones.read(MONA, SALES)
    stage.tag(case, "Price", "Showroom")


def scratched_sofa(stage):
    """فاطمة تشتكي من خدش على الكنبة، وأمينة ترد بالعربية."""
    phones, amina = stage.phones, stage.user("amina")
    phones.write(FATIMA, SUPPORT, "مرحبا، وصلت الكنبة اليوم لكن عليها *خدش* على الذراع")
    picture = IMAGES / "sofa_scratch.jpg"
    case = stage.arrived(phones.write(FATIMA, SUPPORT, "هذه صورة الخدش", picture=picture))
    amina.call("wa.conversation", "action_take", [case["id"]])
    amina.post(case["chat"], "طلب رقم DEMO-03، الكنبة ما زالت تحت الضمان.", note=True)
    sorry = "أهلا فاطمة، نعتذر منك. سنرسل لك ذراعا جديدة <b>مجانا</b> خلال ثلاثة أيام."
    stage.settled(amina.post(case["chat"], sorry, reply_to=case["message"]))
    phones.read(FATIMA, SUPPORT)
    phones.write(FATIMA, SUPPORT, "شكرا جزيلا 🙏")
    case = stage.arrived(phones.send(FATIMA, SUPPORT, "sticker", {"sample": True}))
    stage.tag(case, "Complaint")


def closed_case(stage):
    """Jürgen wants another invoice; Layla sends it and closes the case."""
    phones, layla = stage.phones, stage.user("layla")
    question = "Guten Tag, could I have the invoice with my new address?"
    case = stage.arrived(phones.write(JURGEN, SUPPORT, question))
    layla.call("wa.conversation", "action_take", [case["id"]])
    stage.settled(layla.post(case["chat"], "Of course, it is in your mailbox now."))
    phones.read(JURGEN, SUPPORT)
    stage.arrived(phones.write(JURGEN, SUPPORT, "Perfect, danke!"))
    layla.call("wa.conversation", "action_close", [case["id"]])


def waiting_for_lucia(stage):
    """Lucía must choose a colour: Omar waits for her."""
    phones, omar = stage.phones, stage.user("omar")
    question = "¡Hola! ¿Tienen el sofá en azul?"
    case = stage.arrived(phones.write(LUCIA, SALES, question))
    omar.call("wa.conversation", "action_take", [case["id"]])
    colours = "¡Hola Lucía! Lo tenemos en:<br>• arena<br>• verde<br>• azul noche<br>¿Cuál prefiere?"
    stage.settled(omar.post(case["chat"], colours))
    omar.call("wa.conversation", "action_wait", [case["id"]])
    stage.tag(case, "Showroom")


def failed_answer(stage):
    """WhatsApp cannot deliver Omar's answer to Ahmed: the reason stands beside it."""
    phones, omar = stage.phones, stage.user("omar")
    case = stage.arrived(phones.write(AHMED, SALES, "How much is the Kilim rug?"))
    omar.call("wa.conversation", "action_take", [case["id"]])
    reason = "Message Undeliverable."
    phones.refuse_next(AHMED, 131026, "Message undeliverable", reason)
    stage.settled(omar.post(case["chat"], "It is 180.00, and delivery is free."), ("failed",))
    stage.tag(case, "Price")


def shared_phone(stage):
    """Two customers in Odoo share Delta Hotels' phone; it sends a paper and a contact card."""
    phones = stage.phones
    phones.write(DELTA, SUPPORT, "Hello, when do the two missing chairs arrive?")
    phones.send(DELTA, SUPPORT, "document", {"sample": True, "filename": "Delivery note.pdf"})
    warehouse = {
        "name": {"formatted_name": "Mahmoud Adly", "first_name": "Mahmoud", "last_name": "Adly"},
        "org": {"company": "Delta Hotels", "title": "Warehouse"},
        "phones": [{"phone": "+20 12 0555 0177", "wa_id": "201205550177", "type": "CELL"}],
        "emails": [{"email": "mahmoud@example.com", "type": "WORK"}],
    }
    wamid = phones.send(DELTA, SUPPORT, "contacts", [warehouse])
    stage.tag(stage.arrived(wamid), "Delivery", "Complaint")


def hidden_phone(stage):
    """Karim hides his phone number: he is known by his username."""
    text = "Hi, do you make custom sizes? I am furnishing a small office."
    stage.arrived(stage.phones.write(KARIM, SALES, text))


STORIES = (
    window_closed,
    window_closing,
    table_for_mona,
    scratched_sofa,
    closed_case,
    waiting_for_lucia,
    failed_answer,
    shared_phone,
    hidden_phone,
)
