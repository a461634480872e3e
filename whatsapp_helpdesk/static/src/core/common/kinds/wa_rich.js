import { useWaClock } from "../wa_clock";
import { WaTicks } from "../wa_ticks";
import { waKinds } from "./wa_kinds";
import { RICH_KINDS, richPart } from "./wa_rich_content";

import { AttachmentList } from "@mail/core/common/attachment_list";

import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;

const FILE_ICONS = {
    document: "fa fa-file-text-o",
    image: "fa fa-picture-o",
    location: "fa fa-map-marker",
    video: "fa fa-video-camera",
};

/** Header, text, footer and choices of a message, or of one card of it. */
export class WaRichPart extends Component {
    static template = "whatsapp_helpdesk.WaRichPart";
    static components = { AttachmentList, WaTicks };
    static props = {
        part: Object,
        /** Attachments of the header. */
        files: { type: Array, optional: true },
        /** What the customer answered with, by its words. */
        tapped: { type: Object, optional: true },
        /** Whose ticks stand at the end of the text. */
        message: { type: Object, optional: true },
    };
    static defaultProps = { files: [], tapped: new Set() };

    setup() {
        super.setup();
        this.clock = this.props.part.offer?.endsAt && useWaClock();
    }

    get fileIcon() {
        return FILE_ICONS[this.props.part.format] ?? "fa fa-paperclip";
    }

    get hasFiles() {
        return this.props.files.length > 0;
    }

    get showsPlaceholder() {
        const { format, picture } = this.props.part;
        return Boolean(format && format !== "text" && !this.hasFiles && !picture);
    }

    get offerEnd() {
        const { endsAt } = this.props.part.offer;
        const date = endsAt.toLocaleString(DateTime.DATETIME_MED);
        return endsAt > this.clock.now
            ? _t("Ends %(date)s", { date })
            : _t("Ended %(date)s", { date });
    }

    isTapped(button) {
        return Boolean(button.isReply) && this.props.tapped.has(button.text);
    }

    unlinkAttachment(attachment) {
        return attachment.remove();
    }
}

/** A template, or a message with buttons or choices, as it stands on the customer's phone. */
export class WaRich extends Component {
    static template = "whatsapp_helpdesk.WaRich";
    static components = { WaRichPart };
    static props = ["content", "message"];

    get part() {
        return richPart(this.props.content);
    }

    get files() {
        return this.props.message.attachment_ids.map((file) => file);
    }

    /** @returns {Set<string>} the words of the customer's answers to this message */
    get tapped() {
        const { message } = this.props;
        const answers = message.thread?.messages.filter(
            ({ parent_id: parent, wa_content: content }) =>
                content?.kind === "reply" && parent?.eq(message)
        );
        return new Set(answers?.map(({ wa_content: { title } }) => title));
    }
}

for (const kind of RICH_KINDS) {
    waKinds.add(kind, { component: WaRich, isWhole: true });
}
