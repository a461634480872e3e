import { WaHeaderLine } from "./wa_header_line";
import { WaNotices } from "./wa_notices";
import { WaComposerBanner } from "./wa_composer_banner";

import { ChatWindow } from "@mail/core/common/chat_window";

Object.assign(ChatWindow.components, { WaHeaderLine, WaNotices, WaComposerBanner });
