/** Real Chromium: agents in Discuss, customers at the simulator's phones. */

import { join } from "node:path";
import { chromium } from "playwright-core";
import { simulator } from "./simulator.mjs";

const URL_OF_ODOO = process.env.ODOO_URL;
const ARTIFACTS = process.env.ARTIFACTS;

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

const PATIENCE_MS = 30_000;
// A cold server on a busy machine builds scripts and styles first
const FIRST_PAGE_MS = 90_000;

let browser;

/** Start the browser that all stories of a file share. */
export async function openBrowser() {
    browser = await chromium.launch({
        executablePath: process.env.CHROMIUM,
        args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            // A microphone that beeps, and nobody who must allow it
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
        ],
    });
}

export function closeBrowser() {
    return browser?.close();
}

async function newPage(viewport) {
    const context = await browser.newContext({
        viewport,
        reducedMotion: "reduce",
        permissions: ["microphone"],
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    page.problems = [];
    page.on("pageerror", (error) => page.problems.push(error.stack || String(error)));
    return page;
}

/** Keep a screenshot among the artifacts. */
export function keepPicture(page, name) {
    return page.screenshot({ path: join(ARTIFACTS, `${name}.png`) });
}

/** Discuss, as an agent uses it. */
export class Discuss {
    /** Log in and open Discuss. */
    static async open(login, viewport = DESKTOP) {
        const page = await newPage(viewport);
        // Straight to Discuss: each start of the web client costs seconds
        await page.goto(`${URL_OF_ODOO}/web/login?redirect=/odoo/discuss`);
        await page.fill("input[name=login]", login);
        await page.fill("input[name=password]", login);
        await page.click(".oe_login_form button[type=submit]", { noWaitAfter: true });
        const discuss = page.locator(".o-mail-Discuss, .o-mail-MessagingMenu").first();
        await discuss.waitFor({ timeout: FIRST_PAGE_MS }).catch(async (error) => {
            await keepPicture(page, `not-open-for-${login}`);
            throw new Error(`Discuss does not open: ${page.problems.join()} ${error.message}`);
        });
        return new Discuss(page);
    }

    /** @param {import("playwright-core").Page} page */
    constructor(page) {
        this.page = page;
    }

    /** Mark the page, so that `isSamePage` can tell that it was never loaded again. */
    rememberPage() {
        return this.page.evaluate(() => {
            window.pageOfTheStory = true;
        });
    }

    isSamePage() {
        return this.page.evaluate(() => window.pageOfTheStory === true);
    }

    /** The entry of a conversation in the sidebar. */
    entry(name) {
        return this.page.locator(".o-mail-DiscussSidebarChannel", { hasText: name });
    }

    /** Return under which heading a conversation stands: "mine", "unassigned" or "other". */
    async headingOf(name) {
        return this.page.evaluate((wanted) => {
            const parts = document.querySelectorAll(
                ".o-mail-DiscussSidebarCategory, .o-mail-DiscussSidebarChannel"
            );
            let heading = "";
            for (const part of parts) {
                if (part.classList.contains("o-mail-DiscussSidebarCategory")) {
                    heading = part.className.match(/o-wa-SidebarCategory-(\w+)/)?.[1] ?? "";
                } else if (part.textContent.includes(wanted)) {
                    return heading;
                }
            }
            return null;
        }, name);
    }

    async openChat(name) {
        await this.entry(name).first().click();
        await this.page.locator(".o-wa-header-name", { hasText: name }).waitFor();
    }

    /** Open a chat from the list that a small screen shows instead of a sidebar. */
    async openOnTelephone(name) {
        await this.page.locator(".o-mail-MessagingMenu-tab", { hasText: "WhatsApp" }).click();
        await this.page.locator(".o-mail-NotificationItem", { hasText: name }).first().click();
    }

    /** Wait until something is in the chat. */
    sees(selector) {
        return this.page.locator(".o-mail-Thread").locator(selector).first().waitFor();
    }

    message(text) {
        return this.page.locator(".o-mail-Message", { hasText: text });
    }

    get composer() {
        return this.page.locator(".o-mail-Composer");
    }

    get input() {
        return this.page.locator(".o-mail-Composer-input").first();
    }

    async say(text) {
        await this.input.fill(text);
        await this.input.press("Enter");
    }

    /** Press a button in the header of the chat. */
    press(name) {
        return this.page
            .locator(".o-mail-DiscussContent-header")
            .getByRole("button", { name })
            .first()
            .click();
    }

    async sayInternally(text) {
        await this.page.locator(".o-wa-ComposerHeader-note").click();
        await this.say(text);
        await this.page.locator(".o-wa-ComposerHeader-customer").click();
    }

    /** Choose from the composer's menu by its icon, the same in all languages. */
    async choose(icon) {
        await this.composer.locator("button:has(.fa-plus-circle)").click();
        await this.page.locator(`.dropdown-item:has(.${icon})`).click();
    }

    /** Attach files by the composer's button, as a person does. */
    async attach(...files) {
        await this.#attachBy("fa-paperclip", files);
    }

    async attachSticker(file) {
        await this.#attachBy("fa-sticky-note-o", [file]);
    }

    /** Choose files in a dialog of the composer, whether they are taken or not. */
    async offer(icon, files) {
        const chooser = this.page.waitForEvent("filechooser");
        await this.choose(icon);
        await (await chooser).setFiles(files);
    }

    async #attachBy(icon, files) {
        const ready = this.composer.locator(".o-mail-AttachmentContainer:not(.o-isUploading)");
        const before = await ready.count();
        await this.offer(icon, files);
        await ready.nth(before + files.length - 1).waitFor();
    }

    /** Send what is attached, without a text. */
    async send() {
        const button = this.composer.locator("button[name=send-message]");
        await button.click();
        await this.composer.locator(".o-mail-AttachmentContainer").waitFor({ state: "detached" });
    }

    /** Record what the microphone hears until a second is on the clock. */
    async record() {
        await this.choose("fa-microphone");
        await this.composer.locator(".o-mail-VoiceRecorder", { hasText: "00 : 01" }).waitFor();
        await this.composer.locator(".o-mail-VoiceRecorder").click();
        await this.composer.locator(".o-mail-VoicePlayer").waitFor();
    }

    /** Fill the dialog that is open, by the names of its fields, and press its main button. */
    async fillDialog(values) {
        const dialog = this.page.locator(".modal");
        for (const [name, value] of Object.entries(values)) {
            await dialog.locator(`[name=${name}] input, [name=${name}] textarea`).fill(value);
        }
        await dialog.locator(".modal-footer .btn-primary").click();
        await dialog.waitFor({ state: "detached" });
    }

    /** Choose a record in the dialog that is open, and press its main button. */
    async chooseInDialog(field, name) {
        const dialog = this.page.locator(".modal");
        await dialog.locator(`[name=${field}] input`).fill(name);
        await this.page
            .locator(".o-autocomplete--dropdown-item", { hasText: name })
            .first()
            .click();
        await dialog.locator(`[name=${field}] .o_tag`, { hasText: name }).waitFor();
        await dialog.locator(".modal-footer .btn-primary").click();
        await dialog.waitFor({ state: "detached" });
    }

    /** Answer one message, which is quoted. */
    async reply(message, text) {
        await message.hover();
        await message.locator("button[name=reply-to]").click();
        await this.say(text);
    }

    /** React to a message with an emoji of the quick choice. */
    async react(message, emoji) {
        await message.hover();
        await message.locator("button:has(.oi-smile-add)").click();
        await this.page.locator(".o-mail-QuickReactionMenu-emoji", { hasText: emoji }).click();
        await message.locator(".o-mail-MessageReaction", { hasText: emoji }).waitFor();
    }

    keepPicture(name) {
        return keepPicture(this.page, name);
    }
}

/** The simulator's page with one customer's phone. */
export class Phone {
    static async open(phone, number, viewport = { width: 460, height: 900 }) {
        const page = await newPage(viewport);
        await page.goto(`${simulator.url}/?phones=${phone}:${number}`);
        const result = new Phone(page, phone, number);
        await result.frame.waitFor();
        return result;
    }

    constructor(page, phone, number) {
        this.page = page;
        this.frame = page.locator(`article.phone[data-phone="${phone}"][data-number="${number}"]`);
    }

    async write(text) {
        await this.frame.locator("[data-role=composer]").fill(text);
        await this.frame.locator("[data-role=send]").click();
    }

    /** Send a sample of a kind from the phone's menu. */
    async sendSample(kind) {
        await this.frame.locator("[data-role=open-attach-menu]").click();
        await this.page.locator(`[data-role=send-kind][data-kind=${kind}]`).click();
    }

    bubble(text) {
        return this.frame.locator(".bubble", { hasText: text });
    }

    /** What the business sent, of one kind. */
    received(type) {
        return this.frame.locator(`.bubble[data-direction=outbound][data-type=${type}]`);
    }

    get pictures() {
        return this.frame.locator(".bubble[data-type=image]");
    }

    keepPicture(name) {
        return keepPicture(this.page, name);
    }
}
