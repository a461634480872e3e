import { WaComposerBanner } from "../core/common/wa_composer_banner";
import { WaHeaderLine } from "../core/common/wa_header_line";
import { openChatWindow } from "./open_chat_action";
import { WaPanelMessage } from "./wa_panel_message";
import { useWaPanelNews } from "./wa_panel_news";

import { Composer } from "@mail/core/common/composer";

import {
    Component,
    markup,
    onWillStart,
    status,
    useEffect,
    useRef,
    useState,
    useSubEnv,
} from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { useService } from "@web/core/utils/hooks";

const COLLAPSED_KEY = "whatsapp_helpdesk.chat_panel.collapsed";

/** The last messages of the chats of a record, in its form; who may answer answers here. */
export class WaChatPanel extends Component {
    static template = "whatsapp_helpdesk.WaChatPanel";
    static components = { Composer, WaComposerBanner, WaHeaderLine, WaPanelMessage };
    static props = { model: String, resId: Number };

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.store = useService("mail.store");
        this.scrollRef = useRef("scroll");
        /** Whether the newest message is in view, so that the next one should be too. */
        this.isAtEnd = true;
        this.state = useState({
            isCollapsed: browser.localStorage.getItem(COLLAPSED_KEY) === "true",
            /** Whether it was just unfolded. */
            isUnfolding: false,
            /** @type {Object[]} see wa.conversation.link._panel_source */
            sources: [],
            /** @type {Object|undefined} the shown one */
            source: undefined,
            messages: [],
            hasMore: false,
            /** @type {import("models").Thread|undefined} for who may read the whole chat */
            thread: undefined,
        });
        // the composer is that of the chat, not that of the record
        useSubEnv({ inChatter: undefined });
        useWaPanelNews({
            source: () => this.state.source,
            messageIds: () => this.state.messages.map(({ id }) => id),
            onNews: () => this.reload(),
            onLost: () => this.load(),
        });
        onWillStart(() => {
            if (!this.state.isCollapsed) {
                this.load();
            }
        });
        useEffect(
            (thread) => {
                if (thread) {
                    thread.waPanelCount++;
                    return () => thread.waPanelCount--;
                }
            },
            () => [this.state.thread]
        );
        useEffect(
            () => this.scrollToEnd(),
            () => [this.scrollRef.el, this.state.messages.at(-1)?.id]
        );
    }

    scrollToEnd() {
        const { el: scroll } = this.scrollRef;
        if (scroll) {
            scroll.scrollTop = scroll.scrollHeight;
            this.isAtEnd = true;
        }
    }

    onScroll() {
        const { clientHeight, scrollHeight, scrollTop } = this.scrollRef.el;
        this.isAtEnd = scrollHeight - scrollTop - clientHeight < 10;
    }

    /** A picture that comes later takes room above the newest message. */
    onFileLoaded() {
        if (this.isAtEnd) {
            this.scrollToEnd();
        }
    }

    get isShown() {
        const { isCollapsed, isUnfolding, sources } = this.state;
        return isCollapsed || isUnfolding || sources.length > 0;
    }

    get canPost() {
        return Boolean(this.state.thread?.composer && !this.state.thread.waComposerBlocked);
    }

    async load() {
        const panel = await this.orm.silent.call(this.props.model, "get_wa_panel", [
            [this.props.resId],
        ]);
        if (status(this) === "destroyed") {
            return;
        }
        this.state.isUnfolding = false;
        this.state.sources = panel.sources;
        const [first] = panel.sources;
        this.state.source = first;
        this.show(panel.page);
        await this.loadThread();
    }

    /** @param {Object|false} page see wa.conversation.link.get_stretch */
    show(page) {
        this.state.messages = page ? page.messages.map(withMarkup) : [];
        this.state.hasMore = Boolean(page?.has_more);
    }

    async loadThread() {
        const { source } = this.state;
        this.state.thread = undefined;
        if (!source?.thread_id) {
            return;
        }
        const data = { model: "discuss.channel", id: source.thread_id };
        const thread = await this.store.Thread.getOrFetch(data);
        if (status(this) !== "destroyed" && this.state.source === source) {
            this.state.thread = thread;
        }
    }

    /**
     * @param {number} [before] id of the oldest message that is shown
     * @returns {Promise<Object>} a page
     */
    fetchPage(before) {
        const { conversation_id: conversationId, link_id: linkId } = this.state.source;
        return linkId
            ? this.orm.silent.call("wa.conversation.link", "get_stretch", [[linkId]], { before })
            : this.orm.silent.call("wa.conversation", "get_recent", [[conversationId]], { before });
    }

    async reload() {
        const { source } = this.state;
        const page = await this.fetchPage();
        if (status(this) !== "destroyed" && this.state.source === source) {
            this.show(page);
        }
    }

    async onClickEarlier() {
        const { messages, source } = this.state;
        const page = await this.fetchPage(messages[0].id);
        if (this.state.source === source) {
            this.state.messages = [...page.messages.map(withMarkup), ...this.state.messages];
            this.state.hasMore = page.has_more;
        }
    }

    /** @param {Event} ev */
    async onChangeSource(ev) {
        this.state.source = this.state.sources[Number(ev.target.value)];
        this.show(await this.fetchPage());
        await this.loadThread();
    }

    onClickToggle() {
        this.state.isCollapsed = !this.state.isCollapsed;
        browser.localStorage.setItem(COLLAPSED_KEY, this.state.isCollapsed);
        if (this.state.isCollapsed) {
            Object.assign(this.state, { source: undefined, sources: [], thread: undefined });
        } else {
            this.state.isUnfolding = true;
            this.load();
        }
    }

    onClickOpen() {
        return openChatWindow(this.store, this.state.source.thread_id);
    }
}

/** @param {Object} message whose body the server has cleaned */
function withMarkup(message) {
    return { ...message, body: markup(message.body || "") };
}
