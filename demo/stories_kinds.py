"""Stories of the demo that are more than text and pictures: voices, places, orders, calls."""

from cast import HAMZA, NADIA, REEM, SALES, SUPPORT, TAREK


def voice_and_place(stage):
    """ريم بلا رقم ظاهر: رسالة صوتية، ثم موقعها، ثم قلب على الجواب."""
    phones, amina = stage.phones, stage.user("amina")
    phones.write(REEM, SUPPORT, "السلام عليكم، متى توصلون الرف إلى بيتي؟")
    case = stage.arrived(phones.send(REEM, SUPPORT, "audio", {"sample": "voice"}))
    amina.call("wa.conversation", "action_take", [case["id"]])
    question = stage.settled(amina.post(case["chat"], "وعليكم السلام يا ريم. أين البيت من فضلك؟"))
    home = {
        "latitude": 24.6937,
        "longitude": 46.6853,
        "name": "بيت ريم",
        "address": "حي العليا، الرياض",
    }
    case = stage.arrived(phones.send(REEM, SUPPORT, "location", home, quoting=question))
    amina.react(case["message"], "👍")
    answer = amina.post(case["chat"], "شكرا! نصل إليك يوم <b>الأحد</b> بين الرابعة والسادسة.")
    wamid = stage.settled(answer)
    phones.read(REEM, SUPPORT)
    stage.known(phones.act(REEM, "react", wamid=wamid, emoji="❤️"))
    stage.tag(case, "Delivery")


def order_after_advertisement(stage):
    """Hamza comes from an advertisement and sends an order from the catalogue."""
    phones = stage.phones
    advertisement = {
        "source_url": "https://fb.me/nile-autumn",
        "source_type": "ad",
        "source_id": "120210000000000001",
        "headline": "Autumn sale: oak tables",
        "body": "Twenty percent off until Friday",
        "media_type": "image",
        "ctwa_clid": "ARAkLkA8rmlFeiCktEJQ",
    }
    text = {"body": "Hello! I saw your autumn sale."}
    phones.send(HAMZA, SALES, "text", text, referral=advertisement)
    lines = (("TABLE-OAK", 1, 420.0), ("CHAIR-RAT", 4, 65.0), ("GIFT-WRAP", 1, 5.0))
    items = [
        {"product_retailer_id": sku, "quantity": count, "item_price": price, "currency": "USD"}
        for sku, count, price in lines
    ]
    order = {"catalog_id": "1094770000000000", "text": "With delivery", "product_items": items}
    stage.tag(stage.arrived(phones.send(HAMZA, SALES, "order", order)), "Price", "Delivery")


def missed_call(stage):
    """Nadia calls and nobody answers; she writes, and Omar sends her the way to the showroom."""
    phones, omar = stage.phones, stage.user("omar")
    stage.known(phones.act(NADIA, "call", phone_number_uid=SALES))
    text = "I tried to call you. Is the showroom open on Friday?"
    case = stage.arrived(phones.write(NADIA, SALES, text))
    omar.call("wa.conversation", "action_take", [case["id"]])
    stage.settled(omar.post(case["chat"], "Sorry that we missed you! Yes, from ten to six:"))
    showroom = {
        "name": "Nile Home Furnishings",
        "address": "26th of July Street, Zamalek, Cairo",
        "latitude": 30.0626,
        "longitude": 31.2197,
    }
    omar.send_place(case["id"], **showroom)
    stage.tag(case, "Showroom")


def answer_from_the_phone(stage):
    """Tarek gets his answer from the shop's telephone, beside Odoo."""
    phones = stage.phones
    stage.arrived(phones.write(TAREK, SUPPORT, "Good evening, is my kilim back from cleaning?"))
    stage.known(phones.answer_from_phone_app(SUPPORT, TAREK, "Yes! You can fetch it until six."))
    thanks = phones.write(TAREK, SUPPORT, "Greta, thank you")
    stage.arrived(thanks)
    phones.act(TAREK, "edit", wamid=thanks, text="Great, thank you")


STORIES = (voice_and_place, order_after_advertisement, missed_call, answer_from_the_phone)
