import { useWaClock } from "./wa_clock";
import { WaTemplatePicker } from "./wa_template_picker";

import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;

const ICONS = {
    blocked: "fa fa-ban",
    elsewhere: "fa fa-exchange",
    rights: "fa fa-eye",
    window: "fa fa-lock",
};

/** Takes the place of the composer while what would be written is refused, and says why. */
export class WaComposerBanner extends Component {
    static template = "whatsapp_helpdesk.WaComposerBanner";
    static components = { WaTemplatePicker };
    static props = ["thread"];

    setup() {
        super.setup();
        this.clock = useWaClock();
    }

    get conversation() {
        return this.props.thread.wa_conversation_id;
    }

    get obstacle() {
        return this.conversation.replyObstacle;
    }

    get icon() {
        return ICONS[this.obstacle];
    }

    get title() {
        if (this.obstacle === "rights") {
            return this.mayNote ? _t("You do not answer here.") : _t("You read along here.");
        }
        if (this.obstacle === "blocked") {
            return _t("This customer is blocked.");
        }
        if (this.obstacle === "elsewhere") {
            return this.conversation.handled_by === "ai_agent"
                ? _t("Meta's AI agent is answering this customer.")
                : _t("Somebody else is answering this customer.");
        }
        return this.windowTitle;
    }

    get windowTitle() {
        if (this.conversation.isWindowRefused) {
            return _t("WhatsApp refused: the customer last wrote over 24 hours ago.");
        }
        const end = this.conversation.window_expires_at;
        if (!end) {
            return _t("The customer has not written yet.");
        }
        return _t("The 24-hour window closed %(ago)s (%(date)s).", {
            ago: end.toRelative({ base: this.clock.now }),
            date: end.toLocaleString(DateTime.DATETIME_MED),
        });
    }

    get explanation() {
        if (this.obstacle === "rights") {
            return this.conversation.noReply;
        }
        if (this.obstacle === "blocked") {
            return this.canUnblock
                ? _t("WhatsApp delivers nothing between you. Unblock them to write again.")
                : _t("WhatsApp delivers nothing between you. A supervisor can unblock them.");
        }
        if (this.obstacle === "elsewhere") {
            return _t(
                "WhatsApp handed the conversation over, outside of Odoo. You can read along; as soon as it is handed back, you can answer."
            );
        }
        return "";
    }

    get offersTemplates() {
        return this.obstacle === "window";
    }

    get mayNote() {
        return this.conversation.can("note");
    }

    get canUnblock() {
        return this.obstacle === "blocked" && this.conversation.can("manage");
    }

    /** Whether the user may answer in the assignee's place after saying why. */
    get mayOverride() {
        return this.obstacle === "rights" && this.conversation.can("manage");
    }

    onClickNote() {
        this.props.thread.composer.setWaNote(true);
    }

    onClickOverride() {
        return this.conversation.answerAnyway();
    }

    onClickUnblock() {
        return this.conversation.callServer("action_unblock");
    }
}
