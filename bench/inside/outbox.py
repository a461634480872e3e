"""Messages of ours, made in bulk as if agents had written them."""


def create(env, count: int, state: str, **values):
    """Create outbound messages, taking turns over all conversations that are there.

    :param values: further fields, or functions from the place to the value
    :return: `wa.message`
    """
    conversations = env["wa.conversation"].search([("contact_id.wa_id", "=like", "201020%")])
    chosen = [conversations[number % len(conversations)] for number in range(count)]
    mails = env["mail.message"].create(
        [
            {
                "model": "discuss.channel",
                "res_id": conversation.discuss_channel_id.id,
                "message_type": "whatsapp_message",
                "subtype_id": env.ref("mail.mt_comment").id,
                "body": f"Answer {number}",
            }
            for number, conversation in enumerate(chosen)
        ]
    )
    return env["wa.message"].create(
        [
            {
                "conversation_id": conversation.id,
                "wa_channel_id": conversation.wa_channel_id.id,
                "mail_message_id": mail.id,
                "direction": "outbound",
                "message_type": "text",
                "body": f"Answer {number} {mail.id}",
                "state": state,
                "sent_at": env.cr.now(),
            }
            | {name: value(number) for name, value in values.items()}
            for number, (conversation, mail) in enumerate(zip(chosen, mails, strict=True))
        ]
    )
