import {
    Component,
    onMounted,
    onPatched,
    onWillDestroy,
    onWillUpdateProps,
    useRef,
} from "@odoo/owl";

/** A message that nobody said, such as a call: one line in the middle, like core's notifications. */
export class WaLine extends Component {
    static template = "whatsapp_helpdesk.WaLine";
    static props = ["message", "registerMessageRef?"];

    setup() {
        super.setup();
        this.root = useRef("root");
        const register = (ref) => this.props.registerMessageRef?.(this.props.message, ref);
        onWillUpdateProps(() => register(null));
        onMounted(() => register(this.root));
        onPatched(() => register(this.root));
        onWillDestroy(() => register(null));
    }
}
