import { WaPhoneButton } from "./wa_phone_button";

import { PhoneField } from "@web/views/fields/phone/phone_field";

PhoneField.components = { ...PhoneField.components, WaPhoneButton };
