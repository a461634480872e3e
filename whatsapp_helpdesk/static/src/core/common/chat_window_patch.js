import { WaHeaderLine } from "./wa_header_line";
import { WaNotices } from "./wa_notices";
import { WaWindowBanner } from "./wa_window_banner";

import { ChatWindow } from "@mail/core/common/chat_window";

Object.assign(ChatWindow.components, { WaHeaderLine, WaNotices, WaWindowBanner });
