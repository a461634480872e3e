import { Component, onWillDestroy, useEffect, xml } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** A verdict of Meta's comes as several changes. */
export const RELOAD_DELAY = 200;

const CHANGED = "whatsapp_helpdesk/template_changed";

/** Shows in an open form what Meta decides meanwhile, unless somebody is writing in it. */
export class WaTemplateLive extends Component {
    static template = xml``;
    static props = { ...standardWidgetProps };

    setup() {
        super.setup();
        const bus = useService("bus_service");
        const reload = useDebounced(() => this.reload(), RELOAD_DELAY);
        const listener = ({ template_id: id }) => id === this.props.record.resId && reload();
        bus.subscribe(CHANGED, listener);
        onWillDestroy(() => bus.unsubscribe(CHANGED, listener));
        useEffect(
            (id) => {
                if (id) {
                    const channel = `wa.template_${id}`;
                    bus.addChannel(channel);
                    return () => bus.deleteChannel(channel);
                }
            },
            () => [this.props.record.resId]
        );
    }

    async reload() {
        const { record } = this.props;
        if (await record.isDirty()) {
            return;
        }
        await record.load();
        const { resId: id, resModel: model } = record;
        this.env.bus.trigger("MAIL:RELOAD-THREAD", { model, id });
    }
}

registry.category("view_widgets").add("wa_template_live", { component: WaTemplateLive });
