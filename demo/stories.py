"""What the customers of the demo write, and what the agents answer."""

import base64
from pathlib import Path

IMAGES = Path(__file__).parent / "images"
SALES, SUPPORT = "106540352242922", "106540352242923"

MONA = "201005550101"
FATIMA = "966505550102"
JURGEN = "4915155501103"
LUCIA = "34612555104"
NOURA = "966555550105"
AHMED = "201105550106"
EMMA = "447400123456"
DELTA = "201205550108"
KARIM = "201505550109"

CUSTOMERS = {
    MONA: {"name": "Mona Hassan", "country": "EG", "language": "en"},
    FATIMA: {"name": "فاطمة", "country": "SA", "language": "ar"},
    JURGEN: {"name": "Jürgen", "country": "DE", "language": "de"},
    LUCIA: {"name": "Lucía 🌿", "country": "ES", "language": "es"},
    NOURA: {"name": "نورة", "country": "SA", "language": "ar"},
    AHMED: {"name": "Ahmed Said", "country": "EG", "language": "en"},
    EMMA: {"name": "Emma C.", "country": "GB", "language": "en"},
    DELTA: {"name": "Heba @ Delta", "country": "EG", "language": "en"},
    KARIM: {
        "name": "Karim",
        "country": "EG",
        "language": "en",
        "username": "karim.designs",
        "phone_hidden": True,
    },
}
PRODUCT_PICTURES = {"TABLE-OAK": "oak_table.jpg", "SOFA-3": "sofa.jpg"}


def play(stage):
    """Play all stories, the oldest first, and print a line for each."""
    show_products(stage)
    for story in STORIES:
        print(f"  {story.__doc__}", flush=True)
        story(stage)


def show_products(stage):
    for reference, name in PRODUCT_PICTURES.items():
        picture = base64.b64encode((IMAGES / name).read_bytes()).decode()
        product = stage.admin.find("product.product", [("default_code", "=", reference)], ["id"])
        stage.admin.call("product.product", "write", [product["id"]], {"image_1920": picture})


def window_closed(stage):
    """Noura wrote yesterday and nobody answered: the 24-hour window is closed."""
    stage.phones.set_clock(-26)
    stage.phones.write(NOURA, SUPPORT, "السلام عليكم، أريد تغيير عنوان التوصيل لطلبي")
    wamid = stage.phones.write(NOURA, SUPPORT, "هل هذا ممكن قبل يوم الخميس؟")
    tag(stage, stage.arrived(wamid), "Delivery")


def window_closing(stage):
    """Emma waits for an answer: her window closes within the hour."""
    stage.phones.set_clock(-23.2)
    wamid = stage.phones.write(EMMA, SALES, "Hi! Do you deliver the walnut bookshelf to Leeds?")
    case = stage.arrived(wamid)
    tag(stage, case, "Delivery", priority="1")
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
    tag(stage, case, "Price", "Showroom")


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
    case = stage.arrived(phones.write(FATIMA, SUPPORT, "شكرا جزيلا 🙏"))
    tag(stage, case, "Complaint")


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
    tag(stage, case, "Showroom")


def failed_answer(stage):
    """WhatsApp cannot deliver Omar's answer to Ahmed: the reason stands beside it."""
    phones, omar = stage.phones, stage.user("omar")
    case = stage.arrived(phones.write(AHMED, SALES, "How much is the Kilim rug?"))
    omar.call("wa.conversation", "action_take", [case["id"]])
    reason = "Message Undeliverable."
    phones.refuse_next(AHMED, 131026, "Message undeliverable", reason)
    stage.settled(omar.post(case["chat"], "It is 180.00, and delivery is free."), ("failed",))
    tag(stage, case, "Price")


def shared_phone(stage):
    """Two customers in Odoo share Delta Hotels' phone: an agent has to choose."""
    wamid = stage.phones.write(DELTA, SUPPORT, "Hello, when do the two missing chairs arrive?")
    tag(stage, stage.arrived(wamid), "Delivery", "Complaint")


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


def tag(stage, case, *names, priority="0"):
    """Give the conversation tags and a priority, as its manager would."""
    tags = [stage.admin.find("wa.tag", [("name", "=", name)], ["id"])["id"] for name in names]
    values = {"tag_ids": [(6, 0, tags)], "priority": priority}
    stage.admin.call("wa.conversation", "write", [case["id"]], values)
